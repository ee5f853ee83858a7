"""Which past requests are like a new one: meaning and words joined, then language and age, and a floor.

Scores of one text are compared with the best of that text, so that a short question counts like a long one. The
sum is weighted: joined by places in the lists, the weaker one, the words, costs twelve hits of a hundred.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Final

from rcmail.answers.words import Shared


@dataclass(frozen=True, slots=True)
class Floor:
    """How near the nearest past request has to be, or there is nothing: by meaning, and by words alone.

    By meaning it is a cosine and a tenth of the share of words; by words the share of what is asked.
    """

    meaning: float
    words: float


ASKS: Final = Floor(0.37, 0.10)
TELLS: Final = Floor(0.25, 0.10)
"""Of a visitor who tells of something broken: what was answered of another thing serves her too."""
UNSURE: Final = Floor(0.48, 0.35)
"""Of mail that is perhaps no visitor's: what has nothing to do with a Repair Café is there too."""
_EACH: Final = Floor(0.20, 0.10)
"""What each past request needs beside that."""
_SHARE: Final = 0.1

_WORDS: Final = 0.5
# Only from this share of what is asked on do the best words count so much: any two mails of a language have some.
_MUCH_SHARED: Final = 0.3
_PARTS: Final = 0.5
_SAME_LANGUAGE: Final = 0.2
# For each year, five at most.
_AGE: Final = 0.06
_YEARS: Final = 5.0
_ALL: Final = 1 + _WORDS + _SAME_LANGUAGE
# What shares so much of its pieces was asked and answered in the same words.
_SAME: Final = 0.8

Cosines = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Past:
    """What of a past request counts beside its words."""

    id: int
    message: int
    conversation: int
    language: str | None
    answered_at: datetime
    grams: frozenset[int]


@dataclass(frozen=True, slots=True)
class Found:
    """One that is like it. ``score`` is 0 to 1; ``cosine`` is None where words alone found it."""

    past: Past
    score: float
    cosine: float | None


def best_of(meaning: Sequence[Cosines]) -> dict[int, float]:
    """The best cosine of each past request, with the whole or with a part."""
    best: dict[int, float] = {}
    for each in meaning:
        for past, cosine in each.items():
            best[past] = max(cosine, best.get(past, -1.0))
    return best


def floor_of(kind: str, *, tells: bool) -> Floor:
    """The floor of a request in a conversation of ``kind``; does it tell of something broken?"""
    if kind != "visitor":
        return UNSURE
    return TELLS if tells else ASKS


def joined(meaning: Sequence[Cosines], words: Sequence[Mapping[int, Shared]], floor: Floor) -> dict[int, float]:
    """The score of each past request, if one is above the ``floor``.

    The first of each sequence is of the whole request, the others are of its parts. ``meaning`` is empty where the
    words are alone.
    """
    lists = [
        _of_text(meaning[place] if meaning else {}, shared, is_alone=not meaning)
        for place, shared in enumerate(words)
    ]
    fit = _fit(best_of(meaning), words[0], floor) if meaning else _sharing(words[0], floor)
    whole, parts = lists[0], lists[1:] or lists[:1]
    return {
        past: (whole.get(past, 0.0) + _PARTS * fmean(each.get(past, 0.0) for each in parts)) / (1 + _PARTS)
        for past in fit
    }


def _of_text(cosines: Cosines, words: Mapping[int, Shared], *, is_alone: bool) -> dict[int, float]:
    nearest = max(cosines.values(), default=1.0) or 1.0
    most = max((each.score for each in words.values()), default=1.0)
    shared = max((each.share for each in words.values()), default=0.0)
    weight = 1 + _WORDS if is_alone else _WORDS * min(1.0, shared / _MUCH_SHARED)
    return {
        past: max(0.0, cosines.get(past, 0.0)) / nearest
        + (weight * words[past].score / most if past in words else 0)
        for past in cosines.keys() | words.keys()
    }


def _fit(best: Cosines, words: Mapping[int, Shared], floor: Floor) -> set[int]:
    near = (cosine + _SHARE * words[past].share if past in words else cosine for past, cosine in best.items())
    if max(near, default=0.0) < floor.meaning:
        return set()
    return {past for past, cosine in best.items() if cosine >= _EACH.meaning}


def _sharing(words: Mapping[int, Shared], floor: Floor) -> set[int]:
    if max((shared.share for shared in words.values()), default=0.0) < floor.words:
        return set()
    return {past for past, shared in words.items() if shared.share >= _EACH.words}


def ranked(
    scores: Mapping[int, float],
    past: Sequence[Past],
    cosines: Cosines,
    language: str | None,
    now: datetime,
    most: int,
) -> list[Found]:
    """The best ``most`` of ``past``, each conversation and each answer once."""
    bonus = _for_language(past, cosines, language)
    scored = [
        (
            scores[each.id]
            + bonus * (each.language == language)
            - _AGE * min(_YEARS, max(0.0, (now - each.answered_at).days / 365)),
            each,
        )
        for each in past
    ]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].id))
    found: list[Found] = []
    for score, each in scored:
        if len(found) == most:
            break
        if not any(_is_same(each, other.past) for other in found):
            found.append(Found(each, round(min(1.0, max(0.0, score / _ALL)), 3), cosines.get(each.id)))
    return found


def _for_language(past: Sequence[Past], cosines: Cosines, language: str | None) -> float:
    """What the visitor's language is worth: the less, the nearer in meaning another one comes than it does."""
    if language is None:
        return 0.0
    own = max((cosines.get(each.id, 0.0) for each in past if each.language == language), default=0.0)
    other = max((cosines.get(each.id, 0.0) for each in past if each.language != language), default=0.0)
    return _SAME_LANGUAGE * (own / other) ** 2 if 0 < own < other else _SAME_LANGUAGE


def _is_same(one: Past, other: Past) -> bool:
    if one.conversation == other.conversation:
        return True
    shared = len(one.grams & other.grams)
    return shared >= _SAME * (len(one.grams) + len(other.grams) - shared)
