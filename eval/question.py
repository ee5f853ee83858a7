"""The question in a mail: what comes back of a bare question that ordinary mail was put around."""

import json
from collections.abc import Iterator, Sized
from pathlib import Path
from typing import Any, Final

from eval.brought import brought
from eval.line import Line
from eval.wrapping import wrap
from rcmail.mail.question import question

FILE: Final = Path(__file__).resolve().parent.parent / "tests/data/similar/questions.jsonl"
# Some of the bare ones greet, or thank for the last time, themselves: that is no part of what they ask.
_GREETED: Final = ("Hallo", "Guten Tag", "Bonjour", "Hi there", "Moin", "goeiemiddag", "Hoi")


def lines() -> Iterator[Line]:
    """How many questions come back word for word, and how many lose a word."""
    cases = list(_cases())
    for language in ("nl", "de", "en", "fr"):
        mine = [case for case in cases if case[1] == language]
        yield _line(
            f"the question in a mail, {language}: word for word", mine, [_name(c) for c in mine if c[3] != c[2]]
        )
    yield _line("the question in a mail: no word lost", cases, [_name(case) for case in cases if _loses(case)])
    asked = [label for label, _ in brought().mails if label["direction"] == "in" and "?" in label["new_text"]]
    lost = [label["id"] for label in asked if _marks(label) != label["new_text"].count("?")]
    yield _line("the question in a mail, `mailbox/`: every question mark is there", asked, lost)


def _marks(label: dict[str, Any]) -> int:
    return question(label["new_text"], label["subject"]).count("?")


def _line(what: str, cases: Sized, missed: list[str]) -> Line:
    share = 100 * (1 - len(missed) / len(cases))
    return Line(what, f"{share:.1f} % of {len(cases)}", misses=tuple(missed))


def _cases() -> Iterator[tuple[str, str, list[str], list[str]]]:
    """The case's name, its language, the words that are right and those that came back."""
    for number, line in enumerate(FILE.read_text().splitlines()):
        case = json.loads(line)
        text = case.get("question") or case["text"]
        bare, language = _bare(text), case["lang"]
        yield (
            f"{case['kind']} {case['id']}",
            language,
            bare.split(),
            question(wrap(bare, language, number)).split(),
        )


def _bare(text: str) -> str:
    for greeting in _GREETED:
        if text.startswith((f"{greeting},", f"{greeting} ")):
            return text[len(greeting) :].lstrip(" ,")
    return text


def _name(case: tuple[str, str, list[str], list[str]]) -> str:
    return case[0]


def _loses(case: tuple[str, str, list[str], list[str]]) -> bool:
    return not set(case[2]) <= set(case[3])
