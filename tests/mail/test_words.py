"""Words as the search compares them."""

from hypothesis import given
from hypothesis import strategies as st

from rcmail.mail.words import fold, words


def test_accents_and_capitals_do_not_count() -> None:
    assert words("Crème BRÛLÉE, Straße; naïve 3D-print e_mail") == [
        *("creme", "brulee", "strasse", "naive", "3d", "print", "e", "mail"),
    ]
    assert fold("ΆΛΦΑ йод") == fold("άλφα ЙОД")


@given(st.text())
def test_whatever_is_typed_finds_itself_and_holds_nothing_that_a_query_obeys(text: str) -> None:
    found = words(text)
    assert len(set(found)) == len(found)
    assert all(word.isalnum() and len(word) <= 60 for word in found)
    assert words(" ".join(found)) == found


def test_what_grows_when_it_is_folded_still_fits_into_a_tsvector() -> None:
    assert sum(len(word.encode()) for word in words("\ufdfa" * 33_000)) < 1_000_000
