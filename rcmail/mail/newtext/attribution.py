"""The line by which a mail program announces what it quotes: “On …, somebody wrote:”, in six languages.

No standard describes it. The forms are those of Gmail, Apple Mail, Outlook, Thunderbird, Yahoo, GMX, Roundcube,
Zoho, Proton Mail, K-9 and mutt, as of 2026.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import Final

MOST_LINES: Final = 4
MOST_CHARACTERS: Final = 400
LAST_CHARACTERS: Final = 120

VERB: Final = re.compile(
    r"\b(?:wrote|writes|schreef|schrijft|geschreven|schrieb|schreibt|geschrieben|écrit|écrivait|scritto|scrive"
    r"|escribió|escribe|escrito|escreveu|skrev|kirjoitti|napisał|написал|va escriure)\b",
    re.IGNORECASE,
)
DATE: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b\d{1,4}([-/.])\d{1,2}\1\d{2,4}\b")
CLOCK: Final = re.compile(r"(?<![\d.])\d{1,2}[:.h]\d{2}(?![\d.])")
ADDRESS: Final = re.compile(r"[\w.+'-]{1,64}@[\w.-]{3,255}")
OPENER: Final = re.compile(r"\W{0,9}(?:(?:On|Op|Am|Le|Il|El|Em|Den|W dniu|Dnia)\s|\d{1,4}[-/.]\d\d?[-/.]\d)")
_BRACKETED: Final = re.compile(r"[<(\[]\s?(?:mailto:)?[\w.+'-]{1,64}@[\w.-]{3,255}\s?[>)\]]")
_END: Final = re.compile(r"[:：][\s*_>]*$")
_EVIDENCE: Final = re.compile(r"\d|@|----")
_LAST: Final = re.compile(rf"[:：>)\]-][\s*_]*$|{VERB.pattern}\W*$|GMT", re.IGNORECASE)
# Who tells of a mail in their own words speaks of persons (“my husband”, “the neighbour”); a program names them.
_PERSON: Final = re.compile(
    r"\b(?:ik|wij|we|jij|jullie|hij|zij|mijn|onze|ons|uw|u(?!\.)|hem|haar|ich|wir|er|sie|Sie|Ihnen|euch|mein\w*"
    r"|unser\w*|I|you|he|she|they|my|our|your|him|her|j'ai|j'avais|nous|vous|tu|il|elle|mon|mes|notre|votre"
    r"|io|noi|voi|lei|mio|mia|vi|gli|yo|nosotros|usted|ustedes|mi|su)\b"
    r"|(?:\b(?:schreef|schrieb|heeft|hat)|[:.h]\d\d(?: Uhr)?,?) "
    r"(?:(?:the|a|an|de|het|een|la|le|les|un|une|lo|una|el) (?=[^\W\dA-Z])|(?:die|der|das|ein|eine) )"
)
# Zoho and Android put dashes around; an address alone before the verb and Gmail's former “GMT+01:00” are no prose.
_PROGRAM: Final = re.compile(
    rf"\W*-{{4,}} ?(?=[^-]).{{0,300}}{VERB.pattern}.{{0,4}}-{{4,}}\s*|<?{ADDRESS.pattern}>? {VERB.pattern} ?:"
    r"|\d{4}-\d\d-\d\d \d\d?:\d\d GMT[+-]\d\d?:\d\d .{1,200}",
    re.IGNORECASE,
)


class Attribution(IntEnum):
    """How sure it is that a mail program wrote the line."""

    NONE = 0
    WEAK = 1  # only with quoted or known text below it
    STRONG = 2  # whatever stands below it


def judge(line: str) -> Attribution:
    """What ``line`` is: one line, or several joined with blanks."""
    if len(line) > MOST_CHARACTERS or not _EVIDENCE.search(line):
        return Attribution.NONE
    if _PROGRAM.fullmatch(line):
        return Attribution.STRONG
    verb, date, clock, bracketed = (pattern.search(line) for pattern in (VERB, DATE, CLOCK, _BRACKETED))
    ends = _END.search(line) is not None
    if ends and bracketed and date and clock and len(line) - bracketed.end() < 3:
        return Attribution.STRONG  # whatever the language
    if not verb:
        is_dated = (
            bracketed and (date or clock) and (ends or (OPENER.match(line) and len(line) - bracketed.end() < 3))
        )
        return Attribution(bool(is_dated))
    if not ends and not (bracketed and len(line) - verb.end() < 3):
        return Attribution.NONE
    if (bracketed or (date and clock)) and not _PERSON.search(line):
        return Attribution.STRONG
    return Attribution(bool(date or clock or ADDRESS.search(line)))


def attribution_before(lines: Sequence[str], end: int) -> tuple[int, Attribution]:
    """Where the attribution begins whose last line is ``lines[end - 1]``, and what it is.

    It has four lines at most, no blank one among them.
    """
    best, joined = (end, Attribution.NONE), ""
    if not _LAST.search(lines[end - 1][-LAST_CHARACTERS:]):
        return best
    for start in range(end - 1, max(-1, end - 1 - MOST_LINES), -1):
        line = lines[start][: MOST_CHARACTERS + 1].strip()
        joined = f"{line} {joined}".strip()
        if not line or len(joined) > MOST_CHARACTERS:
            break
        found = judge(joined)
        above = lines[start - 1][:MOST_CHARACTERS] if start else ""
        if found and line[:1].isdigit() and _BRACKETED.search(above):
            return start - 1, judge(f"{above.strip()} {joined}")  # the date was broken off the name
        if found and OPENER.match(line) and re.search(r"\d", line):
            return start, found
        # Without an opener the name comes first; that is one line, or the address begins on the first of them.
        if found > best[1] and (start == end - 1 or "<" in line):
            best = start, found
        if found is Attribution.STRONG and start == end - 1 and (DATE.search(line) or CLOCK.search(line)):
            break
    return best
