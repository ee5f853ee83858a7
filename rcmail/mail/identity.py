"""When two addresses are the same person's, and which are the group's own."""

import re
from collections.abc import Iterable
from typing import Final

_GMAIL: Final = ("gmail.com", "googlemail.com")


def same(address: str) -> str:
    """``address`` as one is compared: in lower case, without a tag after “+”, without Gmail's dots.

    https://support.google.com/mail/answer/7436150 ; tags are RFC 5233's.
    """
    local, at, domain = address.strip().casefold().rpartition("@")
    if not at:
        return domain
    local = local.split("+", 1)[0] or local
    if domain in _GMAIL:
        local, domain = local.replace(".", ""), _GMAIL[0]
    return f"{local}@{domain}"


def pattern(address: str) -> str:
    """A regular expression for ``address`` in a text, however it is spelled there; where letters are small or
    capitals is to be ignored. Python and PostgreSQL read it alike (functions-matching, 9.7.3)."""
    local, _, domain = same(address).rpartition("@")
    domains = _GMAIL if domain == _GMAIL[0] else (domain,)
    letters = [_either(letter) for letter in local]
    found = r"\.*".join(["", *letters, ""]) if domain == _GMAIL[0] else "".join(letters)
    ends = "|".join("".join(map(_either, each)) for each in domains)
    return rf"(?<![\w.+-]){found}(?:\+[^@\s]{{0,64}})?(?:@|%40)(?:{ends})(?![\w-]|\.\w)"


def _either(letter: str) -> str:
    """Small or capital: of letters beyond ASCII PostgreSQL knows that by its locale only."""
    return re.escape(letter) if letter.isascii() else f"[{letter}{letter.upper()}]"


class OwnAddresses:
    """The group's own addresses, however they are spelled."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._own = frozenset(same(address) for address in addresses if "@" in address)

    def __contains__(self, address: str) -> bool:
        return same(address) in self._own
