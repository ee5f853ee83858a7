"""Money, telephone numbers, addresses of mail, names of people; and texts that want to do harm."""

import time
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rcmail.mail.mentions import mentions
from rcmail.mail.mentions.money import Amount, is_among

WRITTEN = date(2025, 1, 9)


def values(text: str, kind: str) -> list[Any]:
    return [each.value for each in mentions(text, WRITTEN) if each.kind == kind]


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("€ 2,50", "2.50"), ("€2.50", "2.50"), ("2,50 €", "2.50"), ("2.50 euro", "2.50"), ("EUR 5", "5"),
        ("5 EUR", "5"),
        ("2 euro", "2"), ("twee euro", "2"), ("fünf Euro", "5"), ("deux euros", "2"), ("twenty euros", "20"),
        ("€ 5,-", "5"), ("5,- €", "5"), ("1.250 euro", "1250"), ("€ 1.250,75", "1250.75"), ("50 cent", "0.50"),
        ("80 ct", "0.80"), ("vijftig cent", "0.50"), ("20 euro's", "20"), ("€\xa03", "3"),
        ("vierendertig euro", "34"), ("acht Euro fünfzig", "8.50"), ("trois euros vingt", "3.20"),
        ("6 euro 50", "6.50"), ("vingt et un euros", "21"), ("een euro of acht", "8"), ("fünf-Euro", "5"),
        ("douzaine d'euros", "12"), ("tiental euro", "10"), ("€1,250", "1250"), ("trente centimes", "0.30"),
    ],
)  # fmt: skip
def test_an_amount_in_every_spelling(text: str, euros: str) -> None:
    assert values(f"Dat kost {text} per stuk.", "money") == [Amount(Decimal(euros))]


@pytest.mark.parametrize(
    ("text", "number", "currency"),
    [
        ("£3.20", "3.20", "GBP"), ("£ 12", "12", "GBP"), ("8 pounds", "8", "GBP"), ("nine pounds forty", "9.40",
        "GBP"),
        ("seven quid", "7", "GBP"), ("a quid", "1", "GBP"), ("GBP 15", "15", "GBP"), ("15 GBP", "15", "GBP"),
        ("20p", "0.20", "GBP"), ("eighty pence", "0.80", "GBP"), ("vier pond", "4", "GBP"), ("een pond of twaalf",
        "12", "GBP"),
        ("elf Pfund", "11", "GBP"), ("neuf livres sterling", "9", "GBP"), ("$9.99", "9.99", "USD"), ("9 dollars",
        "9", "USD"),
        ("CHF 4.50", "4.50", "CHF"), ("14 Franken", "14", "CHF"), ("deux francs", "2", "CHF"),
        ("quinzaine de francs", "15", "CHF"),
        ("Fr. 8.-", "8", "CHF"), ("Fr. 8.--", "8", "CHF"), ("8 Fr", "8", "CHF"), ("sFr. 8.50.-", "8.50", "CHF"),
        ("CHF 8.-", "8", "CHF"), ("€ 8,-", "8", "EUR"), ("8.-", "8", ""), ("8.--", "8", ""), ("8,-", "8", ""),
        ("fiver", "5", ""), ("two tenners", "20", ""), ("drie tientjes", "30", ""), ("een tientje of vier", "40",
        ""),
        ("einen Zwanziger", "20", ""), ("biljet van vijf", "5", ""), ("billet de dix", "10", ""),
    ],
)  # fmt: skip
def test_an_amount_of_another_currency(text: str, number: str, currency: str) -> None:
    assert values(f"Dat kost {text}.", "money") == [Amount(Decimal(number), currency)]


def test_of_two_amounts_both_are_found() -> None:
    for text in (
        "3-5 euro", "3 tot 5 euro", "3 bis 5 €", "3 to 5 euros", "3 à 5 €", "€ 3-5", "€ 3 of € 5",
        "drei bis fünf Euro",
    ):  # fmt: skip
        assert values(text, "money") == [Amount(Decimal(3)), Amount(Decimal(5))]
    assert values("£500–£3,000", "money") == [Amount(Decimal(500), "GBP"), Amount(Decimal(3000), "GBP")]
    assert values("£3-5, or £3 to £5", "money") == 2 * [Amount(Decimal(3), "GBP"), Amount(Decimal(5), "GBP")]


def test_an_amount_is_known_where_its_number_and_its_currency_are() -> None:
    told = [Amount(Decimal(10), "GBP"), Amount(Decimal("0.5")), Amount(Decimal(5), "")]
    assert is_among(Amount(Decimal("10.00"), "GBP"), told)
    assert is_among(Amount(Decimal(10), ""), told), "a tenner is ten of whatever one pays with"
    assert is_among(Amount(Decimal(5), "GBP"), told)
    assert not is_among(Amount(Decimal(10)), told)
    assert not is_among(Amount(Decimal(20), ""), told)


@pytest.mark.parametrize(
    "text",
    [
        "5 stuks", "neuro 5", "procent", "2,50", "14.00 uur", "centrum 5", "euro", "a few pounds", "1080p",
        "at 2p.m.",
        "it weighs ten pounds", "weegt zeven pond", "wiegt acht Pfund", "trois livres sur les vélos",
        "mit einem Zehner-Schlüssel", "einen Zehner Schlüssel", "ein Zehner passt", "12 p", "Fr. 13.3.",
        "5 euroschroeven", "the pound shop", "libre", "une dizaine de vis", "een pond koffie",
        "ein Pfund Schrauben", "two pounds of sugar",
        "un franc succès", "een 2p-stekker", "Frankenstraat 5", "2 stuks per tien",
    ],
)  # fmt: skip
def test_what_is_no_amount(text: str) -> None:
    assert values(text, "money") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("06-555 01 23", "065550123"), ("+31 6 12345678", "+31612345678"), ("0049 2821 12345", "0049282112345"),
        ("(0)6 1234 5678", "612345678"), ("02821/12345", "0282112345"), ("+49 (0)2821 123456", "+492821123456"),
        ("01 23 45 67 89", "0123456789"), ("tel. 555 123", "555123"),
    ],
)  # fmt: skip
def test_a_telephone_number(text: str, number: str) -> None:
    assert values(f"Bel even naar {text}, dank.", "phone") == [number]


@pytest.mark.parametrize(
    "text", ["14.00-17.00", "18-01-2025", "2025-01-18", "€ 0.50", "0,5 l", "Molenlaan 05", "37-622", "0800"]
)
def test_what_is_no_telephone_number(text: str) -> None:
    assert values(text, "phone") == []


@pytest.mark.parametrize(
    "text",
    [
        "You can ring Joan: 416 555-0182.", "Mein Handy: (604) 555-0137, danke.", "Ma ligne est le 819.555.0144.",
        "Mijn nummer is 1-416-555-0182.", "Vous pouvez nous joindre au 1 800 555-0173.", "Reach us at 4165550182.",
        "Text me on 416 555 0182!", "We zijn bereikbaar op 4165550182.", "Wir sind erreichbar unter 4165550182.",
        "Appelez-nous au téléphone : 4165550182.", "Call +1 (416) 555-0182.",
    ],
)  # fmt: skip
def test_a_telephone_number_of_north_america(text: str) -> None:
    assert len(found := values(text, "phone")) == 1
    assert len(found[0]) == 10  # with and without the 1 before it


@pytest.mark.parametrize(
    "text",
    [
        "It is model 416 555-0182.", "Part no. 416-555-0182 is what you need.", "Artikelnummer: 416 555 0182",
        "La référence 416-555-0182 convient.", "Type 416.555.0182 past.", "Das kostet € 416 555 0182.",
        "416 555 0182 mm", "ISBN 978-416-555-0182", "DE89 416 555 0182", "2 416 555 0182", "416 555 0182 kg",
        "2027-416-555", "van 250 x 300 x 1200", "012345 416 555-0182-3", "EAN 4165550182", "416 155 0182",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_number_of_north_america(text: str) -> None:
    assert [each for each in values(text, "phone") if not each.startswith("0")] == []


def test_an_address_of_mail() -> None:
    text = "Mail a.b+c@Example.org, <x@y.example> of foo@bar."
    assert values(text, "address") == ["a.b+c@example.org", "x@y.example"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Beste Annelies,\n\nJa.\n\nHartelijke groet,\nMieke\nRepair Café De Brug", ["annelies", "mieke"]),
        ("Liebe Frau Kellenbrink,\n\nja.\n\nViele Grüße\nSabine\n(Team Repair Café De Brug)", ["kellenbrink",
        "sabine"]),
        ("Hi Owen,\n\nYes.\n\nAll the best,\nLuc", ["owen", "luc"]),
        ("Bonjour Célestin,\n\nOui.\n\nBien à vous,\nLuc", ["celestin", "luc"]),
        ("Dear Mrs Grimshaw,\nYes.\nKind regards, Luc", ["grimshaw", "luc"]),
        ("Beste mevrouw van der Berg,\nJa.\nGroet, Gerrit", ["berg", "gerrit"]),
        ("Guten Tag Frau Pfefferkorn-Lenz,\nja.", ["pfefferkorn lenz"]),
        ("Hallo,\nja.\nGruss, Gerrit", ["gerrit"]),
        ("Beste allemaal,\nkan dat?\nGroeten,\nWim de Vries", ["wim de vries"]),
        ("Mijn broodrooster is stuk.", []),
        ("", []),
    ],
)  # fmt: skip
def test_who_is_greeted_and_who_signs(text: str, names: list[str]) -> None:
    assert values(text, "name") == names


def is_right(text: str) -> None:
    found = mentions(text, WRITTEN)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(each.start < each.end for each in found)


PIECES = (
    "14 17 5 00 30 . : - – , / ( ) € uur u Uhr h pm am tot bis to à van de half kwart voor vier quarter januari"
    " Jan Mai maart 2025 zaterdag Sa euro Het Anker Buurthuis Straße straat rue du Lane Hallo Groet \n @ a.b"
    " org + 06 et demie £ p pond quid fifty een of tientje CHF dizaine d'euros"
    " morgen next week eerste zaterdag van de maand kom open over twee"
)


@given(st.lists(st.sampled_from(PIECES.split(" ")) | st.text(max_size=3), max_size=30), st.sampled_from(["", " "]))
@settings(max_examples=300)
def test_any_text_gives_places_that_are_in_it_and_do_not_overlap(pieces: list[str], between: str) -> None:
    is_right(between.join(pieces))


@given(st.text(max_size=200))
def test_any_letters_at_all_do_no_harm(text: str) -> None:
    is_right(text)


HOSTILE = [
    " ", "\n", " \n", "1", "1 ", "1 \n", "12 ,", "0 0 ", "14-", "14 tot ", "14.00-17.00 uur ", "A", "Aa ", "A-",
    "A'", "De A",
    "Het Anker ", "van ", "06-", "+", "(0", "€ 1.", "1.000.", "half ", "tien voor ", "1 voor ", "twee tot ",
    "1 heures et ",
    "Groet, \n", "Hoi Jan Piet ", "1 maart ", "januari 1 ", "18.1.", "2025-01-", "@", "a@b.", "a.",
    "buurthuis ", "rue de la ",
    "Buurthuis Het ", "1 rue A A A ", "'s middags ", "1 p.m. ", "“a ", "Mill Lane Mill ", "zaterdag 1 ",
    "on the 1st ", "tel. 1 ",
    "İ", "\u0301", "ß1", "on 1/1 ", "1/1 and ", "am 1.", "op de 1e ", "on the first ", "le dix ", "zaterdag de ",
    "vijf december ", "abcdefghijklm-", "december twenty ", "zaterdag (1/1", "vingt et ",
    "morgen ", "volgende week ", "kom morgen ", "this ", "next Saturday ", "zaterdag ", "zaterdag over ",
    "first Saturday of ",
    "eerste en ", "in 1 week ", "eerste zaterdag van de maand ", "heute ", "open today ",
    "a-a-", "vijf tot vijf ", "£1,", "een pond of ", "euro ", "tientje ", "pound pound ", "twee tientjes ",
    "einen Zehner ", "dizaine d'", "biljet van ", "abcdefghijklmnopqrstuvw-", "vingt et un ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_text_of_a_hundred_kilobytes_is_read_in_bounded_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    mentions(text, WRITTEN)
    assert time.process_time() - began < 5  # what is linear takes one, what is quadratic minutes


def test_twice_the_text_takes_twice_the_time() -> None:
    def seconds(text: str) -> float:
        began = time.process_time()
        mentions(text, WRITTEN)
        return time.process_time() - began

    text = "Zaterdag 5 december, 13-16.30 uur, Wijkcentrum De Brug, Molenlaan 5, 3 tot 5 euro. "
    mentions(text, WRITTEN)
    assert seconds(text * 1000) < 40 * seconds(text * 100)


def test_what_comes_late_in_a_long_text_is_not_looked_at() -> None:
    assert mentions("x " * 60_000 + "om 14.00 uur", WRITTEN) == []


def test_a_value_is_a_plain_day() -> None:
    [found] = mentions("op 18 januari", WRITTEN)
    assert not isinstance(found.value, datetime)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Ein Stecker kostet Fr. 8 bei uns.", ["8"]),
        ("La fiche coûte 8 fr. chez nous.", ["8"]),
        ("Von 8 Fr. bis 12 Fr.", ["8", "12"]),
        ("Am Fr. 8. Dezember sind wir da.", []),
        ("Fr. 8.12. und Sa. 9.12.", []),
        ("Fr. 14 bis 17 Uhr", []),
        ("Mo-Fr. 14 Uhr, Do 18 Fr 20 Uhr", []),
        ("Das kostet nichts, Fr. 14-17 Uhr.", []),
        ("1.-3. Dezember", []),
    ],
)
def test_a_short_franc_is_no_friday(text: str, amounts: list[str]) -> None:
    found = [str(each.value.number) for each in mentions(text, date(2027, 6, 1)) if each.kind == "money"]
    assert found == amounts
