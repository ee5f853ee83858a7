"""From HTML to the text that a reader sees, in one pass.

A tokenizer of our own, after https://html.spec.whatwg.org/multipage/parsing.html as far as mail needs it:
nothing calls itself, nothing is looked at twice, whatever the nesting.
"""

import re
from html import unescape
from typing import Final

from rcmail.mail.mime.layout import BLOCKS, Page
from rcmail.mail.mime.text import MAX_TEXT

MAX_HTML: Final = 1_000_000
# So much of a tag is looked at for what matters here; beyond are images written into the page.
_MAX_ATTRIBUTES: Final = 4000
_MAX_OPEN: Final = 2000
_MAX_ALTERNATIVES: Final = 100
_MAX_LOOK: Final = 32
_MAX_BROKEN: Final = 3

_TAG: Final = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]{0,60}+)((?:[\s/]++|[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)?|=)*+)>"""
)
_BROKEN_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60}+)([^<>]*+)>?")
_ATTRIBUTE: Final = re.compile(r"""([^\s/>=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?""")
_HUGE_REFERENCE: Final = re.compile(r"&#(?:[xX][0-9a-fA-F]{7,}+|[0-9]{8,}+);?")
_BLANKS: Final = re.compile(r"[ \t\n\r\f]+")

_VOID_NAMES: Final = "area base br col embed hr img input link meta param source track wbr"
_VOID: Final = frozenset(_VOID_NAMES.split())
# What is between their tags is none of HTML and none of the text.
_RAW_NAMES: Final = "script style title textarea xmp iframe noembed noframes template"
_CLOSE: Final = {name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE) for name in _RAW_NAMES.split()}
_UNSHOWN: Final = frozenset(["select", "datalist", "object", "audio", "video", "canvas", "svg", "math", "map"])
_ENDS_PARAGRAPH: Final = "div ul ol table blockquote pre h1 h2 h3 h4 hr"
_CELLS: Final = {"td", "th", "p"}
_ENDED_BY: Final = {
    "p": {"p"},
    "li": {"li", "p"},
    "dt": {"dt", "dd", "p"},
    "dd": {"dt", "dd", "p"},
    "td": _CELLS,
    "th": _CELLS,
    "tr": {"tr", *_CELLS},
    **{name: {"p"} for name in _ENDS_PARAGRAPH.split()},
}
# An end tag closes nothing beyond one of these, unless it is theirs.
_WALLS: Final = frozenset(["table", "td", "th", "blockquote"])

_HIDDEN: Final = re.compile(r"(?:^|;)(?:display:none|visibility:hidden|opacity:0+(?:\.0*)?(?:;|!|$))")
_FLAT: Final = re.compile(r"(?:^|;)(?:max-)?height:0(?:\.0*)?(?:px|em|pt|%)?(?:;|!|$)")
_TINY: Final = re.compile(r"(?:^|;)font-size:(?:0(?:\.0*)?(?:px|pt|r?em|%)?|1px)(?:;|!|$)")
_INDENTED: Final = re.compile(r"(?:^|;)border(?:-left)?:(?:none|0|medium none)")


def to_text(html: str) -> str:
    """What can be seen of ``html``, at most some MAX_TEXT characters of it; links without their addresses.

    A ``<blockquote>`` becomes lines that begin with ``>``; a row of two short cells ``label: value``. What images
    are called is left out, unless it is all there is.
    """
    return _Reader(html[:MAX_HTML]).text()


class _Reader:
    def __init__(self, html: str) -> None:
        self._html = html
        self._page = Page()
        self._alternatives: list[str] = []
        # What is open: its name, what it changed of the page, and what was so before.
        self._open: list[tuple[str, bool, bool, bool]] = []
        self._count: dict[str, int] = {}
        self._hidden = 0
        self._is_tiny = False
        self._broken = 0

    def text(self) -> str:
        html, position = self._html, 0
        while position < len(html) and self._page.size <= MAX_TEXT:
            start = html.find("<", position)
            start = len(html) if start < 0 else start
            if start > position:
                self._text(html[position:start])
            position = self._markup(start)
        text = self._page.text()
        return text if text.strip() else "\n".join(self._alternatives)[:MAX_TEXT]

    def _markup(self, start: int) -> int:
        """Takes what begins with ``<`` at ``start``, and says where the next begins."""
        html = self._html
        if html.startswith("<!--", start):
            end = html.find("-->", start + 2)
            return len(html) if end < 0 else end + 3
        if html.startswith(("<!", "<?"), start):
            end = html.find(">", start)
            return len(html) if end < 0 else end + 1
        tag = _TAG.match(html, start) if self._broken < _MAX_BROKEN else None
        if tag is None and (tag := _BROKEN_TAG.match(html, start)):
            self._broken += 1  # to find that it has no end, all was read
        if tag is None:
            self._text(html[start : start + 1])
            return start + 1
        name = tag[2].lower()
        if tag[1]:
            self._end(name)
        elif name in _CLOSE:
            close = _CLOSE[name].search(html, tag.end())
            return close.start() if close else len(html)
        else:
            self._start(name, tag[3])
        return tag.end()

    def _text(self, text: str) -> None:
        if self._hidden or self._is_tiny:
            return
        text = _unescaped(text)
        if self._page.is_preformatted:
            self._page.write_lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        else:
            self._page.write(_BLANKS.sub(" ", text))

    def _start(self, name: str, tail: str) -> None:
        if ended := _ENDED_BY.get(name):
            while self._open and self._open[-1][0] in ended:
                self._pop()
        attributes = _attributes(tail) if len(tail) > 1 else {}
        style = _BLANKS.sub("", attributes["style"].lower()) if "style" in attributes else ""
        if name in _VOID:
            if not self._hidden and not _HIDDEN.search(style):
                self._void(name, attributes)
        elif len(self._open) < _MAX_OPEN:
            self._push(name, attributes, style)

    def _void(self, name: str, attributes: dict[str, str]) -> None:
        if name == "img" and attributes.get("alt") and len(self._alternatives) < _MAX_ALTERNATIVES:
            self._alternatives.append(_unescaped(attributes["alt"]))
        self._page.mark(name)

    def _push(self, name: str, attributes: dict[str, str], style: str) -> None:
        is_hidden = "hidden" in attributes or name in _UNSHOWN or _is_hidden(style)
        # Designers set the size of letters to 0 around a table, and back in its cells.
        is_tiny = bool(_TINY.search(style)) if "font-size:" in style else self._is_tiny
        is_preformatted = name == "pre" or "white-space:pre" in style
        is_laid_out = not (self._hidden or is_hidden) and (is_preformatted or name in BLOCKS)
        if not (is_hidden or is_laid_out or is_tiny != self._is_tiny or self._count.get(name)):
            return  # its end will change nothing
        self._open.append((name, is_hidden, is_laid_out, self._is_tiny))
        self._count[name] = self._count.get(name, 0) + 1
        self._hidden += is_hidden
        self._is_tiny = is_tiny
        if is_laid_out:
            self._page.open(
                name,
                is_quote=name == "blockquote" and _is_quote(attributes, style),
                is_preformatted=is_preformatted,
                is_spaced="margin:0" not in style and not attributes.get("class", "").lower().startswith("mso"),
            )

    def _end(self, name: str) -> None:
        if name == "br":  # browsers take it for one
            self._page.mark(name)
        if not self._count.get(name):
            return
        for depth, (other, *_) in enumerate(reversed(self._open[-_MAX_LOOK:])):
            if other == name:
                for _ in range(depth + 1):
                    self._pop()
                return
            if other in _WALLS and name not in ("table", "tr", "body", "html", *_WALLS):
                return

    def _pop(self) -> None:
        name, is_hidden, is_laid_out, self._is_tiny = self._open.pop()
        self._count[name] -= 1
        self._hidden -= is_hidden
        if is_laid_out:
            self._page.close()


def _unescaped(text: str) -> str:
    return unescape(_HUGE_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def _attributes(tail: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(tail[:_MAX_ATTRIBUTES]):
        found.setdefault(name.lower(), value[1:-1] if value[:1] in ('"', "'") else value)
    return found


def _is_hidden(style: str) -> bool:
    return bool(style) and bool(_HIDDEN.search(style) or (_FLAT.search(style) and "overflow:hidden" in style))


def _is_quote(attributes: dict[str, str], style: str) -> bool:
    """Gmail also indents with it what the author writes: without a border, and without a class."""
    return bool(attributes.get("class") or attributes.get("type")) or not _INDENTED.search(style)
