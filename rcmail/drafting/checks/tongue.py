"""Whether each paragraph, and each sentence, is in the visitor's language."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.drafting.checks.draft import GAP, Draft
from rcmail.drafting.proposal import Objection
from rcmail.mail.language import language
from rcmail.mail.words import fold
from rcmail.settings.values import LANGUAGES

# With fewer words a name or a place decides.
_WORDS: Final = 7
# Letters of a paragraph that tell its language.
_LETTERS: Final = 400
_PARAGRAPH: Final = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_QUOTED: Final = re.compile(r"[“„«\"][^“”„«»\"\n]{1,300}[”“»\"]")
_NAMES: Final = {"nl": "Dutch", "de": "German", "en": "English", "fr": "French"}


def look(draft: Draft) -> Iterator[Objection]:
    """Each paragraph in another language, and in the others each sentence."""
    text = GAP.sub(_blank, _without_names(draft))
    taken = bytearray(len(text))
    for start, end in (each.span() for each in _PARAGRAPH.finditer(text)):
        if other := _other(text[start:end], draft):
            taken[start:end] = b"\1" * (end - start)
            yield _objection(other, draft, start, end)
    house, text = fold(draft.house), _QUOTED.sub(_blank, text)
    for start, end in draft.sentences:
        is_set = fold(draft.text[start:end]) in house
        if not taken[start] and not is_set and (other := _other(text[start:end], draft)):
            yield _objection(other, draft, start, end)


def _other(text: str, draft: Draft) -> str | None:
    """The language of ``text`` where it is another than the draft's."""
    other = language(text[:_LETTERS]) if len(text.split()) >= _WORDS else None
    return other if other in LANGUAGES and other != draft.language else None


def _objection(other: str, draft: Draft, start: int, end: int) -> Objection:
    sentence = f"This is {_NAMES[other]}: write it in {_NAMES[draft.language]}."
    return Objection("language", sentence, start, end)


def _without_names(draft: Draft) -> str:
    """The text without what is called so in any language: places, people."""
    text = draft.text
    for each in draft.mentions:
        if each.kind in ("place", "name"):
            text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
