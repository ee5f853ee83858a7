"""``make eval``: what was reached stays reached, and it says what it measures."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from eval import __main__ as program
from eval import conversations, drafts, kinds, question, similar, writing
from eval.line import Line
from eval.newtext import Score, mailbox_score, quotes_score
from tests.drafting.models import llama
from tests.support import ROOT

# Cases that are not found, of what is measured of similar answers.
SIMILAR = {
    "`mailbox/`: a right past conversation among the first 1": 3,
    "`mailbox/`: a right past conversation among the first 3": 0,
    "`mailbox/`: a right past conversation among the first 5": 0,
    "`mailbox/`: of the right ones in the same language": 6,
    "`mailbox/`: the visitor's language taken out of the history": 2,
    "`mailbox/`: mails of no visitor that get a past answer": 0,
    "`mailbox/`: open questions that nothing answers and that get a past answer": 2,
    "`unlike/`, tune, nothing to do with a Repair Café: called visitor": 0,
    "`unlike/`, tune, nothing to do with a Repair Café: get a past answer": 0,
    "`unlike/`, tune, nothing to do with a Repair Café: get one by words only": 0,
    "`unlike/`, tune, visitors, never asked before: get a past answer": 4,
    "`unlike/`, held out, nothing to do with a Repair Café: called visitor": 1,
    "`unlike/`, held out, nothing to do with a Repair Café: get a past answer": 1,
    "`unlike/`, held out, nothing to do with a Repair Café: get one by words only": 1,
    "`unlike/`, held out, visitors, never asked before: get a past answer": 1,
    "`similar/`, bare: recall among five, all": 11,
    "`similar/`, bare: recall among five, same language": 12,
    "`similar/`, bare: recall among five, other language": 15,
    "`similar/`, wrapped: recall among five, all": 11,
    "`similar/`, wrapped: recall among five, same language": 12,
    "`similar/`, wrapped: recall among five, other language": 14,
    "`similar/`, wrapped, by words only: recall among five, all": 37,
}


def test_the_new_text_of_the_mailbox_is_at_most_one_case_below_what_was_reached() -> None:
    score = mailbox_score()
    assert score.cases == 348
    assert score.exact >= 347
    assert score.over_cut <= 1


def test_whose_mail_and_what_belongs_together_is_at_most_one_case_below_what_was_reached() -> None:
    missed = {line.what: len(line.misses) for line in conversations.lines()}
    assert missed.pop("thank-you mails that wait") <= 4
    assert all(count <= 1 for count in missed.values()), missed
    assert missed["direction"] == missed["open questions that wait"] == missed["older than 60 days that wait"] == 0


def test_the_question_in_a_mail_is_at_most_one_case_below_what_was_reached() -> None:
    missed = {line.what: len(line.misses) for line in question.lines()}
    assert len(missed) == 6
    assert all(count <= 1 for count in missed.values()), missed


def test_the_kinds_are_at_most_one_case_below_what_was_reached() -> None:
    missed = {line.what: len(line.misses) for line in kinds.lines()}
    assert len(missed) == 36
    reached = {
        "kinds, cold, `mailbox/`: visitors called visitor": 4,
        "kinds, cold, `mailbox/`, nl: visitors called visitor": 5,
        "kinds, cold, `kinds/`, tune: visitors called visitor": 1,
        "kinds, cold, `kinds/`, tune: others called visitor": 23,
        "kinds, after ten corrections, `kinds/`, tune: visitors called visitor": 1,
        "kinds, after ten corrections, `kinds/`, tune: others called visitor": 22,
        "kinds, cold, `kinds/`, held out: visitors called visitor": 6,
        "kinds, cold, `kinds/`, held out: others called visitor": 8,
        "kinds, after ten corrections, `kinds/`, held out: visitors called visitor": 5,
        "kinds, after ten corrections, `kinds/`, held out: others called visitor": 5,
        "kinds, cold, `kinds/`, blind: others called visitor": 3,
    }
    assert all(count <= reached.get(what, 0) + 1 for what, count in missed.items()), missed
    assert not [what for what, count in missed.items() if "called other" in what and count]


@pytest.mark.timeout(600)
def test_similar_answers_are_at_most_one_case_below_what_was_reached() -> None:
    lines = {line.what: line for line in similar.lines()}
    assert [line.what for line in lines.values() if line.is_met is False] == []
    missed = {what: len(lines[what].misses) for what in SIMILAR}
    assert {what: count for what, count in missed.items() if count > SIMILAR[what] + 1} == {}


@pytest.mark.timeout(600)
def test_drafts_are_at_most_one_case_below_what_was_reached() -> None:
    lines = list(drafts.lines())
    assert [line.what for line in lines if line.is_met is False] == []
    wrong, missing, open_ones, gaps, warnings, then = (len(line.misses) for line in lines)
    assert (wrong, open_ones, then) == (0, 0, 0)
    assert missing <= 5 + 1
    assert gaps <= 2 + 1
    assert warnings <= 0 + 1


async def scores(*texts: str) -> dict[str, Line]:
    """What is told of a server that writes ``texts``, by what it is of."""
    async with llama(*texts) as fake:
        found = await asyncio.to_thread(lambda: list(writing.lines(fake.url, "")))
    return {line.what.removeprefix("drafts with a model: "): line for line in found}


@pytest.mark.timeout(600)
async def test_right_drafts_of_a_server_are_taken_and_useless_ones_are_told_with_their_reasons() -> None:
    questions = (await asyncio.to_thread(drafts.measured)).questions
    without = {line.what.removeprefix("drafts, `mailbox/`: "): line for line in drafts.lines()}
    good = await scores(*(each.proposal.text for each in questions))
    assert good["taken, the others are the draft without"].value == "20 of 20"
    useless = await scores("")
    taken = useless["taken, the others are the draft without"]
    assert taken.value == "0 of 20"
    assert [miss.partition(",")[0] for miss in taken.misses] == [
        f"{each.name} it was wrong twice: empty" for each in questions
    ]
    for found in (good, useless):  # the one is the other
        assert found["right facts"].value == without["right facts"].value
        assert found["wrong facts"].is_met
        assert found["unanswerable ones with a gap"].value == "3 of 3"
        assert len(found["seconds each"].misses) == 20


@pytest.mark.timeout(600)
def test_what_is_wrong_missing_or_unmarked_in_what_a_server_wrote_is_counted() -> None:
    questions = drafts.measured().questions
    asks = next(each for each in questions if not each.asks["answerable"] and each.asks["must_state"])
    old = "Kom op 9 mei naar Het Anker."
    facts = [each["fact"] for each in asks.asks["must_not_state"] if drafts.found(each, old)]
    assert facts
    lines = {line.what: line for line in writing.scored([writing.Wrote(asks, old, has_gap=False, seconds=1.0)])}
    wrong, unmarked = (
        lines["drafts with a model: wrong facts"],
        lines["drafts with a model: unanswerable ones with a gap"],
    )
    assert wrong.misses == tuple(f"{asks.name} {fact}" for fact in facts)
    assert lines["drafts with a model: right facts"].value.startswith("0 %")
    assert unmarked.misses == (asks.name,)
    assert (wrong.is_met, unmarked.is_met) == (False, False)


def test_lost_and_left_over_words_are_counted_apart_and_the_nearest_answer_counts() -> None:
    score = Score()
    score.add("white space", "a  b\n\nc", ["a b c"])
    score.add("lost", "a c", ["a bbb c"])
    score.add("left over", "a b c dd", ["x", "a b c"])
    assert (score.cases, score.exact, score.over_cut, score.lost) == (3, 1, 1, 3)
    assert score.misses == ["lost: 3 characters lost, 0 too many", "left over: 0 characters lost, 2 too many"]


def test_quotations_are_read_from_the_folder_that_is_named(tmp_path: Path) -> None:
    case = '{"id": "1", "language": "%s", "thread": [], "raw_text": "a", "expected_reply": "a", "accept": null}\n'
    (tmp_path / "cases.jsonl").write_text(case % "nl" + case % "pl")
    score = quotes_score(tmp_path)
    assert (score.cases, score.exact) == (1, 1)


def test_where_the_quotations_are_missing_the_line_says_so_and_nothing_fails(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eval", "--only", "newtext"],
        cwd=ROOT,
        env={"QUOTES": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "not measured: no cases.jsonl" in done.stdout
    assert "| new text, `mailbox/`: exact | ≥ 95 % |" in done.stdout


def test_a_missed_bound_is_told_and_ends_with_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = [
        Line("right", "9 of 10", "≥ 10", False, ("case 3",)),
        Line("wrong", "0", "0", True),
        Line("told", "7"),
    ]
    monkeypatch.setattr(program, "THEMES", {"one": lambda: lines})
    document = tmp_path / "figures.md"
    document.write_text(f"before\n{program.BEGIN}old\n{program.END}after\n")
    assert program.main(["--misses", "--update", str(document)]) == 1
    printed = capsys.readouterr().out
    assert "| right | ≥ 10 | 9 of 10 | **missed** |" in printed
    assert "| told |  | 7 |  |" in printed
    assert "right: case 3" in printed
    assert document.read_text().startswith("before\n")
    assert "| wrong | 0 | 0 | met |" in document.read_text()
    assert "\nold\n" not in document.read_text()
    lines.pop(0)
    assert program.main([]) == 0


def test_the_figures_page_has_the_place_for_them() -> None:
    document = (ROOT / "docs/figures.md").read_text()
    assert program.put_into(program.put_into(document, "x"), "x").count("\nx\n") == 1
