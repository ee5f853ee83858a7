"""The table that keeps what the operator decides in the browser."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from rcmail.db.pool import Database, Session
from rcmail.errors import SettingsConflict
from rcmail.settings.former import REMEMBER, forget
from rcmail.settings.keys import BY_NAME, clean, clean_all
from rcmail.settings.values import LANGUAGES, Span, hours, items, lines
from rcmail.validation import MAX_LENGTH

logger = logging.getLogger("rcmail.config")


WAITING_DAYS: Final = 60
"""How long a question waits where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings at one moment.

    ``stored`` is what the table holds, ``values`` what of it is valid; why the rest counts as unset is in
    ``invalid``.
    """

    stored: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    invalid: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def as_dict(self) -> dict[str, str | None]:
        """All known keys, None where unset: what ``GET /config`` answers."""
        return {name: self.values.get(name) for name in BY_NAME}

    @property
    def event_date(self) -> date | None:
        text = self.values.get("event_date")
        return date.fromisoformat(text) if text else None

    @property
    def event_dates(self) -> list[date]:
        """The event's date and the further ones, in their order, past ones too."""
        further = map(date.fromisoformat, items(self.values.get("event_further_dates", "")))
        return sorted({*further, *filter(None, [self.event_date])})

    def next_event(self, today: date) -> date | None:
        """The first of the event's dates that is not past."""
        return next((day for day in self.event_dates if day >= today), None)

    @property
    def event_time(self) -> Span | None:
        text = self.values.get("event_time")
        return hours(text) if text else None

    @property
    def event_location(self) -> list[str]:
        """The place, in each language that it is written in."""
        return [line for _, line in self.lines("event_location") if line]

    @property
    def event_offerings(self) -> list[str]:
        return self._all("event_offerings")

    @property
    def not_repaired(self) -> list[str]:
        return self._all("not_repaired")

    @property
    def house_facts(self) -> list[str]:
        """The lines, without what says which language each is in."""
        return [line for _, line in self.lines("house_facts") if line]

    @property
    def reply_signature(self) -> str:
        return "\n".join(line for _, line in self.lines("reply_signature"))

    @property
    def languages(self) -> list[str]:
        """Those that the group answers in, the one it prefers first."""
        return items(self.values.get("languages", "")) or list(LANGUAGES)

    @property
    def drafts_by_themselves(self) -> bool:
        return self.values.get("drafts_by_themselves") != "no"

    @property
    def group_addresses(self) -> list[str]:
        return items(self.values.get("group_addresses", ""))

    @property
    def waiting_days(self) -> int:
        return int(self.values.get("waiting_days", WAITING_DAYS))

    @property
    def mail_since(self) -> date | None:
        """The first day whose mail is synced, where one is set."""
        text = self.values.get("mail_since")
        return date.fromisoformat(text) if text else None

    @property
    def sync_every_minutes(self) -> int:
        """0: not by itself."""
        return int(self.values.get("sync_every_minutes", 0))

    @property
    def mail_keep_months(self) -> int:
        """0: mail is kept for ever."""
        return int(self.values.get("mail_keep_months", 0))

    def lines(self, name: str) -> list[tuple[str | None, str]]:
        """The lines of a setting, each with the language that is said before it, without it where none is."""
        return lines(self.values.get(name, ""))

    def text(self, name: str, language: str) -> str:
        """What of a setting is for ``language``: the lines that say so, and those that name no language."""
        return "\n".join(line for mark, line in self.lines(name) if mark in (language, None)).strip()

    def items(self, name: str, language: str) -> list[str]:
        """The items of ``text``, of a list."""
        return [item for line in self.text(name, language).split("\n") for item in items(line)]

    def _all(self, name: str) -> list[str]:
        """The items of a list in whichever language."""
        return [item for _, line in self.lines(name) for item in items(line)]


# A value that somebody has put there by hand may be of any length: of more than is valid, one character is enough.
_NAMES: Final = ", ".join(f"'{name}'" for name in BY_NAME)
_READ: Final = f"SELECT key, left(value::text, {MAX_LENGTH + 1}) AS value FROM settings WHERE key IN ({_NAMES})"  # noqa: S608
_AS_JSON: Final = f"(SELECT coalesce(json_object_agg(key, value), '{{}}') FROM ({_READ}) AS stored)"  # noqa: S608


_WRITE: Final = f"""{REMEMBER};
INSERT INTO settings (key, value) SELECT * FROM unnest(%s::text[], %s::text[])
ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now();
DELETE FROM settings WHERE key = ANY(%s::text[])
"""  # noqa: S608 - of constants

Follow = Callable[[Session, Sequence[str]], Awaitable[None]]


class SettingsStore:
    """The table ``settings``. Its methods raise DatabaseUnavailable.

    ``follow`` is told in the transaction of each save which settings it writes: what follows is there with them.
    """

    def __init__(self, database: Database, follow: Follow | None = None) -> None:
        self._database = database
        self._follow = follow
        self.last_known = Settings()
        """What was last read or saved, for those who must answer while the database does not."""
        self.is_known = False
        """Whether it was ever read or saved."""
        self._rows: Mapping[str, str | None] = {}
        # The numbers of the latest save that has begun to write, and of the latest one that is remembered.
        self._begun = self._saved = 0

    async def read(self, *, timeout: float = 2.0) -> Settings:
        """All settings, in one round trip of at most ``timeout`` seconds."""
        saved = self._saved
        rows = await self._database.fetch(_READ, timeout=timeout)
        # A save that ended in the meantime knows better than what was read before it.
        return self._remember(dict(rows)) if saved == self._saved else self.last_known

    async def read_beside(
        self, name: str, look: str, values: Sequence[object]
    ) -> tuple[Settings, Mapping[str, Any]]:
        """All settings, and the one row of the statement ``look`` with its ``values``, in the same round trip.

        PostgreSQL keeps the plan of it under ``name``, and makes it JSON: to read a dozen columns takes longer.
        """
        saved = self._saved
        sql = f"SELECT {_AS_JSON}, row_to_json(beside) FROM ({look}) AS beside"  # noqa: S608
        [(settings, row)] = await self._database.fetch_planned(name, sql, values)
        return self._remember(settings) if saved == self._saved else self.last_known, row

    async def save(
        self, changes: Mapping[str, str | None], seen: Mapping[str, str] | None = None
    ) -> tuple[Settings, list[str]]:
        """Store every change or none; None or an empty text removes the setting.

        ``seen`` holds the stored values that whoever made the changes had before them, with line ends as a form
        sends them: what is as they saw it is no change of theirs and is left alone, and what somebody else changed
        since is not overwritten.
        Returns the settings and the keys that were written. Raises InvalidSettings or SettingsConflict, which
        name each key.
        """
        seen = seen or {}
        wanted = clean_all({name: text or "" for name, text in changes.items() if seen.get(name) != (text or "")})
        wanted = {name: value for name, value in wanted.items() if seen.get(name) != value}
        if not wanted:
            return await self.read(), []
        # Writers one after the other, or the comparison would be worth nothing; readers go on.
        async with self._database.transaction(
            f"LOCK TABLE settings IN SHARE ROW EXCLUSIVE MODE; {_READ}"
        ) as session:
            # Under the lock, so in the order of the commits; who hears first of its own is another matter.
            self._begun = number = self._begun + 1
            rows: dict[str, str | None] = dict(session.opening)
            stored = {name: rows.get(name) or "" for name in BY_NAME}
            if conflicts := {
                name: now
                for name, value in wanted.items()
                if name in seen and (now := stored[name]) != value and not _is_same(now, seen[name])
            }:
                raise SettingsConflict(conflicts)
            written = {name: value for name, value in wanted.items() if rows.get(name, "") != value}
            await _write(session, written)
            if self._follow:
                await self._follow(session, sorted(written))
        logger.info("config_saved", extra={"settings": sorted(written)})
        if number > self._saved:
            self._saved = number
            self._remember({name: text for name, text in (rows | written).items() if text != ""})
        return self.last_known, sorted(written)

    def _remember(self, rows: Mapping[str, str | None]) -> Settings:
        self.is_known = True
        if rows == self._rows:
            return self.last_known
        self._rows = rows
        values: dict[str, str] = {}
        invalid: dict[str, str] = {}
        for name, text in rows.items():
            if text is None:
                invalid[name] = "is stored without a value (NULL); type it again"
                continue
            try:
                if value := clean(name, text):
                    values[name] = value
            except ValueError as error:
                invalid[name] = str(error)
        if invalid and invalid != self.last_known.invalid:
            logger.warning("config_invalid_stored_value", extra={"settings": sorted(invalid)})
        stored = {name: text for name, text in rows.items() if text is not None}
        self.last_known = Settings(stored, values, invalid)
        return self.last_known


def _is_same(text: str, sent: str) -> bool:
    """Whether a form that was given ``text`` has sent it back: a browser makes each line end CR LF."""
    return text.splitlines() == sent.splitlines()


async def take_back(session: Session, values: Mapping[str, str]) -> None:
    """Remove those settings that are as ``values`` say, and that they ever were so, in the transaction."""
    await session.fetch(
        "DELETE FROM settings USING unnest(%s::text[], %s::text[]) AS given (name, text)"
        " WHERE settings.key = given.name AND settings.value = given.text",
        (list(values), list(values.values())),
    )
    await forget(session, values)


async def _write(session: Session, values: Mapping[str, str]) -> None:
    """In one round trip: what was there is remembered, then some are set and some are removed."""
    kept = {name: value for name, value in values.items() if value}
    removed = [name for name in values if name not in kept]
    await session.fetch(_WRITE, (list(values), list(kept), list(kept.values()), removed))
