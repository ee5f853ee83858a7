"""What goes because it stands in other mails, without a mark: history, and a signature that recurs."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from rcmail.mail.newtext.history import drop_copy, is_copy, known_until
from rcmail.mail.newtext.lines import CONTACT, Lines

MOST_GAP: Final = 3  # lines, one after another, that an earlier message does not know
OWN_MAILS: Final = 10  # the newest
OWN_LINES: Final = 500
SIGNATURE_LINES: Final = 15

_CLOSING: Final = re.compile(
    r"(?:\w+ ){0,3}(?:groet\w*|gr|mvg|grüße?n?|grüsse?n?|gruß|lg|vg|mfg|regards|wishes|cheers|cordialement"
    r"|salutations|saluti|saludos?|atentamente|sincerely)\b.{0,30}|bien à vous\W*|(?:un )?cordial saludo\W*",
    re.IGNORECASE,
)


def is_closing(text: str) -> bool:
    """Is it the line above a name: “Kind regards,”?"""
    return len(text) < 80 and _CLOSING.fullmatch(text.strip()) is not None


def drop_known(mail: Lines) -> None:
    """Drop history that nothing marks: an earlier message from its beginning on; something stays beside it.

    What stands in the middle of an earlier message may be what its author says in each.
    """
    for message in mail.messages:
        segments = mail.segments()
        for start, stop in segments:
            top = mail.beginning(message, start, stop)
            bottom = known_until(mail, message, top, stop, MOST_GAP)
            leaves_something = segments[0][0] < top or bottom < segments[-1][1]
            if leaves_something and is_copy(mail, message, top, bottom) and not is_closing(mail.texts[top]):
                drop_copy(mail, message, top, bottom)


def drop_recurring(mail: Lines, own: Sequence[str]) -> None:
    """Drop the signature that also stands in two other mails of the same sender; closing and name stay."""
    segments = mail.segments()
    if not segments:
        return
    start, stop = segments[-1]
    places = [place for place in range(start, stop) if mail.texts[place].strip()][-SIGNATURE_LINES:]
    tail = [mail.texts[place].split() for place in places]
    lengths = sorted((_recurs(tail, text) for text in own[-OWN_MAILS:]), reverse=True)
    length = lengths[1] if len(lengths) > 1 else 0
    first = len(places) - length
    for n in range(max(0, first - 1), len(places)):
        if is_closing(mail.texts[places[n]]):
            first = max(first, n + 2)
    block = places[first:]
    if block and block[0] > segments[0][0] and any(CONTACT.search(mail.texts[place][:500]) for place in block):
        mail.drop(block[0], stop)


def _recurs(tail: list[list[str]], text: str) -> int:
    """How many lines of ``tail``, from its end, stand together in ``text``."""
    lines = [words for line in islice(text.split("\n"), OWN_LINES) if (words := line.split())]
    best = 0
    for end in range(1, len(lines) + 1):
        length = 0
        while length < min(len(tail), end) and lines[end - 1 - length] == tail[-1 - length]:
            length += 1
        best = max(best, length)
    return best
