"""The password, the code of the first visit, and the sessions."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.config import PostgresConfig
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.db.pool import Database
from rcmail.door.argon2 import Argon2
from rcmail.door.device import in_words
from rcmail.door.house import Door
from rcmail.door.password import MAX_LENGTH, as_typed, clean_new
from rcmail.door.sessions import FRESH, Sessions
from rcmail.errors import (
    DatabaseUnavailable,
    InvalidSettings,
    PasswordIsSet,
    PasswordNotSet,
    TooManyTries,
    WrongPassword,
)
from rcmail.log.formatter import RedactingFormatter
from rcmail.log.redaction import Redactor
from tests.support import postgres_config
from tests.web.test_database_down import stopped

PASSWORD = "three friendly toasters"
OTHER = "four shy kettles"
ME = ("192.0.2.1", "Firefox on Linux")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def door(database: Database) -> Door:
    door = Door(database)
    await door.set(PASSWORD)
    return door


@pytest.mark.parametrize(
    "text", ["", "       ", "short", "aaaaaaaaaaaa", "12121212", "x" * (MAX_LENGTH + 1), "a\0bcdefgh"]
)
def test_what_makes_no_password_is_refused_with_a_sentence_that_does_not_hold_it(text: str) -> None:
    with pytest.raises(ValueError) as refused:
        clean_new(text)
    assert text.strip() not in str(refused.value) or not text.strip()


def test_a_password_is_the_same_on_every_keyboard() -> None:
    assert as_typed("Mu\u0308hle am Bach ") == as_typed("M\u00fchle am Bach")


@given(st.text(max_size=2 * MAX_LENGTH))
def test_what_is_taken_once_is_taken_as_it_is(text: str) -> None:
    try:
        cleaned = clean_new(text)
    except ValueError:
        return
    assert clean_new(cleaned) == cleaned == as_typed(text)
    cleaned.encode()


async def test_the_right_password_makes_a_session_and_a_wrong_one_none(door: Door, database: Database) -> None:
    token = await door.sign_in(f" {PASSWORD}", *ME)
    assert await door.sessions.find(token) is not None
    with pytest.raises(WrongPassword):
        await door.sign_in(PASSWORD + "x", *ME)
    [row] = await database.fetch(
        "SELECT hash, (SELECT count(*) FROM door_sessions) AS sessions FROM door_password"
    )
    assert row.sessions == 1
    assert row.hash.startswith("$argon2id$v=19$m=32768,t=3,p=1$")


async def test_neither_password_nor_token_is_in_the_database(door: Door, database: Database) -> None:
    token = await door.sign_in(PASSWORD, *ME)
    rows = await database.fetch(
        "SELECT d::text AS it FROM door_password d UNION ALL SELECT s::text FROM door_sessions s"
        " UNION ALL SELECT encode(token_sha256, 'escape') FROM door_sessions"
    )
    assert len(rows) == 3
    assert not [row for row in rows if PASSWORD in row.it or token in row.it]
    assert len(token) >= 43  # 256 bits


async def test_two_sessions_never_have_the_same_token(door: Door) -> None:
    assert len({await door.sessions.open("curl", await door.password.stored()) for _ in range(20)}) == 20


async def test_without_a_password_nobody_comes_in(database: Database) -> None:
    with pytest.raises(PasswordNotSet):
        await Door(database).sign_in(PASSWORD, *ME)


async def test_only_tries_that_may_be_are_looked_at(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    matches = Argon2.matches

    async def counted(self: Argon2, stored: str, password: str) -> bool:
        looked_at.append(password)
        return await matches(self, stored, password)

    monkeypatch.setattr(Argon2, "matches", counted)
    done = await asyncio.gather(*(door.sign_in(f"wrong {n}", *ME) for n in range(40)), return_exceptions=True)
    assert len(looked_at) == sum(isinstance(one, WrongPassword) for one in done) == 5
    with pytest.raises(TooManyTries):  # the right one too: whether it is, nobody looks
        await door.sign_in(PASSWORD, *ME)
    assert len(looked_at) == 5
    assert await door.sign_in(PASSWORD, "192.0.2.2", "curl")


async def test_the_first_password_needs_the_code_of_the_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    door = Door(database)
    with pytest.raises(WrongPassword):  # none was told yet: nothing is right
        await door.set_up("", PASSWORD, *ME)
    door.code.tell()
    door.code.tell()
    [told] = [record for record in caplog.records if record.message == "password_not_set"]
    code = json.loads(RedactingFormatter(Redactor()).format(told))["code"]  # as it stands in the log
    assert len(code) == 9
    with pytest.raises(WrongPassword):
        await door.set_up("AAAA-AAAA", PASSWORD, *ME)
    with pytest.raises(InvalidSettings):
        await door.set_up(code, "short", *ME)
    token = await door.set_up(f" {code.lower().replace('-', ' ')} ", PASSWORD, *ME)
    assert await door.sessions.find(token) is not None
    with pytest.raises(PasswordIsSet):
        await door.set_up(code, OTHER, *ME)
    assert not door.code.is_right(code)
    assert await door.sign_in(PASSWORD, *ME)


async def test_of_two_first_visitors_one_is_the_first(database: Database) -> None:
    doors = [Door(database), Door(database)]
    for door in doors:
        door.code.is_right = bool  # type: ignore[assignment, method-assign] # each process has told its own
    done = await asyncio.gather(
        *(door.set_up("right", f"{PASSWORD} {n}", *ME) for n, door in enumerate(doors)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in done) == ["PasswordIsSet", "str"]


async def test_another_password_ends_every_session_but_that_of_who_sets_it(door: Door) -> None:
    here, elsewhere = await door.sign_in(PASSWORD, *ME), await door.sign_in(PASSWORD, *ME)
    with pytest.raises(WrongPassword):
        await door.change(OTHER, "five loud radios", *ME)
    assert await door.sessions.find(here)
    fresh = await door.change(PASSWORD, OTHER, *ME)
    assert await door.sessions.find(here) is None
    assert await door.sessions.find(elsewhere) is None
    assert await door.sessions.find(fresh) is not None
    with pytest.raises(WrongPassword):
        await door.sign_in(PASSWORD, *ME)


async def test_who_is_let_in_while_the_password_is_changed_is_out_again(door: Door) -> None:
    before = await door.password.stored()
    await door.set(OTHER)
    assert await door.sessions.open("curl", before) == ""


async def test_signing_out_everywhere_counts_at_once(door: Door) -> None:
    tokens = [await door.sign_in(PASSWORD, *ME) for _ in range(3)]
    numbers = [await door.sessions.find(token) for token in tokens]
    assert numbers[0]
    await door.sessions.end(numbers[0])
    assert [await door.sessions.find(token) for token in tokens] == [None, *numbers[1:]]
    assert [each.id for each in await door.sessions.all()] == numbers[:0:-1]
    await door.sessions.end_all()
    assert [await door.sessions.find(token) for token in tokens] == [None] * 3


async def test_what_another_process_ends_is_over_a_second_later(door: Door, database: Database) -> None:
    clock = Clock()
    sessions = Sessions(database, clock)
    token = await door.sign_in(PASSWORD, *ME)
    number = await sessions.find(token)
    await Door(database).set(OTHER)
    assert await sessions.find(token) == number
    clock.now += FRESH
    assert await sessions.find(token) is None


@pytest.mark.parametrize(
    ("column", "days", "is_alive"),
    [
        ("last_used_at", 89, True),
        ("last_used_at", 91, False),
        ("created_at", 399, True),
        ("created_at", 401, False),
    ],
)
async def test_a_session_lives_as_long_as_it_is_used(
    door: Door, database: Database, column: str, days: int, is_alive: bool
) -> None:
    token = await door.sign_in(PASSWORD, *ME)
    await database.execute(f"UPDATE door_sessions SET {column} = now() - interval '{days} days'")
    assert (await door.sessions.find(token) is not None) is is_alive
    if is_alive and column == "last_used_at":
        [each] = await door.sessions.all()
        assert (each.last_used_at - each.created_at).total_seconds() > -60  # used just now
    await door.sign_in(PASSWORD, *ME)
    [row] = await database.fetch("SELECT count(*) AS kept FROM door_sessions")
    assert row.kept == 1 + is_alive


async def test_a_playbook_sets_its_password_once(door: Door, database: Database) -> None:
    assert await door.set_once(OTHER)
    token = await door.sign_in(OTHER, *ME)
    assert not await door.set_once(OTHER)
    assert await door.sessions.find(token) is not None
    await door.change(OTHER, "five loud radios", *ME)
    assert not await door.set_once(OTHER)  # what was changed in the browser stays
    assert await door.sign_in("five loud radios", *ME)
    assert await door.set_once("six old clocks")
    assert await door.sign_in("six old clocks", *ME)


async def test_while_the_database_is_away_who_was_seen_goes_on_and_nobody_comes_in(
    own_postgres: EmbeddedPostgres,
) -> None:
    from rcmail.db.migrations import migrate

    config: PostgresConfig = postgres_config(str(own_postgres.socket))
    database = Database(config)
    await migrate(database, config)
    door, clock = Door(database), Clock()
    door.sessions = Sessions(database, clock)
    await door.set(PASSWORD)
    seen, unseen = await door.sign_in(PASSWORD, *ME), await door.sign_in(PASSWORD, *ME)
    number = await door.sessions.find(seen)
    with stopped(own_postgres):
        clock.now += 5 * FRESH
        assert await door.sessions.find(seen) == number
        for token in (unseen, "forged"):
            with pytest.raises(DatabaseUnavailable):
                await door.sessions.find(token)
        with pytest.raises(DatabaseUnavailable):
            await door.sign_in(PASSWORD, *ME)
        with pytest.raises(DatabaseUnavailable):
            await door.sessions.end_all()
    clock.now += FRESH
    assert await door.sessions.find(unseen) is not None
    await database.close()


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0", "Firefox on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
         " Version/18.6 Mobile/15E148 Safari/604.1", "Safari on an iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
         " Safari/537.36 Edg/142.0.0.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile"
         " Safari/537.36", "Chrome on Android"),
        ("curl/8.5.0", "curl"),
        ("", "an unknown program"),
        ("<script>alert(1)</script>", "an unknown program"),
    ],
)  # fmt: skip
def test_a_device_is_told_in_words_of_ours(user_agent: str, words: str) -> None:
    assert in_words(user_agent) == words
