"""What the event's sentence does not answer: whether one is still let in, and when and where of something else."""

import pytest

from rcmail.drafting.compose import compose
from tests.drafting.room import asked, facts, source

LATE = [
    ("nl", "Is kwart voor vijf te laat om mijn fiets te brengen?"),
    ("nl", "Tot wanneer kan ik binnenkomen?"),
    ("de", "Ist 16:45 Uhr zu spät für mein Fahrrad?"),
    ("de", "Bis wann darf ich spätestens kommen?"),
    ("en", "My bike needs new brakes, but I can't be with you before 16:45. Is that all right?"),
    ("en", "Would quarter to five be too late for my bicycle?"),
    ("fr", "Est-ce trop tard de venir à 16 h 45 avec mon vélo ?"),
    ("fr", "Jusqu'à quelle heure peut-on venir ?"),
]
ENTRY = {
    "nl": "De laatste inschrijving is om 15.45 uur.",
    "de": "Letzte Annahme ist um 15:45 Uhr.",
    "en": "The last items are registered at 15:45.",
    "fr": "La dernière inscription est à 15 h 45.",
}
YES = {"nl": "Ja, fietsen doen we.", "de": "Ja, Fahrräder machen wir.", "en": "Yes, we do bicycles.",
       "fr": "Oui, nous réparons les vélos."}  # fmt: skip


@pytest.mark.parametrize(("language", "question"), LATE)
def test_who_may_be_late_is_told_the_last_entry_or_nothing_and_never_yes(language: str, question: str) -> None:
    before = [source("bicycle vélo fiets Fahrrad?", YES[language], language)]
    known = facts(house_facts=f"{language}: {ENTRY[language]}")
    told = compose(asked(question, language), before, known)
    assert ENTRY[language].casefold() in told.text.casefold()
    unknown = compose(asked(question, language), before, facts(house_facts=""))
    assert "unanswered" in [each.kind for each in unknown.warnings]
    for made in (told, unknown):
        assert YES[language].casefold() not in made.text.casefold()


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Where can I hang my coat?"),
        ("en", "Where is the nearest bakery?"),
        ("en", "When is the best time to come?"),
        ("en", "Are you there the Saturday after Easter?"),
        ("nl", "Waar kan ik mijn jas ophangen?"),
        ("nl", "Wanneer is het het rustigst?"),
        ("de", "Wo kann ich meinen Mantel aufhängen?"),
        ("de", "Wann ist es am ruhigsten?"),
        ("fr", "Où puis-je laisser mon sac ?"),
        ("fr", "Quand est-ce le plus calme ?"),
    ],
)
def test_when_and_where_of_something_else_is_a_gap(language: str, question: str) -> None:
    made = compose(asked(question, language), [], facts())
    assert "unanswered" in [each.kind for each in made.warnings]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("nl", "Wanneer is de volgende keer en waar zitten jullie?"),
        ("de", "Wann und wo ist der nächste Termin?"),
        ("en", "When and where is the next one?"),
        ("fr", "Quand et où a lieu le prochain atelier ?"),
        ("nl", "Tot hoe laat zijn jullie open?"),
        ("de", "Bis wann habt ihr geöffnet?"),
        ("en", "How late are you open?"),
        ("nl", "Wanneer kan ik iets laten repareren?"),
        ("de", "Wann und wo kann man etwas reparieren lassen?"),
        ("de", "Wo findet die nächste Veranstaltung statt?"),
    ],
)
def test_when_and_where_of_the_event_is_none(language: str, question: str) -> None:
    made = compose(asked(question, language), [], facts())
    assert made.warnings == []


@pytest.mark.parametrize(
    ("language", "question", "said"),
    [
        ("en", "Where do I leave my car?", "Parking is free"),
        ("nl", "Waar kan ik de auto kwijt?", "Parkeren"),
    ],
)
def test_where_a_car_may_stay_is_a_question_on_parking(language: str, question: str, said: str) -> None:
    assert said.casefold() in compose(asked(question, language), [], facts()).text.casefold()
