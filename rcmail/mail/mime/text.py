"""Text of strangers, fit to be stored and shown: nothing in it that acts, nothing that cannot be seen."""

import re
import unicodedata
from typing import Final

# Bytes in UTF-8: more than anybody writes, less than a mailing of a whole archive.
MAX_TEXT: Final = 100_000

_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls; what turns around what follows (UAX #9); what takes no room (the padding of newsletters, and the tags
# in which text is smuggled past a reader to a language model). The joiners stay: Persian and emoji need them.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u200b\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_ISOLATES: Final = re.compile("[\u200e\u200f\u2066-\u2069]")  # unclosed, they reach into what stands beside a line
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SPACES: Final = re.compile(r"\s+")
# Unicode's stream-safe format (UAX #15) has no more accents in a row; NFC takes seconds for ten thousand.
_MAX_ACCENTS: Final = 30
_ACCENTS: Final = re.compile(rf"[^\x00-\u02ff\s]{{{_MAX_ACCENTS + 1},}}")


def clean(text: str) -> str:
    """``text`` in NFC, lines ended by LF; of control characters only LF and TAB are left, no lone surrogate."""
    text = _SURROGATE.sub("\ufffd", _UNSEEN.sub("", _BREAKS.sub("\n", text))).replace("\xa0", " ")
    return text if text.isascii() else unicodedata.normalize("NFC", _ACCENTS.sub(_few_accents, text))


def _few_accents(run: re.Match[str]) -> str:
    kept, accents = [], 0
    for character in run[0]:
        accents = accents + 1 if unicodedata.combining(character) else 0
        if accents <= _MAX_ACCENTS:
            kept.append(character)
    return "".join(kept)


def one_line(text: str, limit: int) -> str:
    """``text`` as ``clean`` has it, on one line of at most ``limit`` characters."""
    return _SPACES.sub(" ", _ISOLATES.sub("", clean(text[: 4 * limit]))).strip()[:limit].rstrip()


def cut(text: str) -> str:
    """``text`` up to MAX_TEXT bytes in UTF-8, ended with a line where there is one to end with."""
    if len(text) * 4 <= MAX_TEXT or len(data := text.encode()) <= MAX_TEXT:
        return text
    start = data[:MAX_TEXT].decode(errors="ignore")
    line = start.rfind("\n")
    return start[:line] if line > len(start) // 2 else start
