"""What was asked and is not there, and what only looks so."""

import pytest

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
