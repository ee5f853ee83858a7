"""The table of what a volunteer sees in each state: docs/operating.md has it, and each of its rows is a test."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.drafting import test_worker_writes as worker
from tests.drafting import test_writer as writer
from tests.support import ROOT

# The beginning of each row, and the tests that it is true by; those of tests/llm do it with a real server again.
PROVEN: Mapping[str, tuple[Callable[..., Any], ...]] = {
    "no model is chosen": (
        writer.test_there_is_no_model_where_none_is_chosen_or_the_chosen_one_is_missing,
        writer.test_a_server_that_is_none_leaves_a_draft_at_once,
        writer.test_one_that_is_silent_for_too_long_is_none_and_is_not_waited_for_again,
    ),
    "somebody asked, the model is there": (
        writer.test_what_it_writes_takes_the_place_of_the_draft_without,
        writer.test_what_is_written_is_seen_and_whatever_a_volunteer_does_ends_it,
    ),
    "made by itself, the model is there": (
        writer.test_by_itself_it_is_ready_without_and_then_written,
        writer.test_what_is_written_while_somebody_edits_the_ready_one_is_not_put_in_place,
    ),
    "the model's answer is right": (
        writer.test_what_it_writes_takes_the_place_of_the_draft_without,
        writer.test_a_mistake_is_told_once_and_the_second_answer_counts,
        writer.test_ollama_writes_too,
    ),
    "wrong twice, empty, endless": (
        writer.test_otherwise_the_draft_without_stays,
        writer.test_of_ollama_too_the_draft_without_stays,
    ),
    "the letter is too long": (writer.test_otherwise_the_draft_without_stays,),
    "some past answers had no room": (
        writer.test_a_hint_is_for_the_model_and_the_past_answers_are_left_out_where_there_is_no_room,
    ),
    "**Stop**, an edit": (writer.test_what_is_written_is_seen_and_whatever_a_volunteer_does_ends_it,),
    "the server is killed and back": (writer.test_one_that_is_killed_and_comes_back_writes_after_all,),
    "it is loading": (
        writer.test_one_that_loads_is_waited_for_and_one_that_hangs_in_the_midst_is_not,
        writer.test_it_waits_no_longer_than_it_may,
    ),
    "it hangs, answers garbage": (
        writer.test_otherwise_the_draft_without_stays,
        writer.test_one_that_loads_is_waited_for_and_one_that_hangs_in_the_midst_is_not,
    ),
    "a newer mail comes, or the facts change": (writer.test_what_is_new_has_it_made_and_written_again,),
    "the worker ends or is killed": (
        writer.test_a_worker_that_ends_hangs_up_and_the_next_one_goes_on_with_the_same_draft,
        worker.test_the_next_worker_has_the_same_draft_written,
    ),
    "a model is there again": (writer.test_what_was_made_without_a_model_stays_so_when_there_is_one_again,),
}


def test_every_row_of_the_table_has_its_tests() -> None:
    document = (ROOT / "docs/operating.md").read_text()
    head = "| what happens | what a volunteer sees |\n|---|---|\n"
    rows = document.partition(head)[2].partition("\n\n")[0].splitlines()
    assert len(rows) == len(PROVEN)
    for row, (begins, tests) in zip(rows, PROVEN.items(), strict=True):
        assert row.startswith(f"| {begins}")
        assert tests
