"""A small Gmail for each test, and the waits of the product a hundred times as short."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from rcmail.client import make_http_client
from rcmail.mailbox.gmail import calls, oauth, pace, wire
from rcmail.mailbox.gmail.calls import Gmail
from rcmail.mailbox.gmail.oauth import Access
from tests.fakes.gmail import CLIENT, REFRESH_TOKEN, FakeGmail


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, seconds in (
        (oauth, "_FIRST_WAIT", 0.01),
        (calls, "_FIRST_WAIT", 0.01),
        (pace, "_FIRST", 400.0),
        (pace, "_MOST", 400.0),
        (pace, "_FIRST_WAIT", 0.01),
        (wire, "_SECONDS", 8.0),
        (wire, "_SECONDS_FOR_LONG", 8.0),
    ):
        monkeypatch.setattr(module, name, seconds)


@pytest.fixture
async def google() -> AsyncIterator[FakeGmail]:
    async with FakeGmail().serving() as fake:
        yield fake


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with make_http_client() as client:
        yield client


@pytest.fixture
def access(http: aiohttp.ClientSession, google: FakeGmail) -> Access:
    return Access(http, google.places, CLIENT, REFRESH_TOKEN)


@pytest.fixture
def gmail(http: aiohttp.ClientSession, google: FakeGmail, access: Access) -> Gmail:
    return Gmail(http, google.places, access)
