"""Days that count from the day they are written, and weekdays by their number in a month."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.mail.mentions import mentions
from rcmail.mail.mentions.nth import Rule

MONDAY = date(2027, 6, 14)
SATURDAYS = [MONDAY + timedelta(days=5 + 7 * more) for more in range(4)]


def days(text: str, written: date = MONDAY) -> list[tuple[str, list[date]]]:
    return [(each.text, sorted(each.value)) for each in mentions(text, written) if each.kind == "days"]


def found(text: str, kind: str, written: date = MONDAY) -> list[object]:
    return [each.value for each in mentions(text, written) if each.kind == kind]


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("this Saturday", [0]), ("this coming Saturday", [0]), ("coming Saturday", [0]), ("next Saturday", [0, 1]),
        ("Saturday week", [1]), ("a week on Saturday", [1]), ("Saturday next week", [1]),
        ("next week on Saturday", [1]),
        ("Saturday in a week's time", [1]), ("Saturday in two weeks", [2]), ("Saturday fortnight", [2]),
        ("Saturday after next", [1, 2]), ("Saturday of this week", [0]),
        ("deze zaterdag", [0]), ("komende zaterdag", [0]), ("aanstaande zaterdag", [0]),
        ("zaterdagmiddag a.s.", [0]),
        ("volgende zaterdag", [0, 1]), ("volgende week zaterdag", [1]), ("zaterdag van volgende week", [1]),
        ("zaterdag over een week", [1]), ("zaterdag over 14 dagen", [2]), ("over drie weken op zaterdag", [3]),
        ("diesen Samstag", [0]), ("kommenden Samstag", [0]), ("nächsten Samstag", [0, 1]),
        ("übernächsten Samstag", [1]), ("Samstag nächster Woche", [1]), ("nächste Woche Samstag", [1]),
        ("Samstag in einer Woche", [1]), ("Samstag in acht Tagen", [1]), ("Sonnabend in zwei Wochen", [2]),
        ("ce samedi", [0]), ("samedi qui vient", [0]), ("samedi prochain", [0, 1]), ("prochain samedi", [0, 1]),
        ("samedi matin prochain", [0, 1]), ("samedi en huit", [1]), ("samedi en quinze", [2]),
        ("samedi en 8", [1]), ("zaterdag aanstaande", [0]),
        ("Samstag übernächster Woche", [2]), ("Samstag in der übernächsten Woche", [2]),
        ("samedi de la semaine prochaine", [1]), ("samedi dans deux semaines", [2]),
    ],
)  # fmt: skip
def test_a_saturday_that_counts_from_the_day_of_the_text(text: str, weeks: list[int]) -> None:
    assert days(f"Also {text}, then") == [(text, [SATURDAYS[each] for each in weeks])]


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_the_saturday_to_come_is_one_within_a_week(written: date) -> None:
    for text in ("this Saturday", "komende zaterdag", "diesen Samstag", "ce samedi"):
        [(_, meant)] = days(text, written)
        assert all(day.weekday() == 5 and written <= day <= written + timedelta(days=7) for day in meant)
        [(_, later)] = days({"this Saturday": "Saturday week"}.get(text, "samedi en huit"), written)
        assert {day + timedelta(days=7) for day in meant} <= set(later)


@pytest.mark.parametrize(
    "text",
    [
        "Aanstaande zaterdag is er koffie.",
        "Next Saturday is fine.",
        "Diesen Samstag ist offen.",
        "Zijn jullie deze zaterdag open?",
        "Habt ihr nächsten Samstag offen?",
    ],
)
def test_what_follows_makes_it_no_other_day(text: str) -> None:
    assert len(days(text)) == 1


def test_on_a_saturday_this_one_is_that_day_or_the_one_after() -> None:
    saturday = SATURDAYS[0]
    assert days("this Saturday", saturday) == [("this Saturday", SATURDAYS[:2])]
    assert days("next Saturday", saturday) == [("next Saturday", SATURDAYS[1:3])]


@pytest.mark.parametrize(
    "text",
    [
        "our next Saturday is", "unser nächster Samstag ist", "onze volgende zaterdag is",
        "notre prochain samedi est", "your next Saturday",
        "the next Saturday that we", "der nächste Samstag ist", "de volgende zaterdag waarop",
        "le prochain samedi est",
        "ce samedi-là", "these Saturdays", "next Saturdays", "last Saturday", "vorige zaterdag",
        "zaterdag week 48",
        "on Saturday", "samstags", "every second Saturday", "a second Saturday",
        "de eerste zaterdag van de vakantie",
    ],
)  # fmt: skip
def test_what_is_any_saturday(text: str) -> None:
    assert [each.kind for each in mentions(text, MONDAY)] == ["weekday"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Kom morgen gerust langs.", 1, 1), ("Tot overmorgen!", 2, 2),
        ("Je bent vandaag nog welkom", 0, 0), ("We zijn volgende week open", 7, 13), ("Tot volgende week!", 7, 13),
        ("Over twee weken zijn we er weer", 11, 20), ("Kom komend weekend langs", 5, 13),
        ("Kommen Sie morgen vorbei", 1, 1), ("Das nächste Repair-Café findet übermorgen statt", 2, 2),
        ("Wir haben heute Abend geöffnet", 0, 0), ("Wir treffen uns nächste Woche", 7, 13), ("Bis morgen!", 1, 1),
        ("In einer Woche haben wir geöffnet", 4, 13), ("Am kommenden Wochenende sind Sie willkommen", 5, 13),
        ("See you tomorrow!", 1, 1), ("We are open tonight", 0, 0), ("Do come the day after tomorrow", 2, 2),
        ("Pop in next week", 7, 13), ("We meet this weekend", 5, 6), ("Come in three days", 2, 4),
        ("We are open next month", 17, 47), ("We are open later this month", 0, 16),
        ("Venez demain", 1, 1), ("À demain !", 1, 1), ("Passez après-demain", 2, 2),
        ("Nous ouvrons ce soir", 0, 0),
        ("Nous vous accueillons la semaine prochaine", 7, 13), ("Venez dans quinze jours", 11, 20),
        ("Passez le week-end prochain", 5, 13), ("Nous sommes ouverts ce week-end", 5, 6),
        ("We're on tomorrow evening", 1, 1), ("We are here tomorrow night", 1, 1), ("We're on tonight", 0, 0),
        ("We're back in two weeks", 11, 20), ("Tot morgenavond!", 1, 1), ("Kom morgenmiddag langs", 1, 1),
        ("We zijn er over twee weken weer", 11, 20), ("Binnen twee weken zijn we er weer", 0, 17),
        ("Wir sind in zwei Wochen wieder da", 11, 20), ("Nous serons là dans deux semaines", 11, 20),
        ("On est là ce soir", 0, 0),
    ],
)  # fmt: skip
def test_a_day_without_a_weekday_where_one_may_come(text: str, first: int, last: int) -> None:
    meant = [(values[0], values[-1]) for _, values in days(text)]
    assert meant == [(MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("We zijn eind juli weer open", (7, 18), (7, 31)), ("Kom begin juli langs", (7, 1), (7, 13)),
        ("Wir haben Ende Juli geöffnet", (7, 18), (7, 31)), ("Kommen Sie Mitte Juli vorbei", (7, 8), (7, 23)),
        ("We are open at the end of July", (7, 18), (7, 31)), ("Come in early July", (7, 1), (7, 13)),
        ("Venez fin juillet", (7, 18), (7, 31)), ("Nous ouvrons mi-juillet", (7, 8), (7, 23)),
    ],
)  # fmt: skip
def test_a_part_of_a_month_in_which_one_may_come(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    meant = [(values[0], values[-1]) for _, values in days(text)]
    assert meant == [(date(2027, *first), date(2027, *last))]


@pytest.mark.parametrize(
    "text",
    [
        "Since the end of May we are open here.", "Sinds eind mei zijn we hier open.",
        "Das Teil kommt nicht Ende Juli.",
        "The battery is empty at the end of July.", "Seit Anfang Mai haben wir hier geöffnet.", "Kom in juli.",
        "I'll ask Gerrit tomorrow.", "Ik vraag het morgen aan Wim.", "Ich schaue morgen nach.",
        "Je demande demain.",
        "Thanks for your mail of today, do come along.", "We are closed next week.", "Kom niet volgende week.",
        "Nächste Woche haben wir nicht geöffnet.", "Nous ne sommes pas ouverts demain.", "Goedemorgen, kom langs.",
        "Kom 's morgens langs.", "Kommen Sie am Morgen vorbei.", "Guten Morgen, kommen Sie",
        "Kom zaterdag morgen.",
        "Wir kommen jeden Morgen.", "Das war bis heute offen.", "I'll come back to you next week.",
        "De lijm droogt in twee weken.", "It takes two weeks.", "Op de dag van vandaag zijn we open.",
        "We'll be back to you tomorrow.", "Wir sind morgen noch ratlos.", "Binnen twee weken is de lijm droog.",
        "The part is here tomorrow.", "In two weeks the battery is empty.",
    ],
)  # fmt: skip
def test_a_day_on_which_nobody_may_come(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the second Saturday of July", (2027, 7, 10)), ("the last Sunday in June 2028", (2028, 6, 25)),
        ("1st Friday of July", (2027, 7, 2)),
        ("de derde zaterdag van juli", (2027, 7, 17)), ("de laatste zaterdag in december", (2027, 12, 25)),
        ("de 2e vrijdag van juli", (2027, 7, 9)), ("de voorlaatste zaterdag van juli", (2027, 7, 24)),
        ("am ersten Samstag im Juli", (2027, 7, 3)), ("am letzten Sonntag des Monats Juli", (2027, 7, 25)),
        ("am 3. Samstag im Juli 2027", (2027, 7, 17)), ("vierter Samstag im Januar", (2028, 1, 22)),
        ("le deuxième samedi de juillet", (2027, 7, 10)), ("le dernier samedi d'août", (2027, 8, 28)),
        ("le 1er dimanche de juillet", (2027, 7, 4)), ("le premier samedi du mois d'août", (2027, 8, 7)),
    ],
)  # fmt: skip
def test_a_weekday_by_its_number_in_a_month(text: str, day: tuple[int, int, int]) -> None:
    assert found(f"We meet {text}, then", "date") == [date(*day)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("the first Saturday of the month", {1}), ("every 3rd Saturday of each month", {3}),
        ("the first and third Saturday of every month", {1, 3}), ("the last Saturday in the month", {-1}),
        ("elke eerste zaterdag van de maand", {1}), ("de 2de zaterdag van iedere maand", {2}),
        ("de tweede en de laatste zaterdag van de maand", {2, -1}),
        ("jeden zweiten Samstag im Monat", {2}), ("am letzten Samstag des Monats", {-1}),
        ("am 1. und 3. Samstag im Monat", {1, 3}),
        ("le premier samedi du mois", {1}), ("le 2e samedi de chaque mois", {2}),
        ("le dernier samedi du mois", {-1}),
        ("de eerste zaterdagen van de maand", {1}), ("les premiers samedis du mois", {1}),
        ("the last Saturdays of each month", {-1}), ("1e zaterdag v.d. maand", {1}),
    ],
)  # fmt: skip
def test_a_weekday_by_its_number_in_any_month(text: str, numbers: set[int]) -> None:
    assert found(f"Open {text}, then", "rule") == [Rule(frozenset(numbers), 5)]


def test_a_weekday_of_this_month_or_the_next_counts_from_the_day_of_the_text() -> None:
    for text in (
        "the last Saturday of this month",
        "am letzten Samstag dieses Monats",
        "le dernier samedi de ce mois",
    ):
        assert [values for _, values in days(text)] == [[date(2027, 6, 26)]]
    december = date(2027, 12, 14)
    for text in (
        "the first Saturday of next month",
        "de eerste zaterdag van volgende maand",
        "le premier samedi du mois prochain",
    ):
        assert [values for _, values in days(text, december)] == [[date(2028, 1, 1)]]


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_each_day_is_one_of_its_weekday_from_the_beginning_and_from_the_end(day: date) -> None:
    fitting = [each for each in (*range(1, 6), -1, -2) if Rule(frozenset([each]), day.weekday()).fits(day)]
    assert len([each for each in fitting if each > 0]) == 1
    assert (-1 in fitting) == ((day + timedelta(days=7)).month != day.month)
    assert not Rule(frozenset([1, 2, 3, 4, 5]), (day.weekday() + 1) % 7).fits(day)
