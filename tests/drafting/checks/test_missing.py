"""What was asked and is not there, and what only looks so."""

import pytest

from rcmail.drafting import subjects
from rcmail.drafting.checks import check
from tests.drafting.room import asked, facts

HALL = "Wool Exchange, 21 Tanner Wynd, Kinbrae KB3 1QT"
SAAL = "Alter Kornspeicher, Im Grund 8, 31234 Hagenfeld"
SALLE = "Salle Jean Vilar, 6 impasse des Halles, 25100 Morvaux"
HUIS = "Wijkhuis De Lantaarn, Blekerij 12, 9050 Oostdam"


def missing(question: str, text: str, language: str = "en", **settings: str) -> list[str]:
    """The sentences of what is objected to as missing."""
    found = check(text, asked(question, language), [], facts(**settings))
    return [each.sentence for each in found if each.kind == "missing"]


@pytest.mark.parametrize(
    ("place", "question", "text", "language"),
    [
        (HALL, "Where is it?", "We are in the Wool Exchange, 21 Tanner Wynd.", "en"),
        (HALL, "What is the address?", f"It is {HALL}.", "en"),
        (HALL, "Where is it?", "In Tanner Wynd, beside the bridge.", "en"),
        (HALL, "Where is it?", "Just come to the Wool Exchange.", "en"),
        (SAAL, "Wo ist es?", "Wir sind im alten Kornspeicher.", "de"),
        (SAAL, "Wo ist es?", "Im Grund 8, gleich neben der Brücke.", "de"),
        (SALLE, "Où êtes-vous ?", "À la salle Jean Vilar, comme toujours.", "fr"),
        (HUIS, "Waar zitten jullie?", "Gewoon in De Lantaarn.", "nl"),
        (HUIS, "Waar zitten jullie?", "Op Blekerij 12 in Oostdam.", "nl"),
    ],
)
def test_the_place_is_told_where_a_good_part_of_it_is(place: str, question: str, text: str, language: str) -> None:
    assert missing(question, text, language, event_location=place) == []


@pytest.mark.parametrize(
    ("place", "question", "text", "language"),
    [
        (HALL, "Where is it?", "The wool is on the table, and there is no exchange of goods.", "en"),
        (HALL, "Where is it?", "In Kinbrae, as ever.", "en"),
        (SAAL, "Wo ist es?", "Im Grunde wie immer.", "de"),
        (HUIS, "Waar zitten jullie?", "In het wijkhuis, zoals altijd.", "nl"),
        (SALLE, "Où êtes-vous ?", "Dans la salle, à Morvaux.", "fr"),
    ],
)
def test_a_word_of_the_place_does_not_tell_it(place: str, question: str, text: str, language: str) -> None:
    assert len(missing(question, text, language, event_location=place)) == 1


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("J'habite loin, puis-je venir quand même ?", "Bien sûr, vous êtes la bienvenue.", "fr"),
        ("La lampe clignote quand je l'allume. C'est possible ?", "Oui, apportez la lampe.", "fr"),
        ("De lamp knippert wanneer ze koud is. Kan dat?", "Ja, breng de lamp mee.", "nl"),
        ("Wann genau sie ausgeht, weiss ich nicht. Geht die Lampe?", "Ja, bringen Sie die Lampe mit.", "de"),
        ("Tot wanneer mag ik binnen?", "De laatste komt om 15.30 uur binnen.", "nl"),
        ("Bis wann darf ich kommen?", "Bis 15.30 Uhr.", "de"),
        ("Until when are you open?", "Until 4 pm.", "en"),
        ("Où se garer ?", "Sur la place, à deux pas.", "fr"),
        ("Où puis-je me garer ?", "Sur la place, à deux pas.", "fr"),
        ("Waar is de ingang?", "Achteraan, naast de fietsen.", "nl"),
        ("Wo ist der Eingang?", "Hinten, neben den Rädern.", "de"),
        ("Where is the entrance?", "Round the back.", "en"),
        ("Where do you order the screws?", "The ironmonger has them.", "en"),
        ("Waar kopen jullie de knopen?", "In de winkel hiernaast.", "nl"),
        ("Wo ist denn die Toilette?", "Links neben der Tür.", "de"),
    ],
)
def test_a_word_that_asks_for_something_else_asks_for_no_day_and_no_place(
    question: str, text: str, language: str
) -> None:
    assert missing(question, text, language) == []


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("Wanneer zijn jullie er weer, en tot wanneer?", "Tot 16 uur.", "nl"),
        ("Wanneer is het?", "Tot dan.", "nl"),
        ("Quand êtes-vous là ? Je peux venir quand même ?", "Bien sûr.", "fr"),
        ("Quand est-ce que la salle ouvre ?", "Bientôt.", "fr"),
        ("Where are you and where can I park?", "Behind the pub.", "en"),
        ("Waar is het, en waar is de ingang?", "Achteraan.", "nl"),
        ("Wo ist es, und wo kann ich parken?", "Auf dem Platz.", "de"),
        ("Où êtes-vous et où se garer ?", "Sur la place, à deux pas.", "fr"),
    ],
)
def test_what_asks_for_both_asks_for_the_day_or_the_place(question: str, text: str, language: str) -> None:
    assert missing(question, text, language) != []


@pytest.mark.parametrize("hour", ["zehn Uhr", "14 Uhr", "Viertel nach zwei Uhr", "um wie viel Uhr", "zwölf Uhr"])
def test_uhr_within_an_hour_is_no_clock(hour: str) -> None:
    assert subjects.things(f"Ist das {hour}?") == frozenset()


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("Kommt jemand zu mir? Die Kommode klemmt.", "Hausbesuche gibt es keine. Nehmen Sie die Lade mit.", "de"),
        ("Can I leave my trousers with you?", "We like it best when you sit beside us meanwhile.", "en"),
        ("Puis-je laisser mon aspirateur jeudi ?", "La salle sera fermée ce jour-là.", "fr"),
        ("Mag ik mijn stofzuiger bij jullie achterlaten?", "We hebben er geen plek voor.", "nl"),
        ("Um wie viel Uhr fängt es an? Es geht um einen Ventilator.", "Um 14 Uhr.", "de"),
        ("Hoe laat begint het? Ik kom met een ventilator.", "Om 14 uur.", "nl"),
        ("My fan rattles. Would you oil it?", "Take the cover off first, then hand it to Ada.", "en"),
        ("Mein Ventilator rattert, könnt ihr helfen?", "Ada ölt ihn im Handumdrehen.", "de"),
        ("Pouvez-vous réparer mon ventilateur ?", "On le démonte et on le graisse.", "fr"),
        ("Kunnen jullie mijn ventilator maken?", "Ada haalt hem uit elkaar.", "nl"),
    ],
)
def test_a_thing_lacks_no_answer_where_something_else_is_asked_or_it_is_told_what_becomes_of_it(
    question: str, text: str, language: str
) -> None:
    assert missing(question, text, language) == []


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("Can you mend my fan? How do I park my bike?", "There is a rack behind the hall.", "en"),
        ("Hoe laat begint het, en maken jullie ventilatoren?", "Om 14 uur gaan de deuren open.", "nl"),
        ("Réparez-vous les ventilateurs ?", "Nous sommes là le 5 décembre.", "fr"),
        ("Repariert ihr Ventilatoren? Wann?", "Wir sind am 5. Dezember da.", "de"),
    ],
)
def test_a_thing_that_is_asked_about_lacks_its_answer(question: str, text: str, language: str) -> None:
    assert len(missing(question, text, language)) == 1


@pytest.mark.parametrize(
    ("question", "language", "what"),
    [
        ("When is the next one and how much is a repair?", "en", "the day"),
        ("Where do you meet and can I just walk in?", "en", "where it is"),
        ("Could you tell me when the next one is and how much it is? Thanks", "en", "the day"),
        ("Wanneer is het weer en hoeveel kost dat?", "nl", "the day"),
        ("Ik heb een vraag. Waar zitten jullie en kan ik pinnen?", "nl", "where it is"),
        ("Wann seid ihr wieder da und was kostet das?", "de", "the day"),
        ("Um wie viel Uhr geht es los und muss man zahlen?", "de", "the hours"),
        ("Quand revenez-vous et combien coûte une réparation ?", "fr", "the day"),
        ("C'est quand et combien faut-il payer ?", "fr", "the day"),
    ],
)
def test_each_half_of_a_question_wants_its_own(question: str, language: str, what: str) -> None:
    assert any(what in each for each in missing(question, "Euro 3.", language))


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("I'll come when my wife is free and what does it cost?", "en"),
        ("I read when you are open and how much is it?", "en"),
        ("Ik kom wanneer de auto er is en wat kost het?", "nl"),
        ("Ich komme, wann es passt, und was kostet das?", "de"),
        ("Je viens quand je peux et combien ça coûte ?", "fr"),
    ],
)
def test_half_a_sentence_that_only_tells_wants_nothing(question: str, language: str) -> None:
    assert missing(question, "Euro 3, free.", language) == []
