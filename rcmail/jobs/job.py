"""A job while it is done, as its handler sees it, and what the end of the handler means."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from rcmail.db.pool import Row, Session
from rcmail.errors import DatabaseUnavailable, JobLost, JobStopped, RcmailError, Retry
from rcmail.jobs.claims import Claims

ATTEMPTS: Final = 10
"""So often a job is tried that makes no progress in between; with the waits that is about an hour."""
_FIRST_WAIT: Final = 10.0
_LONGEST_WAIT: Final = 900.0
_CRASHED: Final = "This could not be done: a mistake in rcmail. The log of the worker has its place; report it."


class Job:
    """One attempt at a job.

    What a handler does for good, and the progress it tells of that, belong into one transaction: then a worker
    that dies, or that counts as dead and wakes up, has nothing done twice. Its next attempt begins anew with the
    ``numbers`` that were committed, and goes on from there: ``done`` never falls.
    """

    def __init__(self, claims: Claims, row: Row) -> None:
        self.id: int = row.id
        self.kind: str = row.kind
        self.account: int | None = row.account
        self.payload: Mapping[str, Any] = row.payload
        self.attempt: int = row.attempts
        """1 is the first; it is 1 again after progress."""
        self.numbers: dict[str, int] = dict(row.progress)
        """The progress so far, by name, with that of earlier attempts."""
        self.stop_wanted = asyncio.Event()
        """Set when somebody wants it stopped: raise JobStopped where it suits; 3 s later you are cancelled."""
        self._claims = claims

    async def progress(self, session: Session | None = None, /, **numbers: int) -> None:
        """Set these numbers, alone or in the transaction of ``session``: ``done=200, total=5000, new=180``.

        Raises JobLost where another worker has the job by now: let it pass, and the transaction is rolled back.
        """
        await self._claims.progress(self.id, numbers, session)
        self.numbers.update(numbers)


Handler = Callable[[Job], Awaitable[None]]
"""Does jobs of one kind. It returns when the job is done, and may be called again for the same job.

Retry and DatabaseUnavailable have it called again after a while; any other RcmailError ends the job as failed,
with its sentence for people, and so does whatever else it raises, with a general one.
"""


async def as_coroutine(handler: Handler, job: Job) -> None:
    """What a task is made of: a handler may return any awaitable."""
    await handler(job)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a job: ``state`` is one of the table's, or ``lost``; ``wait`` in seconds."""

    state: str
    error: str | None = None
    wait: float = 0
    crash: BaseException | None = None
    """A mistake of ours, to be logged."""


def outcome(job: Job, ended: "asyncio.Task[None]", *, is_closing: bool) -> Outcome:
    """What the end of the handler's task means; ``is_closing``: the worker itself is asked to end."""
    if ended.cancelled():
        return Outcome("stopped" if job.stop_wanted.is_set() or not is_closing else "queued")
    match ended.exception():
        case None:
            return Outcome("done")
        case JobStopped():
            return Outcome("stopped")
        case JobLost():
            return Outcome("lost")
        case Retry() | DatabaseUnavailable() as error:
            if is_closing:
                return Outcome("queued")
            if job.attempt >= ATTEMPTS:
                return Outcome("failed", str(error))
            return Outcome("queued", str(error), _wait(job, error))
        case RcmailError() as error:
            return Outcome("failed", str(error))
        case error:
            return Outcome("failed", _CRASHED, crash=error)


def place(error: BaseException) -> str:
    """The type of ``error`` and where it was raised, innermost last: never its message, which may quote a mail."""
    steps: list[str] = []
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' > '.join(steps[-8:])}"


def _wait(job: Job, error: Retry | DatabaseUnavailable) -> float:
    growing = min(_FIRST_WAIT * 2 ** (job.attempt - 1), _LONGEST_WAIT)
    chosen = error.wait if isinstance(error, Retry) else None
    return growing if chosen is None else chosen
