"""Which conversation a message belongs to: whose headers name it, or whose visitor and subject are the same.

Two visitors never share one, though a website or a provider may thread them together.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Generic, Protocol, TypeVar

# A visitor who writes again under the same subject after this time asks something new.
SAME_SUBJECT: Final = timedelta(days=30)


class Threaded(Protocol):
    """What of a message says where it belongs."""

    @property
    def message_id(self) -> str | None: ...
    @property
    def reference_ids(self) -> Sequence[str]: ...
    @property
    def thread(self) -> str | None: ...
    @property
    def participants(self) -> Sequence[str]: ...
    @property
    def visitor(self) -> str: ...
    @property
    def subject_key(self) -> str: ...
    @property
    def sent_at(self) -> datetime: ...


M = TypeVar("M", bound=Threaded)


@dataclass(eq=False)
class Thread(Generic[M]):
    """A conversation that is put together. ``id`` is its number in the table, None for a new one."""

    id: int | None = None
    messages: list[M] = field(default_factory=list)
    participants: set[str] = field(default_factory=set)

    def add(self, message: M) -> None:
        self.messages.append(message)
        self.participants.update(message.participants)

    def is_near(self, message: M) -> bool:
        """Whether one of its messages has the same visitor and subject, and is at most 30 days away."""
        return any(
            each.visitor == message.visitor
            and each.subject_key == message.subject_key
            and abs(each.sent_at - message.sent_at) <= SAME_SUBJECT
            for each in self.messages
        )


class Threads(Generic[M]):
    """The conversations that the messages of one page may belong to."""

    def __init__(self, known: Iterable[Thread[M]]) -> None:
        self.all: list[Thread[M]] = []
        self.merged: list[tuple[Thread[M], Thread[M]]] = []
        """Conversations that turned out to be one: the one that goes, and the one that stays."""
        self._by_id: dict[str, list[Thread[M]]] = {}
        self._by_thread: dict[str, list[Thread[M]]] = {}
        self._by_subject: dict[str, list[Thread[M]]] = {}
        for thread in known:
            self.all.append(thread)
            for message in thread.messages:
                self._note(message, thread)

    def put(self, message: M) -> Thread[M]:
        """The conversation of ``message``, which is in it afterwards."""
        found = _one_circle(self._of_headers(message) or self._of_subject(message), message)
        # The oldest stays, so that its number is the one people know.
        found.sort(key=lambda thread: (thread.id is None, thread.id or 0))
        home = found[0] if found else Thread[M]()
        if not found:
            self.all.append(home)
        for other in found[1:]:
            self._merge(other, home)
        home.add(message)
        self._note(message, home)
        return home

    def _of_headers(self, message: M) -> list[Thread[M]]:
        # The nearest first: the last reference is what is answered (RFC 5322, 3.6.4).
        nearest = [*reversed(message.reference_ids), message.message_id or ""]
        named = {id(thread): thread for key in nearest for thread in self._by_id.get(key, ())}
        if message.thread:
            named |= {id(thread): thread for thread in self._by_thread.get(message.thread, ())}
        return [thread for thread in named.values() if _overlap(thread.participants, message.participants)]

    def _of_subject(self, message: M) -> list[Thread[M]]:
        same = self._by_subject.get(message.subject_key, ()) if message.visitor else ()
        near = [thread for thread in same if thread.is_near(message)]
        return near[-1:]

    def _merge(self, goes: Thread[M], stays: Thread[M]) -> None:
        for message in goes.messages:
            stays.add(message)
            self._note(message, stays)
        self.all.remove(goes)
        self._forget(goes)
        self.merged.append((goes, stays))

    def _forget(self, thread: Thread[M]) -> None:
        for index in (self._by_id, self._by_thread, self._by_subject):
            for found in index.values():
                if thread in found:
                    found.remove(thread)

    def _note(self, message: M, thread: Thread[M]) -> None:
        _add(self._by_subject, message.subject_key, thread)
        if message.thread:
            _add(self._by_thread, message.thread, thread)
        for key in _keys(message):
            _add(self._by_id, key, thread)


def _keys(message: Threaded) -> Iterable[str]:
    """Every Message-ID that it names, its own too: siblings share a parent that may be nowhere."""
    return (*message.reference_ids, message.message_id) if message.message_id else message.reference_ids


def _add(index: dict[str, list[Thread[M]]], key: str, thread: Thread[M]) -> None:
    found = index.setdefault(key, [])
    if thread not in found:
        found.append(thread)


def _one_circle(threads: Sequence[Thread[M]], message: M) -> list[Thread[M]]:
    """Those of ``threads``, the nearest first, that it makes one: a message to nobody unites no two visitors."""
    people = set(message.participants)
    circle: list[Thread[M]] = []
    for thread in threads:
        if _overlap(thread.participants, people):
            circle.append(thread)
            people |= thread.participants
    return circle


def _overlap(some: Collection[str], others: Collection[str]) -> bool:
    return not some or not others or not set(some).isdisjoint(others)
