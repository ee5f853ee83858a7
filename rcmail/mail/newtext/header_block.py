"""The lines that Outlook and others put above a copied mail: rules, “Original Message”, From, Sent, To, Subject.

The labels are those of Outlook, Gmail, Apple Mail, Yahoo, GMX, Samsung and Thunderbird, as of 2026.
"""

import re
from collections.abc import Sequence
from typing import Final

from rcmail.mail.newtext.attribution import ADDRESS, CLOCK, DATE

MOST_LINES: Final = 16
MOST_CHARACTERS: Final = 500
LABEL: Final = 40  # characters, emphasis around it included

_LABELS: Final = {
    "from": "from|van|von|de|da|expéditeur|mittente|remitente|afzender|absender|från|fra|od",
    "date": "date|sent|datum|verzonden|verstuurd|gesendet|envoyé|envoyé le|message du|inviato|data|enviado"
    "|enviado el|fecha|skickat|sendt|dato",
    "subject": "subject|onderwerp|betreff|objet|sujet|oggetto|asunto|assunto|ämne|emne|temat",
    "to": "to|aan|an|à|a|para|per|pour|till|til|do",
    "other": "cc|bcc|kopie|copie|kopie (cc)|reply-to|antwoord aan|antwort an|répondre à|rispondi a|responder a"
    "|importance|priority|urgentie|prioriteit|wichtigkeit|priorität|importancia|attachments|bijlagen|anlagen",
}
NEVER_FIRST: Final = ("to", "other")
_KIND: Final = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
_LABEL: Final = re.compile(r"[\s*_]{0,8}([^\W\d_][\w() -]{0,20}?)[ \u00a0]?[*_]{0,2}[:：][*_]{0,2}(.*)", re.DOTALL)
_RULE: Final = re.compile(r"\s*([-_=*—–])\1{2,}\s*")

# “Original Message” in whatever words: one or two of them, and the noun, between dashes.
_MESSAGE: Final = (
    r"(?:original(?:nachricht|mail)|(?:[^\W\d_]+[ -]){1,2}(?:message|nachricht|bericht|messaggio|mensaje|mensagem"
    r"|e-?mail|mail|courriel|meddelande)"
    r"|(?:message|e-?mail|courriel|messaggio|mensaje|mensagem) (?:d['’])?[^\W\d_]+)"
)
_FORWARD: Final = re.compile(
    r"forward|doorgest|doorgez|weitergel|transf|transmis|réexp|inoltr|reenvi|encaminh|vidarebef|videresend",
    re.IGNORECASE,
)
_BEGIN: Final = (
    r"(?:begin )?forwarded message|(?:begin )?doorgestuurd bericht|anfang der weitergeleiteten nachricht"
    r"|weitergeleitete nachricht|(?:début du )?message (?:transféré|réexpédié)|(?:inizio )?messaggio inoltrato"
    r"|(?:inicio del )?mensaje reenviado"
)
SEPARATOR: Final = re.compile(rf"[-—–_=]{{4,80}} ?\*?{_MESSAGE}\*? ?:?[-—–_=]{{4,80}}", re.IGNORECASE)
_SEPARATOR_LINE: Final = re.compile(
    r"[\s*]*(?:[-—–_=]{2,80} ?(?:original message|reply message|forwarded message|forwarded by\b.{0,80}"
    r"|oorspronkelijk bericht|ursprüngliche nachricht|originalnachricht|message d['’]origine|messaggio originale"
    rf"|mensaje original)[-—–_=\s]*|{SEPARATOR.pattern}[\s*]*|(?:{_BEGIN})\s?:[\s*]*"
    r"|original message processed by .{1,40})",
    re.IGNORECASE,
)


def is_separator(line: str) -> bool:
    """Is it a line such as “-----Original Message-----”, “---------- Forwarded message ---------”?"""
    return len(line) < 200 and _SEPARATOR_LINE.fullmatch(line) is not None


def is_forward(line: str) -> bool:
    """Does a separator say that what follows is forwarded, not answered?"""
    return _FORWARD.search(line[:MOST_CHARACTERS]) is not None


def is_rule(line: str) -> bool:
    """Is it a line of dashes, underscores or the like?"""
    return _RULE.fullmatch(line[:MOST_CHARACTERS]) is not None


def labelled(line: str) -> tuple[str, str] | None:
    """The kind of a header's label, and its value."""
    found = _LABEL.match(line[:MOST_CHARACTERS]) if ":" in line[:LABEL] or "：" in line[:LABEL] else None
    kind = _KIND.get(found[1].strip().casefold()) if found else None
    return (kind, found[2].strip(" *_\t\u00a0")) if found and kind else None


def header_block(lines: Sequence[str], start: int) -> int:
    """Where the header block ends that begins at ``start``; ``start`` where there is none.

    It is From with Date or Subject, and an address in it, or a dated Date and a third label; or Date and To alone,
    with date, time and address.
    """
    values: dict[str, str] = {}
    end, strangers = start, 0
    for place in range(start, min(len(lines), start + MOST_LINES)):
        kind, value = labelled(lines[place]) or ("", "")
        if kind in (values if values else NEVER_FIRST):
            break
        if kind:
            values |= {kind: value} if kind != "other" else {}
            end, strangers = place + 1, 0
        elif place == start or strangers == 2:  # a list of addressees goes on below its label
            break
        else:
            strangers += 1
    has_address = any(ADDRESS.search(line[:MOST_CHARACTERS]) for line in lines[start:end])
    return end if _is_header(values, has_address=has_address) else start


def _is_header(values: dict[str, str], *, has_address: bool) -> bool:
    date = values.get("date", "")
    has_date, has_clock = DATE.search(date), CLOCK.search(date)
    if "from" not in values:
        return bool(has_date and has_clock and has_address and "to" in values)
    if not values.keys() & {"date", "subject"} or values["from"][:1].isdigit():
        return False
    return has_address or bool((has_date or has_clock) and values.keys() & {"subject", "to"})
