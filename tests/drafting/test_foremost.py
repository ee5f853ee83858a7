"""The best hit of a question says no, a weaker one yes: the no, or a gap, and never the yes."""

import pytest

from rcmail.drafting.compose import compose
from tests.drafting.room import asked, facts, source

YES = {
    "nl": ("Doen jullie fietsen?", "Ja, Bram doet fietsen, remmen en banden."),
    "de": ("Macht ihr Fahrräder?", "Ja, Bernd macht Fahrräder, Bremsen und Reifen."),
    "en": ("Do you do bicycles?", "Yes, Barry does bicycles, brakes and tyres."),
    "fr": ("Faites-vous les vélos ?", "Oui, Basile répare les vélos, freins et pneus."),
}
NO = {
    "nl": ("De motor van mijn fiets bromt.", "Helaas, motoren van fietsen repareren we niet."),
    "de": ("Der Motor vom Rad brummt.", "Leider reparieren wir Motoren von Fahrrädern nicht."),
    "en": ("My bike's motor hums.", "I am sorry to say that we don't repair motors of bicycles."),
    "fr": ("Le moteur du vélo grince.", "Malheureusement nous ne réparons pas les moteurs de vélos."),
}
ON_MOTOR = {
    "nl": "De motor van mijn fiets ratelt. Kunnen jullie daarnaar kijken?",
    "de": "Der Motor an meinem Fahrrad rattert. Könnt ihr den ansehen?",
    "en": "The motor of my bicycle rattles. Could you look at it?",
    "fr": "Le moteur de mon vélo claque. Pouvez-vous le regarder ?",
}


@pytest.mark.parametrize("language", YES)
def test_a_weaker_yes_about_the_thing_does_not_beat_the_no_of_the_best_hit(language: str) -> None:
    before = [
        source(*YES[language], language, message=1, score=0.7),
        source(*NO[language], language, message=2, score=0.9),
    ]
    text = compose(asked(ON_MOTOR[language], language), before, facts()).text.casefold()
    assert NO[language][1].casefold() in text
    assert YES[language][1].casefold() not in text


@pytest.mark.parametrize("language", YES)
def test_the_no_to_one_part_takes_nothing_from_a_question_on_another(language: str) -> None:
    before = [
        source(*YES[language], language, message=1, score=0.9),
        source(*NO[language], language, message=2, score=0.85),
    ]
    text = compose(asked(YES[language][0], language), before, facts()).text
    assert YES[language][1].casefold() in text.casefold()


def test_of_two_equally_good_hits_that_say_yes_and_no_of_one_thing_the_yes_is_not_taken() -> None:
    before = [
        source("There is a hole in my skirt.", "Yes, we patch them.", message=1, score=0.9),
        source("Could you hem a dress?", "We do no hems of skirts or dresses.", message=2, score=0.85),
    ]
    made = compose(asked("I want my skirt made wider. Is that for you?"), before, facts())
    assert "patch" not in made.text


AT_HOME = [
    ("nl", "Mijn radio is stuk. Kan iemand langskomen bij mij thuis?", "Radio's doen we graag.",
     "We doen geen huisbezoeken."),
    ("de", "Könnte jemand zu mir nach Hause kommen und mein Radio reparieren?", "Radios machen wir gern.",
     "Hausbesuche machen wir nicht."),
    ("en", "Could somebody visit my flat and mend my radio?", "Yes, we love radios.", "We don't do home visits."),
    ("fr", "Quelqu'un pourrait-il venir chez moi réparer ma radio ?", "Oui, nous aimons les radios.",
     "Nous ne venons pas à domicile."),
]  # fmt: skip
BEYOND = [
    ("nl", "Wat gebeurt er als mijn radio niet te repareren is?", "Radio's doen we graag.",
     "Als iets niet te repareren is, neem je het weer mee."),
    ("de", "Was passiert, wenn mein Radio nicht mehr zu reparieren ist?", "Radios machen wir gern.",
     "Wenn etwas nicht mehr zu reparieren ist, nehmen Sie es wieder mit."),
    ("en", "What happens if my radio cannot be fixed?", "Yes, we love radios.",
     "When something is beyond repair you take it home."),
    ("fr", "Que se passe-t-il si ma radio ne peut pas être réparée ?", "Oui, nous aimons les radios.",
     "Si un objet ne peut pas être réparé, vous le reprenez."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "question", "yes", "no"), AT_HOME + BEYOND)
def test_a_visit_at_home_and_what_cannot_be_mended_are_not_answered_by_a_yes_to_the_thing(
    language: str, question: str, yes: str, no: str
) -> None:
    thing = source("Radio?", yes, language, message=1, score=0.8)
    other = source("Lamp?", no, language, message=2, score=0.9)
    text = compose(asked(question, language), [thing, other], facts()).text.casefold()
    assert (yes.casefold() in text, no.casefold() in text) == (False, True)
    made = compose(asked(question, language), [thing], facts())
    assert yes.casefold() not in made.text.casefold()
    assert "unanswered" in [each.kind for each in made.warnings]
