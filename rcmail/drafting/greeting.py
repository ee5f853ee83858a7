"""Whom a draft greets, and how: by the first name, and whoever writes formally as one writes back."""

import re
from collections.abc import Sequence
from typing import Final

from rcmail.drafting.proposal import Asked

_HELLO: Final = {"nl": "Beste", "de": "Hallo", "en": "Dear", "fr": "Bonjour"}
_NAMELESS: Final = {"nl": "Hallo", "de": "Hallo", "en": "Hello", "fr": "Bonjour"}
# To who writes formally: by the title that is given with the name, else in words that are right for anybody.
_MADAM: Final = {"nl": "Geachte mevrouw", "de": "Sehr geehrte Frau", "en": "Dear Ms", "fr": "Bonjour Madame"}
_SIR: Final = {"nl": "Geachte heer", "de": "Sehr geehrter Herr", "en": "Dear Mr", "fr": "Bonjour Monsieur"}
_WHOLE_NAME: Final = {"nl": "Geachte", "de": "Guten Tag", "en": "Dear", "fr": "Bonjour"}
_ANYBODY: Final = {
    "nl": "Geachte heer/mevrouw",
    "de": "Guten Tag",
    "en": "Dear Sir or Madam",
    "fr": "Madame, Monsieur",
}
_FORMAL: Final = re.compile(
    r"^[ \t]{0,4}(?:(?:sehr )?geehrte[rs]?\b|geachte\b|l\. ?s\.,|dear (?:sirs?|madam|mr|mrs|ms|dr)\b"
    r"|to whom it may concern|(?:madame|monsieur|mesdames|messieurs)\b[^\n]{0,40},\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
# Letters of a mail in which the greeting stands, lines at its end in which the name does, and letters of these.
_LETTERS: Final = 2_000
_BELOW: Final = 4
_LINE: Final = 60
# Words of a name, and letters of one.
_WORDS: Final = 4
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-]){0,24}$")
_INITIAL: Final = re.compile(r"(?:[^\W\d_]\.?-?){1,3}\.$|[^\W\d_]$")
_DEGREES: Final = frozenset(["dr", "drs", "ir", "ing", "prof", "m", "mr"])  # in Dutch “mr.” is a lawyer
_OF_MADAM: Final = frozenset(["mevr", "mevrouw", "mw", "frau", "mrs", "ms", "miss", "mme", "madame"])
_OF_SIR: Final = frozenset(["dhr", "heer", "meneer", "herr", "monsieur"])
_NOBODY_WORDS: Final = (
    "fam familie family famille stichting team info kontakt contact the de het der die das les la le"
)
_NOBODY: Final = frozenset(_NOBODY_WORDS.split())
_TITLES: Final = _DEGREES | _OF_MADAM | _OF_SIR
_PARTICLE_WORDS: Final = "van de den der het ten ter te von vom zu zur le la du des di da"
_PARTICLES: Final = frozenset(_PARTICLE_WORDS.split())


def greeting(asked: Asked, language: str) -> str:
    """“Beste Jelmer,”; without a name where the visitor's is none that one writes to."""
    words = _words(asked.visitor_name)
    return f"{_formal(asked, words, language) if _is_formal(asked) else _plain(words, language)},"


def _plain(words: Sequence[str], language: str) -> str:
    """By the first name; by the whole name where there are only initials before it."""
    if not words or _bare(words[0]) in _TITLES:
        return _NAMELESS[language]
    if not _INITIAL.match(words[0]):
        return f"{_HELLO[language]} {_cased(words[0])}"
    return f"{_HELLO[language]} {' '.join(words)}" if len(words) > 1 else _NAMELESS[language]


def _is_formal(asked: Asked) -> bool:
    texts = asked.texts[-1:] if asked.is_shared else asked.texts
    return any(_FORMAL.search(text[:_LETTERS].lstrip()) for text in texts)


def _formal(asked: Asked, words: Sequence[str], language: str) -> str:
    names = [_cased(each) for each in words if _bare(each) not in _TITLES]
    surname = _surname(names)
    title = _title(asked, surname, language) if surname else ""
    if language == "nl":  # “Geachte heer Van der Berg”
        surname = surname[:1].upper() + surname[1:]
    if title in ("mrs", "miss") and language == "en":
        return f"Dear {title.title()} {surname}"
    if title:
        return f"{(_MADAM if title in _OF_MADAM else _SIR)[language]} {surname}"
    if len(names) < 2:
        return _ANYBODY[language]
    is_by_surname = bool(surname) and language == "nl"
    return f"{_ANYBODY[language]} {surname}" if is_by_surname else f"{_WHOLE_NAME[language]} {' '.join(names)}"


def _surname(names: Sequence[str]) -> str:
    """What comes after one first name, or after initials; empty where that is not sure, as in “Anna Maria Vos”."""
    if len(names) == 1:
        return names[0]
    initials = next((at for at, each in enumerate(names) if not _INITIAL.match(each)), len(names))
    rest = names[max(initials, 1) :]
    return " ".join(rest) if rest and all(_bare(each) in _PARTICLES for each in rest[:-1]) else ""


def _title(asked: Asked, surname: str, language: str) -> str:
    """What somebody calls herself, in her name or below her mail: “mevr. R. Vos”, “Constance Vos (Mrs)”."""
    below = asked.texts[-1].rstrip().split("\n")[-_BELOW:] if asked.texts else []
    lines = (line[:_LINE].split() for line in (asked.visitor_name, *below))
    found = (each for words in lines if len(words) in range(2, _WORDS + 2) for each in _titles(words, surname))
    known = _OF_MADAM | _OF_SIR | (frozenset() if language == "nl" else {"mr"})
    return next((each for each in found if each in known), "")


def _titles(words: Sequence[str], surname: str) -> Sequence[str]:
    """What stands before, or in brackets behind, a name that ends with ``surname``."""
    is_behind = words[-1].startswith("(")
    if _bare(words[-2 if is_behind else -1]) != _bare(surname.split()[-1]):
        return []
    before = words[1] if words[0] == "de" else words[0]
    return [_bare(words[-1]), _bare(before)] if is_behind else [_bare(before)]


def _words(name: str) -> list[str]:
    """The words of somebody's name; none where it is none."""
    words = re.sub(r"\(.{0,40}\)", "", name[:200]).partition(",")[0].split()
    is_one = 0 < len(words) <= _WORDS and all(_WORD.match(word) for word in words)
    return words if is_one and _bare(words[0]) not in _NOBODY else []


def _cased(word: str) -> str:
    is_odd = (word.isupper() and len(word) > 1) or (word.islower() and word not in _PARTICLES)
    return word.title() if is_odd and not _INITIAL.match(word) else word


def _bare(word: str) -> str:
    return word.casefold().strip("().,")
