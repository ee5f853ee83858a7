"""What a website's form puts around a visitor's message: labels with name and address above it, technical lines below.

The shapes are those of Contact Form 7, WPForms, Gravity Forms, Ninja Forms, Jetpack and Elementor, as of 2026.
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from rcmail.mail.attribution import ADDRESS

MOST_LINES: Final = 40  # above the message
MOST_CHARACTERS: Final = 500  # of a line

_WHOSE: Final = r"(?:(?:uw|je|jouw|your|ihre?|dein|votre|vos|il tuo|la tua|su|tu) )?"
_ADDRESS: Final = r"e-?mail|e-?mail-?adres|mail|e-?mail ?address|e-?mail-?adresse|adresse (?:e-?)?mail|courriel|indirizzo e-?mail|correo(?: electrónico)?"
_ABOUT: Final = (
    r"naam|name|nom|nome|nombre|(?:voor|achter|volledige )naam|(?:vor|nach)name|prénom|(?:first|last|full) name|cognome|apellidos?"
    r"|from|van|von|de|da|subject|onderwerp|betreff|objet|sujet|oggetto|asunto"
    r"|telefoon(?:nummer)?|tel\.?|phone(?: number)?|telefon(?:nummer)?|téléphone|telefono|teléfono|mobiel|mobile|handy"
)
_MESSAGE: Final = (
    r"bericht|bericht ?tekst|berichtinhoud|inhoud (?:van het )?bericht|message|message body|comments?(?: or message)?|question"
    r"|nachricht|nachrichtentext|nachrichten-?inhalt|mitteilung|kommentar(?: oder nachricht)?|anfrage|frage|vraag"
    r"|opmerking(?:en)?|vraag of opmerking|opmerking of bericht|reactie of bericht|corps du message|contenu du message|commentaire(?: ou message)?|demande"
    r"|messaggio|corpo del messaggio|mensaje|cuerpo del mensaje"
)
_ENTRY: Final = re.compile(
    rf"[\s*_-]{{0,8}}{_WHOSE}(?:(?P<address>{_ADDRESS})|(?P<about>{_ABOUT})|(?P<message>{_MESSAGE}))[ \u00a0]?[*_]{{0,2}}"
    r"(?:[:：][*_]{0,2}(?P<value>.*)|[ *_-]{0,5})",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(r"\s*[^\W\d_][^:.!?]{1,40}:\s.*|\s*[^\W\d_][^:.!?]{1,40}:")
_INTRODUCTION: Final = re.compile(r"form|website|web ?site|\bsite\b", re.IGNORECASE)
_BELOW: Final = re.compile(
    r"\W*(?:(?:time|ip(?: ?address| ?adres|-adresse)?|contact form url|page(?: url)?|user agent|remote ip|date|datum|tijd|zeit|heure|url"
    r"|pagina|seite|powered by|verzonden op|gesendet am|envoyé le)\s?:.*|sent by an? (?:un)?verified visitor.*|sent from .{1,80})",
    re.IGNORECASE,
)


def message_of(lines: Sequence[str]) -> list[str] | None:
    """The lines of the message in a form's mail, with what else its visitor filled in; None where it is no form's mail.

    A form's mail begins with known labels, has an address among their values, and ends them with “message”.
    """
    filled_in: list[str] = []
    has_address = has_label = awaits_value = has_introduction = False
    for place, line in enumerate(islice(lines, MOST_LINES)):
        if not line.strip():
            continue
        found = _ENTRY.fullmatch(line[:MOST_CHARACTERS])
        if found and found["message"]:
            if not has_address:
                return None
            # What stands behind the label may be longer than what was looked at.
            rest = line[found.start("value") :].strip() if found["value"] else ""
            return filled_in + _without_technical([rest, *lines[place + 1 :]])
        has_address |= ADDRESS.search(line[:MOST_CHARACTERS]) is not None and (has_label or found is not None)
        if found:
            has_label, awaits_value = True, not (found["value"] or "").strip()
        elif awaits_value:
            awaits_value = False
        elif has_label and _OTHER.fullmatch(line[:MOST_CHARACTERS]):
            filled_in.append(line)
        elif not has_label and not has_introduction and _INTRODUCTION.search(line[:MOST_CHARACTERS]):
            has_introduction = True
        else:
            return None
    return None


def _without_technical(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or _BELOW.fullmatch(lines[end - 1][:MOST_CHARACTERS])):
        end -= 1
    return lines[:end]
