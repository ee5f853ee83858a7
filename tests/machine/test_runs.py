"""How the machine went down before: what is noted, and what a half-written note does."""

import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail import __version__
from rcmail.machine import runs
from rcmail.machine.place import Place

FIRST = "11111111-1111-1111-1111-111111111111"
SECOND = "22222222-2222-2222-2222-222222222222"


def place(folder: Path, boot: str = FIRST) -> Place:
    """A machine in the start ``boot``, with rcmail's own folder."""
    file = folder / "proc/sys/kernel/random/boot_id"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{boot}\n")
    (folder / "state").mkdir(exist_ok=True)
    return Place(folder / "state", None, folder)


def shutdown(folder: Path) -> str:
    run = runs.read(folder / "state")
    assert run is not None
    return run.shutdown


def test_a_machine_that_lost_its_power_is_told_from_one_that_was_shut_down(tmp_path: Path) -> None:
    runs.note_begin(place(tmp_path))
    assert shutdown(tmp_path) == ""
    runs.note_begin(place(tmp_path, SECOND))
    assert shutdown(tmp_path) == "power lost"
    runs.note_end(place(tmp_path, SECOND))
    runs.note_begin(place(tmp_path, FIRST))
    assert shutdown(tmp_path) == "clean"


def test_a_service_that_is_killed_and_started_again_says_nothing_of_the_machine(tmp_path: Path) -> None:
    for _ in range(3):
        runs.note_begin(place(tmp_path))
    assert shutdown(tmp_path) == ""


def test_the_version_that_was_replaced_stays_known(tmp_path: Path) -> None:
    runs.note_begin(place(tmp_path))
    file = tmp_path / "state" / runs.FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | {"version": "0.0.9"}))
    for _ in range(2):
        runs.note_begin(place(tmp_path))
        run = runs.read(tmp_path / "state")
        assert run is not None
        assert (run.version, run.replaced) == (__version__, "0.0.9")


@pytest.mark.parametrize("content", [b"", b"{", b'{"boot": 1}', b"[]", b"\xff", b'{"boot":"a","installed":"x"}'])
def test_a_spoilt_note_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / runs.FILE).write_bytes(content)
    runs.note_begin(place(tmp_path))
    run = runs.read(tmp_path / "state")
    assert run is not None
    assert run.boot == FIRST


@given(
    st.dictionaries(
        st.sampled_from([*runs.Run.__slots__, "more"]),
        st.one_of(st.none(), st.text("ab é\0", max_size=4), st.floats(), st.booleans()),
    )
)
def test_whatever_stands_in_the_note_it_is_a_run_or_none(
    tmp_path_factory: pytest.TempPathFactory, note: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("state")
    (folder / runs.FILE).write_text(json.dumps(note))
    run = runs.read(folder)
    assert run is None or replace(run) == run


def test_a_folder_that_cannot_be_written_is_reported_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    somewhere = place(tmp_path)
    (tmp_path / "state" / f"{runs.FILE}.new").mkdir()
    with caplog.at_level(logging.WARNING):
        runs.note_begin(somewhere)
    assert [record.message for record in caplog.records] == ["run_not_noted"]


def test_without_a_folder_or_a_boot_id_nothing_is_noted(tmp_path: Path) -> None:
    runs.note_begin(Place(None, None, tmp_path))
    runs.note_end(Place(None, None, tmp_path))
    runs.note_begin(place(tmp_path, "nonsense"))
    assert runs.read(tmp_path / "state") is None
