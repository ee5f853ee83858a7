"""What there is of a person, handed out: readable by mail programs, and nothing of others in it."""

import email
import mailbox
from contextlib import closing
from datetime import UTC
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.privacy import export
from rcmail.privacy.export import Mail
from tests.answers.room import number_of
from tests.drafting.kept import Room
from tests.mail.letters import GROUP, TODAY, letter
from tests.privacy.test_forget import ADDRESS, HUPSA, answers, asks

OTHERS = ("piet", "lampenkap", "buurvrouw")


def opened(content: bytes, folder: Path) -> list[mailbox.mboxMessage]:
    path = folder / "person.mbox"
    path.write_bytes(content)
    with closing(mailbox.mbox(path)) as box:
        return list(box)


async def test_it_has_what_she_wrote_and_got_and_nothing_of_others(room: Room, tmp_path: Path) -> None:
    await room.settings.save({"group_addresses": GROUP})
    text = "Mijn fiets?\n\nFrom here on it squeaks."
    quoted = f"{text}\n\nOp 1 november 2026 schreef Piet <piet@example.net>:\n> lampenkap\n"
    await room.bring_in(
        [asks(Cc="Buurvrouw <buurvrouw@example.net>"), answers(to=f"{HUPSA}, Piet <piet@example.net>")],
        [
            asks(
                quoted,
                "HUPSA.Quispelturf+cafe@Example.com",
                Message_ID="<2@x>",
                subject="Fiets – één vraag",
                day=3,
            )
        ],
        [letter("Piet <piet@example.net>", text="lampenkap", Cc=HUPSA, day=4)],
    )
    mails = await export.mails(room.database, ADDRESS)
    content, text = export.as_mbox(mails), export.as_text(mails, ADDRESS)
    assert [word for word in OTHERS if word in content.decode().lower() or word in text.lower()] == []
    found = opened(content, tmp_path)
    assert [str(make_header(decode_header(each["Subject"]))) for each in found] == [
        "zwartbessen", "Re: zwartbessen", "Fiets – één vraag",
    ]  # fmt: skip
    assert [each["X-Rcmail-Left-Out"] for each in found] == ["1 more who got it", "1 more who got it", None]
    body = found[2].get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().strip() == "Mijn fiets?\n\n>From here on it squeaks."
    assert found[0]["To"] == GROUP
    assert found[1]["From"] == f"Repair\n <{GROUP}>"
    assert "Subject: Fiets – één vraag" in text
    assert "1 more" in text


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=200)


@given(names, names, texts)
def test_whatever_was_written_stays_one_mail_with_its_own_fields(name: str, subject: str, text: str) -> None:
    mail = Mail(TODAY, "<1@x>", (name, "anna@example.com"), ("", GROUP), subject, text, 0)
    content = export.as_mbox([mail, mail])
    parts = content.split(b"\nFrom anna@example.com ")
    assert len(parts) == 2
    found = email.message_from_bytes(content.partition(b"\n")[2], policy=default)
    assert set(found.keys()) <= {
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    }  # fmt: skip
    assert parsedate_to_datetime(str(found["Date"])).astimezone(UTC) == TODAY


async def test_an_attachment_is_told_and_one_who_wrote_on_a_form_too(room: Room) -> None:
    await room.settings.save({"group_addresses": GROUP})
    text = f"Naam: Hupsa Quispelturf\nE-mail: {ADDRESS}\nBericht: Mijn lamp is stuk, kan ik komen?"
    await room.bring_in([asks(text, "WordPress <wordpress@example.org>", subject="Contactformulier")])
    await room.database.execute(
        """UPDATE messages SET attachments = '[{"name": "lamp.jpg", "type": "image/jpeg", "size": 9}]'"""
    )
    [mail] = await export.mails(room.database, ADDRESS)
    assert mail.sender[1] == ADDRESS
    assert "Mijn lamp is stuk" in mail.text
    assert mail.text.endswith("[lamp.jpg: an attachment, which rcmail did not keep]")


@pytest.mark.parametrize("address", ["", "anna piet@example.com", "jürgen@example.com"])
def test_an_odd_address_does_not_spoil_the_line_between_two_mails(address: str) -> None:
    mail = Mail(TODAY, None, ("", address), ("", GROUP), "", "text", 0)
    assert export.as_mbox([mail]).startswith(b"From MAILER-DAEMON ")


async def test_of_somebody_without_mail_there_is_nothing(room: Room) -> None:
    await room.bring_in([asks()])
    assert await export.mails(room.database, "nobody@example.com") == []
    assert await number_of(room.database, "Zwartbessen") == 1
