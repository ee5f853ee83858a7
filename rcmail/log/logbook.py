"""What there is to read of the log: the journal where it can be read, else the memory of this process."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from rcmail.clock import rfc3339
from rcmail.log.entries import Entry, Filter, RecentEntries
from rcmail.log.journal import Journal, JournalUnreadable

# New entries told at once to who follows.
MOST_NEW: Final = 200
# Journals read at the same time: each is a process.
_READERS: Final = 2
# Seconds to wait for one of the readers.
_WAIT: Final = 1.0
# Pages made at the same time: one of long entries is megabytes, several times over while it is made.
_PAGES: Final = 2


@dataclass(frozen=True, slots=True)
class Extract:
    """Some entries, the newest first, and where they come from: ``journal`` or ``memory``, there with the
    reason why it is not the journal."""

    entries: list[Entry]
    place: int
    """What comes after this extract is what ``Logbook.news`` has after this place."""
    source: str = "memory"
    reason: str = ""
    cut_off: str = ""
    """The time beyond which older entries of the journal were not looked at."""


class Logbook:
    """The log of this service. ``journal`` is None where no systemd looks after it."""

    def __init__(self, recent: RecentEntries, journal: Journal | None) -> None:
        self._recent = recent
        self._journal = journal
        self._readers = asyncio.Semaphore(_READERS)
        self.pages: Final = asyncio.Semaphore(_PAGES)
        """Held by whoever makes a page of ``latest``."""
        # Places are counted from another number in each run: one of an earlier run is known for what it is.
        self._first: Final = secrets.randbelow(10**12)
        self.since: Final = rfc3339(datetime.now(UTC))
        """When this process began; the memory goes no further back."""

    async def latest(self, wanted: Filter, limit: int) -> Extract:
        """The latest entries that ``wanted`` matches, ``limit`` at most."""
        if self._journal is None:
            reason = "rcmail does not run under systemd"
        else:
            try:
                async with self._turn():
                    return await asyncio.to_thread(self._both, self._journal, wanted, limit)
            except JournalUnreadable as error:
                reason = f"the system’s journal cannot be read: {error}"
        place, entries = await asyncio.to_thread(self._remembered, wanted, limit)
        return Extract(entries, place, reason=reason)

    def news(self, place: int, wanted: Filter) -> Extract | None:
        """What ``wanted`` matches of everything after ``place``, by its place and not by its time: the clock may
        have been put back. None where that is more than MOST_NEW, in part forgotten, or of an earlier run."""
        number, lines = self._recent.after(place - self._first)
        latest = self._first + number
        if len(lines) != latest - place or len(lines) > MOST_NEW:
            return None
        return Extract(_matching(lines, wanted, MOST_NEW), latest)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """One of the few readers of the journal. Raises JournalUnreadable where they take too long."""
        try:
            async with asyncio.timeout(_WAIT):
                await self._readers.acquire()
        except TimeoutError:
            raise JournalUnreadable("too many read it at this moment") from None
        try:
            yield
        finally:
            self._readers.release()

    def _both(self, journal: Journal, wanted: Filter, limit: int) -> Extract:
        """The journal, and before it what has not arrived there yet."""
        reading = journal.read(wanted, limit)
        written = reading.entries
        known = {entry.json for entry in written}
        newest = written[0].timestamp if written else ""
        place, remembered = self._remembered(wanted, limit)
        fresh = [entry for entry in remembered if entry.timestamp >= newest and entry.json not in known]
        return Extract([*fresh, *written][:limit], place, "journal", cut_off=reading.cut_off)

    def _remembered(self, wanted: Filter, limit: int) -> tuple[int, list[Entry]]:
        number, lines = self._recent.after()
        return self._first + number, _matching(lines, wanted, limit)


def _matching(lines: list[str], wanted: Filter, limit: int) -> list[Entry]:
    """The newest ones, from ``lines`` with the oldest first."""
    found: list[Entry] = []
    for line in reversed(lines):
        if len(found) == limit:
            break
        if (entry := Entry.parse(line)) and wanted.matches(entry):
            found.append(entry)
    return found
