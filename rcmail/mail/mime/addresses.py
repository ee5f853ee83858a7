"""Lists of addresses (RFC 5322 §3.4), read in one pass: what is nested or unclosed costs no more."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rcmail.mail.mime.headers import decode_words
from rcmail.mail.mime.text import one_line

MAX_ADDRESSES: Final = 200
_MAX_NAME: Final = 200
_WORD: Final = re.compile(
    r"""=\?[^?\s]{1,80}\?[bqBQ]\?[^?]*+\?= | "(?:[^"\\]|\\.)*+" | <[^<>"]*+(?:"[^"<>]*+"[^<>]*+)?> | [(),;:]
    | \\. | [^\s"<>(),;:\\=]++ | \s++ | .""",
    re.VERBOSE | re.DOTALL,
)
_SHAPE: Final = re.compile(r"""[^\s@"(),:;<>\[\]\\]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,10}""")


@dataclass(frozen=True, slots=True)
class Address:
    """A person as a header names her. ``address`` has its domain in lower case; empty where there is none."""

    name: str
    address: str


def valid(text: str) -> str:
    """``text`` as an address that mail can be sent to, empty where it is none."""
    local, _, domain = text.strip().rpartition("@")
    local = local[1:-1] if local[:1] == local[-1:] == '"' and len(local) > 2 else local
    address = f"{local}@{domain.rstrip('.').lower()}"
    return address if len(address) <= 254 and address.isprintable() and _SHAPE.fullmatch(address) else ""


def read(values: Iterable[str]) -> tuple[Address, ...]:
    """The addresses of header fields, each once; groups are taken apart."""
    found: dict[str, Address] = {}
    for value in values:
        # Some programs encode the name and the address together, which RFC 2047 §5 forbids.
        for address in _list(value) or _list(decode_words(value)):
            found.setdefault(address.address, address)
    return tuple(found.values())[:MAX_ADDRESSES]


def read_one(values: Iterable[str]) -> Address:
    """The first address; where there is none, what is written instead is the name."""
    values = [value for value in values if value]
    if found := read(values):
        return found[0]
    return Address(one_line(decode_words(values[0]), _MAX_NAME) if values else "", "")


def _list(value: str) -> list[Address]:
    found: list[Address] = []
    mailbox = _Mailbox()
    depth = 0
    for word in _WORD.findall(value):
        depth = max(0, depth + (word == "(") - (word == ")"))
        if depth or word == ")":
            mailbox.comment.append(word)
        elif word == ":":
            mailbox = _Mailbox()  # what stood before was the name of a group
        elif word in (",", ";"):
            found += mailbox.address()
            mailbox = _Mailbox()
        elif word[0] == "<":
            mailbox.angle = mailbox.angle or word[1:-1]
        else:
            mailbox.words.append(word)
    return found + mailbox.address()


class _Mailbox:
    """What was read of one entry so far."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.comment: list[str] = []
        self.angle = ""

    def address(self) -> list[Address]:
        words = "".join(self.words)
        if self.angle:
            # A route, "<@relay:jan@example.org>", has not been written for thirty years, but may be.
            address = valid(self.angle.rpartition(":")[2])
            return [Address(_name(self.words), address)] if address else []
        address = valid(words)
        return [Address(_name(self.comment).strip("()"), address)] if address else []


def _name(words: list[str]) -> str:
    plain = (re.sub(r"\\(.)", r"\1", word[1:-1]) if word[:1] == '"' != word else word for word in words)
    return one_line(decode_words("".join(plain)), _MAX_NAME)
