"""What is no more, and has no form to be found by: names of former places, things that are not repaired now."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rcmail.answers.lexicon import Lexicon
from rcmail.mail.mentions.mention import plain, small
from rcmail.settings.store import Settings

# Of a sentence with one of these it is true still that something is not repaired.
_NO: Final = re.compile(
    r"(?<!\w)(?:niet|geen|nooit|nicht|keine?[nrms]?|nie|leider|helaas|not|no|never|cannot|sorry|unfortunately|pas"
    r"|ne|jamais|aucune?|malheureusement|except|behalve|au(?:ss|ß)er|sauf|n'\w{1,20}|\w{1,10}n't)(?!\w)"
)
_SENTENCE: Final = re.compile(r"[^.!?\n]{1,600}[.!?\n]?")
_LEAST: Final = 3
# So many are looked for in an answer, in so many former values.
_MOST: Final = 200
VALUES: Final = 20
"""Former ones of a setting that are looked at."""

Former = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Gone:
    """Things that are not repaired: ``names`` as the settings call them, ``words`` in any of four languages.

    Not a word that stands for what is ``kept`` too, as a clock radio.
    """

    names: re.Pattern[str] | None
    words: Lexicon
    kept: Lexicon


NOTHING: Final = Gone(None, Lexicon({}), Lexicon({}))


def places(settings: Settings, former: Former) -> re.Pattern[str] | None:
    """The names of former places, also without the word for what it is in front: “Het Anker”; None without any."""
    now = flat(settings.get("event_location") or "")
    found: set[str] = set()
    for value in former.get("event_location", ())[:VALUES]:
        for part in re.split(r"[,\n()]", flat(value)):
            words = part.split()
            found |= {" ".join(words), " ".join(words[1:])} if len(words) > 2 else {" ".join(words)}
    return pattern((name for name in found if name not in now and not name.isdecimal()), "")


def named(text: str, names: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    """Where ``text`` has any of ``names``."""
    for found in names.finditer(small(plain(text))) if names else ():
        yield found.span()


def offered(text: str, gone: Gone) -> Iterator[tuple[int, int]]:
    """Where ``text`` names what is ``gone``, in sentences that say no “not”."""
    low = small(plain(text))
    for sentence in _SENTENCE.finditer(low) if gone is not NOTHING else ():
        found = list(_spans(low, *sentence.span(), gone))
        if found and not _NO.search(sentence[0]):
            yield from found


def _spans(low: str, start: int, end: int, gone: Gone) -> Iterator[tuple[int, int]]:
    if gone.names:
        yield from (each.span() for each in gone.names.finditer(low, start, end))
    for first, last in gone.words.spans(low[start:end]):
        if not gone.kept.subjects(low[start + first : start + last]):
            yield start + first, start + last


def pattern(names: Iterable[str], ending: str) -> re.Pattern[str] | None:
    """The longer ones first."""
    forms = sorted({name for name in names if len(name) >= _LEAST}, key=len, reverse=True)[:_MOST]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))}){ending}(?!\w)") if forms else None


def flat(text: str) -> str:
    """``text`` as names are looked for: in small letters without accents, of the same length."""
    return small(plain(text))
