"""What there is to read of the log, and following it: the journal where it can be read, else the memory of
this process."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from rcmail.clock import rfc3339
from rcmail.log.entries import Entry, Filter, RecentEntries
from rcmail.log.journal import Journal, JournalUnreadable

# Entries sent at once to who follows; of more, the latest.
BATCH: Final = 200
# Seconds in which new entries are gathered: a flood costs a follower no more than four looks a second.
_GATHERING: Final = 0.25
_MAX_FOLLOWERS: Final = 10
# Journals read at the same time: each is a process.
_READERS: Final = 2
# Pages made at the same time: one of a thousand long entries is megabytes, several times over while it is made.
_PAGES: Final = 2
# Seconds to wait for one of the readers.
_WAIT: Final = 1.0


@dataclass(frozen=True, slots=True)
class Extract:
    """Some entries, the newest first, and where they come from: ``journal`` or ``memory``, there with the
    reason why it is not the journal."""

    entries: list[Entry]
    source: str
    reason: str = ""
    cut_off: str = ""
    """The time beyond which older entries of the journal were not looked at."""


class TooManyFollowers(Exception):
    """So many follow already that another one would slow the service."""


class Logbook:
    """The log of this service. ``journal`` is None where no systemd looks after it."""

    def __init__(self, recent: RecentEntries, journal: Journal | None) -> None:
        self._recent = recent
        self._journal = journal
        self._readers = asyncio.Semaphore(_READERS)
        self.pages: Final = asyncio.Semaphore(_PAGES)
        """Held by whoever makes a page of ``latest``."""
        self._followers: set[Follower] = set()
        self._is_closed = False
        self.since: Final = now()
        """When this process began; the memory goes no further back."""

    async def latest(self, wanted: Filter, limit: int) -> Extract:
        """The latest entries that ``wanted`` matches, ``limit`` at most, the newest first."""
        if self._journal is None:
            reason = "rcmail does not run under systemd"
        else:
            try:
                async with self._turn():
                    return await asyncio.to_thread(self._both, self._journal, wanted, limit)
            except JournalUnreadable as error:
                reason = f"the system’s journal cannot be read: {error}"
        return Extract(await asyncio.to_thread(self._remembered, wanted, limit), "memory", reason)

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
        known = {entry.id for entry in written}
        newest = written[0].timestamp if written else ""
        fresh = [entry for entry in self._remembered(wanted, limit) if entry.timestamp >= newest]
        entries = [*(entry for entry in fresh if entry.id not in known), *written][:limit]
        return Extract(entries, "journal", cut_off=reading.cut_off)

    def _remembered(self, wanted: Filter, limit: int) -> list[Entry]:
        _, lines = self._recent.after()
        found = []
        for line in reversed(lines):
            entry = Entry.parse(line)
            if entry and wanted.matches(entry):
                found.append(entry)
                if len(found) == limit:
                    break
        return found

    async def missed(self, last: str, wanted: Filter) -> tuple[int, list[Entry]]:
        """What ``wanted`` matches of everything after the entry whose id is ``last``, the oldest first, BATCH at
        most; and the number of the latest entry in memory, for ``follow``.

        Of an earlier run, or forgotten: then after its time. Some may be told twice, none is left out.
        """
        number, lines = self._recent.after()
        if not last:
            return number, []
        moment = last.partition("~")[0]
        rest = _after(lines, last)
        unseen: list[Entry] = []
        for line in reversed(lines if rest is None else rest):
            entry = Entry.parse(line)
            if entry is None:
                continue
            if rest is None and entry.timestamp < moment:
                break
            unseen.append(entry)
        unseen = [entry for entry in reversed(unseen) if wanted.matches(entry)]
        if self._journal is not None and moment < self.since:
            try:
                async with self._turn():
                    reading = await asyncio.to_thread(
                        self._journal.read, wanted, BATCH, since=moment, without_pid=os.getpid()
                    )
                earlier = reading.entries
            except JournalUnreadable:
                earlier = []
            unseen = sorted((*reversed(earlier), *unseen), key=lambda entry: entry.timestamp)
        return number, unseen[-BATCH:]

    @contextmanager
    def follow(self) -> Iterator["Follower"]:
        """Someone follows inside the block. Raises TooManyFollowers."""
        if len(self._followers) >= _MAX_FOLLOWERS:
            raise TooManyFollowers
        follower = Follower(self._recent)
        stop = self._recent.listen(follower.tell)
        self._followers.add(follower)
        if self._is_closed:
            follower.close()
        try:
            yield follower
        finally:
            stop()
            self._followers.discard(follower)

    def close(self) -> None:
        """Send everyone home who follows."""
        self._is_closed = True
        for follower in self._followers:
            follower.close()


class Follower:
    """One reader of what is logged from now on. It holds no entries of its own: whoever reads slowly is told
    how many were skipped."""

    def __init__(self, recent: RecentEntries) -> None:
        self._recent = recent
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._is_told = False
        self.is_closed = False

    def tell(self) -> None:
        """There is something new; called in any thread, at every entry."""
        if not self._is_told:
            self._is_told = True
            try:
                self._loop.call_soon_threadsafe(self._news.set)
            except RuntimeError:  # the loop has ended, and with it the reader
                self.is_closed = True

    def close(self) -> None:
        self.is_closed = True
        self._news.set()

    async def news(self, number: int, wanted: Filter, timeout: float) -> tuple[int, list[Entry], int]:
        """Wait, ``timeout`` seconds at most, for entries after ``number`` that ``wanted`` matches.

        The number to go on from, the entries, the oldest first, and how many were skipped.
        """
        try:
            async with asyncio.timeout(timeout):
                await self._news.wait()
        except TimeoutError:
            return number, [], 0
        if not self.is_closed:
            await asyncio.sleep(_GATHERING)
        self._news.clear()
        self._is_told = False
        latest, lines = self._recent.after(number)
        lines = lines[-BATCH:]
        entries = [entry for line in lines if (entry := Entry.parse(line)) and wanted.matches(entry)]
        return latest, entries, latest - number - len(lines)


def _after(lines: list[str], last: str) -> list[str] | None:
    """What comes after the entry whose id is ``last``; None where that is not among ``lines``.

    By its place, not by its time: the clock may have been put back since.
    """
    moment = last.partition("~")[0]
    for place in range(len(lines) - 1, -1, -1):
        if moment in lines[place] and (entry := Entry.parse(lines[place])) and entry.id == last:
            return lines[place + 1 :]
    return None


def now() -> str:
    """This moment as entries have it."""
    return rfc3339(datetime.now(UTC))
