"""Which of the mails that were marked, or answered, one is like: by its words, weighted by how rare they are."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from rcmail.mail.kinds.verdict import Verdict
from rcmail.mail.language import FUNCTION_WORDS
from rcmail.mail.words import fold

# Letters of a text that are looked at, the rarest words that count, and how much of a word: its end changes.
_LETTERS: Final = 2_000
_MOST_STEMS: Final = 30
_STEM: Final = 6
# The nearest that vote, and how like they have to be at least (cosine).
_NEAREST: Final = 7
_FLOOR: Final = 0.12
# What a volunteer marked counts whole, what she answered by less: she also answers those who are no visitors. By
# itself it says nothing: of 24 mails to choirs, landlords and the like seven shared words with answered ones.
_ANSWERED: Final = 0.4
# Together the votes have to be this much; so many of them for a kind, and so much of all. “Other” closes a
# conversation, and a visitor's that is closed is not seen: there all of them have to agree.
_ENOUGH: Final = 0.22
_AT_LEAST: Final = {"visitor": 2, "other": 3}
_AGREE: Final = {"visitor": 0.75, "other": 1.0}
# A word in so many of the known mails tells nothing, and would make every look slow.
_COMMON: Final = 0.25

_NO_WORDS: Final = frozenset(fold(word) for word in FUNCTION_WORDS)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Known:
    """A mail whose kind is known: “visitor” or “other”, marked by a volunteer, or else answered by one."""

    text: str
    kind: str
    is_marked: bool


class Likeness:
    """Compares with ``known`` mails; what it takes grows with their number, a second for 2,000 on a Pi."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._known = known
        stems = [_stems(each.text) for each in known]
        found = Counter(stem for each in stems for stem in each)
        most = max(3, _COMMON * len(known))
        self._rarity = {stem: math.log(1 + len(known) / count) for stem, count in found.items() if count <= most}
        self._having: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, each in enumerate(stems):
            for stem, weight in self._weighed(each).items():
                self._having[stem].append((number, weight))

    def verdict(self, text: str) -> Verdict | None:
        """What the nearest of them are; None where none is near, or they do not agree."""
        near: Counter[int] = Counter()
        for stem, weight in self._weighed(_stems(text)).items():
            for number, other in self._having.get(stem, ()):
                near[number] += weight * other  # type: ignore[assignment]
        votes = [(self._known[number], like) for number, like in near.most_common(_NEAREST) if like >= _FLOOR]
        total = sum(_vote(*each) for each in votes)
        for kind, agree in _AGREE.items():
            mine = [each for each in votes if each[0].kind == kind]
            share = sum(_vote(*each) for each in mine)
            marked = sum(each.is_marked for each, _ in mine)
            if marked and len(mine) >= _AT_LEAST[kind] and total >= _ENOUGH and share >= agree * total:
                return Verdict(kind, _reason(kind, marked))
        return None

    def _weighed(self, stems: Sequence[str]) -> Mapping[str, float]:
        """The stems that tell most, as a vector of length one."""
        known = [stem for stem in stems if stem in self._rarity]
        weights = {stem: self._rarity[stem] for stem in nlargest(_MOST_STEMS, known, key=self._rarity.__getitem__)}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {stem: weight / length for stem, weight in weights.items()}


def _vote(known: Known, like: float) -> float:
    return like if known.is_marked else like * _ANSWERED


def _reason(kind: str, marked: int) -> str:
    whose = "visitors'" if marked > 1 else "visitor's"
    article = "no " if kind == "other" else "a " if marked == 1 else ""
    return f"it is like {_mails(marked)} that you marked as {article}{whose}"


def _mails(count: int) -> str:
    return "a mail" if count == 1 else f"{count} mails"


def _stems(text: str) -> list[str]:
    words = (word[:_STEM] for word in _WORD.findall(fold(text[:_LETTERS])) if word not in _NO_WORDS)
    return list(dict.fromkeys(words))
