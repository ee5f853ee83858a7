"""The words that say what a text is about, without their endings."""

import re
from typing import Final

from rcmail.mail.language import FUNCTION_WORDS
from rcmail.mail.words import fold

# Letters of a word that tell it from others; what comes after is an ending, mostly.
_STEM: Final = 5
_WORD: Final = re.compile(r"[^\W\d_]{4,40}")
_GENERIC_WORDS: Final = """
    repar repai kaput kapot defek broke cafe brin breng mitbr kunne konne macht make doen komen komme zater
    samst satur samed graag gerne pleas bitte moge woul could danke thank merci hallo bonjo vraag frage
    quest gaat werkt funkt works fonct julli work habt haben quelq iema ieman jeman someb
"""
_GENERIC: Final = frozenset(_GENERIC_WORDS.split())
_FUNCTION: Final = frozenset(map(fold, FUNCTION_WORDS))


def stems(text: str) -> frozenset[str]:
    """The words that say what ``text`` is about, without their endings."""
    found = {each for each in _WORD.findall(fold(text)) if each not in _FUNCTION}
    return frozenset(each[:_STEM] for each in found) - _GENERIC
