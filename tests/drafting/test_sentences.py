"""What of a past answer may be said again."""

from datetime import date

import pytest

from rcmail.drafting import names
from rcmail.drafting.sentences import opening, sentences
from rcmail.drafting.today import Today
from tests.drafting.room import facts, source


def kept(answer: str, language: str = "en", **more: str) -> list[str]:
    return sentences(source("Do you do it?", answer, language, **more), Today(facts()))


def test_greeting_closing_and_name_are_left_out() -> None:
    assert kept("Dear Ann,\n\nWe do that.\n\nAll the best,\nLuc") == ["We do that."]
    assert kept("Jorrit,\n\nKabels hebben Wim en Teun.\n\nGroet, Gerrit", "nl") == ["Kabels hebben Wim en Teun."]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Saturday 18 April, 1 to 4.30 pm, Wijkcentrum De Brug, Molenlaan 5."),
        ("en", "Saturday 5 December, 1 to 4.30 pm, Wijkcentrum De Brug, Molenlaan 5."),
        ("nl", "14 maart 13-16.30 u, Het Anker, Havenstraat 12."),
        ("nl", "De naaihoek is nog niet open."),
        ("nl", "Ik heb hem gisteren gezien."),
        ("nl", "Fijn dat je het vraagt."),
        ("nl", "1 en 2 ja, 3 nee."),
        ("de", "Ich schaue nach."),
        ("de", "Was bringen Sie denn mit?"),
        ("de", "Rufen Sie an: 0555-0144."),
        ("en", "I'll look it up for you."),
        ("en", "Write to luc@example.net."),
        ("fr", "Je vous rappelle demain."),
        ("en", "[image: logo.png]"),
        ("en", "Your nephew flatters us."),
        ("nl", "Wat je zoon vertelt klopt."),
        ("de", "Ihre Tochter hat recht."),
        ("fr", "Ce que dit votre mari est vrai."),
        ("en", "We fix these [see below]."),
    ],
)
def test_what_was_for_that_day_or_that_person_is_left_out(language: str, text: str) -> None:
    assert kept(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Kom zaterdag over twee weken langs."), ("de", "Wir öffnen am Samstag in zwei Wochen."),
        ("en", "We are open on Saturday fortnight."), ("fr", "Nous sommes ouverts samedi en quinze."),
    ],
)  # fmt: skip
def test_what_counted_from_the_day_of_the_answer_is_left_out_even_where_that_day_is_to_come(
    language: str, text: str
) -> None:
    said = source("When?", text, language, written=date(2026, 11, 18))
    assert sentences(said, Today(facts())) == []


def test_a_weekday_of_every_month_stays_where_it_is_still_so() -> None:
    assert kept("We are open on the first Saturday of the month.") != []
    assert kept("We are open on the second Saturday of the month.") == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Bring the crumb tray: Saturday 15 November, 1 to 4.30 pm.", "Bring the crumb tray."),
        ("You are welcome with anything else, on 17 February from 2 pm.", "You are welcome with anything else."),
        ("Bus 4 stops in front of it; we are there on 4 July at 2 pm.", "Bus 4 stops in front of it."),
        ("I understand that, but no: we never open lithium batteries.", "we never open lithium batteries."),
    ],
)
def test_of_a_sentence_in_part_of_that_day_the_rest_stays(text: str, rest: str) -> None:
    assert kept(text) == [rest]


def test_until_when_one_is_let_in_stays_where_it_is_still_so() -> None:
    assert kept("Saturday 15 November, 1 to 4.30 pm (last entry 3.45 pm), Molenlaan 5.") == ["last entry 3.45 pm."]
    assert kept("Saturday 15 November, 2 to 5 pm (last entry 4.15 pm), Havenstraat 12.") == []


def test_the_name_of_who_asked_is_left_out_and_a_volunteers_stays() -> None:
    said = "The saw of Agatha is fixed. Wim does bicycles."
    assert kept(said, visitor_name="Agatha Pry") == ["Wim does bicycles."]


def test_the_opening_is_what_the_answer_begins_with_whether_it_may_be_said_or_not() -> None:
    assert opening(source("?", "Hi Ann,\n\nNot yet, sorry. Soon.")) == "Not yet, sorry."


def test_whether_a_name_is_a_word_too_is_looked_for_only_where_a_text_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    monkeypatch.setattr(names, "statements", lambda text: [read.append(text) or text])  # type: ignore[func-returns-value]
    past = source("Ein Zahnrad ist kaputt", "Ein Zahnrad drucken wir.", "de", visitor_name="Ann Zahnrad")
    assert list(names.named("Wir machen das, Ann.", past)) == [(16, 19)]
    assert read == []
    assert list(names.named("Das Zahnrad drucken wir.", past)) == []
    assert len(read) == 2
