"""What is found, in which order: meaning, then the language; and nothing rather than something far-fetched."""

from datetime import UTC, datetime

import pytest

from rcmail.answers.ranking import ASKS, TELLS, UNSURE, Floor, Past, floor_of, joined, ranked
from rcmail.answers.request import new
from rcmail.answers.words import Shared


@pytest.mark.parametrize(
    ("floor", "nearest", "found"),
    [
        (ASKS, 0.40, {1, 2}),
        (ASKS, 0.34, set()),
        (TELLS, 0.34, {1, 2}),
        (TELLS, 0.22, set()),
        (UNSURE, 0.50, {1, 2}),
        (UNSURE, 0.40, set()),
    ],
)
def test_the_nearest_one_decides_whether_there_is_anything(floor: Floor, nearest: float, found: set[int]) -> None:
    assert set(joined([{1: nearest, 2: 0.21, 3: 0.19}], [{}], floor)) == found


def test_words_that_are_shared_lift_a_cosine_a_little() -> None:
    meaning = [{1: 0.34}]
    assert joined(meaning, [{1: Shared(1.0, 0.2)}], ASKS) == {}
    assert list(joined(meaning, [{1: Shared(1.0, 0.5)}], ASKS)) == [1]


def test_the_nearest_to_a_single_question_counts_as_the_nearest_to_the_whole() -> None:
    assert set(joined([{1: 0.2}, {1: 0.1}, {1: 0.6}], [{}, {}, {}], ASKS)) == {1}


def test_by_words_alone_mail_that_is_perhaps_no_visitors_has_to_share_more() -> None:
    words = [{1: Shared(1.0, 0.3), 2: Shared(0.2, 0.05)}]
    assert set(joined([], words, ASKS)) == {1}
    assert joined([], words, UNSURE) == {}


def test_a_request_that_is_empty_finds_nothing() -> None:
    assert joined([], [{}], TELLS) == {}
    assert joined([{}], [{}], TELLS) == {}


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("Mijn waterkoker lekt.", TELLS),
        ("Unser Toaster geht nicht mehr an, kann ich damit kommen?", TELLS),
        ("My radio is broken. When are you open?", TELLS),
        ("Ma lampe ne marche plus.", TELLS),
        ("Repareren jullie ook een kapotte klarinet?", ASKS),
        ("Repariert ihr auch Geigen? Meine ist gebrochen.", ASKS),
        ("Do you fix violins? Mine is broken, my teacher says.", ASKS),
        ("Réparez-vous les clarinettes ? La mienne est cassée.", ASKS),
        ("Mag mijn hond mee naar binnen?", ASKS),
        ("Is there wifi?", ASKS),
    ],
)
def test_who_tells_of_something_broken_is_served_by_what_was_answered_of_another_thing(
    text: str, floor: Floor
) -> None:
    assert floor_of("visitor", tells=new({"asked": [text], "subject": ""})["tells"]) == floor
    assert floor_of("unsure", tells=True) == UNSURE


NOW = datetime(2026, 11, 1, tzinfo=UTC)


def order(meaning: dict[int, float], words: dict[int, Shared], languages: dict[int, str]) -> list[int]:
    """The past requests, in which a Dutch one finds them."""
    past = [Past(each, each, each, languages[each], NOW, frozenset([each])) for each in meaning]
    found = ranked(joined([meaning], [words], ASKS), past, meaning, "nl", NOW, 5)
    return [each.past.id for each in found]


def test_of_what_is_as_near_the_visitors_language_comes_first() -> None:
    assert order({1: 0.6, 2: 0.58}, {}, {1: "fr", 2: "nl"}) == [2, 1]


def test_what_means_the_same_comes_before_what_is_only_in_the_visitors_language() -> None:
    by_chance = {2: Shared(4.0, 0.1), 3: Shared(3.0, 0.08)}
    assert order({1: 0.5, 2: 0.34, 3: 0.3}, by_chance, {1: "fr", 2: "nl", 3: "nl"})[0] == 1


def test_words_that_are_much_of_what_is_asked_bring_what_shares_them_to_the_front() -> None:
    assert order({1: 0.5, 2: 0.4}, {2: Shared(4.0, 0.6)}, {1: "fr", 2: "nl"}) == [2, 1]
