"""A secret in a table: nobody without the key reads it, and nobody's spoilt text breaks anything."""

from hypothesis import given
from hypothesis import strategies as st

from rcmail.connection.sealing import Seal
from rcmail.log.redaction import Secret

SEAL = Seal(Secret("k" * 40))


@given(st.text())
def test_what_is_shut_opens_again_and_is_never_the_same_twice(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        return  # no token, and none that a variable may hold
    shut = SEAL.shut(Secret(text))
    opened = SEAL.open(shut)
    assert opened is not None
    assert opened.reveal() == text
    assert shut != SEAL.shut(Secret(text))
    assert len(text) < 3 or text.encode() not in shut


def test_another_key_opens_nothing() -> None:
    assert Seal(Secret("o" * 40)).open(SEAL.shut(Secret("token"))) is None


@given(st.binary())
def test_what_was_not_shut_opens_not(data: bytes) -> None:
    assert SEAL.open(data) is None


@given(st.integers(min_value=0, max_value=44), st.integers(min_value=1, max_value=255))
def test_a_single_changed_byte_is_noticed(place: int, flip: int) -> None:
    shut = bytearray(SEAL.shut(Secret("token")))
    shut[place % len(shut)] ^= flip
    assert SEAL.open(bytes(shut)) is None
