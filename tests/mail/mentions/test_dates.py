"""Days in every spelling of four languages, and weekdays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.mail.mentions import mentions

WRITTEN = date(2025, 1, 9)


def found(text: str, kind: str = "date", written: date = WRITTEN) -> list[tuple[str, object]]:
    return [(each.text, each.value) for each in mentions(text, written) if each.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "18 januari", "18 januari 2025", "18 jan. 2025", "18e januari", "18-1-2025", "18-01-25", "2025-01-18",
        "18. Januar", "18. Januar 2025", "18. Jänner", "18.1.2025", "18.01.", "18. 1. 2025", "18 Januar",
        "18.1.25",
        "18 January", "18th January 2025", "18th of January", "January 18", "January 18th, 2025", "Jan 18",
        "18 Jan",
        "18/01/2025", "18 janvier", "18 janvier 2025", "18 janv. 2025", "18 JANUARI", "18 januari van 2025",
    ],
)  # fmt: skip
def test_the_eighteenth_of_january_in_every_spelling(text: str) -> None:
    assert found(f"Kom langs op {text} om 14.00 uur.") == [(text, date(2025, 1, 18))]
    assert found(f"({text})") == [(text, date(2025, 1, 18))]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er mars", (2025, 3, 1)), ("3 août", (2025, 8, 3)), ("14 février", (2025, 2, 14)), ("2 juin",
        (2025, 6, 2)),
        ("2 juillet", (2025, 7, 2)), ("2 mei", (2025, 5, 2)), ("2 mrt", (2025, 3, 2)), ("4 oktober",
        (2025, 10, 4)),
        ("4 octobre", (2025, 10, 4)), ("4 Okt.", (2025, 10, 4)), ("4 décembre", (2024, 12, 4)),
        ("4 Dezember", (2024, 12, 4)), ("1. März", (2025, 3, 1)), ("1. Maerz", (2025, 3, 1)), ("5 May",
        (2025, 5, 5)),
        ("4 november 2024", (2024, 11, 4)), ("29 februari 2028", (2028, 2, 29)),
    ],
)  # fmt: skip
def test_other_months(text: str, day: tuple[int, int, int]) -> None:
    assert found(text) == [(text, date(*day))]


@pytest.mark.parametrize("text", ["4. Juli", "14 juin", "27 juni", "14 June", "14. März", "17 mei", "4 december"])
def test_the_full_stop_of_a_sentence_is_no_part_of_a_day(text: str) -> None:
    assert [day for day, _ in found(f"Bis zum {text}. Danach nicht.")] == [text]
    assert [day for day, _ in found(f"{text}.")] == [text]


def test_of_several_days_each_is_found() -> None:
    days = [date(2025, 1, 18), date(2025, 1, 19)]
    for text in ("18 en 19 januari", "18./19. Januar", "18 and 19 January", "18 et 19 janvier", "18-19 januari"):
        assert [day for _, day in found(text)] == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("zaterdag 18", (2025, 1, 18)), ("Samstag, den 18.", (2025, 1, 18)), ("samedi 18", (2025, 1, 18)),
        ("Saturday the 18th", (2025, 1, 18)), ("See you on the 11th!", (2025, 1, 11)), ("za 18/1", (2025, 1, 18)),
    ],
)  # fmt: skip
def test_a_day_beside_its_weekday_needs_no_month(text: str, day: tuple[int, int, int]) -> None:
    assert [value for _, value in found(text)] == [date(*day)]


@pytest.mark.parametrize(
    "text",
    [
        "on {18/1}, from 2 pm", "op {18/1} om 14 uur", "op {18-1}, graag", "am {18/1} ab 14 Uhr",
        "am {18.1} ab 14 Uhr",
        "le {18/1}", "le {18.1} de 14 h à 17 h", "le {18-1}", "jusqu'au {18/1}", "by {18/1}", "until {18/1}",
        "van {18/1} tot later",
        "zat. {18/1}", "Saturday ({18/1})", "de volgende keer ({18/1})", "on {1/18}", "before {1/18}.",
        "am {achtzehnten Januar}", "der {achtzehnte Januar}", "den {18ten Januar}", "{achttien januari}",
        "de {achttiende januari}", "the {eighteenth of January}", "{January the eighteenth}",
        "{January eighteenth}",
        "le {dix-huit janvier}", "le {dix huit janvier 2025}", "on the {eighteenth}, from 2", "op de {18e}",
        "op de {achttiende} om 14.00 uur", "am {18.}", "am {achtzehnten} ab 14 Uhr", "le {dix-huit}",
        "Saturday the {eighteenth}", "zaterdag de {18de}", "Samstag, den {achtzehnten}", "samedi {dix-huit}",
    ],
)  # fmt: skip
def test_the_eighteenth_in_bare_digits_and_in_words(text: str) -> None:
    said = text[text.index("{") + 1 : text.index("}")]
    assert found(text.replace("{", "").replace("}", "")) == [(said, date(2025, 1, 18))]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("dreißigsten Mai", (2025, 5, 30)), ("einundzwanzigsten März", (2025, 3, 21)),
        ("ersten Mai", (2025, 5, 1)),
        ("tweeëntwintig juni", (2025, 6, 22)), ("eenendertigste maart", (2025, 3, 31)), ("twee mei", (2025, 5, 2)),
        ("thirty-first of May", (2025, 5, 31)), ("twenty second of June", (2025, 6, 22)),
        ("premier mai", (2025, 5, 1)),
        ("trente et un mars", (2025, 3, 31)), ("vingt-deux juin", (2025, 6, 22)), ("zwölften Juni", (2025, 6, 12)),
    ],
)  # fmt: skip
def test_other_days_in_words(text: str, day: tuple[int, int, int]) -> None:
    assert found(text) == [(text, date(*day))]


def test_of_several_days_in_bare_digits_each_is_found() -> None:
    for text in ("on 18/1 and 15/2", "op 18/1, 15/2", "le 18/1 et 15/2", "am 18/1 und 15/2"):
        assert [day for _, day in found(text)] == [date(2025, 1, 18), date(2025, 2, 15)]


@pytest.mark.parametrize(
    "text",
    [
        "14.00 uur", "von 14.00 bis 17.00", "3.50 Euro", "Version 1.2.3", "06-555 01 23", "Havenstraat 12",
        "1/2 uur",
        "in March we may repair 14 bikes", "maandag 2 fietsen", "31 februari 2025", "45-13-2025", "these 2 may be",
        "10/12", "in mei", "zaterdag 14 uur", "Samstag 14-17 Uhr", "the 2nd floor", "on the 3rd floor",
        "artikel 12.5",
        "march 5 bikes", "IP 10.12.14.1", "",
        "after 1/2 hour", "na 1/2 uur", "open 24/7", "we zijn 24/7 open", "vul hem tot 3/4.",
        "serrez d'1/4 de tour",
        "le 1/4 du temps", "op 5-12 meter", "am 5-12 cm langen Kabel", "on 2.4 GHz", "le 3.5 mm",
        "gewonnen met 3-2",
        "Havenstraat 5/12", "nr. 3/4", "on 5-10 minutes", "from 2/3 to 3/4", "ca. 2-3 Stunden", "(3/5)",
        "foto (2/12)",
        "au 10/12 rue du Port", "le 10/12, rue du Port", "06-12 34 56 78", "op 3.5 volt", "the second of may",
        "5-12",
        "op 2-3 plekken", "plutôt que du neuf.", "mieux que le neuf,", "on the third floor",
        "by the fifth attempt", "op de 2e verdieping", "op de vijfde van links",
        "am dritten Tag",
        "am besten", "am 5. Tisch", "in the first place", "le deuxième", "le huit cylindres", "acht mensen",
        "these five may be", "zaterdag vijf vrijwilligers", "on the first, we", "vijf marsen", "dix sept euros",
    ],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    assert found(text) == []


def test_who_wrote_on_a_day_is_no_hour_and_no_name() -> None:
    assert [(each.kind, each.text) for each in mentions("14 maart schreef mijn man", WRITTEN)] == [
        ("date", "14 maart")
    ]


def test_a_day_without_a_year_is_the_one_after_the_text_or_shortly_before() -> None:
    december = date(2026, 12, 20)
    assert found("tot 17 januari", written=december) == [("17 januari", date(2027, 1, 17))]
    assert found("het was 13 december", written=december) == [("13 december", date(2026, 12, 13))]


@pytest.mark.parametrize(
    "text",
    [
        "zaterdag", "Zaterdagmiddag", "zaterdags", "Samstag", "samstags", "Samstagnachmittag", "Sonnabend",
        "Saturday",
        "Saturdays", "samedi", "SAMEDI", "za 18 januari", "Sa., 18.1.2025", "Sat 18 Jan", "sam. 18 janvier",
        "Sat, 18 Jan",
    ],
)  # fmt: skip
def test_saturday_in_every_spelling(text: str) -> None:
    assert [value for _, value in found(text, "weekday")] == [5]


@pytest.mark.parametrize(
    "text", ["so", "do it", "mi casa", "ma mère", "di", "We do 5 things", "sat down", "fri", "mon ami"]
)
def test_a_short_weekday_is_one_only_before_a_day(text: str) -> None:
    assert found(text, "weekday") == []


@pytest.mark.parametrize("written", [date.min, date.max])
def test_a_mail_may_say_that_it_is_of_the_first_day_or_the_last(written: date) -> None:
    for text in (
        "5 May",
        "on 21/11",
        "zaterdag 18",
        "kom volgende maand",
        "deze zaterdag",
        "eerste zaterdag van volgende maand",
    ):
        mentions(text, written)


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.integers(-40, 300))
def test_a_day_in_digits_is_that_day_whenever_it_was_written(day: date, away: int) -> None:
    written = day - timedelta(days=away)
    for text in (day.isoformat(), f"{day:%d.%m.%Y}", f"{day:%d-%m-%y}", f"{day.day}/{day.month}/{day.year}"):
        assert found(f"op {text}, dan", written=written) == [(text, day)]
