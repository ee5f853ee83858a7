"""The parts of a mail (RFC 2045, 2046, 2183), as places in its bytes: nothing is copied before it is wanted.

Ours, because the standard library's parser holds every line against every boundary that is open, and calls itself
for each: docs/adr/0010.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from rcmail.mail.mime import headers, transfer
from rcmail.mail.mime.text import one_line

MAX_DEPTH: Final = 20
MAX_PARTS: Final = 200
_MAX_BOUNDARY: Final = 200  # RFC 2046 allows 70
_MAX_FILE_NAME: Final = 255
_KIND: Final = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}", re.ASCII)
# Where a multipart does not tell its boundary: a line that begins a part. It is looked for at the beginning only.
_BOUNDARY_LINE: Final = re.compile(rb"(?:\A|\n)--([^\s-][^\n]{0,199}?)[ \t]{0,9}\n(?=content-)", re.IGNORECASE)
_SNIFFED: Final = 10_000


@dataclass(slots=True)
class Part:
    raw: bytes = field(repr=False)
    start: int
    end: int
    kind: str
    parameters: dict[str, str]
    is_attachment: bool
    name: str
    encoding: str
    parts: list["Part"] = field(default_factory=list)

    def content(self, limit: int) -> bytes:
        """What is in it, decoded: up to ``limit`` bytes, or fewer where much of it is encoded."""
        return transfer.decode(self.raw[self.start : min(self.end, self.start + 2 * limit)], self.encoding)[:limit]

    def size(self) -> int:
        """In bytes, as it would be saved."""
        size = self.end - self.start
        if self.encoding == "base64":
            characters = size - self.raw.count(b"\n", self.start, self.end)
            return characters * 3 // 4 - self.raw.count(b"=", max(self.start, self.end - 4), self.end)
        if self.encoding == "quoted-printable":
            return max(0, size - 2 * self.raw.count(b"=", self.start, self.end))
        return size

    def walk(self) -> Iterator["Part"]:
        yield self
        for part in self.parts:
            yield from part.walk()

    def leaves(self) -> list["Part"]:
        return [part for part in self.walk() if not part.parts]

    def holds(self, kind: str) -> bool:
        return any(part.kind == kind and not part.is_attachment for part in self.walk())


def read(raw: bytes) -> tuple[headers.Fields, Part]:
    """The header of a mail and its parts. ``raw`` has its lines ended by LF."""
    fields, body = headers.read_fields(raw, 0, len(raw), is_top=True)
    top = _part(raw, fields, body, len(raw))
    left = MAX_PARTS
    open_parts = [(top, 1)]
    while open_parts:
        part, depth = open_parts.pop()
        if not part.kind.startswith("multipart/") or depth > MAX_DEPTH:
            continue
        for start, end in _between_boundaries(part):
            left -= 1
            if left < 0:
                return fields, top
            inner, body = headers.read_fields(raw, start, end, is_top=False)
            part.parts.append(_part(raw, inner, min(body, end), end))
        open_parts += [(inner, depth + 1) for inner in part.parts]
    return fields, top


def _part(raw: bytes, fields: headers.Fields, start: int, end: int) -> Part:
    kind, parameters = headers.parameters(headers.first(fields, "content-type"))
    disposition, details = headers.parameters(headers.first(fields, "content-disposition"))
    name = one_line(details.get("filename") or parameters.get("name") or "", _MAX_FILE_NAME)
    return Part(
        raw=raw,
        start=start,
        end=end,
        kind=kind if _KIND.fullmatch(kind) else "text/plain",  # RFC 2045 §5.2
        parameters=parameters,
        is_attachment=disposition == "attachment",
        name=re.sub(r"[/\\]", "_", name),
        encoding=headers.first(fields, "content-transfer-encoding").partition(";")[0].strip().lower(),
    )


def _between_boundaries(part: Part) -> Iterator[tuple[int, int]]:
    """Where each part in ``part`` begins and ends."""
    raw, before = part.raw, max(0, part.start - 1)
    boundary = part.parameters.get("boundary", "").encode(errors="replace").rstrip()
    if not boundary and (sniffed := _BOUNDARY_LINE.search(raw[part.start : min(part.end, part.start + _SNIFFED)])):
        boundary = sniffed[1]
    if not 0 < len(boundary) <= _MAX_BOUNDARY:
        return
    line = re.compile(rb"\n--" + re.escape(boundary) + rb"(--)?[ \t]{0,100}(?=\n|\Z)")
    start = -1
    for found in line.finditer(raw, before, part.end):
        if start >= 0:
            yield start, max(start, found.start())
        if found[1]:
            return
        start = min(found.end() + 1, part.end)
    if start >= 0:
        yield start, part.end
