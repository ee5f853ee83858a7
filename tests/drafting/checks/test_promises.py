"""What a draft promises to repair: which words are a promise, and of which thing."""

import pytest

from rcmail.drafting.checks import check
from rcmail.drafting.proposal import Source
from tests.drafting.room import asked, facts, source


def objected(text: str, *sources: Source, question: str = "Hello?", **settings: str) -> list[str]:
    """The sentences that an objection to a promise is on."""
    found = check(text, asked(question), sources, facts(**settings))
    return [text[each.start : each.end].strip() for each in found if each.kind == "repair"]


@pytest.mark.parametrize(
    ("offered", "text"),
    [
        ("Bicycles", "Kommen Sie ab 13 Uhr vorbei."),
        ("Informatique", "Luc s'occupe de votre ordinateur."),
        ("Huishoudelijke apparaten", "Naar een broodrooster kijken we graag."),
        ("Haushaltsgeräte", "Den Toaster sehen wir uns an."),
        ("Audio", "Luc looks at radios."),
    ],
)
def test_what_is_offered_in_a_word_for_its_kind_may_be_promised_and_an_hour_is_no_clock(
    offered: str, text: str
) -> None:
    assert objected(text, event_offerings=offered) == []


def test_what_the_house_facts_say_is_done_may_be_promised() -> None:
    settings = {"event_offerings": "Bicycles", "house_facts": "en: Irons only with a plug."}
    assert objected("We look at irons.", **settings) == []


@pytest.mark.parametrize(
    "text", ["Toasters, bicycles and fridges we look after.", "We look after toasters, fridges."]
)
def test_what_is_listed_beside_a_promise_is_promised(text: str) -> None:
    assert objected(text) == [text]


def test_what_is_listed_beside_a_no_is_not_promised() -> None:
    assert objected("Toasters we mend, but fridges, I'm afraid, we do not take on.") == []


def test_a_promise_is_one_whatever_the_past_answers_say_of_something_else() -> None:
    past = source("?", "We do not do fridges.", "en")
    assert objected("We do not do toasters. We take care of fridges.", past) == ["We take care of fridges."]


def test_a_yes_without_a_name_is_none_where_something_else_is_asked_about_or_refused() -> None:
    asking = "Do you mend microwaves?"
    assert objected("Yes, bring it along.", question=asking) == ["Yes, bring it along."]
    assert objected("Yes, bring it along.", question=f"{asking} And do you mend lamps?") == []
    assert objected("Yes, come along. Only microwaves we cannot mend.", question=asking) == []


@pytest.mark.parametrize(
    ("house", "answer", "is_told"),
    [
        ("en: No appointment needed.", "", True),
        ("en: No appointment needed.", "You need an appointment.", True),
        ("", "No appointment needed.", True),
        ("", "No appointment needed. For the printer please book a time.", False),
        ("en: By appointment only.", "No appointment needed.", False),
        ("", "Yes, we do.", False),
    ],
)
def test_that_an_appointment_is_needed_is_told_where_the_house_facts_or_else_the_answers_say_it_is_not(
    house: str, answer: str, is_told: bool
) -> None:
    past = [source("?", answer)] if answer else []
    found = check("Please book a place.", asked("Hello?"), past, facts(house_facts=house))
    assert ("appointment" in {each.kind for each in found}) is is_told


def test_a_day_with_a_dot_ends_no_sentence() -> None:
    text = "Am Samstag, den 5. Dezember, sehen wir uns Kühlschränke an. Bis dann."
    assert objected(text) == ["Am Samstag, den 5. Dezember, sehen wir uns Kühlschränke an."]


def test_a_guarantee_may_be_given_where_an_answer_gives_it() -> None:
    text = "We give a guarantee of three months."
    assert objected(text) == [text]
    assert (
        objected(text, source("?", "Hi Ann,\n\nYes. We give a guarantee of three months on lamps.\n\nBye")) == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "We certainly repair toasters.",
        "Sie finden ganz bestimmt hin.",
        "Het lukt meestal weer.",
        "Souvent, ça marche.",
    ],
)
def test_a_yes_with_emphasis_is_no_guarantee(text: str) -> None:
    assert objected(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Er zijn winkels die televisies repareren.",
        "Voor uw televisie kunt u terecht bij Kloosterman.",
        "Televisies vallen buiten wat we doen.",
        "Neem de afstandsbediening mee, de televisie mag thuisblijven.",
        "Maak met uw telefoon een foto van de stekker en neem die mee.",
        "Fragen Sie zum Fernseher den Händler, der tauscht ihn um.",
        "Statt des Fernsehers können Sie eine Lampe mitbringen.",
        "Bringen Sie ein Foto mit, das Sie mit dem Handy gemacht haben.",
        "We used to repair televisions, but that man has moved away.",
        "The fault may be in the television itself, so look at the manual first.",
        "Instead of the television, do bring the radio.",
        "You can reach us by phone, and we look at the dates then.",
        "Pour votre téléviseur, adressez-vous au marchand, il changera la pièce.",
        "À part les téléviseurs, nous regardons tout.",
        "Prenez une photo de la prise avec votre téléphone et apportez-la.",
    ],
)
def test_what_others_do_what_stays_at_home_and_what_one_only_uses_is_no_promise(text: str) -> None:
    assert objected(text, event_offerings="Bicycles, Lamps, Radios", not_repaired="Televisions, Phones") == []


@pytest.mark.parametrize(
    "text",
    [
        "Petrol mowers are beyond what we do.",
        "Fridges are outside our scope.",
        "We steer clear of microwaves.",
        "Microwaves are a no-go for what we repair.",
        "Mikrowellen sind für uns tabu, reparieren dürfen andere.",
        "Kühlschränke zu reparieren übersteigt unsere Möglichkeiten.",
        "Koelkasten herstellen gaat ons petje te boven.",
        "Magnetrons herstellen is taboe.",
        "Réparer un micro-ondes dépasse nos compétences.",
        "Nous évitons de réparer les micro-ondes.",
    ],
)
def test_what_is_beyond_the_group_is_not_promised(text: str) -> None:
    assert objected(text) == []


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("microgolfovens, drones", "Zeker, breng je microgolfoven maar mee."),
        ("microgolfovens, drones", "We herstellen je drone graag."),
        ("Drohnen", "Ihre Drohne reparieren wir gern."),
        ("Drones", "Of course, do bring your drone along."),
        ("Drones", "Oui, apportez votre drone."),
        ("Motorsägen, Aquarienpumpen", "Bringen Sie die Aquarienpumpe einfach mit."),
        ("luchtbevochtigers", "Breng je luchtbevochtiger mee."),
        ("déshumidificateurs", "Apportez votre déshumidificateur."),
    ],
)
def test_what_is_listed_as_not_repaired_is_not_promised_though_no_table_knows_it(listed: str, text: str) -> None:
    assert objected(text, not_repaired=listed) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Drones we do not repair.",
        "We repair lamps, no drones.",
        "Bring the droning radio along.",
        "A drone is not for us; bring the radio.",
    ],
)
def test_what_only_sounds_like_what_is_listed_is_promised(text: str) -> None:
    assert objected(text, not_repaired="Drones", event_offerings="Radios, lamps") == []


def test_a_yes_to_what_is_listed_by_a_word_of_its_own_is_one() -> None:
    assert objected("Yes, bring it along.", question="Can you fix my drone?", not_repaired="Drones") != []
    assert objected("Yes, bring it along.", question="Can you fix my kite?", not_repaired="Drones") == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("The zip of my suitcase is broken, do you do that?", "Yes, do bring the suitcase."),
        ("Der Reissverschluss vom Zelt klemmt, geht das?", "Ja, bringen Sie das Zelt mit."),
        ("De rits van mijn tas is stuk, kan dat?", "Ja, breng de tas maar mee."),
        ("La fermeture de mon sac à dos est cassée, c'est possible ?", "Oui, apportez le sac à dos."),
        ("Hello?", "We do zips, so bring the suitcase."),
    ],
)
def test_a_bag_may_come_for_the_zip_that_is_supported(question: str, text: str) -> None:
    past = source("?", "Ada does zips.", "en")
    assert objected(text, past, question=question, event_offerings="Lamps") == []
    assert objected(text, question=question, event_offerings="Lamps") == [text]
    assert objected(text, past, question="My bag is torn?", event_offerings="Lamps") == (
        [] if "zips" in text else [text]
    )


@pytest.mark.parametrize(
    ("offered", "text"),
    [
        ("Holz", "Die Schranktüre nehmen wir gern, bringen Sie sie mit."),
        ("Houtwerk", "Breng je ladekast maar mee."),
        ("Woodwork", "Do bring the cupboard."),
        ("Menuiserie", "Apportez le tiroir."),
    ],
)
def test_whoever_offers_wood_may_promise_furniture(offered: str, text: str) -> None:
    assert objected(text, event_offerings=offered) == []
    assert objected(text, event_offerings="Lamps") != []
