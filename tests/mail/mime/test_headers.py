"""Who wrote, to whom, when, about what: as mail programs, forms and forgers write it."""

from datetime import UTC, datetime, timedelta

import pytest

from rcmail.mail.mime.parse import Address, Mail, UnreadableMail, parse


def headed(*lines: str | bytes) -> Mail:
    """A mail with these header lines, and a line of text."""
    encoded = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return parse(b"\r\n".join([*encoded, b"", b"Is the toaster worth it?"]))


def test_a_message_id_that_outlook_folds_after_the_colon_is_stripped() -> None:
    mail = headed("Message-ID:", " <AM0PR04.7F3A@EURPRD04.prod.outlook.example>")
    assert mail.message_id == "<AM0PR04.7F3A@EURPRD04.prod.outlook.example>"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<a.b@mail.example>", "<a.b@mail.example>"),
        ("a.b@mail.example", "<a.b@mail.example>"),
        ("  <a.b@mail.example> (added by relay)", "<a.b@mail.example>"),
        ("<>", None),
        ("none", None),
        ("", None),
        ("<" + "x" * 2000 + "@mail.example>", None),
    ],
)
def test_a_message_id_has_its_brackets_or_is_none(value: str, expected: str | None) -> None:
    assert headed("From: jan@house.example", f"Message-ID: {value}").message_id == expected


def test_references_are_in_order_once_each_and_end_with_what_is_answered() -> None:
    mail = headed(
        "References: <1@a.example> <2@a.example>", "\t<1@a.example>", "In-Reply-To: <3@a.example> <4@a.example>"
    )
    assert mail.references == ("<1@a.example>", "<2@a.example>", "<3@a.example>", "<4@a.example>")
    assert mail.in_reply_to == "<3@a.example>"


def test_of_a_thousand_references_the_newest_hundred_are_kept() -> None:
    mail = headed(
        "References: " + " ".join(f"<{n}@a.example>" for n in range(1000)), "In-Reply-To: <parent@a.example>"
    )
    assert len(mail.references) == 100
    assert mail.references[-1] == "<parent@a.example>"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Broodrooster", "Broodrooster"),
        ("=?utf-8?q?N=C3=A4hmaschine?=", "Nähmaschine"),
        ("=?UTF-8?B?TsOkaG1hc2NoaW5l?=", "Nähmaschine"),
        ("=?utf-8*de?q?N=C3=A4hmaschine?=", "Nähmaschine"),  # RFC 2231 §5 puts a language there
        ("=?utf-8?b?TsM=?=\r\n =?utf-8?b?pGhlbg==?=", "Nähen"),  # a character in two halves
        ("=?utf-8?q?N=C3?= =?utf-8?b?pGhlbg==?=", "Nähen"),
        ("=?utf-8?q?caf=C3=A9?= =?iso-8859-1?q?=E9?= fini", "caféé fini"),
        ("Re: =?utf-8?q?caf=C3=A9?= en =?utf-8?q?th=C3=A9?=", "Re: café en thé"),
        ("=?windows-1252?q?It=92s_broken?=", "It’s broken"),
        ("=?iso-8859-1?q?It=92s_broken?=", "It’s broken"),
        ("=?us-ascii?q?N=C3=A4hen?=", "Nähen"),
        ("=?rot13?q?Uryyb?=", "Uryyb"),
        ("=?x-unknown?b?SGFsbG8=?=", "Hallo"),
        ("=?utf-8?b?SGFsbG8?=", "Hallo"),  # without its padding
        ("=?utf-8?b?SGFsbG8gd2V?=", "Hallo we"),
        ("=?utf-8?q?plain question mark ?", "=?utf-8?q?plain question mark ?"),
        ("=?utf-8?q?two words?=", "two words"),
        ("a\tb   c", "a b c"),
        ("lampe\u202eexe.gpj", "lampeexe.gpj"),
        ("lampe\u2067 kaputt", "lampe kaputt"),
        ("nul\0and\x1b[31mred", "nuland[31mred"),
        ("", ""),
    ],
)
def test_a_subject_is_read_whatever_it_is_encoded_in(value: str, expected: str) -> None:
    assert headed("From: jan@house.example", f"Subject: {value}").subject == expected


def test_a_line_end_that_is_hidden_in_a_subject_starts_no_line() -> None:
    mail = headed("Subject: =?utf-8?q?Toaster=0D=0ABcc=3A_everybody=40house.example?=")
    assert mail.subject == "Toaster Bcc: everybody@house.example"
    assert mail.bcc == ()


def test_a_subject_has_two_thousand_characters_at_most() -> None:
    assert len(headed("Subject: " + "long " * 3000).subject) <= 2000


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"Subject: N\xc3\xa4hmaschine", "Nähmaschine"),
        (b"Subject: N\xe4hmaschine", "Nähmaschine"),
        (b"Subject: caf\x80", "caf€"),
    ],
)
def test_letters_that_were_never_encoded_are_read(raw: bytes, expected: str) -> None:
    assert headed(raw).subject == expected


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("Jan Pot <jan@house.example>", "Jan Pot", "jan@house.example"),
        ("jan@house.example", "", "jan@house.example"),
        ("jan@house.example (Jan Pot)", "Jan Pot", "jan@house.example"),
        ("<jan@house.example>", "", "jan@house.example"),
        ('"Pot, Jan" <jan@house.example>', "Pot, Jan", "jan@house.example"),
        ('"Jan \\"the mender\\" Pot" <jan@house.example>', 'Jan "the mender" Pot', "jan@house.example"),
        ("=?utf-8?q?Ren=C3=A9e=2C_Pot?= <renee@house.example>", "Renée, Pot", "renee@house.example"),
        ('"=?utf-8?q?Ren=C3=A9e?=" <renee@house.example>', "Renée", "renee@house.example"),
        ("=?utf-8?q?Ren=C3=A9e_=3Crenee=40house=2Eexample=3E?=", "Renée", "renee@house.example"),
        ("Pot, Jan <jan@house.example>", "Jan", "jan@house.example"),
        ("Jan Pot <Jan.Pot@HOUSE.Example>", "Jan Pot", "Jan.Pot@house.example"),
        ("Jan <mailto:jan@house.example>", "Jan", "jan@house.example"),
        ("Jan <@relay.example:jan@house.example>", "Jan", "jan@house.example"),
        ("Jan (of the (old) house) <jan@house.example>", "Jan", "jan@house.example"),
        ('<"jan"@house.example>', "", "jan@house.example"),
        ("jan@häuser.example", "", "jan@häuser.example"),
        ("visitor@bank.example <jan@house.example>", "visitor@bank.example", "jan@house.example"),
        ("=?utf-8?q?Jan=0D=0ABcc=3A_x?= <jan@house.example>", "Jan Bcc: x", "jan@house.example"),
        ("Jan\u202e Pot <jan@house.example>", "Jan Pot", "jan@house.example"),
    ],
)
def test_a_sender_has_a_name_and_an_address(value: str, name: str, address: str) -> None:
    assert headed(f"From: {value}").from_ == Address(name, address)


@pytest.mark.parametrize(
    "value",
    [
        "Jan Pot",
        "jan@",
        "@house.example",
        "jan@house..example",
        "jan@house.example>evil",
        "<jan pot@house.example>",
        "jan@[127.0.0.1]",
        "<jan@house.example\u200b>",
        "<j@" + "a" * 300 + ".example>",
        "jan@house.example@other.example",
    ],
)
def test_what_is_no_address_is_none(value: str) -> None:
    assert headed(f"From: {value}", "Subject: x").from_.address == ""


def test_where_from_is_missing_the_sender_is_who_sent_it() -> None:
    assert headed("Sender: Form <web@cafe.example>").from_ == Address("Form", "web@cafe.example")
    assert headed("From: Jan", "Return-Path: <jan@house.example>").from_ == Address("Jan", "jan@house.example")
    assert headed("Subject: nobody").from_ == Address("", "")


def test_recipients_are_taken_out_of_groups_each_once() -> None:
    mail = headed(
        "To: Menders: ann@a.example, Bob <bob@b.example>;, ann@a.example",
        "Cc: undisclosed-recipients:;",
        "Cc: =?utf-8?q?C=C3=A9line?= <celine@c.example>",
        "Bcc: dirk@d.example",
    )
    assert mail.to == (Address("", "ann@a.example"), Address("Bob", "bob@b.example"))
    assert mail.cc == (Address("Céline", "celine@c.example"),)
    assert mail.bcc == (Address("", "dirk@d.example"),)


def test_two_reply_to_are_both_there_and_a_forged_line_end_in_one_adds_none() -> None:
    mail = headed(
        "From: web@cafe.example",
        "Reply-To: Jan <jan@house.example>",
        "Reply-To: =?utf-8?q?Bob=0ABcc=3A_all=40b=2Eexample?= <bob@b.example>",
    )
    assert mail.reply_to == (
        Address("Jan", "jan@house.example"),
        Address("Bob Bcc: all@b.example", "bob@b.example"),
    )


def test_two_hundred_recipients_are_enough() -> None:
    assert len(headed("To: " + ",".join(f"a{n}@b.example" for n in range(900))).to) == 200


RECEIVED = "Received: from a.example by b.example; Sat, 14 Mar 2026 10:00:00 +0100"
AT_NINE = datetime(2026, 3, 14, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Sat, 14 Mar 2026 09:30:00 +0100", datetime(2026, 3, 14, 8, 30, tzinfo=UTC)),
        ("14 Mar 2026 09:30 GMT", datetime(2026, 3, 14, 9, 30, tzinfo=UTC)),
        ("Sat, 14 Mar 2026 09:30:00 +0100 (CET)", datetime(2026, 3, 14, 8, 30, tzinfo=UTC)),
        ("Sat, 14 Mar 2026 09:30:00", datetime(2026, 3, 14, 9, 30, tzinfo=UTC)),
        ("Mon, 16 Mar 2026 08:00:00 +0000", datetime(2026, 3, 16, 8, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 +0000", AT_NINE),
        ("Thu, 01 Jan 2099 00:00:00 +0000", AT_NINE),
        ("Mon, 16 Mar 2026 10:00:00 +0000", AT_NINE),
        ("Sat, 14 Mar 2026 09:30:00 +9999999999", AT_NINE),
        ("Sat, 99 Mar 99999 25:61:00", AT_NINE),
        ("yesterday", AT_NINE),
        ("", AT_NINE),
    ],
)
def test_a_date_that_cannot_be_is_when_the_mail_was_received(value: str, expected: datetime) -> None:
    assert headed(f"Date: {value}", RECEIVED).date == expected


def test_the_newest_received_counts_and_is_told_apart_from_the_date() -> None:
    mail = headed(
        RECEIVED, "Received: by x.example; Fri, 13 Mar 2026 10:00:00 +0100", "Date: 13 Mar 2026 08:00 +0000"
    )
    assert mail.received == AT_NINE
    assert mail.date == AT_NINE - timedelta(hours=25)


def test_a_received_without_a_date_is_passed_over() -> None:
    assert headed("Received: from a.example by b.example", RECEIVED, "Subject: x").received == AT_NINE


def test_without_any_date_there_is_none() -> None:
    mail = headed("From: jan@house.example")
    assert (mail.date, mail.received) == (None, None)


def test_a_date_in_the_future_stays_where_nothing_contradicts_it() -> None:
    date = headed("Date: Thu, 01 Jan 2099 00:00:00 +0000").date
    assert date is not None
    assert date.year == 2099


def test_a_header_line_without_a_colon_does_not_turn_the_others_into_text() -> None:
    mail = headed(
        "From: jan@house.example",
        "this line lost its beginning",
        "Subject: Toaster",
        "also this",
        "To: a@b.example",
    )
    assert (mail.subject, mail.to, mail.text) == (
        "Toaster",
        (Address("", "a@b.example"),),
        "Is the toaster worth it?",
    )


def test_a_text_that_follows_the_header_without_an_empty_line_is_text() -> None:
    assert parse(b"Subject: Toaster\nIs it worth it?\nThanks").text == "Is it worth it?\nThanks"


def test_the_line_that_mbox_puts_first_is_no_header() -> None:
    assert parse(b"From jan@house.example Sat Mar 14 10:00:00 2026\nSubject: Toaster\n\nhi").subject == "Toaster"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", b"\r\r\n"])
def test_lines_may_end_in_any_way(end: bytes) -> None:
    mail = parse(end.join([b"Subject: a", b" b", b"From: jan@house.example", b"", b"one", b"two"]))
    assert (mail.subject, mail.from_.address, mail.text) == ("a b", "jan@house.example", "one\ntwo")


def test_a_header_of_a_megabyte_costs_the_others_nothing() -> None:
    mail = headed("X-Spam: " + "x" * 1_000_000, "Subject: Toaster")
    assert mail.subject == "Toaster"


def test_what_tells_machines_from_people_is_kept_and_nothing_else() -> None:
    mail = headed(
        "List-ID: =?utf-8?q?Caf=C3=A9?= <cafe.lists.example>",
        "Auto-Submitted: auto-replied",
        "X-Gmail-Labels: =?UTF-8?Q?Postvak_IN,Categorie=C3=ABn?=",
        "X-GM-THRID: 1789",
        "X-Secret: no",
        "Content-Type: Multipart/Report; report-type=delivery-status",
        "Feedback-ID: " + "x" * 5000,
    )
    assert dict(mail.headers, **{"feedback-id": ""}) == {
        "list-id": "Café <cafe.lists.example>",
        "auto-submitted": "auto-replied",
        "x-gmail-labels": "Postvak IN,Categorieën",
        "x-gm-thrid": "1789",
        "content-type": "Multipart/Report; report-type=delivery-status",
        "feedback-id": "",
    }
    assert len(mail.headers["feedback-id"]) == 1000


@pytest.mark.parametrize("raw", [b"", b"\n", b"hello", b"\0" * 100, b"no header at all\n\nand a text"])
def test_what_has_no_header_is_no_mail(raw: bytes) -> None:
    with pytest.raises(UnreadableMail, match=r"^it has no header$"):
        parse(raw)
