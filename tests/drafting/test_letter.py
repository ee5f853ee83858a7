"""The mail of a draft: what any mail program opens, whatever strangers wrote."""

import email
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.drafting.addressing import language_of
from rcmail.drafting.letter import Asked, Letter, content, quoted
from rcmail.mail.mime.parse import Mail, parse
from rcmail.mail.newtext.extract import new_text
from rcmail.settings.values import LANGUAGES
from rcmail.validation import clean_letter
from tests.drafting.answered import answers

ASKED = Asked(
    "Anna de Vries",
    "anna@example.com",
    datetime(2026, 11, 3, 13, 5, tzinfo=UTC),
    "Dag,\n\nKan ik komen?\nGroet, Anna",
)
LETTER = Letter(
    draft_id="0123456789abcdef",
    message_id="<0123456789abcdef@example.org>",
    dated=datetime(2026, 11, 4, 9, tzinfo=UTC),
    from_address="repair@example.org",
    to_name="Anna de Vries",
    to_address="anna@example.com",
    subject="lamp",
    in_reply_to="<2@example.com>",
    references=["<1@example.com>", "<2@example.com>"],
    text="Beste Anna,\n\nJa hoor, kom gerust langs op zaterdag 5 december.\n\nMet groet,\nRepair Café",
    language="nl",
    asked=[ASKED],
)
TEXTS = {
    "nl": LETTER.text,
    "de": "Liebe Anna,\n\nja, kommen Sie gern am Samstag, 5. Dezember vorbei – wir schauen danach.\n\nViele Grüße",
    "en": "Dear Anna,\n\nYes, do come by on Saturday 5 December.\n\nKind regards,\nRepair Café",
    "fr": "Bonjour Anna,\n\nOui, venez samedi 5 décembre, à partir de 13 h 30.\n\nBien cordialement",
}


def opened(**changes: Any) -> EmailMessage:
    """As the standard library reads it."""
    found = email.message_from_bytes(content(replace(LETTER, **changes)), policy=default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def ours(**changes: Any) -> Mail:
    return parse(content(replace(LETTER, **changes)))


def test_its_headers_are_those_of_an_answer_that_is_not_sent_yet() -> None:
    message = opened()
    assert message["From"] == "repair@example.org"
    assert message["To"] == "Anna de Vries <anna@example.com>"
    assert message["Subject"] == "Re: lamp"
    assert message["Message-ID"] == "<0123456789abcdef@example.org>"
    assert message["In-Reply-To"] == "<2@example.com>"
    assert message["References"].split() == ["<1@example.com>", "<2@example.com>"]
    assert message["Date"] == "Wed, 04 Nov 2026 09:00:00 +0000"
    assert message["X-Rcmail-Draft"] == "0123456789abcdef"
    assert message["X-Unsent"] == "1"
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert set(message.keys()) == {
        *("From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Date", "X-Rcmail-Draft"),
        *("X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
    }


def test_the_same_draft_is_the_same_bytes() -> None:
    assert content(LETTER) == content(replace(LETTER))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_new_text_is_exactly_the_drafts_and_the_visitors_mail_is_quoted_below(language: str) -> None:
    text = TEXTS[language]
    for asked in ([ASKED], [ASKED, replace(ASKED, text="O ja, het is een Philips.")], [replace(ASKED, name="")]):
        mail = ours(text=text, language=language, asked=asked)
        assert mail.text.startswith(f"{text}\n\n")
        assert "> Kan ik komen?" in mail.text
        assert new_text(mail.text) == text
        assert new_text(mail.text, [each.text for each in asked]) == text


def test_every_answer_of_the_example_mailbox_comes_back_letter_for_letter() -> None:
    for text, question, mail in answers():
        asked = Asked(mail.from_.name, mail.from_.address, mail.date or LETTER.dated, question)
        found = ours(text=text, language=language_of(text, []), asked=[asked], subject=mail.subject)
        assert found.text.startswith(f"{text}\n\n")
        assert new_text(found.text) == new_text(found.text, [mail.text]) == text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("nl", "Op 03-11-2026 om 1{}:05 schreef Anna de Vries <anna@example.com>:"),
        ("de", "Am 03.11.2026 um 1{}:05 schrieb Anna de Vries <anna@example.com>:"),
        ("en", "On 03/11/2026 at 1{}:05, Anna de Vries <anna@example.com> wrote:"),
        ("fr", "Le 03/11/2026 à 1{}:05, Anna de Vries <anna@example.com> a écrit :"),
    ],
)
def test_who_wrote_is_said_in_the_drafts_language(language: str, line: str) -> None:
    hour = ASKED.written.astimezone().hour % 10
    assert quoted([ASKED], language) == f"{line.format(hour)}\n> Dag,\n>\n> Kan ik komen?\n> Groet, Anna"


def test_of_several_mails_the_newest_stands_first_and_what_is_too_long_is_cut() -> None:
    found = quoted([ASKED, replace(ASKED, text="Nog iets.")], "nl")
    assert found.index("Nog iets.") < found.index("Kan ik komen?")
    long = quoted([ASKED, replace(ASKED, text="woord " * 5_000)], "nl")
    assert len(long) < 25_000
    assert long.endswith("> […]")


@pytest.mark.parametrize("subject", ["lamp", "Re: lamp", "RE: AW: Antw: lamp", "Re[2]: lamp", "  Re:lamp "])
def test_there_is_one_re(subject: str) -> None:
    assert opened(subject=subject)["Subject"] == "Re: lamp"


def test_without_a_subject_or_an_id_it_is_an_answer_all_the_same() -> None:
    message = opened(subject="", in_reply_to=None, references=[])
    assert message["Subject"] == "Re:"
    assert "In-Reply-To" not in message
    assert "References" not in message


def test_long_ids_stay_whole_and_no_line_is_too_long() -> None:
    ids = [f"<{'a' * 480}.{number}@example.com>" for number in range(100)]
    raw = content(replace(LETTER, references=ids, in_reply_to=ids[-1], text="woord " * 3_000))
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    mail = parse(raw)
    assert mail.references[0] == ids[0]
    assert mail.references[-29:] == tuple(ids[-29:])
    assert mail.in_reply_to == ids[-1]


HOSTILE = [
    "x\r\nBcc: eve@example.net", "x\nBcc: eve@example.net\n\nhello", "=?utf-8?q?x=0D=0ABcc:_eve=40example.net?=",
    'x" <eve@example.net>, "y', "x\x00\x0b\x0c\x85\u2028Bcc: eve@example.net", "eve@example.net,", "ü" * 300, "(",
    "\\", "<eve@example.net>", "x; y: z,", "\u202eevil", "'quoted'", "=?utf-8?b?", "😀" * 100, "a" * 1000,
]  # fmt: skip


def headers_of(raw: bytes) -> list[str]:
    head = raw.partition(b"\r\n\r\n")[0].decode()
    return [line.partition(":")[0] for line in head.split("\r\n") if line[:1] not in (" ", "\t")]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_visitor_wrote_becomes_a_header_or_a_receiver(text: str) -> None:
    raw = content(
        replace(
            LETTER, to_name=text, subject=text, in_reply_to=f"<{text}@x>", references=[f"<{text}@x>", "<1@x>"],
            asked=[replace(ASKED, name=text, text=text)],
        )
    )  # fmt: skip
    assert sorted(set(headers_of(raw))) == sorted(headers_of(raw))
    assert set(headers_of(raw)) <= set(opened().keys())
    mail = parse(raw)
    assert [each.address for each in mail.to] == ["anna@example.com"]
    assert (mail.cc, mail.bcc, mail.from_.address) == ((), (), "repair@example.org")
    message = email.message_from_bytes(raw, policy=default)
    assert [each.addr_spec for each in message["To"].addresses] == ["anna@example.com"]


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_strangers_wrote_it_has_one_receiver_and_the_drafts_text_first(
    name: str, subject: str, asked: str, reference: str
) -> None:
    letter = replace(
        LETTER, to_name=name, subject=subject, references=[reference], in_reply_to=reference,
        asked=[replace(ASKED, name=name, text=asked)],
    )  # fmt: skip
    raw = content(letter)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    mail = parse(raw)
    assert [each.address for each in mail.to] == ["anna@example.com"]
    assert mail.text.startswith(LETTER.text)
    assert set(headers_of(raw)) <= set(opened().keys())
    assert len(set(headers_of(raw))) == len(headers_of(raw))


@given(st.text(max_size=400))
def test_the_text_of_a_draft_comes_back_as_it_was_approved(text: str) -> None:
    try:
        text = clean_letter(text, 20_000)
    except ValueError:
        return
    body = email.message_from_bytes(content(replace(LETTER, text=text)), policy=default)
    assert isinstance(body, EmailMessage)
    found = body.get_content()
    assert isinstance(found, str)
    assert re.split(r"\r?\n", found)[: len(text.split("\n"))] == text.split("\n")


@pytest.mark.parametrize(
    "address",
    ["o'hara+lamp@example.com", "jörg@example.com", "anna@müller.example", "a..b@example.com", "a.@x.nl"],
)
def test_every_address_that_mail_comes_from_can_be_answered(address: str) -> None:
    assert [each.address for each in ours(to_address=address).to] == [address]
