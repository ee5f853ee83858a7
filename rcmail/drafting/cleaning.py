"""What a model puts around its answer, taken off where that is safe; the checks object to the rest."""

import re
from typing import Final

_LONGEST: Final = 20_000
# Its thoughts: whole, and where only their end has come.
_THOUGHTS: Final = re.compile(r"\A\s{0,20}<think>.{0,20000}?</think>", re.DOTALL | re.IGNORECASE)
_FENCE: Final = re.compile(r"\A```[a-z]{0,12}[ \t]{0,5}\n(.{1,20000})\n```\Z", re.DOTALL)
_SUBJECT: Final = re.compile(r"\A(?:subject|onderwerp|betreff|objet|sujet)[ ]?:[^\n]{0,300}\n", re.IGNORECASE)
_BOLD: Final = re.compile(r"\*\*([^*\n]{1,200})\*\*")
_QUOTED: Final = re.compile(r"\A[\"“„](?P<text>[^\"“”„]{1,20000})[\"“”]\Z")
_BLANK: Final = re.compile(r"\n[ \t]{0,20}(?:\n[ \t]{0,20}){2,200}")


def clean(text: str) -> str:
    """``text`` without thoughts, fence, line of a subject, bold marks and quotation marks around all of it."""
    text = _THOUGHTS.sub("", text[:_LONGEST]).strip()
    if fenced := _FENCE.match(text):
        text = fenced[1].strip()
    text = _SUBJECT.sub("", text).strip()
    if quoted := _QUOTED.match(text):
        text = quoted["text"].strip()
    text = _BOLD.sub(r"\1", text)
    return _BLANK.sub("\n\n", "\n".join(line.rstrip() for line in text.splitlines()))
