"""What sounds like an appointment that is made, or needed, and is neither."""

import pytest

from rcmail.drafting.checks import check
from tests.drafting.room import asked, facts


@pytest.mark.parametrize(
    "text",
    [
        "Bij binnenkomst wordt u ingeschreven.",
        "Als u bent ingeschreven, wacht u op uw beurt.",
        "Moet ik een afspraak voor u maken?",
        "Am Empfang werden Sie eingetragen.",
        "Zum nächsten Termin müssen Sie nichts mitbringen.",
        "Sie müssen nichts reservieren.",
        "We have reserved the hall until June.",
        "Your place in the queue is kept when you come.",
        "Il ne faut pas réserver.",
        "Vous êtes inscrit dès que vous arrivez.",
    ],
)
def test_no_appointment_is_made_or_needed(text: str) -> None:
    settings = facts(house_facts="en: No appointment needed.")
    found = check(f"Hello,\n\n{text}\n\nBye", asked("Hello?"), [], settings)
    assert "appointment" not in {each.kind for each in found}


@pytest.mark.parametrize(
    "text",
    [
        "Je afspraak op 5 december staat vast.",
        "Uw afspraak is geregeld.",
        "We hebben een plaatsje voor je vrijgehouden.",
        "Ik zet je op de lijst voor 5 december.",
        "You're booked in for 5 December.",
        "You are down for 2 pm.",
        "I've put your name down.",
        "We have you down for 5 December.",
        "Ihr Termin steht.",
        "Dein Termin am 5. Dezember ist fix.",
        "Ich setze Sie auf die Liste.",
        "Votre rendez-vous du 5 décembre est fixé.",
        "C'est noté, on vous garde une place.",
        "Je vous mets sur la liste.",
    ],
)
def test_an_appointment_is_said_to_be_made(text: str) -> None:
    found = check(f"Hello,\n\n{text}\n\nBye", asked("Hello?"), [], facts())
    assert "appointment" in {each.kind for each in found}


@pytest.mark.parametrize(
    "text",
    [
        "Je afspraak staat niet vast.",
        "Een vaste afspraak is niet nodig.",
        "The price is written down for you.",
        "Put your name down at the door.",
        "You are down the road from us.",
        "Ihr Termin steht nicht im Kalender.",
        "Auf der Liste stehen Ihre Geräte, sobald Sie da sind.",
        "On vous garde une part de tarte.",
        "Vous vous mettez sur la liste en arrivant.",
    ],
)
def test_what_only_has_words_of_an_appointment_makes_none(text: str) -> None:
    found = check(f"Hello,\n\n{text}\n\nBye", asked("Hello?"), [], facts(house_facts=""))
    assert "appointment" not in {each.kind for each in found}
