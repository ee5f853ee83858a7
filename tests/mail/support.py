"""Mails written for the tests, with each line marked as the author's or not."""

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "newtext/cases"


@dataclass
class Case:
    """One mail: ``+`` is the author's line, ``-`` is not, ``<`` an earlier mail's, ``^`` the sender's."""

    name: str
    text: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    earlier: list[list[str]] = field(default_factory=list)
    own: list[list[str]] = field(default_factory=list)


def cases() -> list[Case]:
    """Every case of the folder; ``␠`` is a blank at a line's end, a doubled ``<`` or ``^`` begins a mail."""
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text().splitlines():
            mark, rest = line[:1], line[2:].replace("␠", " ")
            if mark == "=":
                found.append(Case(f"{path.stem}: {line[3:]}"))
            elif mark and mark in "+-":
                found[-1].text.append(rest)
                found[-1].new += [rest] * (mark == "+")
            elif mark and mark in "<^":
                messages = found[-1].earlier if mark == "<" else found[-1].own
                if not messages or line == 2 * mark:
                    messages.append([])
                messages[-1] += [rest] * (line != 2 * mark)
    return found
