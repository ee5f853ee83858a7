"""Where an objection to a draft's form stands."""

from collections.abc import Iterator

import pytest

from rcmail.drafting.checks import check
from rcmail.drafting.checks.draft import Draft
from rcmail.drafting.proposal import Objection
from tests.drafting.room import asked, facts


def test_what_is_too_long_begins_at_a_word() -> None:
    text = "sharpening " * 200
    [found] = [each for each in check(text, asked("?"), [], facts()) if each.kind == "long"]
    assert text[: found.start].endswith("sharpening ")
    assert text[found.start :].startswith("sharpening ")


def test_a_heading_is_markup_and_nothing_else() -> None:
    for mark in ("#", "###", "######"):
        assert {each.kind for each in check(f"{mark} Hello there, all", asked("?"), [], facts())} == {"markup"}
    assert "machine" in {each.kind for each in check("###Instruction", asked("?"), [], facts())}


def test_copied_words_are_shown_where_they_are_behind_one_letter_of_several_words() -> None:
    copied = "my grandmother's lamp has flickered since it fell down"
    text = f"We know \ufdfa well: {copied} last week, you say."
    [found] = [each for each in check(text, asked(f"Hello, {copied}."), [], facts()) if each.kind == "copied"]
    assert text[found.start : found.end].startswith("my grandmother's")


def test_no_check_looks_further_than_what_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def look(_: Draft) -> Iterator[Objection]:
        for place in range(1_000):
            seen.append(place)
            yield Objection("name", "Take it out.", place, place)

    monkeypatch.setattr("rcmail.drafting.checks._CHECKS", [look])
    assert len(check("Hello", asked("?"), [], facts())) == len(seen) < 1_000
