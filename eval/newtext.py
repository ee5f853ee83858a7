"""The new text of mails: how much of what the author wrote is found, and how much of others' is left in it."""

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from eval.brought import brought
from eval.line import Line
from rcmail.mail.newtext.extract import new_text

# Other projects' fixtures, which stay outside: beside the checkout, or in the folder the variable names.
QUOTES: Final = Path(os.environ.get("QUOTES") or Path(__file__).resolve().parents[2] / "shared/quotes")
LANGUAGES: Final = {"nl", "de", "en", "fr", "it", "es"}
MOST_WORDS: Final = 2_000  # compared with one another where texts differ
_BLANK: Final = re.compile(r"[\s\u00a0\u200b-\u200d\ufeff\u2060]+")


@dataclass
class Score:
    """Counts over cases; characters are those of words."""

    cases: int = 0
    exact: int = 0
    over_cut: int = 0
    characters: int = 0
    lost: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, got: str, right: Iterable[str]) -> None:
        """Count one case; of several right answers the nearest one counts."""
        words = _words(got)
        lost, excess, characters = min(
            (_difference(words, _words(answer)) for answer in right), key=lambda found: 3 * found[0] + found[1]
        )
        self.cases += 1
        self.exact += not lost and not excess
        self.over_cut += lost > 0
        self.characters += characters
        self.lost += lost
        if lost or excess:
            self.misses.append(f"{name}: {lost} characters lost, {excess} too many")


def _words(text: str) -> list[str]:
    return _BLANK.sub(" ", unicodedata.normalize("NFC", text)).split()


def _difference(got: Sequence[str], right: Sequence[str]) -> tuple[int, int, int]:
    """Characters lost, characters too many, characters right."""
    total = sum(map(len, right))
    if got == right:
        return 0, 0, total
    # SequenceMatcher finds the long common runs; what is the same at both ends need not be looked for.
    start = next(
        (n for n, (a, b) in enumerate(zip(got, right, strict=False)) if a != b), min(len(got), len(right))
    )
    blocks = SequenceMatcher(None, got[start:][:MOST_WORDS], right[start:][:MOST_WORDS], autojunk=False)
    same = sum(map(len, right[:start])) + sum(
        len(word)
        for block in blocks.get_matching_blocks()
        for word in right[start:][block.b : block.b + block.size]
    )
    return total - same, sum(map(len, got)) - same, total


def mailbox_score() -> Score:
    """Of the invented mailbox as rcmail keeps it, against its labels."""
    score = Score()
    for label, kept in brought().mails:
        score.add(label["id"], kept.new_text, [label["new_text"]])
    return score


def quotes_score(folder: Path = QUOTES, *, with_thread: bool = True) -> Score:
    """Of the other projects' fixtures in ``folder``, in six languages. Raises FileNotFoundError."""
    score = Score()
    for line in (folder / "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        if case["language"] in LANGUAGES:
            found = new_text(case["raw_text"].replace("\r\n", "\n"), case["thread"] if with_thread else ())
            score.add(case["id"], found, [case["expected_reply"], *(case["accept"] or ())])
    return score


def lines() -> Iterator[Line]:
    """What MAIL.md §26 bounds of the new text, and beside it the quotations without their threads."""
    try:
        yield from _lines("new text, `quotes/`, with the thread", quotes_score(), exact=90, over_cut=1.5, lost=1)
        yield from _lines("new text, `quotes/`, without the thread", quotes_score(with_thread=False))
    except FileNotFoundError:
        yield Line("new text, `quotes/`", "not measured: no cases.jsonl in ../shared/quotes or QUOTES=folder")
    yield from _lines("new text, `mailbox/`", mailbox_score(), exact=95, over_cut=0.5)


def _lines(
    what: str,
    score: Score,
    *,
    exact: float | None = None,
    over_cut: float | None = None,
    lost: float | None = None,
) -> Iterator[Line]:
    """Three lines of percentages, each with its bound if there is one."""
    share, misses = 100 * score.exact / score.cases, tuple(score.misses)
    value, is_met = f"{share:.1f} % of {score.cases}", None if exact is None else share >= exact
    yield Line(f"{what}: exact", value, "" if exact is None else f"≥ {exact:g} %", is_met, misses)
    for name, share, most in (
        ("cases with lost words", 100 * score.over_cut / score.cases, over_cut),
        ("the author's characters lost", 100 * score.lost / max(1, score.characters), lost),
    ):
        bound, is_met = ("", None) if most is None else (f"≤ {most:g} %", share <= most)
        yield Line(f"{what}: {name}", f"{share:.2f} %", bound, is_met)
