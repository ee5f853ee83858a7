"""What mail programs, lists and offices put below a text, and gateways above it.

A signature's delimiter is RFC 3676 §4.3's dash, dash, blank; many programs lose the blank.
"""

import re
from collections.abc import Sequence
from typing import Final

from rcmail.mail.newtext.header_block import is_rule
from rcmail.mail.newtext.lines import CONTACT, Lines
from rcmail.mail.newtext.phrases import BANNER, DISCLAIMER_WORD, FOOTER, MAILING_LIST, MOBILE

PARAGRAPH: Final = 3_000  # characters that are looked at
LINE: Final = 250
BANNER_CHARACTERS: Final = 500
FAR: Final = 200  # lines from a text's end: above, no signature begins
SIGNATURE_LINES: Final = 15
RULED_LINES: Final = 8  # below a line of underscores
UNSURE_CHARACTERS: Final = 400  # below any mark but the RFC's
FULL_LINE: Final = 50  # characters: the next line may go on with its sentence

_MARK: Final = re.compile(r"\s*(?:--|—|–)\s*")
_UNDERSCORES: Final = re.compile(r"\s*(?:_{3,}|[—―]{3,})\s*")


def drop_banner(mail: Lines) -> None:
    """Drop a first paragraph in which an office's gateway warns of mail from outside."""
    first = stop = mail.next(0)
    while stop < len(mail) and mail.texts[stop].strip():
        stop += 1
    paragraph = "\n".join(mail.texts[first:stop])
    if stop < len(mail) and len(paragraph) < BANNER_CHARACTERS and BANNER.match(paragraph):
        mail.drop(first, stop)


def drop_footers(mail: Lines) -> None:
    """Drop signatures, lists' footers, mail programs' lines and disclaimers at the end of each text left over."""
    for start, stop in mail.segments():
        for place in range(start, stop):
            if _is_mobile_line(mail.texts[place]):
                mail.drop(place, place + 1)
            elif _is_list_footer(mail.texts, place) or _is_signature(mail.texts, place, stop):
                mail.drop(place, stop)
                break
    for start, stop in mail.segments():
        cut = _disclaimers_from(mail.texts, start, stop)
        if cut < stop:
            while cut > start and (not mail.texts[cut - 1].strip() or is_rule(mail.texts[cut - 1])):
                cut -= 1
        mail.drop(cut, stop)


def _is_mobile_line(line: str) -> bool:
    """Is it the whole line of a mail program about itself, such as “Sent from my iPhone”?"""
    return len(line) < LINE and MOBILE.fullmatch(line) is not None


def _is_list_footer(lines: Sequence[str], start: int) -> bool:
    """Does a mailing list's footer begin here: a rule, and the list's name below it?"""
    return is_rule(lines[start]) and any(MAILING_LIST.search(line[:LINE]) for line in lines[start + 1 : start + 4])


def _is_signature(lines: Sequence[str], start: int, stop: int) -> bool:
    """Is it a mark with a signature below it? Below another than the RFC's it is short and asks nothing.

    Below a line of underscores it also has an address or a number.
    """
    is_ruled = _UNDERSCORES.fullmatch(lines[start][:LINE]) is not None
    if stop - start > FAR or not (is_ruled or _MARK.fullmatch(lines[start][:LINE])):
        return False
    below = [line.strip() for line in lines[start + 1 : stop] if line.strip()]
    text = "\n".join(below)
    if is_ruled and not (len(below) <= RULED_LINES and CONTACT.search(text[:UNSURE_CHARACTERS])):
        return False
    is_short = len(text) <= UNSURE_CHARACTERS and "?" not in text
    return len(below) <= SIGNATURE_LINES and (lines[start] == "-- " or is_short or FOOTER.search(text) is not None)


def _disclaimers_from(lines: Sequence[str], start: int, stop: int) -> int:
    """Where the disclaimers begin that are the last paragraphs of these lines; ``stop`` where there are none."""
    cut = stop
    while stop > start:
        top = stop
        while top > start and lines[top - 1].strip():
            top -= 1
        paragraph = "\n".join(lines[top:stop])[:PARAGRAPH]
        if found := FOOTER.search(paragraph):
            cut = _first_line(lines, top, top + paragraph.count("\n", 0, found.end() - len(found[0].lstrip())))
            if cut > top:
                break
        elif not _may_be_disclaimer(paragraph):
            break
        stop = top
        while stop > start and not lines[stop - 1].strip():
            stop -= 1
    return cut


def _first_line(lines: Sequence[str], top: int, place: int) -> int:
    """The first line of a disclaimer that is known by its line ``place``: a sentence may have begun above."""
    while (
        place > top
        and len(above := lines[place - 1].rstrip()) > FULL_LINE
        and not above.endswith((".", "!", "?", ":"))
    ):
        place -= 1
    return place


def _may_be_disclaimer(paragraph: str) -> bool:
    """May it be part of a disclaimer, beside a paragraph that surely is?"""
    return len({word.casefold() for word in DISCLAIMER_WORD.findall(paragraph)}) > 1 or is_rule(paragraph)
