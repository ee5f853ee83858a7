"""The invented mailbox of ``tests/data/mailbox``: its mails and what is true of them (README.md there)."""

import json
import mailbox
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any, Final, cast

FOLDER: Final = Path(__file__).resolve().parent.parent / "tests/data/mailbox"


@dataclass(frozen=True)
class Mail:
    """One mail as text, its labels, and the texts of the mails before it in its conversation, oldest first."""

    label: dict[str, Any]
    text: str
    earlier: tuple[str, ...]
    own: tuple[str, ...]


def plain_text(message: "Message[str, str]") -> str:
    """The mail's text; empty where it has only HTML. Stands here until rcmail itself reads mails."""
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            content = cast("bytes", part.get_payload(decode=True))
            text = content.decode(part.get_content_charset() or "utf-8", "replace").replace("\r\n", "\n")
            return _unflowed(text) if part.get_param("format") == "flowed" else text
    return ""


def _unflowed(text: str) -> str:
    """Lines that end in a blank go on in the next (RFC 3676), but for a signature's delimiter."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and lines[-1].endswith(" ") and lines[-1] != "-- " and line[:1] != ">" and lines[-1][:1] != ">":
            lines[-1] += line
        else:
            lines.append(line)
    return "\n".join(lines)


def mails() -> Iterator[Mail]:
    """The mails in their order in the file, which is by date."""
    labels = [json.loads(line) for line in (FOLDER / "labels.jsonl").read_text().splitlines()]
    conversations: defaultdict[str, list[str]] = defaultdict(list)
    senders: defaultdict[str, list[str]] = defaultdict(list)
    with closing(mailbox.mbox(FOLDER / "mailbox.mbox", create=False)) as box:
        for label, message in zip(labels, box, strict=True):
            text = plain_text(message)
            before, own = conversations[label["conversation"]], senders[label["from_address"]]
            yield Mail(label, text, tuple(before), tuple(own))
            before.append(text)
            own.append(text)
