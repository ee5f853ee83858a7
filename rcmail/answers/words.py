"""Past requests that share words with a new one: candidates by an index, scored by how rare these are."""

import asyncio
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rcmail.answers.grams import grams
from rcmail.db.pool import Database, Row

# So many past requests are scored for one new one: those that share its rarest pieces.
_CANDIDATES: Final = 600
# A long text has many pieces by chance; a short one is not to win by its shortness.
_SHORT: Final = 20

_COUNTS: Final = "SELECT gram, requests FROM past_grams WHERE gram = ANY(%s)"
_SHARING: Final = "SELECT id, grams FROM past_requests WHERE grams && %s LIMIT %s"


@dataclass(frozen=True, slots=True)
class Shared:
    """How much a past request shares with a text: ``score`` to compare, ``share`` of its weight from 0 to 1."""

    score: float
    share: float


async def alike(database: Database, texts: Sequence[str], requests: int) -> list[dict[int, Shared]]:
    """For each of ``texts``, the past requests with words of it, of ``requests`` that there are.

    The first text is the whole, the others parts of it. Raises DatabaseUnavailable.
    """
    wanted = [grams(text) for text in texts]
    every = sorted({gram for each in wanted for gram in each})
    counts = {row.gram: int(row.requests) for row in await database.fetch(_COUNTS, (every,))}
    rows = await database.fetch(_SHARING, (_rarest(counts), _CANDIDATES))
    weights = {gram: _weight(counts.get(gram, 0), requests) for gram in every}
    return await asyncio.to_thread(_scored, wanted, weights, rows)


def _rarest(counts: Mapping[int, int]) -> list[int]:
    """As many of the rarest as lead to no more than the candidates."""
    found: list[int] = []
    room = _CANDIDATES
    for gram, requests in sorted(counts.items(), key=lambda item: (item[1], item[0])):
        room -= requests
        if room < 0 and found:
            break
        found.append(gram)
    return found


def _weight(requests: int, of: int) -> float:
    """As BM25 weighs rarity."""
    return math.log(1 + max(0.0, of - requests + 0.5) / (requests + 0.5))


def _scored(
    wanted: Sequence[Sequence[int]], weights: Mapping[int, float], rows: Sequence[Row]
) -> list[dict[int, Shared]]:
    texts = [(set(each), sum(weights[gram] for gram in each) or 1.0) for each in wanted]
    found: list[dict[int, Shared]] = [{} for _ in texts]
    every = frozenset(weights)
    for row in rows:
        length = math.sqrt(_SHORT + len(row.grams))
        shared = every.intersection(row.grams)  # the long list once, however many texts there are
        for place, (pieces, whole) in enumerate(texts):
            if weight := sum(weights[gram] for gram in pieces & shared):
                found[place][row.id] = Shared(weight / length, weight / whole)
    return found
