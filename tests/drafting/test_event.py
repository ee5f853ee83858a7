"""The sentence that says when and where it is next, and where none is said."""

import pytest

from rcmail.drafting.compose import compose
from rcmail.drafting.event import next_event
from tests.drafting.room import asked, facts

REFUSED = {
    "nl": "Onze magnetron draait wel maar wordt niet warm. Kunnen jullie die maken?",
    "de": "Unsere Mikrowelle dreht sich, wird aber nicht warm. Könnt ihr die reparieren?",
    "en": "Our microwave turns but stays cold. Could you repair it?",
    "fr": "Notre micro-ondes tourne mais reste froid. Pouvez-vous le réparer ?",
}
WHEN = {"nl": " Wanneer is de volgende keer?", "de": " Wann ist der nächste Termin?",
        "en": " When is the next event?", "fr": " Quand est la prochaine fois ?"}  # fmt: skip
ALSO = {"nl": " En repareren jullie ook fietsen?", "de": " Und repariert ihr auch Fahrräder?",
        "en": " And do you repair bicycles too?", "fr": " Et réparez-vous aussi les vélos ?"}  # fmt: skip

AT_HOME = {"nl": " Kan er iemand aan huis komen?", "de": " Kann jemand zu uns nach Hause kommen?",
           "en": " Do you make home visits?", "fr": " Quelqu'un peut-il venir à domicile ?"}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "hours"), [("nl", "13.00 uur"), ("de", "13:00 Uhr"), ("en", "13:00"), ("fr", "à 13 h")]
)
def test_one_hour_alone_is_said_as_one_says_it(language: str, hours: str) -> None:
    assert f", {hours}, " in next_event(facts(event_time="13:00"), language).text


@pytest.mark.parametrize(("place", "said"), [("in the old mill", "in the old mill"), ("The Mill", "at The Mill")])
def test_a_place_has_one_preposition_in_english(place: str, said: str) -> None:
    assert next_event(facts(event_location=place), "en").text.endswith(f", {said}.")


@pytest.mark.parametrize("language", REFUSED)
def test_nobody_is_invited_with_what_is_not_repaired(language: str) -> None:
    event = next_event(facts(), language).text
    made = compose(asked(REFUSED[language], language), [], facts())
    assert event not in made.text
    assert event not in compose(asked(REFUSED[language] + AT_HOME[language], language), [], facts()).text
    assert made.warnings == []
    assert event in compose(asked(REFUSED[language] + WHEN[language], language), [], facts()).text
    assert event in compose(asked(REFUSED[language] + ALSO[language], language), [], facts()).text
    assert event in compose(asked(REFUSED[language], language), [], facts(not_repaired="Toasters")).text
