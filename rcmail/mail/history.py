"""Quotations, and the lines that announce them: what goes, and what the author answered between and below it."""

from typing import Final

from rcmail.mail import header_block
from rcmail.mail.attribution import MOST_LINES, Attribution, attribution_before
from rcmail.mail.lines import Lines

KNOWN: Final = 0.75  # of the words of quoted lines that nothing announces
HISTORY: Final = 0.7  # of the words below what may be an attribution
ENOUGH_WORDS: Final = 12  # fewer that are known may be chance


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
                end = _history_until(mail, start, stop)
                mail.announce(start, stop)
                mail.drop(stop, end)
                stop = end
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


def _history_until(mail: Lines, start: int, stop: int) -> int:
    """Where history ends that no line marks: at the mail's end.

    Where the author wrote nothing above it, it ends with the last line that an earlier message knows.
    """
    if any(mail.texts[place].strip() and not mail.gone[place] for place in range(start)):
        return len(mail)
    for message in mail.messages:
        known = [place for place in range(stop, len(mail)) if mail.share_in(message, place, place + 1) >= KNOWN]
        if (
            known
            and mail.share_in(message, stop, known[-1] + 1) >= HISTORY
            and mail.words(stop, known[-1] + 1) >= ENOUGH_WORDS
        ):
            return known[-1] + 1
    return len(mail)
