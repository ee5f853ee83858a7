"""Whether each paragraph is in the visitor's language."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.drafting.checks.draft import GAP, Draft
from rcmail.drafting.proposal import Objection
from rcmail.mail.language import language
from rcmail.settings.values import LANGUAGES

# With fewer words a name or a place decides.
_WORDS: Final = 7
# Letters of a paragraph that tell its language.
_LETTERS: Final = 400
_PARAGRAPH: Final = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_NAMES: Final = {"nl": "Dutch", "de": "German", "en": "English", "fr": "French"}


def look(draft: Draft) -> Iterator[Objection]:
    """Each paragraph in another language; the whole where no paragraph is long enough."""
    found = [each for each in _PARAGRAPH.finditer(GAP.sub(_blank, draft.text)) if len(each[0].split()) >= _WORDS]
    for each in found:
        other = language(each[0][:_LETTERS])
        if other in LANGUAGES and other != draft.language:
            sentence = f"This is {_NAMES[other]}: write it in {_NAMES[draft.language]}."
            yield Objection("language", sentence, *each.span())


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
