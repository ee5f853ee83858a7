"""Places without a street: what is called otherwise than today's is, and what only describes it."""

from unittest.mock import MagicMock

import pytest

from rcmail.drafting.checks import check, days
from rcmail.drafting.checks.draft import Draft
from rcmail.drafting.proposal import Source
from tests.drafting.room import asked, facts, source

HALL = "Village Hall, 3 Church Lane, Oxcombe"
FIRE = "Altes Spritzenhaus, Gerbergasse 17, 34466 Wolfenhagen"
MAISON = "Maison de quartier Les Tilleuls, rue du Moulin 8, Saint-Aubrey"
BRUG = "Wijkcentrum De Brug, Molenlaan 5"


def objected(text: str, place: str, *sources: Source, question: str = "Hello?") -> list[str]:
    """What is objected to as a place."""
    found = check(text, asked(question), sources, facts(event_location=place))
    return [text[each.start : each.end] for each in found if each.kind == "place"]


@pytest.mark.parametrize(
    ("place", "text", "wrong"),
    [
        (BRUG, "Je vindt ons op 5 december in de bibliotheek.", "bibliotheek"),
        (BRUG, "We zitten in zaal Concordia.", "zaal Concordia"),
        (BRUG, "Op 5 december zijn we er op de tweede verdieping.", "tweede verdieping"),
        (FIRE, "Wir treffen uns in der Grundschule, Gerbergasse 17.", "Grundschule"),
        (FIRE, "Sie finden uns im Rathaus.", "Rathaus"),
        (FIRE, "Am 5. Dezember sind wir im dritten Stock.", "dritten Stock"),
        (FIRE, "Wir sind im Alten Spritzenhaus, Gerbergasse 17, in Bebra.", "Bebra"),
        (HALL, "We meet in the Quaker Room on 5 December.", "Quaker Room"),
        (HALL, "You will find us at the library.", "library"),
        (HALL, "You will find us in Room 7.", "Room 7"),
        (HALL, "Come to the Village Hall in Thame on 5 December.", "Thame"),
        (MAISON, "Nous sommes à la salle Victor-Hugo.", "salle Victor-Hugo"),
        (MAISON, "Venez à la mairie le 5 décembre.", "mairie"),
        (MAISON, "Nous sommes au premier étage.", "premier étage"),
        (MAISON, "Venez rue du Moulin 8 à Verviers.", "Verviers"),
    ],
)
def test_a_place_that_stands_in_nothing_known_is_told(place: str, text: str, wrong: str) -> None:
    assert objected(text, place) == [wrong]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (BRUG, "Je vindt ons in het buurthuis, tegenover de bibliotheek."),
        (BRUG, "We zitten in De Brug in Utrecht, naast de kerk."),
        (BRUG, "In de keuken staat koffie, we zijn er op 5 december."),
        (BRUG, "We zijn niet meer in de school."),
        (BRUG, "You will find us in the community centre, Molenlaan 5."),
        (FIRE, "Unsere Handzettel liegen in der Bücherei."),
        (FIRE, "Wir sind am Rathaus vorbei, im alten Feuerwehrhaus, Gerbergasse 17."),
        (FIRE, "Wir sind im Alten Spritzenhaus in Wolfenhagen, hinter der Kirche."),
        (FIRE, "Wir sind in der Gerbergasse 17, in Ruhe und mit Kaffee."),
        (FIRE, "Der Bus hält am 5. Dezember an der Schule, Parken im Rathaus."),
        (HALL, "We are in the hall on 5 December, past the church and behind the school."),
        (HALL, "The bus stops at the library."),
        (HALL, "Come to the desk in the hall and take a number."),
        (HALL, "We are closed in the school holidays."),
        (HALL, "We zitten in het dorpshuis van Oxcombe."),
        (HALL, "You will find us in Oxcombe Village Hall, at 3 Church Lane."),
        (HALL, "There is tea in the kitchen, and we are in the Main Hall."),
        (MAISON, "Nous sommes dans la maison de quartier « Les Tilleuls » à Saint-Aubrey."),
        (MAISON, "Les affiches sont à la mairie et à la bibliothèque."),
        (MAISON, "Nous sommes derrière l'église, à côté de la mairie."),
        (MAISON, "We zijn in het buurthuis, rue du Moulin 8."),
        ("De Pastorie, Molenlaan 5", "We zitten in de kerk."),
    ],
)
def test_today_s_place_in_other_words_and_what_one_passes_are_not_told(place: str, text: str) -> None:
    assert objected(text, place) == []


def test_a_place_of_an_answer_from_the_present_house_is_known_and_that_of_another_house_is_not() -> None:
    here = source("?", "We are upstairs in the Quaker Room, at 3 Church Lane.")
    there = source("?", "We are in the Quaker Room, at 9 Mill Road.")
    text = "We meet in the Quaker Room on 5 December."
    assert objected(text, HALL, here) == []
    assert objected(text, HALL, there) == ["Quaker Room"]


@pytest.mark.parametrize(
    "text",
    [
        "We zitten niet meer in de school aan de Lindestraat 9.",
        "Nee, niet in de Lindestraat, maar in De Brug, Molenlaan 5.",
        "We zijn niet langer in zaal Concordia.",
        "Wir sind nicht mehr in der Grundschule an der Lindenstraße 9, sondern in De Brug.",
        "In der Lindenstraße 9 sind wir nicht mehr.",
        "Nicht in der Lindenstraße, sondern in der Molenlaan 5.",
        "We are no longer in Linden Road.",
        "We used to be in the Quaker Room in Linden Road.",
        "We're not in the Quaker Room any more.",
        "Nous ne sommes plus à la salle Victor-Hugo, rue des Lilas.",
        "Non, pas rue des Lilas, mais à la Molenlaan 5.",
    ],
)
def test_a_place_that_the_group_has_left_is_right(text: str) -> None:
    assert objected(text, BRUG) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("We zitten niet meer in de Lindestraat, maar in de Kerkstraat.", "Kerkstraat"),
        ("Je kunt ons niet missen in de Kerkstraat.", "Kerkstraat"),
        ("Nicht mehr in der Lindenstraße, sondern in der Kirchstraße.", "Kirchstraße"),
        ("You can't miss us in Church Lane.", "Church Lane"),
        ("No longer in Linden Road, but in Church Lane.", "Church Lane"),
        ("Non plus rue des Lilas, mais rue du Moulin.", "rue du Moulin"),
    ],
)
def test_where_it_is_instead_is_looked_at(text: str, wrong: str) -> None:
    assert objected(text, BRUG) == [wrong]


@pytest.mark.parametrize(
    ("past", "text"),
    [
        ("The ironmonger in Bridge Street sells them.", "Buy one at the ironmonger in Bridge Street."),
        (
            "Ze hebben ze bij de fietswinkel in de Stationsstraat.",
            "Koop hem bij de fietswinkel in de Stationsstraat.",
        ),
        (
            "Das Elektrogeschäft in der Lindenstraße hat sie.",
            "Das Elektrogeschäft in der Lindenstraße hat welche.",
        ),
        ("La mercerie, rue des Lilas, en a.", "Il y en a à la mercerie, rue des Lilas."),
    ],
)
def test_the_street_of_a_shop_that_a_past_answer_names_is_none_of_ours(past: str, text: str) -> None:
    assert objected(text, BRUG, source("?", past)) == []
    assert objected(text, BRUG) != []


@pytest.mark.parametrize(
    ("past", "text"),
    [
        ("We meet in Bridge Street.", "Buy one at the ironmonger in Bridge Street."),
        ("The ironmonger in Bridge Street sells them.", "Do come to Bridge Street."),
        ("We are in the old shop in Bridge Street.", "We are in the shop in Bridge Street."),
        ("We zitten in de winkel in de Stationsstraat.", "Koop hem bij de fietswinkel in de Stationsstraat."),
        ("Wir sind im Laden in der Lindenstraße.", "Der Laden in der Lindenstraße hat offen."),
        ("Nous sommes dans le magasin, rue des Lilas.", "Il y en a au magasin, rue des Lilas."),
    ],
)
def test_a_street_where_the_group_was_or_is_said_to_be_is_no_shop_s(past: str, text: str) -> None:
    assert objected(text, BRUG, source("?", past)) != []


@pytest.mark.parametrize(
    "text",
    [
        "Geachte mevrouw De Boer,\n\nkom gerust.",
        "Beste Karel De Wit,\n\nkom gerust.",
        "Hallo Het Lam,\n\nkom gerust.",
        "Hallo Mies! Dat kan, zegt meneer Den Ouden, als u vroeg bent.",
        "Sehr geehrte Frau De Boer,\n\nkommen Sie gern.",
        "Dear Mrs La Rue,\n\nplease come.",
        "Bonjour Madame Le Goff,\n\nvenez donc.",
    ],
)
def test_the_name_of_somebody_is_no_house(text: str) -> None:
    assert objected(text, BRUG) == []


@pytest.mark.parametrize("text", ["U kunt, De Boer, komen.", "Dit is voor Rie De Boer, of anders voor De Boer."])
def test_the_visitor_s_own_name_is_no_house(text: str) -> None:
    found = check(text, asked("Hello?", name="Rie De Boer"), [], facts(event_location=BRUG))
    assert [each for each in found if each.kind == "place"] == []


@pytest.mark.parametrize("text", ["Beste Rie,\n\nkom naar De Boer, graag.", "Welkom in Het Lam, zaterdag!"])
def test_another_house_with_an_article_is_one(text: str) -> None:
    assert len(objected(text, BRUG)) == 1


def test_however_many_streets_are_named_the_sentences_of_past_answers_are_told_apart_once() -> None:
    draft = Draft(
        "Come to Oak Lane 3. " * 50, asked("Hello?"), [source("Where?", "Buy it in Mill Lane.")], facts()
    )
    answers = MagicMock()
    answers.__iter__.side_effect = lambda: iter(["buy it in mill lane."])
    vars(draft)["folded_answers"] = answers
    assert len(list(days.look(draft))) == 50
    assert answers.__iter__.call_count == 1
