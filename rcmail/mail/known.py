"""What goes because it stands in other mails, without a mark: history, and a signature that recurs."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from rcmail.mail.history import ENOUGH_WORDS, HISTORY, KNOWN
from rcmail.mail.lines import CONTACT, Lines

MOST_GAP: Final = 3  # lines, one after another, that an earlier message does not know
ANSWER_WORDS: Final = 3
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
            bottom = _known_until(mail, message, top, stop)
            if (
                (segments[0][0] < top or bottom < segments[-1][1])
                and mail.words(top, bottom) >= ENOUGH_WORDS
                and mail.share_in(message, top, bottom) >= HISTORY
                and not is_closing(mail.texts[top])
            ):
                _drop_but_answers(mail, message, top, bottom)


def _known_until(mail: Lines, message: int, top: int, stop: int) -> int:
    """Below the last line that the message knows, few unknown ones between."""
    bottom, gap = top, 0
    for place in range(top, stop):
        if not mail.words(place, place + 1):
            continue
        if mail.share_in(message, place, place + 1) >= KNOWN:
            bottom, gap = place + 1, 0
        elif (gap := gap + 1) > MOST_GAP:
            break
    return bottom


def _drop_but_answers(mail: Lines, message: int, top: int, bottom: int) -> None:
    """Drop the lines, but not a paragraph among them that the message does not know."""
    while top < bottom:
        stop = top + 1
        while stop < bottom and mail.texts[stop].strip():
            stop += 1
        if mail.share_in(message, top, stop) > 0 or mail.words(top, stop) < ANSWER_WORDS:
            mail.drop(top, stop)
        top = mail.next(stop)


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
