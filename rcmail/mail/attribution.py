"""The line by which a mail program announces what it quotes: “On …, somebody wrote:”, in the words of six languages.

No standard describes it. The forms are those of Gmail, Apple Mail, Outlook, Thunderbird, Yahoo, GMX, Roundcube, Proton
Mail, K-9 and mutt, as of 2026.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import Final

MOST_LINES: Final = 4
MOST_CHARACTERS: Final = 400

VERB: Final = re.compile(
    r"\b(?:wrote|writes|schreef|schrijft|geschreven|schrieb|schreibt|geschrieben|écrit|écrivait|scritto|scrive"
    r"|escribió|escribe|escrito|escreveu|skrev|kirjoitti|napisał|написал|va escriure)\b",
    re.IGNORECASE,
)
DATE: Final = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,4}([-/.])\d{1,2}\1\d{2,4}\b")
CLOCK: Final = re.compile(r"(?<![\d.])\d{1,2}[:.h]\d{2}(?![\d.])")
OPENER: Final = re.compile(r"\W*(?:On|Op|Am|Le|Il|El|Em|Den|W dniu|Dnia)\s|\W*\d{4}[-/.]\d\d?[-/.]\d")
ADDRESS: Final = re.compile(r"[\w.+'-]{1,64}@[\w.-]{3,255}")
BRACKETED: Final = re.compile(r"[<(\[]\s?(?:mailto:)?[\w.+'-]{1,64}@[\w.-]{3,255}\s?[>)\]]")
END: Final = re.compile(r"[:：][\s*_>]*$")
# Who tells of a mail in their own words speaks of persons; a mail program names them.
PERSON: Final = re.compile(
    r"\b(?:ik|wij|we|jij|jullie|hij|zij|mijn|onze|uw|ich|wir|er|sie|Sie|mein\w*|unser\w*|I|you|he|she|they|my|our|your"
    r"|j'ai|j'avais|nous|vous|tu|il|elle|mon|mes|notre|votre|io|noi|voi|lei|mio|mia|yo|nosotros|usted|ustedes)\b"
)


class Attribution(IntEnum):
    """How sure it is that a mail program wrote the line."""

    NONE = 0
    WEAK = 1  # only with quoted or known text below it
    STRONG = 2  # whatever stands below it


def judge(line: str) -> Attribution:
    """What ``line`` is: one line, or several joined with blanks."""
    if len(line) > MOST_CHARACTERS:
        return Attribution.NONE
    verb, date, clock, bracketed = (p.search(line) for p in (VERB, DATE, CLOCK, BRACKETED))
    if not END.search(line) and not (verb and bracketed and len(line) - verb.end() < 3):
        return Attribution.NONE
    if not verb:
        stamped = bracketed and (date or clock)
        return Attribution(bool(stamped) + bool(stamped and date and clock and OPENER.match(line)))
    if (bracketed or (date and clock)) and not PERSON.search(line):
        return Attribution.STRONG
    return Attribution(bool(date or clock or ADDRESS.search(line)))


def attribution_before(lines: Sequence[str], end: int) -> tuple[int, Attribution]:
    """Where the attribution begins whose last line is ``lines[end - 1]``, and what it is; a blank line is never in it."""
    last = lines[end - 1]
    if not END.search(last[-20:]) and not VERB.search(last[-40:]):
        return end, Attribution.NONE
    best = end, Attribution.NONE
    joined = ""
    for start in range(end - 1, max(-1, end - 1 - MOST_LINES), -1):
        if not lines[start].strip() or len(joined) > MOST_CHARACTERS:
            break
        joined = f"{lines[start].strip()} {joined}".strip()
        found = judge(joined)
        opens = OPENER.match(lines[start]) and re.search(r"\d", lines[start][:MOST_CHARACTERS])
        if found and opens:
            return start, found
        # Without an opener it is the name that comes first, and that is one line or ends in an open bracket.
        if found > best[1] and (start == end - 1 or "<" in lines[start][:MOST_CHARACTERS]):
            best = start, found
    return best
