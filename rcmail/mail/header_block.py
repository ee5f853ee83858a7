"""The lines that Outlook and others put above a copied mail: rules, “Original Message”, From, Sent, To, Subject.

The labels are those of Outlook, Gmail, Apple Mail, Yahoo, GMX, Samsung and Thunderbird, as of 2026.
"""

import re
from collections.abc import Sequence
from typing import Final

from rcmail.mail.attribution import ADDRESS, CLOCK, DATE

MOST_LINES: Final = 16
MOST_CHARACTERS: Final = 500

_LABELS: Final = {
    "from": "from|van|von|de|da|expéditeur|mittente|remitente|afzender|absender",
    "date": "date|sent|datum|verzonden|verstuurd|gesendet|envoyé|envoyé le|inviato|data|enviado|enviado el|fecha",
    "subject": "subject|onderwerp|betreff|objet|sujet|oggetto|asunto",
    "to": "to|aan|an|à|a|para|per|pour",
    "other": "cc|bcc|kopie|copie|kopie \\(cc\\)|reply-to|antwoord aan|antwort an|répondre à|rispondi a|responder a"
    "|importance|priority|urgentie|prioriteit|wichtigkeit|priorität|importancia|attachments|bijlagen|anlagen",
}
_KIND: Final = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
_LABEL: Final = re.compile(r"[\s*_]{0,8}([^\W\d_][\w() -]{0,20}?)[ \u00a0]?[*_]{0,2}[:：][*_]{0,2}(.*)", re.DOTALL)
_RULE: Final = re.compile(r"\s*([-_=*—–])\1{2,}\s*")

_ORIGINAL: Final = (
    r"original (?:message|e-?mail)|reply message|(?:oorspronkelijke?|origineel|originele) (?:bericht|e-?mail)"
    r"|(?:ursprüngliche|original)[ -]?(?:nachricht|e-?mail|mail)"
    r"|(?:message|e-?mail|courriel) (?:d['’]origine|original|initial)"
    r"|messaggio originale|mensaje original|mensagem original"
)
_FORWARDED: Final = (
    r"forwarded (?:message|e-?mail|by\b.{0,80})|doorgestuurde? (?:bericht|e-?mail)"
    r"|weitergeleitete (?:nachricht|e-?mail)|(?:message|e-?mail|courriel) (?:transféré|réexpédié)"
    r"|messaggio inoltrato|mensaje reenviado|mensagem encaminhada"
)
_BEGIN: Final = (
    r"begin forwarded message|begin doorgestuurd(?: bericht)?|anfang der weitergeleiteten nachricht"
    r"|début du message (?:transféré|réexpédié)|inizio messaggio inoltrato|inicio del mensaje reenviado"
)
_ORIGINAL_LINE: Final = re.compile(rf"[\s*]*[-—–_=]{{2,}} ?\*?(?:{_ORIGINAL})\*? ?:?[-—–_=\s*]*", re.IGNORECASE)
_FORWARDED_LINE: Final = re.compile(
    rf"[\s*]*(?:[-—–_=]{{2,}} ?\*?(?:{_FORWARDED})\*? ?:?[-—–_=\s*]*|(?:{_BEGIN})\s?:[\s*]*)", re.IGNORECASE
)


def is_original(line: str) -> bool:
    """Is it a line such as “-----Original Message-----”?"""
    return len(line) < 200 and _ORIGINAL_LINE.fullmatch(line) is not None


def is_forwarded(line: str) -> bool:
    """Is it a line such as “---------- Forwarded message ---------”?"""
    return len(line) < 200 and _FORWARDED_LINE.fullmatch(line) is not None


def is_rule(line: str) -> bool:
    """Is it a line of dashes, underscores or the like?"""
    return _RULE.fullmatch(line[:MOST_CHARACTERS]) is not None


def labelled(line: str) -> tuple[str, str] | None:
    """The kind of a header's label, and its value."""
    found = _LABEL.match(line[:MOST_CHARACTERS])
    kind = _KIND.get(found[1].strip().casefold()) if found else None
    return (kind, found[2].strip(" *_\t\u00a0")) if found and kind else None


def header_block(lines: Sequence[str], start: int) -> int:
    """Where the header block ends that begins at ``start``; ``start`` where there is none.

    It is From with Date or Subject, an address in it; or From, Date and a third, and the date has a year or a time.
    """
    values: dict[str, str] = {}
    end, strangers = start, 0
    for place in range(start, min(len(lines), start + MOST_LINES)):
        line = lines[place]
        if found := labelled(line):
            values.setdefault(*found)
            end, strangers = place + 1, 0
        elif place == start or strangers == 2:  # a list of addressees goes on below its label
            break
        else:
            strangers += 1
    return end if _is_header(values, " ".join(lines[start:end])[: 4 * MOST_CHARACTERS]) else start


def _is_header(values: dict[str, str], text: str) -> bool:
    sender, date = values.get("from", ""), values.get("date", "")
    if "from" not in values or not values.keys() & {"date", "subject"} or sender[:1].isdigit():
        return False
    dated = DATE.search(date) or CLOCK.search(date)
    return bool(ADDRESS.search(text) or (dated and values.keys() & {"subject", "to"}))
