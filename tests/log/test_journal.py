"""Reading the journal, from a program that answers as journalctl does or not at all."""

import os
from pathlib import Path

import pytest

from rcmail.log.entries import Filter
from rcmail.log.journal import Journal, JournalUnreadable, own_unit
from rcmail.log.redaction import Redactor
from tests.fakes.journalctl import FakeJournal

PASSWORD = "kQ7-configured-password"


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeJournal:
    fake = FakeJournal(tmp_path / "journal")
    monkeypatch.setenv("PATH", f"{tmp_path / 'journal'}{os.pathsep}{os.environ['PATH']}")
    return fake


@pytest.fixture
def journal() -> Journal:
    return Journal("rcmail.service", lambda: Redactor([PASSWORD]), time_limit=1)


def test_entries_come_newest_first_as_they_were_written(fake: FakeJournal, journal: Journal) -> None:
    first = fake.add_entry(second=1, service="db", level="WARNING", event="db_connect_retry", attempt=1)
    second = fake.add_entry(second=2, event="startup_complete", nested={"a": [1, None, True]})
    assert [entry.data for entry in journal.read(Filter(), 10).entries] == [second, first]
    assert fake.calls[0][:4] == ["--unit", "rcmail.service", "--unit", "rcmail-worker.service"]


def test_a_reading_says_where_it_stopped_only_when_a_limit_stopped_it(
    fake: FakeJournal, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for second in range(4):
        fake.add_entry(second=second)
    assert journal.read(Filter(text="nowhere"), 5).cut_off == ""
    assert journal.read(Filter(), 2).cut_off == ""
    monkeypatch.setattr("rcmail.log.journal._MAX_LINES", 4)
    assert journal.read(Filter(text="nowhere"), 5).cut_off == "2026-01-01T00:00:00.000Z"


def test_the_filter_and_the_limit_count(fake: FakeJournal, journal: Journal) -> None:
    for number in range(30):
        level = "ERROR" if number % 3 == 0 else "INFO"
        fake.add_entry(second=number, level=level, service="db" if number % 2 else "app", number=number)
    found = journal.read(Filter(service="db", level="WARNING"), 3).entries
    assert [entry.data["number"] for entry in found] == [27, 21, 15]
    assert "--priority=warning" in fake.calls[0]
    assert [entry.data["number"] for entry in journal.read(Filter(text="17"), 3).entries] == [17]


def test_lines_of_others_are_entries_too_without_secrets(fake: FakeJournal, journal: Journal) -> None:
    fake.add("Started rcmail.service.", second=1, pid=1, name="systemd")
    fake.add("Main process exited, code=killed", second=2, pid=1, priority="4", name="systemd")
    fake.add(f"Fatal: postgresql://u:{PASSWORD}@h password=wN3-held", second=3)
    fake.add([80, 255, 10], second=4)
    fake.add(None, second=5)
    fake.add(["one", "two"], second=6)
    fake.add('{"level": "ERROR", "event": "half of ours"}', second=7)
    fake.add('{"timestamp": "x", "level": "LOUD", "service": "a", "event": "e"}', second=8)
    shown = [(entry.level, entry.service, entry.event) for entry in reversed(journal.read(Filter(), 20).entries)]
    assert shown[:2] == [
        ("INFO", "systemd", "Started rcmail.service."),
        ("WARNING", "systemd", "Main process exited, code=killed"),
    ]
    assert shown[2][2] == "Fatal: postgresql://u:[redacted]@h password=[redacted]"
    assert [event for _, _, event in shown[3:6]] == ["P\\xff\n", "", "one\ntwo"]
    assert [event for _, _, event in shown[6:]] == [
        '{"level": "ERROR", "event": "half of ours"}',
        '{"timestamp": "x", "level": "LOUD", "service": "a", "event": "e"}',
    ]


def test_text_is_looked_for_after_redaction_so_that_nobody_can_guess_a_secret(
    fake: FakeJournal, journal: Journal
) -> None:
    fake.add(f"Fatal: {PASSWORD}", second=1)
    assert journal.read(Filter(text="Fatal: kQ7"), 5).entries == []
    assert len(journal.read(Filter(text="Fatal: "), 5).entries) == 1


@pytest.mark.parametrize("level", ["", "WARNING"])
def test_a_journal_that_is_closed_to_us_is_told_from_an_empty_one(
    fake: FakeJournal, journal: Journal, level: str
) -> None:
    fake.add_entry(second=1)
    assert len(journal.read(Filter(level=level), 5).entries) == (0 if level else 1)
    fake.behave("closed")
    with pytest.raises(JournalUnreadable, match="systemd-journal"):
        journal.read(Filter(level=level), 5)


@pytest.mark.parametrize(("behaviour", "found"), [("garbage", 1), ("flood", 5)])
def test_whatever_journalctl_does_reading_ends(
    fake: FakeJournal, journal: Journal, behaviour: str, found: int
) -> None:
    fake.add_entry(second=1)
    fake.behave(behaviour)
    assert len(journal.read(Filter(), 5).entries) == found


@pytest.mark.timeout(20)
def test_a_journalctl_that_hangs_or_never_ends_is_ended(fake: FakeJournal, journal: Journal) -> None:
    fake.add_entry(second=1)
    fake.behave("flood")
    reading = journal.read(Filter(text="nowhere"), 5)
    assert (reading.entries, reading.cut_off) == ([], "2026-01-01T00:00:01.000Z")
    fake.behave("hang")
    with pytest.raises(JournalUnreadable):
        journal.read(Filter(), 5)


def test_without_journalctl_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch, journal: Journal) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(JournalUnreadable, match="not installed"):
        journal.read(Filter(), 5)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0::/system.slice/rcmail.service\n", "rcmail.service"),
        ("0::/system.slice/system-rcmail.slice/rcmail@two.service\n", "rcmail@two.service"),
        ("0::/user.slice/user-0.slice/session-1.scope\n", "rcmail.service"),
        ("0::/\n", "rcmail.service"),
    ],
)
def test_the_unit_is_the_one_this_process_belongs_to(tmp_path: Path, text: str, unit: str) -> None:
    (tmp_path / "cgroup").write_text(text)
    assert own_unit(tmp_path / "cgroup") == unit
    assert own_unit(tmp_path / "missing") == "rcmail.service"


def test_a_thousand_entries_as_long_as_they_can_be_are_not_all_kept_in_memory(
    fake: FakeJournal, journal: Journal
) -> None:
    for second in range(600):
        fake.add_entry(second=second, path="x" * 3500)
    reading = journal.read(Filter(), 1000)
    assert 250 < len(reading.entries) < 300
    assert reading.entries[0].timestamp.startswith("2026-01-01T00:09:59")
    assert reading.cut_off == reading.entries[-1].timestamp
