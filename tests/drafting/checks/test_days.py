"""Days and hours of a draft: what is said of the group, and what is denied, refused, or of somebody else."""

import pytest

from rcmail.drafting.checks import check
from tests.drafting.room import asked, facts

EVENING = "19:00–21:30"


def objected(text: str, question: str = "Hello?", **changes: str) -> list[str]:
    """What is objected to as a day of the week or an hour."""
    found = check(text, asked(question), [], facts(**changes))
    return [text[each.start : each.end] for each in found if each.kind in ("weekday", "time")]


@pytest.mark.parametrize(
    "text",
    [
        "We zijn open tot half tien.",
        "We beginnen om zeven uur en sluiten om half tien.",
        "Wir schließen um halb zehn.",
        "Um 9.30 Uhr ist Schluss.",
        "We close at half past nine.",
        "The doors are open until 9:30.",
        "Nous fermons à neuf heures et demie.",
        "Nous sommes là de 7 h à 9 h 30.",
    ],
)
def test_an_hour_without_its_half_of_the_day_is_that_of_an_event_in_the_evening(text: str) -> None:
    assert objected(text, event_time=EVENING) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("We sluiten om half elf.", "half elf"),
        ("Wir schließen um 09:30 Uhr.", "09:30 Uhr"),
        ("We close at 9.30 in the morning.", "9.30 in the morning"),
        ("Nous fermons à 9 h 30 du matin.", "9 h 30 du matin"),
    ],
)
def test_one_that_is_of_the_morning_is_none(text: str, wrong: str) -> None:
    assert objected(text, event_time=EVENING) == [wrong]


def test_an_hour_of_the_house_is_read_as_one_of_the_evening_too() -> None:
    said = "We take in the last items at a quarter to nine."
    assert objected(said, event_time=EVENING, house_facts="Last items at 20.45.") == []
    assert objected(said, event_time=EVENING) == ["a quarter to nine"]


@pytest.mark.parametrize(
    "text",
    [
        "Op dinsdag zijn we er niet.",
        "Dinsdag lukt helaas niet.",
        "De ijzerwinkel is op dinsdag dicht.",
        "Nog een prettige dinsdag gewenst!",
        "Ik las je mail dinsdag pas.",
        "Am Dienstag haben wir geschlossen.",
        "Dienstags ist niemand da.",
        "Schönen Dienstag noch!",
        "Deine Nachricht vom Dienstag war im falschen Ordner.",
        "Der Leim ist am Dienstag trocken.",
        "We aren't there on Tuesdays.",
        "Tuesday is no use, I'm afraid.",
        "The hardware shop is shut on Tuesdays.",
        "Have a nice Tuesday!",
        "I only read your message on Tuesday.",
        "Le mardi, nous sommes fermés.",
        "Le mardi il n'y a personne.",
        "La boutique est fermée le mardi.",
        "Bon mardi !",
        "Je n'ai vu votre message que mardi.",
        "La colle sera sèche mardi.",
        "Dinsdag kom ik er bij je op terug.",
        "The library is open on Tuesdays.",
        "I'll ask Ted on Tuesday.",
    ],
)
def test_a_weekday_that_is_not_said_of_the_group_is_right(text: str) -> None:
    assert objected(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We zijn open op dinsdag.",
        "Kom dinsdag gerust langs.",
        "Vergeet niet: we zijn er op dinsdag.",
        "Vergeet niet dat we er op dinsdag zijn, kom dus langs!",
        "Elke dinsdag.",
        "Wij herstellen op dinsdag.",
        "De vrijwilligers zijn er dinsdag.",
        "Wir reparieren immer dienstags.",
        "Dann bis Dienstag!",
        "Our repairers are there on Tuesday.",
        "On Tuesday Ted looks at it.",
        "Nous réparons le mardi.",
        "Gérard sera là mardi.",
        "Rendez-vous mardi.",
        "Tot dinsdag!",
        "Wir haben am Dienstag geöffnet.",
        "Komm doch am Dienstag vorbei.",
        "Kein Problem am Dienstag, da sind wir da.",
        "Bis Dienstag!",
        "We are open on Tuesday.",
        "Why not come on Tuesday?",
        "No problem, come on Tuesday.",
        "The next one is a Tuesday.",
        "Ja, Dienstag.",
        "See you on Tuesday!",
        "Nous sommes ouverts le mardi.",
        "N'hésitez pas à venir mardi.",
        "Tuesday afternoon, then.",
        "Venez mardi avec le grille-pain.",
        "À mardi !",
    ],
)
def test_a_wrong_weekday_of_the_group_is_objected_to(text: str) -> None:
    assert len(objected(text)) == 1


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Kan ik om 18 uur komen?", "18 uur is te laat, dan zijn we al naar huis."),
        ("Ik werk tot 15.15 uur.", "Als je tot 15.15 uur werkt, haal je het net."),
        ("Meine Uhr bleibt um halb acht stehen.", "Dass sie um halb acht stehen bleibt, liegt am Zeiger."),
        ("Geht 18 Uhr?", "18 Uhr ist leider zu spät."),
        ("Is 10 am all right?", "10 am is too early, I'm afraid."),
        ("My train is at 3.15 pm.", "If your train leaves at 3.15 pm you had better be early."),
        ("18 h ?", "18 h, c'est trop tard."),
        ("Vous ouvrez à 14 h ?", "Nous n'ouvrons plus à 14 h mais à 13 h."),
    ],
)
def test_an_hour_that_is_refused_or_the_visitors_own_is_right(question: str, text: str) -> None:
    assert objected(text, question) == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Kan ik om 18 uur komen?", "Ja, kom om 18 uur."),
        ("Kan ik om 18 uur komen?", "Niet later dan 18 uur, graag."),
        ("Geht 18 Uhr?", "Ja, um 18 Uhr passt es gut."),
        ("Geht 18 Uhr?", "Kein Problem, wir sind bis 18 Uhr da."),
        ("Is 10 am all right?", "Yes, come at 10 am."),
        ("Is 10 am all right?", "We don't open before 10 am."),
        ("18 h ?", "Oui, nous sommes ouverts jusqu'à 18 h."),
        ("18 h ?", "Venez à 18 h."),
        ("18 h ?", "Ce n'est pas grave si vous venez à 18 h."),
        ("Is 6 pm ok?", "6 pm should work."),
        ("Is 6 pm ok?", "You needn't worry about arriving at 6 pm."),
        ("Geht 18 Uhr?", "Um 18 Uhr ist noch jemand da."),
        ("18 h ?", "Nous sommes fermés à partir de 18 h."),
        ("Kan ik om 18 uur komen?", "We gaan dicht om 18 uur."),
    ],
)
def test_a_wrong_hour_that_is_granted_is_objected_to(question: str, text: str) -> None:
    assert len(objected(text, question)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Kom liever na 14 uur, dan is er meer plaats.",
        "Na half drie is het rustiger.",
        "Kommen Sie am besten nach 14 Uhr.",
        "Vor 15 Uhr ist es ruhiger.",
        "Better come after 2 pm.",
        "Venez plutôt après 14 h.",
        "Avant 15 h, c'est plus calme.",
    ],
)
def test_advice_on_when_to_come_is_right_within_the_hours(text: str) -> None:
    assert objected(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Kom liever na 18 uur.",
        "We zijn open na 14 uur.",
        "Kommen Sie am besten um 14 Uhr.",
        "Wir öffnen nach 14 Uhr.",
        "Better come before 11 am.",
        "We are there after 2 pm.",
        "Venez plutôt avant 11 h.",
        "Nous ouvrons après 14 h.",
    ],
)
def test_another_hour_is_none(text: str) -> None:
    assert len(objected(text)) == 1


def dates(text: str) -> list[str]:
    """What is objected to as a day."""
    found = check(text, asked("Hello?"), [], facts())
    return [text[each.start : each.end] for each in found if each.kind == "date"]


@pytest.mark.parametrize(
    "text",
    [
        "Op 27 november zijn we er niet.",
        "Vrijdag 27 november zijn we gesloten.",
        "Aanstaande vrijdag nog niet.",
        "Am 27. November sind wir leider nicht da.",
        "Kommenden Freitag ist geschlossen.",
        "Diesen Freitag noch nicht, aber bald.",
        "We are not open on 27 November.",
        "This Friday we're closed, I'm afraid.",
        "There is no repair café on 27 November.",
        "We won't be there on 27 November.",
        "Op 27 november gaat het helaas niet door.",
        "Am 27. November findet es nicht statt.",
        "Le 27 novembre, on n'est pas là.",
        "Le 27 novembre, nous sommes fermés.",
        "Nous ne sommes pas là le 27 novembre.",
        "Pas ce vendredi, mais bientôt.",
    ],
)
def test_a_day_on_which_nobody_is_there_is_right(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Niet deze vrijdag, maar op 4 december.",
        "Deze vrijdag zijn we er niet, maar wel op 4 december.",
        "Kom op 4 december, een afspraak is niet nodig.",
        "Op 4 december hebt u geen afspraak nodig.",
        "We zijn op 4 december niet in de grote zaal.",
        "Am Freitag sind wir nicht da, sondern am 4. Dezember.",
        "Am 4. Dezember brauchen Sie keinen Termin.",
        "Am 4. Dezember kostet es nichts.",
        "We're not open this Friday, but we are on 4 December.",
        "We are closed until 4 December.",
        "On 4 December we are not closed.",
        "There is no charge on 4 December.",
        "We do not open before 4 December.",
        "Pas ce vendredi, mais le 4 décembre.",
        "Le 4 décembre, il ne faut pas réserver.",
        "N'oubliez pas de venir le 4 décembre.",
        "Op 4 december is Ted er niet.",
        "Am 4. Dezember ist Ted leider nicht da.",
        "Ted isn't there on 4 December.",
        "Le 4 décembre, Ted n'est pas là.",
    ],
)
def test_the_day_behind_the_but_and_what_is_not_denied_are_looked_at(text: str) -> None:
    assert len(dates(text)) == 1
    assert "4" in dates(text)[0]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Kan ik om kwart over twee komen?", "Ja hoor, kwart over twee is prima."),
        ("Kan ik rond kwart over twee komen?", "Om kwart over twee kun je gerust komen."),
        ("Reicht 14.15 Uhr?", "Ja, 14.15 Uhr reicht."),
        ("Geht es um 14.15 Uhr?", "Um 14.15 Uhr, das passt gut."),
        ("Could I come at 2.15 pm?", "2.15 pm is fine."),
        ("Could I come at 2.15 pm?", "Yes, 2.15 pm."),
        ("Puis-je venir à 14 h 15 ?", "À 14 h 15, pas de souci, ça va très bien."),
        ("Puis-je venir à 14 h 15 ?", "Oui, venez à 14 h 15."),
    ],
)
def test_the_visitors_hour_may_be_confirmed_within_ours(question: str, text: str) -> None:
    assert objected(text, question, event_time="13:00-16:30", house_facts="Last entry: 15.45.") == []
    assert len(objected(text, question, event_time="13:00-16:30", house_facts="Last entry: 14.00.")) == 1
    assert len(objected(text, question, event_time="10:00-12:30", house_facts="-")) == 1
    assert len(objected(text, event_time="13:00-16:30", house_facts="-")) == 1


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Kan ik om kwart over twee komen?", "Ja, we zijn open tot kwart over twee."),
        ("Kan ik om kwart over twee komen?", "We beginnen om kwart over twee, dat is prima."),
        ("Geht es um 14.15 Uhr?", "Gut, wir sind ab 14.15 Uhr da."),
        ("Geht es um 14.15 Uhr?", "Um 14.15 Uhr machen wir Schluss, das passt."),
        ("Could I come at 2.15 pm?", "Yes, we close at 2.15 pm."),
        ("Could I come at 2.15 pm?", "You can come from 2.15 pm."),
        ("Puis-je venir à 14 h 15 ?", "Oui, nous ouvrons à 14 h 15."),
        ("Puis-je venir à 14 h 15 ?", "Venez avant 14 h 15."),
    ],
)
def test_that_hour_is_not_ours(question: str, text: str) -> None:
    assert len(objected(text, question, event_time="13:00-16:30", house_facts="-")) == 1
