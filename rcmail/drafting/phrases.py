"""The few sentences that rcmail writes itself, in four languages; all else in a draft is the group's own words."""

import re
from collections.abc import Sequence
from typing import Final

from rcmail.mail.courtesy import CLOSING

_GOODBYE: Final = {
    "nl": "Met vriendelijke groet,",
    "de": "Mit freundlichen Grüßen",
    "en": "Kind regards,",
    "fr": "Cordialement,",
}
_NEXT: Final = {
    "nl": "De volgende keer is op {}.",
    "de": "Der nächste Termin ist am {}.",
    "en": "Our next session is on {}.",
    "fr": "Le prochain atelier a lieu le {}.",
}
_ON_DAYS: Final = {
    "nl": "We zijn er op {}.",
    "de": "Wir treffen uns am {}.",
    "en": "We meet on {}.",
    "fr": "L'atelier a lieu le {}.",
}
_AND: Final = {"nl": "en op", "de": "und am", "en": "and on", "fr": "et le"}
_WELCOME: Final = {
    "nl": "Dat doen we: kom er gerust mee langs.",
    "de": "Das machen wir: Kommen Sie gern damit vorbei.",
    "en": "We do that: please bring it along.",
    "fr": "Nous faisons cela : venez avec l'objet.",
}
_REFUSED: Final = {
    "nl": "Dat doen we helaas niet.",
    "de": "Das machen wir leider nicht.",
    "en": "I'm afraid we do not do that.",
    "fr": "Malheureusement, nous ne faisons pas cela.",
}
_FREE: Final = {
    "nl": "De reparatie is gratis.",
    "de": "Die Reparatur ist kostenlos.",
    "en": "The repair is free.",
    "fr": "La réparation est gratuite.",
}
_GAP: Final = {
    "nl": "[Vraag {}: weten we niet zeker, dit moeten we nog uitzoeken]",
    "de": "[Frage {}: wissen wir nicht, das müssen wir noch klären]",
    "en": "[Question {}: we do not know this, we still have to find out]",
    "fr": "[Question {} : nous ne savons pas, il faut encore se renseigner]",
}
_NO_DATE: Final = {
    "nl": "[de datum van de volgende keer is nog niet bekend]",
    "de": "[das Datum des nächsten Termins ist noch nicht bekannt]",
    "en": "[the date of the next time is not known yet]",
    "fr": "[la date de la prochaine fois n'est pas encore connue]",
}
OWN_GAPS: Final = re.compile(
    "|".join(re.escape(each).replace(r"\{\}", r"\d{1,2}") for each in (*_GAP.values(), *_NO_DATE.values()))
)
"""A gap as it is written here."""
_PREPOSITION: Final = re.compile(r"(?:at|in|on|opposite|behind|next to|above|below)\b", re.IGNORECASE)


def closing(signature: str, language: str) -> str:
    """The group's own closing, with a goodbye before it where it has none; without a comma where no name is."""
    if not signature:
        return _GOODBYE[language].rstrip(",")
    if CLOSING.match(signature.split("\n")[0]):
        return signature
    return f"{_GOODBYE[language]}\n{signature}"


def next_event(parts: Sequence[str], language: str) -> str:
    """When and where it is next, of what is known of it."""
    return _NEXT[language].format(", ".join(parts))


def on_days(parts: Sequence[str], language: str) -> str:
    """That the group meets then, which may be later than the next time."""
    return _ON_DAYS[language].format(", ".join(parts))


def joined(texts: Sequence[str], language: str) -> str:
    """“this and that”."""
    return f" {_AND[language]} ".join(texts)


def no_date(language: str) -> str:
    """The gap in place of a date."""
    return _NO_DATE[language]


def gap(number: int, language: str) -> str:
    """The line in place of an answer to the visitor's question ``number``."""
    return _GAP[language].format(number)


def free(language: str) -> str:
    """What “nothing!” says of the costs, as a sentence."""
    return _FREE[language]


def repaired(language: str, *, is_repaired: bool) -> str:
    """That a thing is repaired, or is not."""
    return (_WELCOME if is_repaired else _REFUSED)[language]


def is_on_repairs(text: str) -> bool:
    """Whether ``text`` is one of our sentences on whether something is repaired."""
    return any(each in text for each in (*_WELCOME.values(), *_REFUSED.values()))


def is_welcome(text: str) -> bool:
    """Whether ``text`` is our sentence that something is repaired."""
    return any(each in text for each in _WELCOME.values())


def place(text: str, language: str) -> str:
    """A place as it stands behind a day: in English with “at”, where it has no such word of its own."""
    return f"at {text}" if language == "en" and text and not _PREPOSITION.match(text) else text
