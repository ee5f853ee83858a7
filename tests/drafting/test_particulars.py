"""What was said of one visitor's own thing is not said of another's."""

import pytest

from rcmail.drafting.compose import compose
from rcmail.drafting.particulars import Told, is_particular
from rcmail.drafting.sentences import sentences
from rcmail.drafting.today import Today
from tests.drafting.room import asked, facts, source

ANOTHERS = [
    (
        "De koolborstels van een Bosch slijten.",
        "Mijn Bosch boormachine ruikt verbrand.",
        "Mijn boormachine stopt.",
    ),
    ("Een Senseo ontkalk je eerst.", "Onze Senseo loopt niet door.", "Mijn koffiezetapparaat is stuk."),
    ("Als hij rook geeft, is het de condensator.", "Mijn mixer geeft rook.", "Mijn mixer is te langzaam."),
    ("Der Riemen vom Dual ist bekannt.", "Mein Dual Plattenspieler eiert.", "Mein Thorens Plattenspieler knackt."),
    ("Wenn er brummt, ist es der Trafo.", "Das Radio brummt laut.", "Das Radio findet keinen Sender."),
    ("Klingt nach der Sicherung.", "Der Föhn bleibt kalt.", "Mein Föhn riecht verbrannt."),
    ("Bei einem flackernden Display hilft das Kabel.", "Das Display ist flackernd.", "Mein Laptop startet nicht."),
    ("A kettle that whistles usually has a worn lid.", "My kettle whistles too early.", "My kettle leaks."),
    ("The HR2100 has a known weak clutch.", "My mixer HR2100 slips.", "My mixer is dead."),
    ("Sounds like the thermostat.", "The iron stays cold.", "The iron burns everything."),
    ("Une bouilloire qui fuit a souvent un joint usé.", "La bouilloire fuit.", "La bouilloire ne chauffe pas."),
    ("La courroie de la Moulinex est connue.", "Mon robot Moulinex patine.", "Mon robot est bloqué."),
]
EVERYBODYS = [
    ("De koolborstels van een Bosch slijten.", "Mijn Bosch boormachine ruikt.", "Mijn Bosch boormachine stopt."),
    ("Als u het snoer meeneemt, testen we meer.", "Mijn snoer zit los.", "Mijn mixer is langzaam."),
    ("Wenn er brummt, ist es der Trafo.", "Das Radio brummt.", "Mein Radio brummt seit gestern."),
    ("Bringt die Kinder mit!", "Dürfen Kinder mit?", "Darf mein Enkel mit?"),
    ("Beim Installieren wird alles gelöscht.", "Könnt ihr Linux installieren?", "Macht ihr Linux auf den Laptop?"),
    ("Sounds like the thermostat.", "The iron stays cold.", "My iron is cold all the time."),
    ("Please empty the kettle.", "My kettle whistles.", "My kettle leaks."),
    ("Apportez la machine vide.", "La machine fuit.", "La machine ne chauffe pas."),
]


@pytest.mark.parametrize(("said", "before", "now"), ANOTHERS)
def test_a_make_or_a_fault_of_the_past_question_alone_is_particular(said: str, before: str, now: str) -> None:
    assert is_particular(said, Told(before), Told(now))


@pytest.mark.parametrize(("said", "before", "now"), EVERYBODYS)
def test_what_is_so_for_the_new_thing_too_is_not(said: str, before: str, now: str) -> None:
    assert not is_particular(said, Told(before), Told(now))


@pytest.mark.parametrize(
    ("language", "said", "left"),
    [
        ("nl", "Ik kijk het na. Dan bel je mij. Neem de lader mee.", ["Neem de lader mee."]),
        ("de", "Ich prüfe den Akku. Ist er bläulich, bleibt er zu Hause. Bitte das Kabel mitbringen.", None),
        ("en", "I will look at the belt. If it is worn, you buy one. Bring the plug.", ["Bring the plug."]),
        ("fr", "Je regarde la courroie. S'il manque, on commande. Apportez la prise.", ["Apportez la prise."]),
        ("fr", "S'il vous plaît, apportez la prise.", ["S'il vous plaît, apportez la prise."]),
        ("en", "We look at the belt. If it is worn, you buy one.", None),
    ],
)
def test_a_sentence_that_needs_the_one_before_it_goes_with_it(
    language: str, said: str, left: list[str] | None
) -> None:
    found = sentences(source("?", said, language), Today(facts()))
    wanted = {"de": ["Bitte das Kabel mitbringen."], "en": said.replace(". If", ".|If").split("|")}
    assert found == (left if left is not None else wanted[language])


def test_of_another_make_the_advice_for_all_stays() -> None:
    before = source(
        "Mein Dual Plattenspieler eiert.",
        "Plattenspieler nehmen wir gern. Der Riemen ist bei Dual oft alt. Er kostet wenig."
        " Den Deckel bitte zukleben.",
        "de",
    )
    text = compose(asked("Mein Thorens Plattenspieler eiert. Repariert ihr ihn?", "de"), [before], facts()).text
    assert "Plattenspieler nehmen wir gern. Den Deckel bitte zukleben." in text
    assert "Dual" not in text
    assert "Er kostet" not in text
