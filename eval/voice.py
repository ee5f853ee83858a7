"""``python -m eval.voice``: trains what a visitor's voice is, and writes it to rcmail/answers/voice.py.

A ridge regression on sentence vectors of the mails of our own that may be tuned on: 1 for a visitor's, −1 for
another's, either kind with the same weight. Prints how far it is right on mails that it was not trained on.
"""

import base64
import json
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from eval import kinds, unlike
from rcmail.answers import meaning, voice

_Floats = NDArray[np.float64]

# How little single mails may pull; of 0.1, 0.2, 0.5 and 1 this one keeps most visitors for as many others.
_STIFFNESS: Final = 0.5
# What stands for a number beside the vector, so that the middle between the kinds need not be at nought.
_CONSTANT: Final = 0.5
_FOLDS: Final = 10
_SEEDS: Final = 8
_TEXT: Final = '''"""What a visitor's voice is, a direction among sentence vectors: written by ``eval.voice``."""

from typing import Final

DIRECTION: Final = (  # bytes with a sign, in base64
{lines}
)
# A vector's voice is ZERO and SCALE times its product with the direction.
SCALE: Final = {scale}
ZERO: Final = {zero}
'''


def mails() -> list[dict[str, Any]]:
    """Those that may be tuned on."""
    lines = [line for path in (kinds.FILE, unlike.FILE) for line in path.read_text().splitlines()]
    return [mail for mail in map(json.loads, lines) if mail["split"] == "tune"]


def vectors(of: list[dict[str, Any]]) -> _Floats:
    """As the helper makes them of the requests in these mails."""
    rows = (base64.b64decode(each) for each in meaning.requests(of))
    return np.array([np.frombuffer(row, np.int8) for row in rows], np.float64) / 127


def trained(rows: _Floats, kind: _Floats) -> tuple[_Floats, float]:
    """The direction, and nought's voice; ``kind`` is 1 or −1."""
    share = np.where(kind > 0, np.mean(kind > 0), np.mean(kind < 0))
    weights = np.linalg.solve(rows @ rows.T + _CONSTANT + np.diag(2 * _STIFFNESS * share), kind)
    return rows.T @ weights, float(_CONSTANT * weights.sum())


def unseen(rows: _Floats, kind: _Floats, seed: int = 0) -> _Floats:
    """The voice of each, by what was trained on nine tenths of which it is none."""
    fold = np.random.default_rng(seed).integers(0, _FOLDS, len(kind))
    voices = np.zeros(len(kind))
    for each in range(_FOLDS):
        direction, zero = trained(rows[fold != each], kind[fold != each])
        voices[fold == each] = rows[fold == each] @ direction + zero
    return voices


def text(direction: _Floats, zero: float) -> str:
    """The module."""
    scale = float(np.abs(direction).max() / 127)
    code = base64.b64encode(np.rint(direction / scale).astype(np.int8).tobytes()).decode()
    lines = "\n".join(f'    "{code[start : start + 96]}"' for start in range(0, len(code), 96))
    return _TEXT.format(lines=lines, scale=f"{scale:.6f}", zero=f"{zero:.4f}")


def _material() -> tuple[_Floats, _Floats]:
    of = mails()
    return vectors(of), np.array([1.0 if mail["kind"] == "visitor" else -1.0 for mail in of])


def trained_on_all() -> tuple[_Floats, float]:
    """What is shipped."""
    return trained(*_material())


def main() -> None:
    rows, kind = _material()
    voices = np.mean([unseen(rows, kind, seed) for seed in range(_SEEDS)], axis=0)
    for name, sign in (("visitors", 1), ("others", -1)):
        print(f"{np.mean(voices[kind == sign] * sign > 0):.0%} of {sum(kind == sign)} {name} on their side")
    Path(voice.__file__).write_text(text(*trained(rows, kind)))


if __name__ == "__main__":
    main()
