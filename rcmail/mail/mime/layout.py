"""A page of text that is written element by element: lines, quotes, lists, tables."""

from typing import Final

_BLOCK_NAMES: Final = """
    address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header html legend li main nav ol p pre section table tbody td tfoot th thead tr ul"""
_SPACED_NAMES: Final = "blockquote dl h1 h2 h3 h4 h5 h6 ol p pre ul"
BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_SPACED: Final = frozenset(_SPACED_NAMES.split())
_RULE: Final = "_" * 32  # as Outlook has it above a message that is quoted
_MAX_LABEL: Final = 60
_MAX_QUOTES: Final = 20
_MAX_INDENT: Final = 10


class Page:
    """``size`` is how many characters were written so far, lines among them."""

    def __init__(self) -> None:
        self.size = 0
        self._lines: list[tuple[int, str]] = []  # how deeply quoted, and what
        self._line: list[str] = []
        self._has_words = False
        self._wants_gap = False
        # What is open: its name, and whether it quotes, keeps its lines as they are, stands apart from others.
        self._open: list[tuple[str, bool, bool, bool]] = []
        self._quotes = 0
        self._preformatted = 0
        self._lists: list[int] = []  # the number of the next item, 0 where they have none
        self._rows: list[list[int]] = []  # the line at which each cell begins

    @property
    def is_preformatted(self) -> bool:
        return self._preformatted > 0

    def text(self) -> str:
        self._flush()
        quotes = ((">" * min(depth, _MAX_QUOTES), line) for depth, line in self._lines)
        return "\n".join(f"{quote} {line}" if quote and line else quote + line for quote, line in quotes)

    def write(self, text: str) -> None:
        """``text`` in which a run of white space is one blank."""
        if text[:1] == " " and (not self._has_words or self._line[-1][-1:] == " "):
            text = text[1:]
        if text:
            self._line.append(text)
            self._has_words = True
            self.size += len(text)

    def write_lines(self, lines: list[str]) -> None:
        for number, line in enumerate(lines):
            if number:
                self._break()
            if line:
                self._line.append(line)
                self._has_words = True
                self.size += len(line)

    def mark(self, name: str) -> None:
        """An element that has no content."""
        if name == "br":
            self._break()
        elif name == "hr":
            self._flush()
            self._add(_RULE)

    def open(self, name: str, *, is_quote: bool, is_preformatted: bool, is_spaced: bool) -> None:
        if name in BLOCKS:
            self._flush()
            self._wants_gap = self._wants_gap or (name in _SPACED and is_spaced and not self._line)
        self._open.append((name, is_quote, is_preformatted, is_spaced))
        self._quotes += is_quote
        self._preformatted += is_preformatted
        if name in ("ul", "ol"):
            self._lists.append(int(name == "ol"))
            self._wants_gap = self._wants_gap and len(self._lists) == 1
        elif name == "li":
            self._bullet()
        elif name == "tr":
            self._rows.append([])
        elif name in ("td", "th") and self._rows:
            self._rows[-1].append(len(self._lines))

    def close(self) -> None:
        """The element that was opened last."""
        name, is_quote, is_preformatted, is_spaced = self._open.pop()
        if name in BLOCKS:
            self._flush()
        if name in ("ul", "ol"):
            self._lists.pop()
        elif name == "li":
            self._line.clear()  # an item without words
        elif name == "tr":
            self._join(self._rows.pop())
        self._wants_gap = self._wants_gap or (name in _SPACED and is_spaced and len(self._lists) == 0)
        self._quotes -= is_quote
        self._preformatted -= is_preformatted

    def _bullet(self) -> None:
        number = self._lists[-1] if self._lists else 0
        if number:
            self._lists[-1] = number + 1
        indent = "  " * min(max(0, len(self._lists) - 1), _MAX_INDENT)
        self._line = [f"{indent}{number}. " if number else f"{indent}- "]

    def _break(self) -> None:
        if self._has_words:
            self._flush()
        else:
            self._wants_gap = False
            self._add("")

    def _flush(self) -> None:
        """Ends the line, if there is one; a bullet alone waits for its words."""
        if not self._has_words:
            return
        line = "".join(self._line).rstrip()
        if self._wants_gap and self._lines and self._lines[-1][1] and not self._is_in_new_cell():
            self._lines.append((min(self._lines[-1][0], self._quotes), ""))
        self._wants_gap = False
        self._add("-- " if line == "--" else line)  # before a signature (RFC 3676 §4.3)
        self._line, self._has_words = [], False

    def _is_in_new_cell(self) -> bool:
        """In a cell beside another, of which nothing is written yet."""
        return bool(self._rows) and len(self._rows[-1]) > 1 and self._rows[-1][-1] == len(self._lines)

    def _add(self, line: str) -> None:
        # No more than two empty lines in a row: they are how designers make room.
        if line or len(self._lines) < 2 or self._lines[-1][1] or self._lines[-2][1]:
            self._lines.append((self._quotes, line))
            self.size += 1

    def _join(self, cells: list[int]) -> None:
        """A row whose cells have a line each becomes one line."""
        if len(cells) < 2:
            return
        written = [
            self._lines[start]
            for start, end in zip(cells, [*cells[1:], len(self._lines)], strict=True)
            if end - start == 1 and self._lines[start][1]
        ]
        if len(written) < 2 or len(written) != len(self._lines) - cells[0]:
            return
        words = [line for _, line in written]
        if len(words) == 2 and len(words[0]) <= _MAX_LABEL:
            line = " ".join(words) if words[0][-1] in ".,:;!?" else ": ".join(words)
        else:
            line = " | ".join(words)
        self._lines[cells[0] :] = [(written[0][0], line)]
        self._wants_gap = False
