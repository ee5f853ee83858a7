"""A follow-up that is mere thanks in every clause, and one in which something more is wanted, asked or told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.mail.thanks import is_thanks

DATA = Path(__file__).resolve().parent.parent / "data/thanks"
THANKS = (DATA / "thanks.txt").read_text().splitlines()
WANTS = (DATA / "wants.txt").read_text().splitlines()


@pytest.mark.parametrize("text", THANKS)
def test_thanks_praise_promises_and_reports_need_no_answer(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize("text", WANTS)
def test_whatever_is_said_beside_the_thanks_waits(text: str) -> None:
    assert not is_thanks(text)


@pytest.mark.parametrize(
    "name",
    [
        "J. van der Heide",
        "Jan Willem van 't Hof",
        "Dr. K. von der Au",
        "M. de la Fontaine",
        "Mme Le Goff",
        "dhr. P. ten Brink",
        "A.B. du Pont",
    ],
)
def test_the_name_at_the_end_asks_nothing(name: str) -> None:
    assert is_thanks(f"Dank u wel voor het antwoord.\n\nMet vriendelijke groet,\n{name}")
    assert is_thanks(f"Merci beaucoup.\n{name}\n")


@pytest.mark.parametrize(
    "line", ["Der Deckel von der Kanne", "De Toaster van Anna", "La Lampe de Marie", "en de Mixer"]
)
def test_a_thing_at_the_end_is_no_name(line: str) -> None:
    assert not is_thanks(f"Dank u wel.\n\n{line}")


@given(st.sampled_from(THANKS), st.sampled_from(WANTS))
def test_no_thanks_around_it_close_what_is_wanted(thanks: str, wants: str) -> None:
    assert not is_thanks(f"{thanks}\n{wants}")
    assert not is_thanks(f"{wants}\n\n{thanks}")


@given(st.text(max_size=600))
def test_any_text_is_told(text: str) -> None:
    assert is_thanks(text) in (True, False)
