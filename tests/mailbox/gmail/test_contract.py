"""Every request of ours is one of Google's discovery document, in its own words; the one that its client library
carries, of which nothing else is used (https://developers.google.com/discovery)."""

import json
from importlib.resources import files
from typing import Any

import pytest

from rcmail.errors import MessageGone
from rcmail.mailbox.gmail.calls import CALLS
from rcmail.mailbox.gmail.oauth import SCOPES
from tests.fakes.gmail import GOOGLE

DOCUMENT: Any = json.loads(
    files("googleapiclient").joinpath("discovery_cache/documents/gmail.v1.json").read_text()
)


def methods(resource: Any) -> dict[str, Any]:
    """By name, those of all resources below it."""
    found = dict(resource.get("methods", {}))
    for name, below in resource.get("resources", {}).items():
        found |= {f"{name}.{method}": what for method, what in methods(below).items()}
    return found


METHODS = {name.removeprefix("users."): what for name, what in methods(DOCUMENT).items()}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_is_one_that_google_has(name: str) -> None:
    call, google = CALLS[name], METHODS[name]
    assert call.method == google["httpMethod"]
    assert call.path == "/" + google["path"].replace("{userId}", "me")
    in_the_query = {each for each, what in google["parameters"].items() if what["location"] == "query"}
    assert call.parameters <= in_the_query | DOCUMENT["parameters"].keys()
    assert call.scope in google["scopes"]


@pytest.mark.parametrize("name", CALLS)
def test_no_call_can_do_more_than_read_or_write_a_draft(name: str) -> None:
    call = CALLS[name]
    assert call.scope in SCOPES
    assert call.method == "GET" or name in ("drafts.create", "drafts.update")
    assert "send" not in call.path.lower()


def test_nothing_that_may_stand_in_the_place_of_an_id_makes_another_call_of_it() -> None:
    """Of all that Google has: no word of a path is taken for an id."""
    words = {word for what in METHODS.values() for word in what["path"].split("/") if "{" not in word}
    assert {"send", "batchDelete", "import"} <= words
    ours = {what.path.partition("{id}")[0] for what in CALLS.values() if "{id}" in what.path}
    for what in METHODS.values():
        path = "/" + what["path"].replace("{userId}", "me")
        for start in ours:
            word = path.removeprefix(start)
            if path.startswith(start) and "{" not in word and "/" not in word:
                with pytest.raises(MessageGone):
                    CALLS["messages.get"].path_of(word)


def test_it_is_asked_where_google_is_and_for_scopes_that_there_are() -> None:
    assert f"{GOOGLE.api}/" == DOCUMENT["rootUrl"]
    assert SCOPES.keys() <= DOCUMENT["auth"]["oauth2"]["scopes"].keys()
    assert len(SCOPES) == 2
