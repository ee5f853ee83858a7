"""What the first page tells, in one round trip: who waits, what was brought in last, and the settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from rcmail.mail.imports import RUNS
from rcmail.mail.listing import AGED, IS_WAITING, NOT_APPROVED, TO_PUSH, cutoff
from rcmail.settings.store import Settings, SettingsStore

_NEWEST: Final = 5
# Of the drafts that were sent so many are counted, the newest.
_SENT: Final = 500
# Those that the page of the mail shows where nothing else is asked for. Not materialised: the newest few of three
# thousand come out of the index, and only the count goes through all. So does the newest run of each kind: by
# itself PostgreSQL goes back through whatever jobs there were since.
_LOOK: Final = f"""
WITH waits AS NOT MATERIALIZED (
    SELECT id, subject, visitor_name, visitor_address, last_at, last_in_at, draft, is_out_of_date
    FROM {AGED}
    WHERE {IS_WAITING} AND kind IN ('visitor', 'unsure')
), counted AS (
    SELECT count(*) FILTER (WHERE {NOT_APPROVED}) AS waiting, count(*) FILTER (WHERE draft = 'ready') AS drafted,
        count(*) FILTER (WHERE draft = 'approved' AND NOT is_out_of_date) AS approved
    FROM waits
)
SELECT counted.*,
    (SELECT coalesce(json_agg(newest), '[]') FROM (
        SELECT * FROM waits WHERE {NOT_APPROVED} ORDER BY last_at DESC, id DESC LIMIT {_NEWEST}
    ) AS newest) AS newest,
    (SELECT count(*) FROM drafts JOIN conversations ON conversations.id = drafts.conversation
        WHERE {TO_PUSH}) AS to_push,
    EXISTS (SELECT FROM jobs WHERE kind = 'push' AND state IN ('queued', 'running')) AS is_pushing,
    (SELECT coalesce(json_object_agg(sent_as, drafts), '{{}}') FROM (
        SELECT sent_as, count(*) AS drafts FROM (
            SELECT sent_as FROM sent_drafts WHERE sent_as IS NOT NULL ORDER BY draft DESC LIMIT {_SENT}
        ) AS lately GROUP BY sent_as
    ) AS shares) AS sent,
    EXISTS (SELECT FROM conversations) AS has_mail,
    EXISTS (SELECT FROM demonstration WHERE removed_at IS NULL) AS is_demonstration,
    EXISTS (SELECT FROM jobs WHERE kind = 'demonstration' AND state IN ('queued', 'running')) AS is_loading,
    (SELECT row_to_json(run) FROM (
        SELECT kind, state, progress, coalesce(ended_at, created_at) AS at FROM jobs
        WHERE id = greatest({", ".join(f"(SELECT max(id) FROM jobs WHERE kind = '{kind}')" for kind in RUNS)})
    ) AS run) AS run
FROM counted
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation that waits for the group."""

    id: int
    subject: str
    visitor: str
    """The name, else the address, else empty."""
    since: datetime


@dataclass(frozen=True, slots=True)
class LastRun:
    """The newest sync or import: ``state`` as in the queue, ``at`` when it ended, or was begun."""

    kind: str
    state: str
    new: int
    failed: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """How it stands with the mail."""

    waiting: int = 0
    drafted: int = 0
    """Those of them with a draft that is ready."""
    approved: int = 0
    """Beside them: whose draft is approved, and not in the mailbox yet."""
    to_push: int = 0
    """Drafts that are approved, whether their conversation waits or not."""
    is_pushing: bool = False
    """They are being written to the mailbox."""
    sent: Mapping[str, int] = field(default_factory=dict)
    """How many of the drafts that were sent lately were “unchanged”, “lightly edited”, “rewritten”."""
    newest: Sequence[Waiting] = ()
    """The newest of those who wait."""
    has_mail: bool = False
    is_demonstration: bool = False
    is_loading: bool = False
    """The demonstration is on its way."""
    run: LastRun | None = None


async def overview(store: SettingsStore) -> tuple[Settings, Overview]:
    """The settings, and how it stands with the mail. Raises DatabaseUnavailable."""
    settings, row = await store.read_beside("overview", _LOOK, (cutoff(store.last_known.waiting_days),))
    newest = [_waiting(each) for each in row["newest"]]
    run = _run(row["run"]) if row["run"] else None
    return settings, Overview(**{**row, "newest": newest, "run": run})


def _waiting(row: dict[str, Any]) -> Waiting:
    visitor = row["visitor_name"] or row["visitor_address"] or ""
    since = datetime.fromisoformat(row["last_in_at"] or row["last_at"])
    return Waiting(row["id"], row["subject"], visitor, since)


def _run(row: dict[str, Any]) -> LastRun:
    numbers = row["progress"]
    at = datetime.fromisoformat(row["at"])
    return LastRun(row["kind"], row["state"], numbers.get("new", 0), numbers.get("failed", 0), at)
