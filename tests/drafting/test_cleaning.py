"""What a model puts around its answer is taken off; what it says stays."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.drafting.cleaning import clean

LETTER = "Dear Ann,\n\nYes, we do.\n\nKind regards"


@pytest.mark.parametrize(
    "text",
    [
        LETTER,
        f"\n\n{LETTER}\n \n",
        f"```\n{LETTER}\n```",
        f"```text\n{LETTER}\n```",
        f"<think>\nShe asks.\n</think>\n\n{LETTER}",
        f"Subject: Re: bicycle\n\n{LETTER}",
        f"Betreff : Rad\n{LETTER}",
        f"“{LETTER}”",
        LETTER.replace("Yes", "**Yes**"),
        LETTER.replace("\n\n", "\n\n \n\n\n"),
        LETTER.replace("do.", "do.  "),
    ],
)
def test_what_is_around_it_goes(text: str) -> None:
    assert clean(text) == LETTER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The subject: bicycles",
        "2 * 3 ** 4",
        "“Yes” and “no”",
        "# Yes",
        "<think>for ever",
        "[Question 1: open]",
    ],
)
def test_what_is_not_for_certain_around_it_stays_for_the_checks(text: str) -> None:
    assert clean(text) == text


@given(st.text(alphabet='ab \n*`"“<>think/:', max_size=300))
def test_what_is_clean_stays_so_and_nothing_is_added(text: str) -> None:
    once = clean(text)
    assert len(once) <= len(text)
    assert once == once.strip()


@pytest.mark.parametrize("piece", ["*", "`", "<think>", "\n ", "“", "Subject: ", " ", "```\n"])
def test_it_takes_no_time(piece: str) -> None:
    began = time.process_time()
    clean(piece * 20_000)
    assert time.process_time() - began < 1  # hundredths of a second here
