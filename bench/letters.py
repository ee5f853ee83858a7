"""Invented mail in any number: sentences of the example mailbox, put together anew for each mail of 15 years."""

import binascii
import html
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

GROUP: Final = "repaircafe.debrug@gmail.example"
_LABELS: Final = Path(__file__).resolve().parent.parent / "tests/data/mailbox/labels.jsonl"
_YEARS: Final = 15
_HTML: Final = 0.6
"""The share of mails that have their text as HTML too."""
_ATTRIBUTION: Final = {
    "nl": "Op {day} schreef {name}:", "de": "Am {day} schrieb {name}:", "fr": "Le {day}, {name} a écrit :",
    "en": "On {day}, {name} wrote:",
}  # fmt: skip


@dataclass(frozen=True)
class _Turn:
    """One mail of the example mailbox that a new one is made from."""

    subject: str
    sentences: list[str]


def mbox(number: int) -> Iterator[bytes]:
    """``number`` mails of conversations of one to four, as an mbox file has them, the oldest first."""
    randomly = random.Random(number)
    written = sorted(_letters(number, randomly), key=lambda each: each[0])
    for moment, message in written:
        yield f"From - {moment:%a %b %d %H:%M:%S %Y}\n".encode() + message + b"\n"


def _letters(number: int, randomly: random.Random) -> Iterator[tuple[datetime, bytes]]:
    turns = _turns()
    begin = datetime.now(UTC).replace(microsecond=0) - timedelta(days=365 * _YEARS)
    conversation = 0
    while number:
        conversation += 1
        length = min(number, randomly.choice((1, 2, 2, 2, 3, 4)))
        number -= length
        moment = begin + timedelta(seconds=randomly.uniform(0, _YEARS * 365 * 86_400))
        yield from _conversation(conversation, length, moment, turns, randomly)


def _conversation(
    number: int, length: int, moment: datetime, turns: dict[tuple[str, str], list[_Turn]], randomly: random.Random
) -> Iterator[tuple[datetime, bytes]]:
    language = randomly.choice(("nl", "nl", "nl", "de", "en", "fr"))
    first = randomly.choice(turns[language, "in"])
    name = f"{randomly.choice(_NAMES)} {randomly.choice(_SURNAMES)}"
    visitor, group = f"{_ascii(name)} <visitor{number}@example.net>", f"{_ascii('Repair Café De Brug')} <{GROUP}>"
    ids: list[str] = []
    before = ""
    for turn in range(length):
        is_out = turn % 2 == 1
        text = _text(turns[language, "out" if is_out else "in"], name, randomly)
        ids.append(f"<{number}.{turn}.{randomly.getrandbits(64):x}@example.net>")
        head = {
            "From": group if is_out else visitor, "To": visitor if is_out else group,
            "Subject": _ascii(f"Re: {first.subject}" if turn else first.subject),
            "Date": format_datetime(moment), "Message-ID": ids[-1], "MIME-Version": "1.0",
        }  # fmt: skip
        if turn:
            head |= {"In-Reply-To": ids[-2], "References": " ".join(ids[:-1])}
        quoted = f"{text}\n\n{before}" if before else text
        has_html = randomly.random() < _HTML
        yield moment, _mail(head, quoted, _page(text, before) if has_html else "")
        said = _ATTRIBUTION[language].format(day=f"{moment:%d-%m-%Y %H:%M}", name="De Brug" if is_out else name)
        before = f"{said}\n" + "\n".join(f"> {line}" for line in quoted.splitlines())
        moment += timedelta(hours=randomly.uniform(1, 100))


def _mail(head: Mapping[str, str], text: str, page: str) -> bytes:
    """By hand: the standard library takes three thousandths of a second for each."""
    head_ = "".join(f"{name}: {value}\n" for name, value in head.items()).encode()
    if not page:
        return head_ + _part("plain", text)
    parts = b"".join(b"--=_both\n" + _part(*each) + b"\n" for each in (("plain", text), ("html", page)))
    return head_ + b'Content-Type: multipart/alternative; boundary="=_both"\n\n' + parts + b"--=_both--\n"


def _part(kind: str, text: str) -> bytes:
    head = f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    return head.encode() + binascii.b2a_qp(text.encode()) + b"\n"


@cache
def _ascii(text: str) -> str:
    return Header(text, "utf-8" if not text.isascii() else "us-ascii").encode()


def _text(turns: list[_Turn], name: str, randomly: random.Random) -> str:
    """Sentences of several mails, so that each mail is its own."""
    sentences = [
        sentence
        for turn in randomly.sample(turns, 4)
        for sentence in randomly.sample(turn.sentences, min(3, len(turn.sentences)))
    ]
    return f"{'. '.join(sentences)}.\n\n{randomly.randint(1, 99_999)}\n{name}"


def _page(text: str, before: str) -> str:
    lines = "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in text.splitlines())
    quoted = "<br>".join(html.escape(line.lstrip("> ")) for line in before.splitlines())
    quote = f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{quoted}</blockquote>' if quoted else ""
    return f'<html><body><div dir="ltr" style="font-family:sans-serif">{lines}</div>{quote}</body></html>'


def _turns() -> dict[tuple[str, str], list[_Turn]]:
    """The visitors' mails of the example mailbox and their answers, by language and direction."""
    found: dict[tuple[str, str], list[_Turn]] = defaultdict(list)
    for line in _LABELS.read_text().splitlines():
        label: dict[str, Any] = json.loads(line)
        if label["is_visitor"] and label["new_text"]:
            sentences = [
                part.strip() for part in re.split(r"[.?!]\s|\n+", label["new_text"]) if len(part.strip()) > 12
            ]
            found[label["language"], label["direction"]].append(
                _Turn(label["subject"].removeprefix("Re: "), sentences)
            )
    return found


_NAMES: Final = (
    "Anna",
    "Bert",
    "Chloé",
    "Dirk",
    "Els",
    "Fatima",
    "Günter",
    "Hélène",
    "Ivo",
    "Jürgen",
    "Kim",
    "Luc",
)
_SURNAMES: Final = (
    "de Vries",
    "Müller",
    "Smith",
    "Dubois",
    "Jansen",
    "Özdemir",
    "van den Berg",
    "Schröder",
    "Moreau",
)
