"""Names and numbers of a draft that are somebody else's."""

from unittest.mock import Mock, call

import pytest

from rcmail.drafting.checks import check, people
from rcmail.mail.words import words
from tests.drafting.room import asked, facts, source


def objected(text: str, before: str, question: str = "Hello?", **changes: str) -> list[str]:
    """What is objected to as a telephone number, where somebody asked ``before``."""
    found = check(text, asked(question), [source(before, "Thanks.")], facts(**changes))
    return [text[each.start : each.end] for each in found if each.kind == "phone"]


@pytest.mark.parametrize(
    ("before", "text", "number"),
    [
        ("My line is 613 555-0171.", "Ask on 613-555-0171.", "613-555-0171"),
        ("Mein Anschluss: 5550171 (nur abends).", "Fragen Sie ruhig dort nach: 555 01 71.", "555 01 71"),
        ("U vindt me op 5550 171.", "Vraag het gerust na op 5550171.", "5550171"),
        ("Ma ligne : 613.555.0171", "Demandez au 613 555 0171.", "613 555 0171"),
    ],
)
def test_a_number_of_another_visitor(before: str, text: str, number: str) -> None:
    assert objected(text, before) == [number]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("It is model 6135550.", "Bring model 6135550 along."),
        ("Are you there on 05-12-2026?", "We are, on 05-12-2026, from 13.00-16.30."),
        ("It costs me 1250000 euro.", "It is 1250 by 400 mm."),
        ("Der Typ 555 01 71 klemmt.", "Vom Typ 555 01 71 haben wir Riemen."),
    ],
)
def test_a_number_that_is_nobodys(before: str, text: str) -> None:
    assert objected(text, before) == []


def test_what_this_visitor_wrote_as_well_may_be_written_back() -> None:
    assert (
        objected("It says 5550171 on it.", "It says 5550171 on mine.", "It says 5550171 below. Is that bad?") == []
    )


@pytest.mark.parametrize("text", ["Call us at (613) 555-0171.", "Joignez-nous au 1-613-555-0171.", "613.555.0171"])
def test_the_group_s_own_is_right_in_each_spelling(text: str) -> None:
    assert objected(text, "Hello?", reply_signature="Repair Café\n613 555-0171") == []
    assert len(objected(text, "Hello?")) == 1


@pytest.mark.parametrize("names", [1, 50])
def test_however_often_a_name_stands_there_each_past_answer_is_read_once_for_it(
    names: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Mock(wraps=words)
    monkeypatch.setattr(people, "words", look)
    before = source("Can my lamp come?", "It can.", visitor_name="Constance Vos")
    found = check("Constance is welcome. " * names, asked("Hello?"), [before], facts())
    assert "name" in {each.kind for each in found}
    assert look.mock_calls.count(call(before.answer)) == 1
