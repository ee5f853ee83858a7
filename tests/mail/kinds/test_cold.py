"""Whose mail one is by its words alone: in four languages, and when a person has to say."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.mail.kinds.cold import Mail, verdict


def kind(text: str, subject: str = "", name: str = "Anna Bakker", address: str = "anna@example.com") -> str:
    return verdict(Mail(text, subject, name, address)).kind


@pytest.mark.parametrize(
    "text",
    [
        "Mijn stofzuiger doet het niet meer. Kan ik langskomen?",
        "Ist es möglich, am Samstag mit einem Radio vorbeizukommen?",
        "Est-ce que vous réparez aussi les grille-pain ?",
        "Do I need an appointment?",
        "Hoe laat beginnen jullie?",
        "Bedankt voor de vorige keer! Hebben jullie ook iemand voor een naaimachine?",
        "Mag mijn hond mee?",
        "Ich habe am Samstag meinen Schirm bei euch vergessen.",
        "Was kostet das bei euch?",
        "the zip on my coat broke",
        "Kan ik met pin betalen?",
        "Où puis-je me garer ?",
        "Sorry, I can't make it on Saturday after all.",
        "Ich bin sehr unzufrieden mit der Reparatur.",
    ],
)
def test_what_visitors_write_is_a_visitors(text: str) -> None:
    assert kind(text) == "visitor"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Ik wil graag vrijwilliger worden, ik repareer al jaren.", "it offers help"),
        ("Sucht ihr noch Leute? Ich kann löten und reparieren.", "it offers help"),
        ("I'd like to volunteer as a repairer, do you need people?", "it offers help"),
        ("Je voudrais devenir bénévole pour réparer.", "it offers help"),
        ("Mogen wij een interview doen met uw reparateurs?", "it is from the press, or wants to report"),
        ("We are making a documentary about repairing.", "it is from the press, or wants to report"),
        ("Bijgaand de factuur voor de soldeerbouten.", "it is about an invoice or an offer"),
        ("Uw aanvraag voor subsidie is ontvangen.", "it is about a permit, a subsidy or a policy"),
        ("Tien tips om te repareren. Klik hier om u af te melden.", "it can be unsubscribed from"),
        ("We offer more visitors per month for your site.", "it sells something"),
        ("Wie is er op de 12e? Ik mis nog iemand voor de koffie.", "it is about the group's own affairs"),
        ("Wer springt am Samstag für mich ein?", "it is about the group's own work"),
        ("Wilt u met een kraam op onze markt staan?", "it invites the group, or wants to work with it"),
        ("Your parcel will be delivered today.", "it tells of a parcel, an order or a contract"),
    ],
)
def test_what_others_write_is_no_visitors_whatever_it_says_about_repairs(text: str, why: str) -> None:
    assert verdict(Mail(text)) == verdict(Mail(text, "Reparatie"))
    assert (verdict(Mail(text)).kind, verdict(Mail(text)).why) == ("other", why)


@pytest.mark.parametrize(
    "text",
    [
        "Könntet ihr neue Kohlen einbauen?", "Kunnen jullie er een nieuwe snaar op zetten?",
        "Could you put in a new fuse?", "Pouvez-vous mettre un nouveau joint ?",
    ],
)  # fmt: skip
def test_whoever_asks_for_a_new_part_asks_for_a_repair(text: str) -> None:
    assert verdict(Mail(text)).why == "it asks to have something repaired"


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to come with my aunt, who is in a wheelchair.",
        "I would like to bring my father, who is in his nineties. Can he get in without steps? "
        "And where do I leave the car?",
        "Ik zou met mijn vader willen komen. Wie is er zaterdag bij de deur?",
        "Ich würde gern mit meiner Mutter vorbeikommen. Wer ist am Empfang?",
        "J'aimerais venir avec ma mère, qui est en fauteuil roulant et sera là samedi.",
    ],
)  # fmt: skip
def test_a_wish_to_come_is_never_the_groups_own_affair(text: str) -> None:
    assert kind(text) == "visitor"


@pytest.mark.parametrize(
    "text",
    [
        "Hi all, who is in on Saturday? Two of us are away.", "Hallo allemaal, wie kan er zaterdag?",
        "Hallo ihr, wer ist am Samstag dabei?", "Bonjour à tous, qui est disponible samedi ?",
    ],
)  # fmt: skip
def test_whoever_asks_the_volunteers_who_is_there_is_no_visitor(text: str) -> None:
    assert verdict(Mail(text)).why == "it is about the group's own affairs"


def test_nobody_is_a_visitor_for_standing_up_for_something() -> None:
    assert (
        verdict(Mail("Können Sie sich für das neue Gesetz einsetzen?")).why != "it asks to have something repaired"
    )


def test_another_repair_cafe_is_known_by_its_name() -> None:
    assert kind("Hoe doen jullie de intake?", name="Repair Café Zuid") == "other"


def test_mail_to_the_groups_own_people_is_no_visitors() -> None:
    mail = Mail("Tot zaterdag, met een bak soep.", from_name="Joke", to=["vrijwilligers@example.org"])
    assert verdict(mail).why == "it was written to the group's own people"


@pytest.mark.parametrize(
    "text",
    [
        "Mijn fiets is kapot. Ik wil trouwens ook vrijwilliger worden.",
        "Ich möchte Ihnen eine Nähmaschine schenken. Haben Sie Interesse?",
        "Tot dan!",
        "",
    ],
)
def test_what_may_be_either_is_for_a_person_to_say(text: str) -> None:
    assert verdict(Mail(text)).kind == "unsure"


def test_an_office_that_only_asks_something_is_unsure_and_one_with_a_broken_thing_a_visitor() -> None:
    office = {"name": "Stadtbücherei", "address": "info@example.org"}
    assert kind("Wann können wir telefonieren, und was kostet das?", **office) != "visitor"
    assert kind("Unsere Nähmaschine näht nicht mehr. Können Sie sie reparieren?", **office) == "visitor"


def test_a_child_that_wants_to_help_with_its_own_thing_offers_no_help() -> None:
    assert kind("Mijn zoon wil graag zelf meehelpen met het repareren van zijn skelter, mag dat?") == "visitor"


def test_greeting_closing_and_accents_make_no_difference() -> None:
    bare = "Wird mein Föhn bei euch repariert?"
    accent = bare.replace("ö", "o\u0308")
    wrapped = f"Liebe Ehrenamtliche,\n\n{accent}\n\nVielen Dank im Voraus\nRedaktion"
    assert verdict(Mail(wrapped)) == verdict(Mail(bare))
    assert verdict(Mail(bare)).kind == "visitor"


@pytest.mark.parametrize(
    "text",
    ["mijn " * 20_000, "graag " * 16_000, "ne " * 33_000, "wie kan " * 12_000, "x" * 100_000, "?" * 100_000,
     "factuur " * 12_000, "mijn lamp " * 10_000, "geen aaa " * 11_000, "artikel " * 12_000],
)  # fmt: skip
def test_hostile_text_takes_no_long(text: str) -> None:
    started = time.process_time()
    verdict(Mail(text, text, text, text, [text]))
    assert time.process_time() - started < 1  # a seventh of a second here; what is quadratic takes minutes


@given(st.text(max_size=300), st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_mail_gets_a_kind(text: str, subject: str, name: str, address: str) -> None:
    found = verdict(Mail(text, subject, name, address))
    assert found.kind in ("visitor", "other", "unsure")
    assert found.why


@pytest.mark.parametrize(
    "text",
    [
        "Is er donderdag repetitie van het kerkkoor?",
        "Kan iemand zaterdag meerijden naar de wedstrijd?",
        "Könnte jemand unseren Kater suchen helfen? Er ist seit Montag vermisst.",
        "Kommt ihr am Sonntag mit zur Wanderung?",
        "Could we view the two bedroom flat? The landlord gave me your address.",
        "When is the next chess evening?",
        "Pouvez-vous garder mon fils mercredi ?",
        "À quelle heure commence la répétition de la chorale ?",
    ],
)
def test_what_is_written_to_another_club_is_no_visitors_and_is_not_closed(text: str) -> None:
    assert verdict(Mail(text, from_name="Anna", from_address="anna@example.com")).kind == "unsure"


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom na de wedstrijd: mijn lamp is stuk, kan dat nog?",
        "Nach der Chorprobe komme ich mit meinem Toaster vorbei, geht das?",
        "The CD player of our choir is broken, could you have a look?",
        "Mon vélo a un pneu crevé depuis la randonnée, vous réparez ?",
    ],
)
def test_a_visitor_may_tell_of_her_club(text: str) -> None:
    assert verdict(Mail(text, from_name="Anna", from_address="anna@example.com")).kind == "visitor"


def test_a_fault_of_a_thing_that_only_its_maker_names_is_a_visitors_where_the_mail_is_short() -> None:
    text = "Pixma drukt niks meer af"
    assert verdict(Mail(text)).kind == "visitor"
    assert verdict(Mail(f"{text}. {'Er is verder veel te vertellen. ' * 10}")).kind == "unsure"
