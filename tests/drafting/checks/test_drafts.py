"""The checks: each wrong draft has its warning at its place, a right one has none."""

import pytest

from rcmail.drafting import phrases
from rcmail.drafting.checks import check
from rcmail.settings.values import LANGUAGES
from tests.drafting.room import asked, facts, lines, sources

WRONG = lines("wrong.jsonl")
RIGHT = lines("right.jsonl")


def test_there_are_a_hundred_of_each_in_four_languages() -> None:
    for found in (WRONG, RIGHT):
        assert len(found) >= 100
        assert {each["language"] for each in found} == {"nl", "de", "en", "fr"}


@pytest.mark.parametrize("case", WRONG, ids=[each["id"] for each in WRONG])
def test_a_wrong_draft_has_its_warning(case: dict[str, str]) -> None:
    language = case["language"]
    found = check(case["text"], asked(case["asked"], language), sources(language), facts())
    assert case["kind"] in {each.kind for each in found}
    assert all(0 <= each.start <= each.end <= len(case["text"]) for each in found)


@pytest.mark.parametrize("case", RIGHT, ids=[each["id"] for each in RIGHT])
def test_a_right_draft_has_none(case: dict[str, str]) -> None:
    language = case["language"]
    assert check(case["text"], asked(case["asked"], language), sources(language), facts()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", ["{}", "  {}. ", "Nee. {}", "- {}", "{} Tot dan!", "“{}”", "{}\u200b", "> {}\n"])
def test_a_gap_of_ours_is_one_wherever_it_stands_in_a_line(language: str, line: str) -> None:
    for gap in (phrases.gap(2, language), phrases.no_date(language)):
        text = f"Hallo,\n\n{line.format(gap)}\n\nGroet"
        [found] = [each for each in check(text, asked("?"), [], facts()) if each.kind == "unanswered"]
        assert gap in text[found.start : found.end]
