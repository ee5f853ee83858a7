"""What of a mail's parts is its text, and what is attached to it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rcmail.mail.mime import charsets, headers
from rcmail.mail.mime.flowed import unflow
from rcmail.mail.mime.html import MAX_HTML, to_text
from rcmail.mail.mime.parts import Part
from rcmail.mail.mime.text import MAX_TEXT, clean, cut, one_line

MAX_ATTACHMENTS: Final = 100
_MAX_PLAIN: Final = 4 * MAX_TEXT  # bytes that are looked at: UTF-32 has four for a letter

_SEALED: Final = frozenset(["multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"])
_CALENDAR: Final = frozenset(["text/calendar", "application/ics"])
_REPORTS: Final = frozenset(["message/delivery-status", "message/disposition-notification"])
# Read by programs only; without a name nobody would look for it.
_MACHINERY: Final = _REPORTS | {"text/rfc822-headers", "application/pgp-encrypted"}
_MAX_LOGO: Final = 10_000  # bytes: below are the logos of signatures, above the photographs

# A text part that only says: look at the other one.
_STUB: Final = re.compile(
    r"\b(?:browser|html|online|web ?versi\w+|(?:e-?)?mail-?(?:client|programma?|program)|navigat\w+|navegador)\b",
    re.IGNORECASE,
)
_MAX_STUB: Final = 500
_META: Final = re.compile(rb"<meta[^>]{0,200}charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MARKUP: Final = re.compile(r"\s{0,100}<(?:!doctype\s+html|html)\b", re.IGNORECASE)

_SIGNED: Final = re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Z][A-Za-z]*: .*\n)*+\n?", re.MULTILINE)
_SIGNATURE: Final = re.compile(r"^-----BEGIN PGP SIGNATURE-----\n(?:(?!-----).*\n)*+-----END.*$", re.MULTILINE)
_SECRET: Final = re.compile(r"^-----BEGIN PGP MESSAGE-----\n(?:(?!-----).*\n)*+(?:-----END.*$)?", re.MULTILINE)
_ESCAPED_DASH: Final = re.compile(r"^- (?=-)", re.MULTILINE)
_UUENCODED: Final = re.compile(r"^begin [0-7]{3} \S.*\n(?:[ -`]{1,64}\n)*+end$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """``name`` is no path, and empty where there is none; ``type`` as in ``image/jpeg``; ``size`` in bytes."""

    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Body:
    text: str
    is_cut: bool
    is_encrypted: bool
    attachments: tuple[Attachment, ...]
    has_calendar: bool
    is_report: bool


def read(top: Part) -> Body:
    leaves = top.leaves()
    for part in top.walk():
        for inner in part.parts:  # a text with a name is a file, unless the mail begins with it
            is_file = _is_text(inner) and inner.name and inner is not leaves[0]
            inner.is_attachment |= bool(is_file) and part.kind != "multipart/alternative"
    reading = _Reading()
    text = reading.text(top).strip("\n")
    short = cut(text)
    kinds = {part.kind for part in top.walk()}
    return Body(
        text=short,
        is_cut=reading.is_cut or short != text,
        is_encrypted=reading.is_encrypted or not kinds.isdisjoint(_SEALED),
        attachments=tuple(_attachment(leaf) for leaf in _attached(top))[:MAX_ATTACHMENTS],
        has_calendar=not kinds.isdisjoint(_CALENDAR) or any(leaf.name.lower().endswith(".ics") for leaf in leaves),
        is_report=top.kind == "multipart/report" or not kinds.isdisjoint(_REPORTS),
    )


def _attached(part: Part, within: str = "") -> Iterable[Part]:
    """The leaves that are not the text, in a container of the kind ``within``."""
    for inner in part.parts:
        yield from _attached(inner, part.kind)
    if part.parts or part.kind.startswith("multipart/") or _is_text(part):
        return
    is_form = within == "multipart/alternative"  # another form of the text itself
    is_logo = within == "multipart/related" and part.kind.startswith("image/") and part.size() <= _MAX_LOGO
    is_named = part.is_attachment or bool(part.name)
    if not is_logo and (is_named or not (is_form or part.kind in _MACHINERY)):
        yield part


def _is_text(part: Part) -> bool:
    return part.kind in ("text/plain", "text/html") and not part.is_attachment


def _attachment(part: Part) -> Attachment:
    name = part.name
    if part.kind == "message/rfc822" and not name:
        fields, _ = headers.read_fields(part.raw, part.start, part.end, is_top=False)
        name = re.sub(r"[/\\]", "_", one_line(headers.decode_words(headers.first(fields, "subject")), 200))
    return Attachment(name=name, type=part.kind, size=part.size())


class _Reading:
    """One reading of a mail; what all its parts together may cost is counted here."""

    def __init__(self) -> None:
        self.is_cut = False
        self.is_encrypted = False
        self._plain_left = _MAX_PLAIN
        self._html_left = MAX_HTML

    def text(self, part: Part) -> str:
        if part.kind == "multipart/alternative" and part.parts:
            return self._best(part.parts)
        if part.kind == "multipart/encrypted":
            return ""
        if part.parts:
            return self._all(part.parts)
        if part.kind == "text/html" and not part.is_attachment:
            return self._html(part)
        # A multipart in which nothing was found is read as what it may be.
        return self._plain(part) if _is_text(part) or part.kind.startswith("multipart/") else ""

    def _all(self, parts: list[Part]) -> str:
        texts: list[str] = []
        for part in parts:
            if sum(map(len, texts)) <= MAX_TEXT and (text := self.text(part).strip("\n")):
                texts.append(text)
        return "\n\n".join(texts)

    def _best(self, parts: list[Part]) -> str:
        """The plain form, unless it is empty or only points to the other."""
        rich = [part for part in parts if part.holds("text/html")]
        plain = next((text for part in parts if part not in rich and (text := self.text(part)).strip()), "")
        if not rich or (plain and not (len(plain) < _MAX_STUB and _STUB.search(plain))):
            return plain
        text = self.text(rich[-1])
        return text if len(text) > 2 * len(plain) else plain

    def _plain(self, part: Part) -> str:
        text = self._decoded(part, self._plain_left)
        self._plain_left = max(0, self._plain_left - len(text))
        if _MARKUP.match(text):
            return self._converted(text)
        text = clean(text)
        if part.parameters.get("format", "").lower() == "flowed":
            text = unflow(text, is_space_deleted=part.parameters.get("delsp", "").lower() == "yes")
        return self._without_armour(_UUENCODED.sub("", text))

    def _html(self, part: Part) -> str:
        if "charset" not in part.parameters and (found := _META.search(part.content(2000))):
            part.parameters["charset"] = found[1].decode("ascii")
        return self._converted(self._decoded(part, self._html_left))

    def _decoded(self, part: Part, limit: int) -> str:
        data = part.content(limit)
        self.is_cut = self.is_cut or len(data) == limit or part.end - part.start > 2 * limit
        return charsets.decode(data, part.parameters.get("charset", ""))

    def _converted(self, html: str) -> str:
        html = html[: self._html_left]
        self._html_left -= len(html)
        return clean(to_text(html))

    def _without_armour(self, text: str) -> str:
        """Without what OpenPGP puts around a text (RFC 9580 §7); of an encrypted one nothing is left."""
        if "-----BEGIN PGP " not in text:
            return text
        self.is_encrypted = self.is_encrypted or bool(_SECRET.search(text))
        if _SIGNED.search(text):
            text = _ESCAPED_DASH.sub("", _SIGNATURE.sub("", _SIGNED.sub("", text)))
        return _SECRET.sub("", text)
