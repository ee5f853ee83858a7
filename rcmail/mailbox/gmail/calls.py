"""Every request that rcmail makes of Gmail: a table, and the one function that makes them.

The permission to write drafts is one to send mail as well: that rcmail never does is so because no line of this
table can. https://developers.google.com/workspace/gmail/api/reference/rest
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import aiohttp

from rcmail.errors import MailboxBusy, MailboxDisconnected, MessageGone
from rcmail.mailbox.gmail.oauth import READ, WRITE_DRAFTS, Access
from rcmail.mailbox.gmail.pace import Pace
from rcmail.mailbox.gmail.places import GmailPlaces
from rcmail.mailbox.gmail.refusals import meant
from rcmail.mailbox.gmail.wire import Answer, Faltered, Wire
from rcmail.patience import patiently

_ME: Final = "/gmail/v1/users/me"
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
# What stands in the API's paths where an id may stand, in small letters: such an id would be another request.
_WORDS: Final = frozenset({"send", "import", "batchmodify", "batchdelete"})


@dataclass(frozen=True, slots=True)
class Call:
    """A method and a path of Google's discovery document, which parameters it is given, and what permits it."""

    method: str
    path: str
    parameters: frozenset[str]
    scope: str
    is_repeatable: bool = True
    """Whether it may be made twice where nobody knows whether the first one came through."""

    def path_of(self, id: str | None) -> str:  # noqa: A002 - Google's name for it
        """The path with ``id`` in it. Raises MessageGone where that can be none: nothing is called so."""
        if ("{id}" in self.path) is not (id is not None):
            raise ValueError("an id is missing, or has no place")
        if id is not None and (not _ID.fullmatch(id) or id.lower() in _WORDS):
            raise MessageGone
        return self.path.replace("{id}", id or "")


def _call(method: str, path: str, parameters: str = "", scope: str = READ, *, is_repeatable: bool = True) -> Call:
    return Call(method, _ME + path, frozenset(parameters.split()), scope, is_repeatable)


CALLS: Final[Mapping[str, Call]] = MappingProxyType(
    {
        "getProfile": _call("GET", "/profile"),
        "messages.list": _call("GET", "/messages", "q maxResults pageToken fields"),
        "messages.get": _call("GET", "/messages/{id}", "format metadataHeaders fields"),
        "history.list": _call("GET", "/history", "startHistoryId historyTypes maxResults pageToken fields"),
        "threads.get": _call("GET", "/threads/{id}", "format fields"),
        "drafts.list": _call("GET", "/drafts", "q maxResults pageToken fields"),
        "drafts.get": _call("GET", "/drafts/{id}", "format fields"),
        "drafts.create": _call("POST", "/drafts", "fields", WRITE_DRAFTS, is_repeatable=False),
        "drafts.update": _call("PUT", "/drafts/{id}", "fields", WRITE_DRAFTS),
    }
)
"""By Google's own names, without the ``gmail.users.`` before them."""

# So often it is asked again where it was refused for being too fast, and where it faltered.
_REFUSALS: Final = 8
_ATTEMPTS: Final = 4
_FIRST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 8.0
# Seconds beyond which nobody waits here: what asked is told, and comes back.
PATIENCE: Final = 64.0
_NOT_LET_IN: Final = (
    "Gmail does not take the permission that Google’s sign-in gives: sign in to the account in a browser, and "
    "connect again"
)

Query = Mapping[str, str | int | list[str]]
"""Parameters by Google's names; of one that may be there several times, a list."""


@dataclass(frozen=True, slots=True)
class _Request:
    call: Call
    url: str
    query: Query
    body: Mapping[str, Any] | None

    @property
    def names_something(self) -> bool:
        """Whether there is something in it that may be gone: a message, a draft, a thread, a moment."""
        written = (self.body or {}).get("message", {})
        return "{id}" in self.call.path or "startHistoryId" in self.query or "threadId" in written


class Gmail:
    """One account, asked at its ``pace``; any number may ask at the same time.

    ``patience`` is how many seconds it waits by itself where Gmail says so; with none it tries nothing twice.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        places: GmailPlaces,
        access: Access,
        pace: Pace | None = None,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._wire = Wire(http, "Gmail")
        self._places = places
        self._access = access
        self._pace = pace or Pace()
        self._patience = patience

    async def call(
        self,
        name: str,
        *,
        id: str | None = None,  # noqa: A002 - Google's name for it
        query: Query | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Mapping[str, Any]:
        """What Gmail answers to the request ``name`` of CALLS; the one function that makes any.

        Raises MessageGone where it names what is not there; MailboxDisconnected, MailboxScopeMissing,
        MailboxWrongClient, MailboxBusy; MailboxUnavailable, and of it Faltered, TooLong and NotTaken.
        """
        call = CALLS[name]
        if not (query or {}).keys() <= call.parameters:
            raise ValueError("no such parameter")
        request = _Request(call, self._places.api + call.path_of(id), query or {}, body)

        def is_useless(error: Faltered) -> bool:
            return not (call.is_repeatable or error.is_undone)

        return await patiently(
            partial(self._granted, request),
            Faltered,
            attempts=_ATTEMPTS if self._patience else 1,
            first=_FIRST_WAIT,
            most=_LONGEST_WAIT,
            is_useless=is_useless,
        )

    async def _granted(self, request: _Request) -> Mapping[str, Any]:
        """Its answer, once Gmail does not find that too fast."""
        told, wait = "", 0.0
        for _ in range(_REFUSALS):
            began = await self._pace.turn()
            try:
                answer = await self._let_in(request)
            except MailboxBusy as error:
                told, wait = str(error), self._pace.refused(began, error.wait)
            except Faltered as error:
                told, wait = str(error), self._pace.hold(error.wait)
                if wait <= self._patience:
                    raise
            else:
                self._pace.granted(began)
                return answer
            if wait > self._patience:
                break
        raise MailboxBusy(told, wait=wait)

    async def _let_in(self, request: _Request) -> Mapping[str, Any]:
        token = await self._access.token()
        answer = await self._asked(request, token)
        if answer.status == 401:
            answer = await self._asked(request, await self._access.token(instead_of=token))
        if answer.status == 401:
            raise MailboxDisconnected(_NOT_LET_IN)
        if answer.status == 200 and answer.content is not None:
            return answer.content
        raise meant(answer, request.call.scope, names_something=request.names_something)

    async def _asked(self, request: _Request, token: str) -> Answer:
        return await self._wire.ask(
            request.call.method,
            request.url,
            params=[
                (name, str(each))
                for name, value in request.query.items()
                for each in (value if isinstance(value, list) else [value])
            ],
            json=request.body,
            headers={"Authorization": f"Bearer {token}"},
        )
