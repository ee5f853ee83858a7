"""Which of the event's dates a visitor asks for."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.answers.facts import Facts
from rcmail.drafting.compose import compose
from rcmail.drafting.when import only_in, wish
from rcmail.settings.store import Settings
from tests.drafting.room import asked, facts

FACTS = Facts(
    date(2026, 11, 23),
    Settings(values={"event_date": "2026-12-12", "event_further_dates": "2027-01-09, 2027-02-13"}),
)
# The months of the dates that are offered in place of the next one; “open” where none fits.
ASKED = [
    ("am 12. Dezember kann ich leider nicht. Wann treffen Sie sich im Januar?", "01"),
    ("wann ist nach dem 12. Dezember der nächste Termin?", "01"),
    ("in december en januari kunnen we niet. Wanneer zijn jullie er in februari?", "02"),
    ("I can't make it in December. Is there a meeting in January as well?", "01"),
    ("Am nächsten Termin kann ich nicht. Wann ist der übernächste?", "01"),
    ("Ich kann am 12. Dezember leider nicht kommen. Wann ist der nächste Termin?", "01"),
    ("Wanneer is de volgende keer?", ""),
    ("Kann ich am 12. Dezember mit meiner Lampe kommen?", ""),
    ("Sind Sie im Dezember da?", ""),
    ("Seid ihr im März auch da?", "open"),
    ("Habt ihr am 19. Dezember geöffnet?", "open"),
    ("Ik kan op 12 december niet. Zijn er andere data?", "01 02"),
    ("Quand a lieu l'atelier suivant, après le 12 décembre ?", "01"),
    ("Je ne peux pas le 12 décembre. Êtes-vous ouverts en février ?", "02"),
    ("I'm away on 12 December. When is the one after that?", "01"),
    ("Mijn radio is in maart gekocht. Kunnen jullie die repareren?", ""),
    ("Ich habe den Mixer im Januar gekauft. Reparieren Sie ihn?", ""),
    ("J'ai acheté la lampe en mars, est-elle sous garantie ?", ""),
    ("schleifen Sie im Januar wieder Scheren?", "01"),
    ("Muss ich danach noch etwas bezahlen?", ""),
    ("Can I come later in the day, after 12?", ""),
    ("Wat gebeurt er na de reparatie?", ""),
    ("In december kan ik niet, in januari en februari ook niet.", "open"),
    ("Kann ich nach der Reparatur gleich wieder fahren? Wann ist offen?", ""),
    ("Kan ik het in de bus doen? De volgende keer kan ik niet.", "01"),
    ("Is there an event in January or February?", "01 02"),
    ("Ich kann nicht löten. Könnt ihr das am 12. Dezember?", ""),
]


@pytest.mark.parametrize(("text", "months"), ASKED)
def test_the_date_that_is_asked_for_is_found_and_one_that_is_ruled_out_is_not(text: str, months: str) -> None:
    found = wish([text], FACTS)
    assert ("open" if found.is_open else " ".join(f"{day.month:02}" for day in found.days)) == months


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        (
            "nl",
            "Op 5 december kan ik niet. Wanneer zijn jullie er in januari?",
            "We zijn er op zaterdag 16 januari",
        ),
        (
            "de",
            "Am 5. Dezember kann ich nicht. Trefft ihr euch im Januar?",
            "wir treffen uns am Samstag, 16. Januar",
        ),
        ("en", "I can't make it in December. Are you open in January?", "We meet on Saturday 16 January 2027"),
        ("fr", "Je ne peux pas le 5 décembre. Ouvrez-vous en janvier ?", "L'atelier a lieu le samedi 16 janvier"),
    ],
)
def test_another_date_is_answered_in_place_of_the_next_one(language: str, text: str, said: str) -> None:
    made = compose(asked(text, language), [], facts(event_further_dates="2027-01-16"))
    assert said in made.text
    assert "5 december" not in made.text.casefold().replace(".", "").replace("décembre", "december")
    assert [each for each in made.warnings if each.kind == "unanswered"] == []


def test_where_no_date_fits_there_is_a_gap() -> None:
    made = compose(asked("Are you open in March?"), [], facts(event_further_dates="2027-01-16"))
    [warning] = made.warnings
    assert (warning.kind, "none of the dates" in warning.sentence) == ("unanswered", True)
    assert "5 December" in made.text


def test_where_every_date_is_ruled_out_none_is_offered() -> None:
    made = compose(asked("I cannot come on 5 December. When is the one after that?"), [], facts())
    assert "5 December" not in made.text
    assert "unanswered" in [each.kind for each in made.warnings]


def test_what_is_done_in_some_months_only_is_offered_in_those() -> None:
    line = "Knives are sharpened only in January, March and May."
    known = facts(event_further_dates="2027-01-16", house_facts=f"en: {line}")
    text = compose(asked("Can you sharpen my knives on 5 December?"), [], known).text
    assert line in text
    assert "16 January" in text
    assert "5 December" not in text
    assert only_in(["We are closed in July and August."], known).days == ()


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_asks_for_dates_that_are_set_or_none(texts: list[str]) -> None:
    assert set(wish(texts, FACTS).days) <= set(FACTS.settings.event_dates)


@pytest.mark.parametrize("unit", ["kann ", "nach dem 12. ", "in januar und ", "ik kan ", "? ", ", ", "1."])
def test_a_long_text_is_read_in_bounded_time(unit: str) -> None:
    began = time.process_time()
    wish([unit * 2_000], FACTS)
    assert time.process_time() - began < 3
