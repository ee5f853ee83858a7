"""Hours and spans of them, in every spelling of four languages."""

from datetime import date

import pytest

from rcmail.mail.mentions import mentions

WRITTEN = date(2025, 1, 9)


def times(text: str) -> list[str]:
    """Each as ``14:00`` or ``14:00-17:00``."""
    found = [each for each in mentions(text, WRITTEN) if each.kind == "time"]
    return ["-".join(f"{hour:%H:%M}" for hour in each.value if hour) for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "14:00-17:00", "14.00 - 17.00 uur", "14.00–17.00", "14 tot 17 uur", "14u tot 17u", "14-17 u",
        "14u00 - 17u00",
        "van 14:00 uur tot 17:00 uur", "van 14 tot en met 17 uur", "tussen 14.00 en 17.00 uur",
        "van twee tot vijf uur",
        "14 t/m 17 uur", "van 2 tot 5 uur", "2 tot 5 uur 's middags", "zaterdag 14-17, Molenlaan",
        "17 maart, 14-17 u",
        "von 14 bis 17 Uhr", "14–17 Uhr", "14.00 bis 17.00 Uhr", "zwischen 14 und 17 Uhr", "14 Uhr bis 17 Uhr",
        "von zwei bis fünf Uhr", "14:00 Uhr – 17:00 Uhr", "von 14 bis 17",
        "2 to 5 pm", "2pm-5pm", "2 p.m. to 5 p.m.", "2:00 - 5:00 PM", "from 2 until 5pm", "from two to five pm",
        "between 2 and 5 pm", "2–5pm", "14:00 to 17:00", "2 to 5 in the afternoon", "open from 2 to 5.",
        "de 14h à 17h", "14 h – 17 h", "de 14 heures à 17 heures", "14h00-17h00", "entre 14 h et 17 h",
        "de 14h00 jusqu'à 17h00", "14 à 17 heures",
    ],
)  # fmt: skip
def test_from_two_to_five_in_every_spelling(text: str) -> None:
    assert times(text) == ["14:00-17:00"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("13–16.30 Uhr", "13:00-16:30"), ("13-16.30 u", "13:00-16:30"), ("1 to 4.30 pm", "13:00-16:30"),
        ("13 h – 16 h 30", "13:00-16:30"), ("13h-16h30", "13:00-16:30"), ("9 tot 12 uur", "09:00-12:00"),
        ("11 to 2 pm", "11:00-14:00"), ("10 am - 2 pm", "10:00-14:00"), ("9 to 11 am", "09:00-11:00"),
        ("12 to 3 pm", "12:00-15:00"), ("weekdays 9 to 5", "09:00-17:00"), ("13. Juni 13-16.30, hier",
        "13:00-16:30"),
        ("19 bis 21 Uhr", "19:00-21:00"), ("half drie tot vijf", "14:30"), ("13–16.30 Uhr am Samstag",
        "13:00-16:30"), ("13-16.30 am 5. Mai", "13:00-16:30"),
    ],
)  # fmt: skip
def test_other_spans(text: str, meant: str) -> None:
    assert times(text) == [meant]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("half drie", "14:30"), ("half 3", "14:30"), ("tot half vijf.", "16:30"), ("half een", "12:30"),
        ("kwart voor vier", "15:45"), ("kwart over drie", "15:15"), ("kwart voor 4", "15:45"),
        ("vijf voor half vier", "15:25"), ("tien over half drie", "14:40"), ("om tien over drie", "15:10"),
        ("om vijf voor vier", "15:55"), ("om drie uur", "15:00"), ("14.30 uur", "14:30"), ("tot 15.45", "15:45"),
        ("om 14u30", "14:30"), ("vanaf 13 uur", "13:00"), ("om 2 uur", "14:00"), ("om 9 uur 's ochtends", "09:00"),
        ("8 uur 's avonds", "20:00"), ("rond 13.00 uur", "13:00"), ("elf uur", ""), ("tot elf uur", "11:00"),
        ("halb vier", "15:30"), ("Viertel vor vier", "15:45"), ("viertel nach drei", "15:15"),
        ("dreiviertel vier", "15:45"),
        ("um zehn nach drei", "15:10"), ("fünf vor halb vier", "15:25"), ("drei Uhr", "15:00"), ("15 Uhr 45",
        "15:45"),
        ("15.45 Uhr", "15:45"), ("ab 13 Uhr", "13:00"), ("um 20 Uhr", "20:00"), ("3 Uhr nachmittags", "15:00"),
        ("um 9 Uhr morgens", "09:00"), ("gegen 15:30", "15:30"),
        ("quarter to four", "15:45"), ("a quarter past three", "15:15"), ("half past two", "14:30"),
        ("half two", "14:30"),
        ("twenty past three", "15:20"), ("at ten to four", "15:50"), ("3.45 pm", "15:45"), ("3:45pm", "15:45"),
        ("in by 3.45)", "15:45"), ("last entry 3.45", "15:45"), ("Come before 3.", "15:00"), ("We close at 5.",
        "17:00"),
        ("at 2 o'clock", "14:00"), ("pick it up at four?", "16:00"), ("om drie.", "15:00"), ("two o'clock",
        "14:00"), ("at noon", "12:00"), ("9 am", "09:00"), ("12 pm",
        "12:00"),
        ("12 am", "00:00"), ("three pm", "15:00"), ("8 in the evening", "20:00"),
        ("trois heures et quart", "15:15"), ("quatre heures moins le quart", "15:45"), ("trois heures et demie",
        "15:30"),
        ("15 h 45", "15:45"), ("15h45", "15:45"), ("à 16 h", "16:00"), ("16 heures trente", "16:30"), ("à midi",
        "12:00"),
        ("à trois heures", "15:00"), ("quatre heures moins dix", "15:50"), ("dès 13 h", "13:00"),
        ("à quinze heures", "15:00"), ("vers dix-huit heures", "18:00"), ("um vierzehn Uhr", "14:00"),
        ("om zestien uur", "16:00"),
        ("3 heures de l'après-midi", "15:00"), ("avant 9 heures du matin", "09:00"),
    ],
)  # fmt: skip
def test_hours_alone(text: str, meant: str) -> None:
    assert times(text) == ([meant] if meant else [])


@pytest.mark.parametrize(
    "text",
    [
        "€ 12.30", "12.30 euro", "12,30 €", "1.20 per uur", "3-5 euro", "3 tot 5 euro", "kost 14.50",
        "vanaf 12.50 per stuk",
        "artikel 12.5", "artikel 12.50", "versie 3.10", "v14.30", "§ 4.15", "192.168.10.12", "Firmware 10.15.7",
        "duurt 2 uur", "een uur", "minstens een uur", "anderhalf uur", "1,5 uur", "1/2 uur", "24 h", "24 uur",
        "48 uur",
        "20 tot 60 minuten", "dure 2 heures", "eine Stunde", "an hour", "within 2 hours", "2 stuks", "14 maart",
        "12-14 maart",
        "half jaar", "half an hour", "een half brood", "twee voor drie euro", "van 2 tot 5 personen",
        "from 2 to 5 people",
        "Havenstraat 12", "bus 4 stopt", "nr. 14", "90 %", "28 Zoll", "37-622", "10 x 14", "14 cm", "12 volt",
        "maat 16-18",
        "1:100000", "13:75", "25:00", "tien voor twee euro", "un quart d'heure", "l'après-midi", "een kwartier",
        "",
        "comptez deux à trois heures", "comptez 2 à 3 heures", "il faut une ou deux heures",
        "reken op een tot twee uur",
        "reken 2 tot 3 uur", "reken op drie of vier uur", "prévoyez 1 à 2 heures en tout",
        "2 in een keer", "um 9 am besten", "met 4 draden", "drie kwartier", "06-12 34 56 78", "18.1.2025",
        "2025-01-18",
    ],
)  # fmt: skip
def test_what_is_no_hour_of_the_day(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("kwart over twee tot vijf uur", ["14:15", "17:00"]), ("half drie tot vijf uur", ["14:30", "17:00"]),
        ("de une à trois heures", ["13:00-15:00"]), ("samedi, de 2 à 5 heures", ["14:00-17:00"]),
    ],
)  # fmt: skip
def test_the_end_of_a_span_is_an_hour_where_its_beginning_is_one(text: str, meant: list[str]) -> None:
    assert times(text) == meant


def test_what_stands_around_a_time_is_no_part_of_it() -> None:
    text = "Zaterdag 5 december, 13.00-16.30 uur (binnen tot 15.45 uur), Molenlaan 5."
    assert [each.text for each in mentions(text, WRITTEN) if each.kind == "time"] == [
        "13.00-16.30 uur",
        "15.45 uur",
    ]


def test_a_line_that_is_wrapped_has_the_same_hours() -> None:
    assert times("van 14.00 tot\n17.00 uur") == ["14:00-17:00"]
    assert times("14 h\xa030") == ["14:30"]
