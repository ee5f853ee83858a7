"""What a website's form puts around a visitor's message: labels, name and address above, technical lines below.

The shapes are those of Contact Form 7, WPForms, Gravity Forms, Ninja Forms, Jetpack and Elementor, as of 2026, in
nl, de, en, fr, it, es.
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from rcmail.mail import labels
from rcmail.mail.newtext.attribution import ADDRESS
from rcmail.mail.newtext.header_block import labelled

MOST_LINES: Final = 40  # above the message
MOST_CHARACTERS: Final = 500  # of a line

_ABOUT: Final = "|".join((labels.NAME, labels.SURNAME, labels.FROM, labels.SUBJECT, labels.ADDRESS, labels.PHONE))
# “Name: Jo”, or the label alone with its value on the next line.
_ENTRY: Final = re.compile(
    rf"[\s*_-]{{0,8}}{labels.WHOSE}(?:(?P<about>{_ABOUT})|(?P<message>{labels.MESSAGE}))[ \u00a0]?[*_]{{0,2}}"
    r"(?:[:：][*_]{0,2}(?P<value>.*)|[ *_-]{0,5})",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(r"\s*[^\W\d_][^:.!?]{1,40}:(?:\s.*)?")
_INTRODUCTION: Final = re.compile(r"form|web ?site|\bsite\b", re.IGNORECASE)
_BELOW: Final = re.compile(
    r"\W*(?:(?:time|date|datum|tijd|zeit|heure|ip(?:[ -]?(?:address|adres|adresse))?|contact form url"
    r"|page(?: url)?|url|pagina|seite|user agent|remote ip|powered by|verzonden op|gesendet am|envoyé le)\s?:.*"
    r"|sent by an? (?:un)?verified visitor.*)",
    re.IGNORECASE,
)
_PROGRAM: Final = re.compile(r"https?://|\d+\.\d+\.\d+\.\d+|powered by|verified visitor", re.IGNORECASE)


def message_of(lines: Sequence[str]) -> list[str] | None:
    """The message's lines in a form's mail, with what else its visitor filled in; None where it is no form's mail.

    A form's mail begins with known labels, has an address among their values, and ends them with “message”.
    """
    filled_in: list[str] = []
    has_address = has_label = awaits_value = has_introduction = False
    for place, line in enumerate(islice(lines, MOST_LINES)):
        looked_at = line[:MOST_CHARACTERS]
        found = _ENTRY.fullmatch(looked_at)
        if not looked_at.strip():
            continue
        if found and found["message"]:
            below = [line[found.start("value") :].strip() if found["value"] else "", *lines[place + 1 :]]
            return filled_in + _without_technical(below) if has_address else None
        has_address |= (has_label or found is not None) and ADDRESS.search(looked_at) is not None
        if found:
            has_label, awaits_value = True, not (found["value"] or "").strip()
        elif awaits_value:
            awaits_value = False
        elif has_label and _OTHER.fullmatch(looked_at) and (labelled(looked_at) or ("",))[0] != "to":
            filled_in.append(line)
        elif not has_label and not has_introduction and _INTRODUCTION.search(looked_at):
            has_introduction = True
        else:
            return None
    return None


def _without_technical(lines: list[str]) -> list[str]:
    """Without the last lines, if an address on the net among them shows that a program wrote them."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _BELOW.fullmatch(lines[end - 1][:MOST_CHARACTERS])):
        end -= 1
    return lines[:end] if any(_PROGRAM.search(line[:MOST_CHARACTERS]) for line in lines[end:]) else lines
