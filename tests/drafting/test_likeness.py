"""How much of a draft was sent, and what that costs."""

import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.drafting.likeness import NEAR, likeness, sent_as
from tests.drafting.answered import answers

DRAFT = """Beste Anna,

Ja hoor, een broodrooster kun je meenemen. De volgende keer is op zaterdag 5 december, van 13.00 tot 16.30 uur.
Een afspraak is niet nodig.

Met vriendelijke groet,
Repair Café De Brug"""
OTHER = "Dag Bert, helaas repareren wij geen wasmachines. Probeer het eens bij de kringloop aan de Molenweg."


@pytest.mark.parametrize(
    ("sent", "what"),
    [
        (DRAFT, "unchanged"),
        (DRAFT.replace("\n", "\r\n").replace(" ", "  "), "unchanged"),
        (DRAFT.replace("13.00 tot", "13:00 –").replace("–", "tot"), "unchanged"),
        (" ".join(DRAFT.split()), "unchanged"),
        (DRAFT.replace("Anna", "Anneke"), "lightly edited"),
        (DRAFT + "\n\nPS: neem ook het snoer mee.", "lightly edited"),
        (DRAFT.replace("Een afspraak is niet nodig.\n", ""), "lightly edited"),
        (f"Beste Anna,\n\n{OTHER}\n\nMet vriendelijke groet,\nRepair Café De Brug", "rewritten"),
        ("Ja hoor!", "rewritten"),
        ("", "rewritten"),
    ],
)
def test_what_became_of_a_draft(sent: str, what: str) -> None:
    assert sent_as(DRAFT, sent) == what


def test_another_answer_is_not_near_and_an_edited_one_is() -> None:
    assert likeness(DRAFT, OTHER) < NEAR < likeness(DRAFT, DRAFT + "\n\nPS: neem ook het snoer mee.")


@given(st.text(), st.text())
def test_it_is_a_share_and_the_same_from_both_sides(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
    assert likeness(one, one) == 1


def test_no_two_answers_of_the_example_mailbox_are_near() -> None:
    texts = sorted({text for text, _, _ in answers()})
    assert len(texts) > 100
    assert not [pair for pair in combinations(texts, 2) if likeness(*pair) >= NEAR]


def test_the_longest_texts_are_compared_in_no_time() -> None:
    began = time.process_time()
    likeness("a " * 50_000, "a b " * 25_000)
    assert time.process_time() - began < 1
