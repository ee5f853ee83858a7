"""Secrets in structures: by name at every depth, by value wherever they are."""

import json
from collections import OrderedDict, deque, namedtuple
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from rcmail.log.redaction import Redactor, Secret
from rcmail.log.scrubbing import HIDDEN

VALUE = "kQ7-configured-value"
NAMED = "wN3-held-under-a-name"
redact = Redactor([VALUE], ["llm_model", "event_date"]).redact


@dataclass
class Account:
    user: Any
    refresh_token: Any


Pair = namedtuple("Pair", ["user", "password"])
NAMES = ["password", "client_secret", "api_key", "refreshToken", "X-Credential", "SECRET_KEY", b"authorization"]

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.just(f"<{VALUE}>")


def _holding(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    named = st.sampled_from(NAMES)
    return (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.lists(inner, max_size=3).map(deque)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        | st.dictionaries(named, inner.map(lambda held: [NAMED, held]), max_size=2)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3).map(MappingProxyType)
        | st.builds(Account, inner, st.just(NAMED))
        | st.builds(Pair, inner, st.just(NAMED))
        | st.tuples(named, st.just(NAMED))
        | st.builds(ValueError, inner)
        | st.builds(lambda held: RuntimeError({"password": NAMED, "held": held}), inner)
    )


@given(st.recursive(leaves, _holding, max_leaves=20))
def test_no_secret_comes_through_whatever_structure_it_is_in(value: Any) -> None:
    shown = json.dumps(redact(value))
    assert VALUE not in shown
    assert NAMED not in shown


@pytest.mark.parametrize(
    "held",
    [
        {"password": NAMED},
        [{"a": [{"token": [NAMED]}]}],
        OrderedDict(api_key={"deep": NAMED}),
        Account("u", NAMED),
        Pair("u", NAMED),
        (("Authorization", NAMED),),
        RuntimeError({"password": {"inner": NAMED}}),
        ValueError(Account("u", NAMED), "second"),
        {"code": NAMED, "state": NAMED},
        {b"password": NAMED},
        CIMultiDict([("Set-Cookie", NAMED), ("Set-Cookie", "another")]),
        ((b"Authorization", NAMED.encode()), (b"Host", b"h")),
    ],
)
def test_a_name_hides_what_is_under_it(held: object) -> None:
    assert NAMED not in json.dumps(redact({"held": held}))


def test_the_names_of_settings_may_stand_in_a_field_called_key_and_nothing_else_may() -> None:
    assert redact({"key": "llm_model", "keys": ["llm_model", "event_date"]}) == {
        "key": "llm_model",
        "keys": ["llm_model", "event_date"],
    }
    assert redact({"key": NAMED, "keys": ["llm_model", NAMED], "api_key": "llm_model"}) == {
        "key": HIDDEN,
        "keys": HIDDEN,
        "api_key": HIDDEN,
    }


def test_an_error_that_has_words_of_its_own_keeps_them() -> None:
    assert redact(OSError(2, "No such file", "/x")) == "FileNotFoundError: [Errno 2] No such file: '/x'"
    assert redact(KeyError("llm_model")) == "KeyError: 'llm_model'"
    assert redact(ValueError("two", {"password": NAMED})) == "ValueError: ['two', {'password': '[redacted]'}]"


def test_fields_that_only_look_like_it_stay_readable() -> None:
    held = {
        "event": "monkey",
        "keyboard": "qwerty",
        "monkeys": 3,
        "variables": ["SECRET_KEY", "GMAIL_REFRESH_TOKEN"],
    }
    assert redact(held) == held


def test_a_secret_of_digits_is_hidden_as_a_number_too() -> None:
    assert Redactor(["12345678"]).redact({"number": 12345678, "others": [1, 2.5, 99123456781]}) == {
        "number": HIDDEN,
        "others": [1, 2.5, HIDDEN],
    }


class Hostile:
    def __repr__(self) -> str:
        raise RuntimeError("no")


def test_what_cannot_be_shown_is_named_by_its_type() -> None:
    loop: list[Any] = []
    loop.extend([loop] * 50)
    deep: Any = "end"
    for _ in range(1000):
        deep = [deep]
    shown = redact({"hostile": Hostile(), "loop": loop, "deep": deep, "huge": 10**5000, "nan": float("nan")})
    assert shown["hostile"] == "<Hostile>"
    assert shown["huge"] == "<int>"
    assert shown["nan"] == "nan"
    assert len(json.dumps(shown)) < 100_000


def test_a_structure_without_end_is_cut() -> None:
    assert len(redact(list(range(100_000)))) <= 2_001
    assert len(redact({number: number for number in range(100_000)})) <= 201
    assert len(redact([{number: number for number in range(100_000)}])[0]) <= 201
    assert redact({"endless": [[0] * 2_000] * 99, "last": [{"shown": True}]})["last"] == [{"shown": True}]


def test_a_secret_gives_itself_away_nowhere() -> None:
    secret = Secret(NAMED)
    assert NAMED not in f"{secret} {secret!r} {[secret]} {secret:}"
    assert NAMED not in json.dumps(redact([secret, {"held": secret}]))
    assert secret.reveal() == NAMED
    assert not Secret("  ")
