"""After the comma of a German greeting the sentence goes on in small letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.drafting.beginning import begun
from rcmail.drafting.compose import compose
from tests.drafting.room import asked, facts


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("leider nehmen wir keine Öfen an.", "Leider nehmen wir keine Öfen an."),
        ("über die Treppe geht es nicht.", "Über die Treppe geht es nicht."),
        ("schicken Sie uns ein Foto.", "Schicken Sie uns ein Foto."), ("reparieren wir!", "Reparieren wir!"),
        ("klingt nach dem Riemen.", "Klingt nach dem Riemen."),
        # nouns, names, whom one is polite to, and what no table knows
        *(
            (each, each)
            for each in (
                "Lampen gehen immer.", "Wim kennt sich aus.", "Sie können kommen.", "Ihr Radio nehmen wir an.",
                "Ihnen hilft Teun.", "Reparieren lernen Sie bei uns.", "[Frage 1: offen]",
                "3 Messer sind erlaubt.", "DIE Lampe.",
                "PCs nehmen wir an.", "Fahrräder reparieren wir.",
            )
        ),
    ],
)  # fmt: skip
def test_the_first_word_is_small_unless_it_is_a_noun_or_polite(wanted: str, sentence: str) -> None:
    assert begun(f"Hallo Anna,\n\n{sentence}\n\nDie Tür ist offen.", "de") == (
        f"Hallo Anna,\n\n{wanted}\n\nDie Tür ist offen."
    )


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_the_other_languages_begin_with_a_capital(language: str) -> None:
    assert begun("Dear Anna,\n\nIn de Die Am", language) == "Dear Anna,\n\nIn de Die Am"


@given(st.text())
def test_nothing_moves(text: str) -> None:
    assert begun(text, "de").casefold() == text.casefold()
    assert len(begun(text, "de")) == len(text)


def test_what_is_objected_to_stays_at_its_place() -> None:
    made = compose(asked("Repariert ihr Lampen? Könnt ihr Geigen stimmen?", "de"), [], facts())
    assert made.text.splitlines()[2] == "das machen wir: Kommen Sie gern damit vorbei."
    assert [made.text[each.start : each.end][:9] for each in made.warnings] == ["[Frage 2:"]
