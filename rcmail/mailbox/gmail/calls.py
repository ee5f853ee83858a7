"""Every request that rcmail makes of Gmail: a table, and the one function that makes them.

The permission to write drafts is one to send mail as well: that rcmail never does is so because no line of this
table can. https://developers.google.com/workspace/gmail/api/reference/rest
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rcmail.mailbox.gmail.oauth import READ, WRITE_DRAFTS

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
        """The path with ``id`` in it. Raises ValueError where that is none, or the path has no place for one."""
        if ("{id}" in self.path) is not (id is not None):
            raise ValueError("an id is missing, or has no place")
        if id is not None and (not _ID.fullmatch(id) or id.lower() in _WORDS):
            raise ValueError("that is no id of Gmail's")
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
