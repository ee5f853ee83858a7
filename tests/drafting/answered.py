"""The answers of the example mailbox, each with the mail that it answers."""

from collections.abc import Iterator
from functools import cache

from rcmail.mail.mime.parse import Mail, parse
from rcmail.mail.newtext.extract import new_text
from rcmail.mailbox.file import split
from tests.support import ROOT

GROUP = "repaircafe.debrug@gmail.example"


@cache
def answers() -> list[tuple[str, str, Mail]]:
    """The new text of an answer, that of the visitor's mail, and that mail."""
    with (ROOT / "tests/data/mailbox/mailbox.mbox").open("rb") as file:
        return list(_answers([parse(content) for content, _ in split(file)]))


def _answers(mails: list[Mail]) -> Iterator[tuple[str, str, Mail]]:
    by_id = {mail.message_id: mail for mail in mails}
    for mail in mails:
        asked = by_id.get(mail.in_reply_to) if mail.in_reply_to else None
        if asked and mail.from_.address == GROUP and (text := new_text(mail.text, [asked.text])):
            yield text, new_text(asked.text), asked
