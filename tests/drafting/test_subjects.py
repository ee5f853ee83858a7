"""What a text is about, by words of four languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.answers import naming
from rcmail.answers.lexicon import Lexicon
from rcmail.answers.things import THINGS
from rcmail.drafting import subjects
from rcmail.drafting.matter_words import MATTERS


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Doen jullie ook fietsen?", "bicycle"),
        ("Mein Trekkingrad quietscht", "bicycle"),
        ("Réglez-vous les vélos ?", "bicycle"),
        ("the rear brake of my bike", "bicycle"),
        ("Unsere Standuhr bleibt stehen", "clock"),
        ("mijn wandklok staat stil", "clock"),
        ("une machine à coudre", "sewing machine"),
        ("De pop van mijn dochter is haar arm kwijt", "toy"),
        ("Le four ne chauffe plus", "oven"),
        ("mon portable ne s'allume plus", "phone"),
        ("mijn step rijdt niet meer", "scooter"),
        ("réparez-vous les machines à coudre", "sewing machine"),
        ("ein Dampfbügeleisen", "iron"),
        ("mon appareil auditif siffle", "hearing aid"),
    ],
)
def test_a_thing_is_known_in_each_language(text: str, thing: str) -> None:
    assert thing in subjects.things(text)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Mijn moeder zit in een rolstoel", "chair"),
        ("Er is afgebroken", "clothes"),
        ("ein Handrührer", "clock"),
        ("my gloves, mijn handschoenen", "shoes"),
        ("hij doet het, geef hem mee", "clothes"),
        ("The toaster does not pop up any more", "toy"),
        ("I have four lamps that flicker", "oven"),
        ("a kettle that was made in China", "ceramics"),
        ("a portable radio, une radio portable", "phone"),
        ("Is there a step at the door?", "scooter"),
    ],
)
def test_what_only_looks_like_it_is_not_taken_for_it(text: str, thing: str) -> None:
    assert thing not in subjects.things(text)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Wanneer is de volgende keer?", "date"),
        ("Um wie viel Uhr macht ihr auf?", "time"),
        ("Where are you exactly?", "place"),
        ("Combien ça coûte ?", "costs"),
        ("Muss ich mich anmelden?", "appointment"),
        ("Faut-il prendre rendez-vous ?", "appointment"),
        ("Is there a step at the door?", "access"),
        ("Kan ik hem afgeven?", "leaving"),
        ("Darf mein Hund mit?", "pets"),
        ("alweer hetzelfde euvel", "again"),
        ("Do you charge for it?", "costs"),
        ("Mag mijn kind mee?", "children"),
        ("Wat zijn de data dit jaar?", "date"),
        ("Must I make a Termin?", "appointment"),
        ("When is the last entry?", "last entry"),
    ],
)
def test_a_matter_is_known_in_each_language(text: str, matter: str) -> None:
    assert matter in subjects.asked(text)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("My phone does not charge any more", "costs"),
        ("What kind of things do you fix? Kind regards", "children"),
        ("Can you recover the data from a laptop?", "date"),
        ("Would 4 pm be fine?", "last entry"),
    ],
)
def test_what_only_looks_like_a_matter_is_not_taken_for_it(text: str, matter: str) -> None:
    assert matter not in subjects.asked(text)


def test_what_is_offered_by_one_word_covers_what_belongs_to_it() -> None:
    offered = ["Sewing and textiles", "Bicycles", "Electrical appliances"]
    assert {"sewing machine", "zip", "bicycle"} <= naming.covered(offered)
    assert "toaster" not in naming.covered(offered)
    assert "toaster" in naming.covered_by_kind(offered)
    assert "microwave" not in naming.covered_by_kind(offered)


def test_how_a_word_is_written_says_what_it_stands_for() -> None:
    words = Lexicon(
        {"begins": "repara", "short": "fiets", "ends": "*uhr", "whole": "=rad", "goes on": "gas*", "two": "a_b"}
    )
    found = {
        "reparatur": {"begins"},
        "fietsen": {"short"},
        "fietsenmaker": set[str](),
        "Standuhr": {"ends"},
        "Uhrwerk": set[str](),
        "rad": {"whole"},
        "radio": set[str](),
        "gasfles": {"goes on"},
        "a b": {"two"},
        "as bs": {"two"},
        "a c": set[str](),
    }
    assert {text: words.subjects(text) for text in found} == found


def test_every_subject_has_words_and_no_word_is_empty() -> None:
    terms = [*THINGS.values(), *(asked for asked, _ in MATTERS.values())]
    assert all(text.split() and all(any(map(str.isalnum, term)) for term in text.split()) for text in terms)


@given(st.text(max_size=400))
def test_any_text_has_subjects_or_none(text: str) -> None:
    assert subjects.things(text) <= THINGS.keys()
    assert subjects.asked(text) <= subjects.told(text) <= MATTERS.keys()


def test_two_pieces_are_no_spare_parts() -> None:
    assert subjects.asked("The handle came off in two clean pieces. Do you glue porcelain?") == frozenset()
    assert subjects.asked("Faut-il acheter les pièces soi-même ?") == {"parts"}


@pytest.mark.parametrize("name", [*THINGS, *MATTERS])
def test_no_word_stands_twice_for_the_same(name: str) -> None:
    words = (THINGS[name] if name in THINGS else MATTERS[name][0]).split()
    assert len(words) == len(set(words))
