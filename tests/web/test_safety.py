"""Who may call: Host, Origin, size, and the headers on everything that leaves."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from aiohttp.web import Application
from hypothesis import given
from hypothesis import strategies as st

from rcmail.app import MAX_BODY, create_app
from rcmail.config import Config
from rcmail.web.safety import is_home_name, is_same_origin
from tests.conftest import Client

GOOD_HOSTS = [
    "127.0.0.1", "127.0.0.1:8000", "192.168.1.20:8123", "[::1]", "[fe80::1]:8000", "localhost", "raspberrypi:8000",
    "RaspberryPi.local:8000", "rcmail.lan", "pi.home.arpa", "pi.internal:80", "rcmail.local.",
    "repair.example.org",
]  # fmt: skip
BAD_HOSTS = [
    "", "evil.example", "evil.example:8000", "127.0.0.1.evil.example", "a.local.evil.example",
    "evil.example#.local", "evil.example/.local", "evil.example?.local", "a b.local", "user@pi.local",
    "pi.local:port", "pi.local:", "[::1", "::1", ".local", "..", "pi..local", "-pi.local",
    "repair.example.org.evil",
    "other.example.org", "pi.local\\@evil.example",
]  # fmt: skip
ALLOWED = {"repair.example.org"}


@pytest.mark.parametrize("host", GOOD_HOSTS)
def test_a_name_no_foreign_site_can_own_is_accepted(host: str) -> None:
    assert is_home_name(host, ALLOWED)


@pytest.mark.parametrize("host", BAD_HOSTS)
def test_any_other_name_is_refused(host: str) -> None:
    assert not is_home_name(host, ALLOWED)


@given(st.text(max_size=60))
def test_any_host_at_all_is_decided_without_an_error(host: str) -> None:
    assert is_home_name(host, ()) in (True, False)
    assert not is_home_name(host + ".example.com", ())


@pytest.mark.parametrize(
    ("host", "origin", "same"),
    [
        ("pi.local:8000", "http://pi.local:8000", True),
        ("PI.local:8000", "http://pi.LOCAL:8000", True),
        ("pi.local", "http://pi.local:80", True),
        ("pi.local:443", "https://pi.local", True),
        ("[::1]:8000", "http://[::1]:8000", True),
        ("pi.local:8000", "http://pi.local:8001", False),
        ("pi.local:8000", "http://pi.local", False),
        ("pi.local", "http://evil.example", False),
        ("pi.local", "null", False),
        ("pi.local", "", False),
        ("pi.local", "file://", False),
        ("pi.local", "ftp://pi.local", False),
        ("pi.local", "http://pi.local.evil.example", False),
    ],
)
def test_an_origin_is_the_same_or_it_is_not(host: str, origin: str, same: bool) -> None:
    assert is_same_origin(host, origin) is same


async def test_a_foreign_host_is_refused_with_what_to_do(client: Client) -> None:
    response = await client.get("/", headers={"Host": "evil.example"})
    assert response.status == 421
    assert "ALLOWED_HOSTS" in (await response.json())["error"]
    page = await client.get("/", headers={"Host": "evil.example", "Accept": "text/html"})
    assert "ALLOWED_HOSTS" in await page.text()


async def test_each_application_has_names_of_its_own(
    client: Client, config: Config, aiohttp_client: Callable[[Application], Awaitable[Client]]
) -> None:
    other = await aiohttp_client(create_app(replace(config, allowed_hosts=frozenset({"repair.example.org"}))))
    for _ in range(2):
        statuses = [
            (await each.get("/", headers={"Host": "repair.example.org"})).status for each in (client, other)
        ]
        assert statuses == [421, 200]


UNSAFE: list[dict[str, str]] = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
]


@pytest.mark.parametrize("headers", UNSAFE)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_another_site_s_page_changes_nothing(client: Client, method: str, headers: dict[str, str]) -> None:
    response = await client.request(method, "/", headers=headers)
    assert response.status == 403
    assert "another site" in (await response.json())["error"]


@pytest.mark.parametrize("headers", UNSAFE)
async def test_a_link_from_another_site_may_be_followed(client: Client, headers: dict[str, str]) -> None:
    assert (await client.get("/", headers=headers)).status == 200


async def test_our_own_page_and_a_script_pass_the_origin_check(client: Client) -> None:
    ours: list[dict[str, str]] = [
        {},
        {"Origin": f"http://127.0.0.1:{client.port}", "Sec-Fetch-Site": "same-origin"},
    ]
    for headers in ours:
        assert (await client.post("/", headers=headers)).status == 405  # as far as the router


@pytest.mark.parametrize("path", ["/", "/health", "/nowhere", "/static/rcmail.css"])
async def test_a_body_too_large_is_refused_wherever_it_goes(client: Client, path: str) -> None:
    response = await client.post(path, data=b"x" * (MAX_BODY + 1))
    assert response.status == 413


@pytest.mark.parametrize(
    "path", ["/", "/health", "/health/live", "/nowhere", "/static/rcmail.css", "/static/", "/static/../app.py"]
)
async def test_every_answer_carries_the_security_headers(client: Client, path: str) -> None:
    headers = (await client.get(path, headers={"Accept": "text/html"})).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Server"] == "rcmail"


async def test_no_page_holds_inline_script_or_style(client: Client) -> None:
    import re

    for path in ("/", "/health", "/nowhere"):
        text = await (await client.get(path, headers={"Accept": "text/html"})).text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", text)
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text), "nothing comes from elsewhere"


async def test_a_header_with_two_hosts_is_refused(client: Client) -> None:
    import asyncio

    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    status = (await reader.readline()).split()[1]
    writer.close()
    assert status in (b"400", b"421")


async def test_a_request_without_a_host_is_refused(client: Client) -> None:
    import asyncio

    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(b"GET / HTTP/1.0\r\n\r\n")
    status = (await reader.readline()).split()[1]
    writer.close()
    assert status in (b"400", b"421")
