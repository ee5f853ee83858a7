"""Streets and named buildings."""

from datetime import date

import pytest

from rcmail.mail.mentions import mentions


def places(text: str) -> list[str]:
    return [each.text for each in mentions(text, date(2025, 1, 9)) if each.kind == "place"]


@pytest.mark.parametrize(
    "place",
    [
        "Havenstraat 12", "Molenlaan 5", "Havenstraat 12a", "Kerkplein 3", "Bahnhofstraße 3a", "Bahnhofstrasse 3",
        "Hafenstr. 12", "Lindenallee 4", "Marktplatz 1", "Lange Straße 5", "Am Markt 3", "12 Harbour Lane",
        "5 Mill Lane", "17 Upper High Street", "12 rue du Port", "4 avenue de la Gare", "12, rue du Port",
        "rue du Port 12", "Singelweg 8", "Havenplein", "Singelweg", "Wiekstraat", "Mill Lane", "rue du Moulin",
        "Buurthuis Het Anker", "Wijkcentrum De Brug", "Gemeindehaus St. Martin", "Bürgerhaus Alte Post",
        "community centre The Anchor", "Mill Lane Community Centre", "maison de quartier Le Phare",
        "Dorpshuis 't Trefpunt",
        "salle des fêtes Jean Moulin", "Nachbarschaftshaus Lindenhof", "Het Anker", "De Brug",
    ],
)  # fmt: skip
def test_a_place_is_found_as_it_is_written(place: str) -> None:
    assert places(f"we zijn er in {place}, tot dan") == [place]
    assert places(f"Zaterdag 5 december 2026, 14-17 u, {place}.") == [place]
    assert places(f"(bij {place})") == [place]


def test_house_and_street_are_two() -> None:
    assert places("Wijkcentrum De Brug (Molenlaan 5)") == ["Wijkcentrum De Brug", "Molenlaan 5"]
    assert places("Het Anker, Havenstraat 12, 14–17 Uhr.") == ["Het Anker", "Havenstraat 12"]


def test_what_follows_a_street_is_no_number_of_a_house() -> None:
    assert places("op de Molenlaan 5 december") == ["Molenlaan"]
    assert places("Havenstraat 14.00 uur") == ["Havenstraat"]
    assert places("im Gemeindehaus St. Martin am Freitag") == ["Gemeindehaus St. Martin"]


def test_the_value_is_folded() -> None:
    [found] = mentions("Bürgerhaus „Süd“, Straße", date(2025, 1, 9))
    assert found.value == "burgerhaus sud"
    [found] = mentions("in de Bahnhofstraße 3", date(2025, 1, 9))
    assert found.value == "bahnhofstrasse 3"


@pytest.mark.parametrize(
    "text",
    [
        "achter het wijkcentrum", "in the library, 200 m away", "naar de milieustraat", "auf dem Parkplatz",
        "im Innenhof",
        "der Dichtungsring 12", "Onderweg", "Repair Café De Brug", "De fiets is stuk",
        "Het lukt. De Duitse dealer kan het.",
        "Am Samstag 14 Uhr", "zum Wertstoffhof", "Supermarkt", "La lampe", "Le dérailleur se règle",
        "place à table",
        "Die Straße ist gesperrt", "We meet on Saturday", "Le 5 décembre", "De Samstag", "",
    ],
)  # fmt: skip
def test_what_is_no_place(text: str) -> None:
    assert places(text) == []
