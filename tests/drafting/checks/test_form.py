"""Where an objection to a draft's form stands."""

from rcmail.drafting.checks import check
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
