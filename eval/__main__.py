"""``make eval``: prints what was measured beside its bound, and ends with 1 where a bound is missed."""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from eval import conversations, drafts, kinds, newtext, question, similar, writing
from eval.line import Line

# Each theme's lines, in the order of MAIL.md §26.
THEMES: Final[Mapping[str, Callable[[], Iterable[Line]]]] = {
    "newtext": newtext.lines,
    "conversations": conversations.lines,
    "question": question.lines,
    "kinds": kinds.lines,
    "similar": similar.lines,
    "drafts": drafts.lines,
}
BEGIN, END = "<!-- what make eval printed -->\n", "<!-- as far as here, of make eval -->\n"
VERDICT: Final = {True: "met", False: "**missed**", None: ""}


def markdown(lines: Iterable[Line]) -> str:
    """The lines as docs/figures.md has them."""
    rows = [(line.what, line.bound, line.value, VERDICT[line.is_met]) for line in lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in (("what", "bound", "measured", ""), ["---"] * 4, *rows))


def put_into(document: str, text: str) -> str:
    """``document`` with ``text`` between the two marks. Raises ValueError where it has none."""
    head, rest = document.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n{text}\n\n{END}{tail}"


def _of_themes(only: str | None) -> list[Line]:
    return [line for name, theme in THEMES.items() if only in (None, name) for line in theme()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(prog="make eval", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="name the cases behind each figure")
    parser.add_argument("--only", choices=list(THEMES), help="one theme")
    parser.add_argument("--llm", metavar="URL", help="the drafts of the language model server at that address")
    parser.add_argument("--model", default="", help="its name; llama.cpp's server has one")
    parser.add_argument("--update", type=Path, metavar="FILE", help="put the table into docs/figures.md")
    options = parser.parse_args(arguments)
    lines = list(writing.lines(options.llm, options.model)) if options.llm else _of_themes(options.only)
    print(text := markdown(lines))
    if options.misses:
        print(*(f"{line.what}: {miss}" for line in lines for miss in line.misses), sep="\n")
    if options.update:
        options.update.write_text(put_into(options.update.read_text(), text))
    return 1 if any(line.is_met is False for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
