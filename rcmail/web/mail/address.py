"""What the address of the mail page says: which conversations, which one is open, which column a phone shows."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from rcmail.mail import decisions, listing
from rcmail.mail.listing import Wanted
from rcmail.web.query import bad, number, parameters

STATES: Final = ("waiting", "drafted", "approved", "pushed", "answered", "closed")
FILTERS: Final = ("state", "kind", "language", "q")
_PLACE: Final = (*FILTERS, "before")
_MAX_LIMIT: Final = 100
_MAX_TEXT: Final = 200
# What a volunteer opens the page for: who waits, and what nobody has looked at.
_FOR_PEOPLE: Final = Wanted(states=("waiting", "drafted", "out of date"), kinds=("visitor", "unsure"))


def read(request: web.Request, *further: str) -> tuple[dict[str, str], Wanted]:
    """What the address gives, and the conversations that it means. Raises 400 with a sentence."""
    given = parameters(request, *_PLACE, "limit", *further)
    states, kinds = _choice(given, "state", STATES), _choice(given, "kind", decisions.KINDS)
    [language] = _choice(given, "language", listing.LANGUAGES) or [""]
    text = given.get("q", "")
    if len(text) > _MAX_TEXT:
        raise bad(f"“q” may have {_MAX_TEXT} characters at most.")
    before = given.get("before", "")
    if before and listing.place(before) is None:
        raise bad("“before” must be what “next” of an earlier answer was.")
    limit = number(given, "limit", 50, least=1, most=_MAX_LIMIT)
    return given, Wanted(states, kinds, language, text, limit, before)


def for_people(given: Mapping[str, str], wanted: Wanted) -> Wanted:
    """As ``wanted``; where nothing is chosen, who waits."""
    if is_chosen(given):
        return wanted
    return Wanted(_FOR_PEOPLE.states, _FOR_PEOPLE.kinds, limit=wanted.limit, before=wanted.before)


def is_chosen(given: Mapping[str, str]) -> bool:
    """Whether anything narrows the list, or widens it."""
    return any(given.get(name) for name in FILTERS)


def link(given: Mapping[str, str], path: str = "/mail", **changes: str) -> str:
    """``path`` with what of ``given`` says which conversations are in the list, and with ``changes``."""
    asked = {name: given.get(name, "") for name in _PLACE} | changes
    return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}".removesuffix("?")


def _choice(given: Mapping[str, str], name: str, known: Sequence[str]) -> list[str]:
    value = given.get(name, "")
    if value in ("", "all"):
        return []
    if value not in known:
        raise bad(f"“{name}” must be one of {', '.join(known)}, or all.")
    return [value]
