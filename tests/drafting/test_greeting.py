"""Whom a draft greets, and how formally."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.drafting.compose import compose
from rcmail.drafting.greeting import greeting
from tests.drafting.room import asked, facts

FORMAL = {
    "nl": "Geachte mensen,",
    "de": "Sehr geehrte Damen und Herren,",
    "en": "Dear Sirs,",
    "fr": "Madame, Monsieur,",
}

LAMPS = {"nl": "Repareren jullie lampen?", "de": "Repariert ihr Lampen?", "en": "Do you repair lamps?",
         "fr": "Réparez-vous les lampes ?"}  # fmt: skip


def greeted(name: str, language: str, text: str) -> str:
    return greeting(asked(text, language, name=name), language)


@pytest.mark.parametrize(
    ("name", "language", "wanted"),
    [
        ("Wilhelm Osterkamp", "de", "Guten Tag Wilhelm Osterkamp,"),
        ("WILHELM OSTERKAMP", "de", "Guten Tag Wilhelm Osterkamp,"),
        ("Wilhelm", "de", "Guten Tag,"), ("Dr. Anna Maria Vogt", "de", "Guten Tag Anna Maria Vogt,"),
        ("Hanna Winkel", "nl", "Geachte heer/mevrouw Winkel,"),
        ("H. Winkel", "nl", "Geachte heer/mevrouw Winkel,"),
        ("Jan van den Berg", "nl", "Geachte heer/mevrouw Van den Berg,"),
        # which of them is the surname?
        ("Hans Oude Elferink", "nl", "Geachte Hans Oude Elferink,"), ("", "nl", "Geachte heer/mevrouw,"),
        ("Mary Poole", "en", "Dear Mary Poole,"), ("shop@example.org", "en", "Dear Sir or Madam,"),
        ("Odile Blanc", "fr", "Bonjour Odile Blanc,"), ("Familie Blanc", "fr", "Madame, Monsieur,"),
    ],
)  # fmt: skip
def test_who_writes_formally_is_greeted_so_that_it_is_right_for_anybody(
    name: str, language: str, wanted: str
) -> None:
    assert greeted(name, language, f"{FORMAL[language]}\n\nmy lamp is broken.\n\n{name}") == wanted


@pytest.mark.parametrize(
    ("name", "below", "language", "wanted"),
    [
        ("Frau Ilse Vogt", "Ilse Vogt", "de", "Sehr geehrte Frau Vogt,"),
        ("Vogt", "Herr Vogt", "de", "Sehr geehrter Herr Vogt,"),
        ("Ilse von Vogt", "Frau I. von Vogt", "de", "Sehr geehrte Frau von Vogt,"),
        ("Riet de Wit", "Hoogachtend,\nmevr. R. de Wit", "nl", "Geachte mevrouw De Wit,"),
        ("Piet Kramer", "de heer P. Kramer\nTel. 0555 01", "nl", "Geachte heer Kramer,"),
        ("Mary Poole", "Mary Poole (Mrs)", "en", "Dear Mrs Poole,"),
        ("Tom Poole", "Mr T. Poole", "en", "Dear Mr Poole,"),
        ("Mme Odile Blanc", "", "fr", "Bonjour Madame Blanc,"),
        # of somebody else, or a lawyer's
        ("Karl Vogt", "Karl Vogt und Frau", "de", "Guten Tag Karl Vogt,"),
        ("Karl Vogt", "Frau Berg", "de", "Guten Tag Karl Vogt,"),
        ("Hanna Winkel", "mr. H. Winkel, secretaris", "nl", "Geachte heer/mevrouw Winkel,"),
        ("Hanna Winkel", "mr. H. Winkel", "nl", "Geachte heer/mevrouw Winkel,"),
    ],
)  # fmt: skip
def test_a_title_that_is_given_is_used(name: str, below: str, language: str, wanted: str) -> None:
    assert greeted(name, language, f"{FORMAL[language]}\n\nmy lamp is broken.\n\n{below}") == wanted


@pytest.mark.parametrize(
    "opening", ["Hallo,", "Bonjour madame,", "Dear all,", "Dear team,", "Beste mensen,", "Guten Tag,", ""]
)
def test_who_does_not_is_greeted_by_first_name(opening: str) -> None:
    text = f"{opening}\n\nwir haben es dem Team gesagt, sehr geehrte Leute.\n\nFrau Ilse Vogt"
    assert greeted("Ilse Vogt", "de", text) == "Hallo Ilse,"


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(sorted(FORMAL)))
def test_any_name_makes_one_line(name: str, below: str, language: str) -> None:
    made = greeted(name, language, f"{FORMAL[language]}\n\n{below}")
    assert made.endswith(",")
    assert len(made.splitlines()) == 1


@pytest.mark.parametrize("language", FORMAL)
@pytest.mark.parametrize("below", ["Ilse Vogt", "Frau Ilse Vogt", "mevr. I. Vogt", "Mrs Ilse Vogt", "Mme Vogt"])
def test_no_check_objects_to_a_formal_greeting(language: str, below: str) -> None:
    text = f"{FORMAL[language]}\n\n{LAMPS[language]}\n\n{below}"
    made = compose(asked(text, language, name="Ilse Vogt"), [], facts())
    assert re.match(r"[^\n]{0,30}Vogt,\n\n", made.text)
    assert made.warnings == []
