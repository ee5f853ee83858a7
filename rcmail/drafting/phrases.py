"""The few sentences that rcmail writes itself, in four languages; all else in a draft is the group's own words."""

import re
from collections.abc import Sequence
from typing import Final

from rcmail.drafting.proposal import Asked
from rcmail.mail.courtesy import CLOSING

_HELLO: Final = {"nl": "Beste", "de": "Hallo", "en": "Dear", "fr": "Bonjour"}
_NAMELESS: Final = {"nl": "Hallo,", "de": "Hallo,", "en": "Hello,", "fr": "Bonjour,"}
_GOODBYE: Final = {
    "nl": "Met vriendelijke groet,",
    "de": "Mit freundlichen Grüßen",
    "en": "Kind regards,",
    "fr": "Cordialement,",
}
_NEXT: Final = {
    "nl": "De volgende keer is {}.",
    "de": "Der nächste Termin ist {}.",
    "en": "The next time is {}.",
    "fr": "La prochaine fois est {}.",
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
# Words of a name, and letters of one.
_WORDS: Final = 4
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-]){0,24}$")
_TITLES_WORDS: Final = """
    dr drs ir ing mr mw mevr dhr prof herr frau mrs ms miss mme m mevrouw meneer heer madame monsieur fam
    familie family familie stichting team info kontakt contact the de het der die das les la le
"""
_TITLES: Final = frozenset(_TITLES_WORDS.split())
_INITIAL: Final = re.compile(r"(?:[^\W\d_]\.?-?){1,3}\.$|[^\W\d_]$")


def greeting(asked: Asked, language: str) -> str:
    """“Beste Jelmer,”; without a name where the visitor's is none that one writes to."""
    name = _name(asked.visitor_name)
    return f"{_HELLO[language]} {name}," if name else _NAMELESS[language]


def _name(text: str) -> str:
    """The first name; the whole name where there are only initials before it."""
    words = re.sub(r"\(.{0,40}\)", "", text[:200]).partition(",")[0].split()
    if not words or len(words) > _WORDS or not all(_WORD.match(word) for word in words):
        return ""
    if _INITIAL.match(words[0]):
        return " ".join(words) if len(words) > 1 else ""
    if words[0].casefold().rstrip(".") in _TITLES:
        return ""
    return words[0].title() if words[0].isupper() or words[0].islower() else words[0]


def closing(signature: str, language: str) -> str:
    """The group's own closing, with a goodbye before it where it has none."""
    if signature and CLOSING.match(signature.split("\n")[0]):
        return signature
    return "\n".join(filter(None, [_GOODBYE[language], signature]))


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
