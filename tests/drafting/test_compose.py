"""A draft without a model: whose words, which facts, which gaps."""

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rcmail.answers.facts import Facts
from rcmail.drafting.checks import check
from rcmail.drafting.compose import compose
from rcmail.drafting.making import item, objections, proposal
from rcmail.drafting.proposal import Asked
from rcmail.process.child import Child
from tests.drafting.room import asked, facts, source, sources

EVENT = {
    "nl": "De volgende keer is op zaterdag 5 december, 13.00–16.30 uur, Wijkcentrum De Brug, Molenlaan 5.",
    "de": "Der nächste Termin ist am Samstag, 5. Dezember, 13:00–16:30 Uhr, Wijkcentrum De Brug, Molenlaan 5.",
    "en": "Our next session is on Saturday 5 December, 13:00–16:30, at Wijkcentrum De Brug, Molenlaan 5.",
    "fr": "Le prochain atelier a lieu le samedi 5 décembre, de 13 h à 16 h 30, Wijkcentrum De Brug, Molenlaan 5.",
}
ASKED = {
    "nl": "Repareren jullie ook fietsen? Moet ik een afspraak maken en wat kost dat?",
    "de": "Repariert ihr auch Fahrräder? Muss ich einen Termin vereinbaren und was kostet das?",
    "en": "Do you repair bicycles? Do I need an appointment and what does it cost?",
    "fr": "Réparez-vous les vélos ? Faut-il un rendez-vous et combien ça coûte ?",
}
SAID = {
    "nl": ["remmen, banden en verlichting doen we", "De reparatie is gratis", "afspraak is niet nodig"],
    "de": [
        "Bremsen, Reifen und Licht machen Wim und Teun",
        "Die Reparatur ist kostenlos",
        "Termin ist nicht nötig",
    ],
    "en": ["Cable brakes, tyres and lights", "Repairs are free", "No appointment needed"],
    "fr": ["Régler les freins", "La réparation est gratuite", "Pas de rendez-vous"],
}


@pytest.mark.parametrize("language", ASKED)
def test_each_question_is_answered_in_the_groups_own_words_with_todays_facts(language: str) -> None:
    made = compose(asked(ASKED[language], language), sources(language), facts())
    assert made.origin == "past answer"
    assert len(made.sources) == 2
    assert made.warnings == []
    assert all(each in made.text for each in [*SAID[language], EVENT[language]])
    # Of those who asked before, and of then.
    names = [word for each in sources(language) for word in each.visitor_name.split()]
    assert not [each for each in [*names, "Havenstraat", "Het Anker", "14", "17"] if each in made.text]


@pytest.mark.parametrize(
    ("name", "language", "greeting"),
    [
        ("Jelmer Zadelpijn", "nl", "Beste Jelmer,"),
        ("Brunhilde Knäckebrot", "de", "Hallo Brunhilde,"),
        ("rupert timbersby", "en", "Dear Rupert,"),
        ("FANTINE DOUBLURE", "fr", "Bonjour Fantine,"),
        ("H. Kwakkelstein", "nl", "Beste H. Kwakkelstein,"),
        ("Constance Applewhite (Mrs)", "en", "Dear Constance,"),
        ("Familie Jansen", "nl", "Hallo,"),
        ("", "de", "Hallo,"),
        ("info@example.org", "fr", "Bonjour,"),
        ("Win a 100% free prize now", "en", "Hello,"),
    ],
)
def test_the_visitor_is_greeted_by_name_where_it_is_one(name: str, language: str, greeting: str) -> None:
    made = compose(asked(ASKED[language], language, name=name), sources(language), facts())
    assert made.text.startswith(f"{greeting}\n\n")


ALTERNATIVES = [
    (
        "nl",
        "Mijn stofzuiger stinkt. Neem ik hem mee met of zonder zak?",
        "Met een lege zak graag.",
        "Ja hoor, stofzuigers doen we.",
    ),
    (
        "de",
        "Mein Staubsauger riecht. Bringe ich ihn mit oder ohne den Beutel?",
        "Mit leerem Beutel bitte.",
        "Staubsauger machen wir.",
    ),
    (
        "en",
        "My vacuum cleaner smells. Shall I bring it with or without the nozzle?",
        "We want the nozzle too.",
        "We do vacuum cleaners.",
    ),
    (
        "fr",
        "Mon aspirateur sent. Je l'apporte avec ou sans le sac ?",
        "Avec un sac vide.",
        "Nous réparons les aspirateurs.",
    ),
]


@pytest.mark.parametrize(("language", "question", "chosen", "answer"), ALTERNATIVES)
def test_with_or_without_is_not_answered_by_a_yes(language: str, question: str, chosen: str, answer: str) -> None:
    def gaps(said: str) -> int:
        made = compose(asked(question, language), [source(question, said, language)], facts())
        assert answer in made.text
        return sum(each.kind == "unanswered" for each in made.warnings)

    assert gaps(answer) == 1
    assert gaps(f"{answer} {chosen}") == 0


def test_whoever_shares_a_letter_with_another_is_told_so() -> None:
    both = replace(asked(ASKED["en"]), is_shared=True)
    [warning] = compose(both, sources("en"), facts()).warnings
    assert (warning.kind, warning.start, warning.end) == ("shared", 0, 0)
    assert "Several people have written here" in warning.sentence


def test_what_nobody_has_answered_is_a_gap_and_a_warning_at_its_place() -> None:
    made = compose(asked("Do you repair bicycles? May I bring my dog?"), sources("en"), facts())
    [warning] = made.warnings
    assert warning.kind == "unanswered"
    assert made.text[warning.start : warning.end] == "[Question 2: we do not know this, we still have to find out]"
    assert warning.sentence.startswith("Question 2: nothing was answered before")
    assert "Cable brakes" in made.text


def test_a_past_answer_in_another_language_is_pointed_at_and_not_pasted() -> None:
    made = compose(asked("Was kostet eine Reparatur?", "de"), sources("en"), facts())
    assert made.sources == []
    assert made.origin == "facts"
    assert "another language" in made.warnings[0].sentence
    assert "free" not in made.text


def test_what_became_of_somebodys_own_thing_is_never_taken_from_the_past() -> None:
    before = source("I lost my glasses, have you found them?", "Yes, we have found them under the table.")
    made = compose(asked("I left my gloves at your place on Saturday. Have you found them?"), [before], facts())
    assert "under the table" not in made.text
    assert [each.kind for each in made.warnings] == ["unanswered"]


def test_without_a_next_event_the_date_is_a_gap() -> None:
    made = compose(asked(ASKED["en"]), sources("en"), facts(event_date="2026-11-01"))
    [warning] = made.warnings
    assert made.text[warning.start : warning.end] == "[the date of the next time is not known yet]"
    assert "configuration page" in warning.sentence


def test_a_further_date_takes_over_and_another_year_is_written() -> None:
    known = facts(event_date="2026-11-01", event_further_dates="2027-01-16")
    assert "Saturday 16 January 2027" in compose(asked(ASKED["en"]), sources("en"), known).text


@pytest.mark.parametrize("language", ["it", "other", None])
def test_a_language_beyond_the_four_gets_the_groups_first_with_a_warning(language: str | None) -> None:
    made = compose(asked("Riparate anche biciclette?", language), sources("de"), facts(languages="de, nl"))
    assert made.text.startswith("Hallo Jelmer,")
    assert made.warnings[0].kind == "language"
    assert "“de”" in made.warnings[0].sentence


def test_what_is_set_for_a_language_is_written_in_that_one_only() -> None:
    known = facts(
        event_location="nl: Wijkcentrum De Brug, zij-ingang\nen: Wijkcentrum De Brug, side entrance",
        reply_signature="nl: Hartelijke groet,\nnl: het team\nen: All the best,\nen: the team",
    )
    text = compose(asked(ASKED["en"]), sources("en"), known).text
    assert text.endswith("side entrance.\n\nAll the best,\nthe team")
    assert "zij-ingang" not in text


def test_the_house_facts_answer_what_no_past_answer_does() -> None:
    made = compose(asked("Where can I park?"), [], facts())
    assert "Parking is free behind the building" in made.text
    assert "Parkeren" not in made.text
    assert made.origin == "facts"
    assert made.warnings == []


@pytest.mark.parametrize(
    "question", ["May I bring my dog?", "Do you fix accordions?", "Is there a projector screen?"]
)
def test_a_house_fact_goes_before_what_was_answered_and_answers_what_nobody_has(question: str) -> None:
    lines = ["Dogs are welcome on a lead.", "We do not do accordions.", "The projector screen is in the hall."]
    known = facts(house_facts="\n".join(f"en: {each}" for each in lines))
    before = source("May I bring my dog?", "No, dogs stay outside.")
    made = compose(asked(question), [before], known)
    assert [each for each in lines if each in made.text] == [
        each for each, word in zip(lines, ("dog", "accordion", "projector"), strict=True) if word in question
    ]
    assert "outside" not in made.text
    assert made.warnings == []


def test_who_names_an_hour_is_told_until_when_one_is_let_in() -> None:
    known = facts(house_facts="en: Last entry is at 15:45.\nde: Letzter Einlass ist um 15:45 Uhr.")
    for language, text in (
        ("en", "I would bring a lamp at 4 pm. Is that all right?"),
        ("de", "Geht es auch erst um 16 Uhr?"),
    ):
        assert "15:45" in compose(asked(text, language), [], known).text


def test_what_is_set_for_another_language_only_is_told_beside() -> None:
    known = facts(
        event_location="nl: Wijkcentrum De Brug",
        house_facts="nl: Honden mogen mee aan de lijn.",
        reply_signature="nl: Groetjes,\nnl: het team",
    )
    made = compose(asked("May I bring my dog?"), [], known)
    assert made.text.endswith("\n\nKind regards")
    wanted = [
        ("left out", "Wijkcentrum De Brug"),
        ("left out", "Groetjes, / het team"),
        ("unanswered", "Honden mogen mee"),
    ]
    for warning, (kind, said) in zip(made.warnings, wanted, strict=True):
        assert said not in made.text
        assert warning.kind == kind
        assert said in warning.sentence


@pytest.mark.parametrize("unit", ["a ", "[", "1 ", "€ 1 ", "fiets? ", ". ", "5 mei, 13.00 uur; ", "a@b.c ", "12-"])
def test_mails_of_any_length_are_read_in_bounded_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    before = [source(text, text, "nl", message=number, visitor_name=text[:500]) for number in range(30)]
    began = time.process_time()
    made = compose(asked(text, "nl", name=text[:500], subject=text), before, facts())
    check(text, asked(text, "nl"), before, facts())
    assert time.process_time() - began < 15
    assert len(made.text) < 5_000


def test_what_is_offered_now_is_not_refused_because_it_once_was() -> None:
    before = source("Do you do bicycles?", "Sorry, we do not do bicycles.", written=date(2024, 1, 1))
    now = compose(asked("Do you repair bicycles?"), [before], facts())
    assert "not" not in now.text
    assert "We do that" in now.text


def test_what_is_not_repaired_now_is_not_promised_because_it_once_was() -> None:
    before = source("Do you do microwaves?", "Yes, we do microwaves.", written=date(2024, 1, 1))
    now = compose(asked("Do you repair microwaves?"), [before], facts())
    assert "Yes" not in now.text
    assert "I'm afraid we do not do that." in now.text


@pytest.mark.parametrize("item", ["Batteries of bicycles", "Fahrradakkus", "batteries de vélo"])
def test_a_part_of_a_thing_that_is_not_repaired_refuses_that_part_and_not_the_thing(item: str) -> None:
    today = facts(event_offerings="Bicycles, Textiles", not_repaired=f"Microwaves, {item}")
    whole = compose(asked("Do you repair bicycles?"), [], today)
    assert "We do that" in whole.text
    assert whole.warnings == []
    part = compose(asked("Do you repair the battery of a bicycle?"), [], today).text
    assert "I'm afraid we do not do that." in part
    assert "We do that" not in part
    assert "We do that" not in compose(asked("Do you repair batteries?"), [], today).text


def test_a_thing_that_no_setting_and_no_answer_names_is_a_gap() -> None:
    made = compose(asked("Do you repair accordions?"), sources("en"), facts())
    assert [each.kind for each in made.warnings] == ["unanswered"]
    assert made.sources == []


def test_of_a_sentence_with_a_day_that_is_past_only_what_is_still_so_is_said() -> None:
    before = source(
        "When is your clock man there?",
        "Our clock man only comes in even months, so on Saturday 10 October."
        " Take the pendulum off before you carry it.",
    )
    text = compose(asked("My clock stands still. When is your clock man there?"), [before], facts()).text
    assert "Our clock man only comes in even months. Take the pendulum off before you carry it." in text
    assert "October" not in text


def test_what_was_so_in_another_house_is_not_said_of_this_one() -> None:
    before = source(
        "Is there a toilet?", "Sorry, there is no toilet in Het Anker, Havenstraat 12. Use the ramp at the back."
    )
    made = compose(asked("Is there a toilet for a wheelchair?"), [before], facts(house_facts=""))
    assert "ramp" not in made.text
    assert [each.kind for each in made.warnings] == ["unanswered"]


def test_the_longest_hint_of_the_form_is_kept_whole() -> None:
    made = compose(asked("?"), [], facts(), "tell her " * 55 + "x" * 5)
    assert made.text.startswith("Dear Jelmer,\n\n[tell her ")
    assert "xxxxx]" in made.text


def test_a_hint_is_kept_as_a_gap() -> None:
    made = compose(asked(ASKED["en"]), sources("en"), facts(), "tell her\nthe [bike] man is ill")
    assert "[tell her the (bike) man is ill]" in made.text
    assert [each.kind for each in made.warnings] == ["unanswered"]


def test_nothing_is_known_and_a_draft_is_still_made() -> None:
    made = compose(Asked([], "", None, "", None), [], Facts(date(2026, 11, 22)))
    assert made.origin == "facts"
    assert {each.kind for each in made.warnings} == {"language", "unanswered"}


async def test_a_child_makes_the_same_draft() -> None:
    given = item(asked(ASKED["nl"], "nl"), sources("nl"), facts())
    here = compose(asked(ASKED["nl"], "nl"), sources("nl"), facts())
    async with Child("rcmail.drafting") as child:
        made = proposal(await child.call("rcmail.drafting.making:composed", given, timeout=20))
        found = await child.call("rcmail.drafting.making:checked", given | {"text": "[?]"}, timeout=20)
    assert made == here
    assert objections(found) == check("[?]", asked(ASKED["nl"], "nl"), sources("nl"), facts())


PIECES = st.text(max_size=60) | st.sampled_from(
    [*ASKED.values(), *EVENT.values(), "[", "]\n", "\n\n", "1. ", "? ", "5 december"]
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=12), st.lists(PIECES, max_size=12), st.text(max_size=40))
def test_nothing_that_anybody_writes_brings_it_down(question: list[str], answer: list[str], name: str) -> None:
    request = asked("".join(question), "nl", name=name)
    before = [source("".join(question), "".join(answer), "nl", visitor_name=name)]
    made = compose(request, before, facts())
    found = [*made.warnings, *check("".join(answer), request, before, facts())]
    longest = max(len(made.text), len("".join(answer)))
    assert all(0 <= each.start <= each.end <= longest for each in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Ik kan mijn hondje niet alleen laten. Mag hij mee naar binnen als ik met mijn lamp kom?"),
        ("de", "Mein Hund ist sehr ruhig. Darf er mit rein, wenn ich meine Lampe bringe?"),
        ("en", "My dog is old and quiet. May he come in when I bring my lamp?"),
        ("fr", "Mon chien est calme. Peut-il entrer quand je viens avec ma lampe ?"),
        ("en", "I have no tools. Could I borrow a heat gun and a screwdriver and return them at the next one?"),
    ],
)
def test_what_the_sentence_before_tells_of_and_what_is_asked_beside_a_day_are_gaps(
    language: str, text: str
) -> None:
    made = compose(asked(text, language), sources(language), facts())
    assert "unanswered" in [each.kind for each in made.warnings]


def test_something_that_is_ahead_of_all_else_and_has_no_word_of_the_question_is_no_answer() -> None:
    zip_ = source(
        "La fermeture de mon manteau est bloquée.", "C'est le curseur qui est usé : on le remplace.", "fr"
    )
    text = "Les tartines remontent à peine on les a descendues, le levier n'accroche plus."
    assert "curseur" not in compose(asked(text, "fr"), [zip_], facts()).text
