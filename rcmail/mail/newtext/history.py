"""Quotations, and the lines that announce them: what goes, and what the author answered between and below it."""

from itertools import pairwise
from typing import Final

from rcmail.mail.newtext import header_block
from rcmail.mail.newtext.attribution import MOST_LINES, Attribution, attribution_before, judge
from rcmail.mail.newtext.lines import CONTACT, Lines
from rcmail.mail.newtext.phrases import MOBILE

KNOWN: Final = 0.75  # of the words of quoted lines that nothing announces
HISTORY: Final = 0.7  # of the words below what may be an attribution
ENOUGH_WORDS: Final = 12  # fewer that are known may be chance
NEAR: Final = 8  # lines below an announcement, a message begins
LONGEST_ANSWER: Final = 10  # lines between those of an announced message
ANSWER: Final = 300  # characters of a line that are looked at


def drop_history(mail: Lines) -> None:
    """Drop quotations and their announcements.

    Quoted lines go where something announces them, or where an earlier message has their words; all others stay
    then. Below an announcement without quoted lines everything goes.
    """
    place, is_announced = mail.next(0), False
    while place < len(mail):
        if mail.quoted(place) is not None:
            stop = _quoted_until(mail, place)
            is_announced |= _announces_itself(mail, place, stop)
            if is_announced or mail.share(place, stop) >= KNOWN:
                mail.drop(place, stop)
        elif found := _announcement(mail, place):
            start, stop, is_sure = found
            if mail.quoted(mail.next(stop)) is not None:
                is_announced = True
                mail.announce(start, stop)
            elif is_sure or mail.share(stop, len(mail)) >= HISTORY:
                mail.announce(start, stop)
                stop = _drop_unquoted(mail, start, stop)
        else:
            stop = place + 1
        place = mail.next(stop)


def _quoted_until(mail: Lines, place: int) -> int:
    """Where the quoted lines end; the rest of one that was broken on its way goes with them, if it is known."""
    while True:
        after = mail.next(place + 1)
        is_rest = after == place + 1 and mail.quoted(mail.next(after + 1)) is not None
        if mail.quoted(after) is None and not (is_rest and mail.share(place, after + 1) >= KNOWN):
            return place + 1
        place = after


def _announces_itself(mail: Lines, start: int, stop: int) -> bool:
    """Do quoted lines begin with their own attribution, as on an iPhone?"""
    texts = [mail.quoted(place) or "" for place in range(start, min(stop, start + 2 * MOST_LINES))]
    while texts and not texts[0].strip():
        texts.pop(0)
    if not texts:
        return False
    ends = range(1, 1 + min(MOST_LINES, len(texts)))
    return (
        any(attribution_before(texts, end)[1] is Attribution.STRONG for end in ends)
        or header_block.header_block(texts, 0) > 0
        or header_block.is_separator(texts[0])
    )


def _announcement(mail: Lines, place: int) -> tuple[int, int, bool] | None:
    """Where the announcement begins and ends whose first line, an attribution's last, is ``place``; is it sure?"""
    text = mail.texts[place]
    if header_block.is_separator(text):
        mail.is_forward |= header_block.is_forward(text)
        below = mail.next(place + 1)
        return place, max(place + 1, header_block.header_block(mail.texts, below)), True
    if (stop := header_block.header_block(mail.texts, place)) > place:
        above = place
        while above and (not mail.texts[above - 1].strip() or header_block.is_rule(mail.texts[above - 1])):
            above -= 1
        return above, stop, True
    start, found = attribution_before(mail.texts, place + 1)
    stop = place + 2 if mail.texts[place + 1 : place + 2] == [":"] else place + 1
    return (start, stop, found is Attribution.STRONG) if found else None


def _drop_unquoted(mail: Lines, start: int, stop: int) -> int:
    """Drop what stands below an announcement without quoting it, and tell where the text goes on.

    It is all that follows, unless an earlier message tells where it ends, and the author wrote nothing above or
    answered between its lines.
    """
    is_first = not any(mail.texts[place].strip() and not mail.gone[place] for place in range(start))
    for message in reversed(mail.messages):
        top = mail.beginning(message, stop, min(stop + NEAR, len(mail)))
        bottom = known_until(mail, message, top, len(mail), LONGEST_ANSWER)
        if is_copy(mail, message, top, bottom):
            mail.drop(stop, top)
            if drop_copy(mail, message, top, bottom) or is_first:
                return bottom
            break
    mail.drop(stop, len(mail))
    return len(mail)


def is_copy(mail: Lines, message: int, top: int, bottom: int) -> bool:
    """Are these lines an earlier message, or enough of one?"""
    return mail.words(top, bottom) >= ENOUGH_WORDS and mail.share_in(message, top, bottom) >= HISTORY


def known_until(mail: Lines, message: int, top: int, stop: int, longest_gap: int) -> int:
    """Below the last line from ``top`` on that the message knows; between are at most so many it does not know."""
    bottom, gap = top, 0
    for place in range(top, stop):
        if not mail.words(place, place + 1):
            continue
        if mail.share_in(message, place, place + 1) >= KNOWN:
            bottom, gap = place + 1, 0
        elif (gap := gap + 1) > longest_gap:
            break
    return bottom


def drop_copy(mail: Lines, message: int, top: int, bottom: int) -> bool:
    """Drop a copy of an earlier message, but no answer in it: a line of which it has no word. Is there any?"""
    answers = [
        place
        for place in range(top, bottom)
        if mail.words(place, place + 1)
        and not mail.share_in(message, place, place + 1)
        and not _is_program_s(mail.texts[place][:ANSWER])
    ]
    for start, stop in pairwise([top - 1, *answers, bottom]):
        mail.drop(start + 1, stop)
    return bool(answers)


def _is_program_s(line: str) -> bool:
    """Was it more likely a mail program that wrote it?"""
    return bool(CONTACT.search(line) or MOBILE.fullmatch(line) or judge(line))
