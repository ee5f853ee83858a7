"""The door over a real socket: who passes, who does not, and that no refusal tells more than another."""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any

import pytest
from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from hypothesis import given
from hypothesis import strategies as st

from rcmail import keys
from rcmail.app import create_app
from rcmail.config import Config
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.db.pool import Database
from rcmail.door.house import Door
from rcmail.log.redaction import Secret
from rcmail.web.gate import OPEN
from rcmail.web.safety import local_target
from tests.conftest import Client
from tests.support import make_config, postgres_config

HTML = {"Accept": "text/html"}
PASSWORD = "three friendly toasters"
OTHER = "four shy kettles"
MakeClient = Callable[..., Awaitable[Client]]


@pytest.fixture
async def shut(config: Config, aiohttp_client: MakeClient, database: Database) -> Client:
    """The application with a password that the client does not know."""
    await Door(database).set(PASSWORD)
    return await aiohttp_client(create_app(replace(config, password_required=True)))


@pytest.fixture
async def unset(config: Config, aiohttp_client: MakeClient) -> Client:
    """The application before its first visit."""
    return await aiohttp_client(create_app(replace(config, password_required=True)))


async def cookie_of(client: Client, password: str = PASSWORD, **headers: str) -> str:
    """The session that a right password brings; the client does not keep it."""
    answer = await client.post("/sign-in", json={"password": password}, headers=headers)
    assert answer.status == 200, await answer.text()
    client.session.cookie_jar.clear()
    [value] = [m.value for name, m in answer.cookies.items() if name.endswith("rcmail_session")]
    return value


def with_session(value: str) -> dict[str, str]:
    return {"Cookie": f"rcmail_session={value}"}


def addresses(app: Application) -> list[tuple[str, str]]:
    """Every method and address of the application, and what leads nowhere."""
    found = {
        (route.method, route.resource.canonical.replace("{service}", "db"))
        for route in app.router.routes()
        if route.resource is not None
    }
    paths = {path for _, path in found}
    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
    nowhere = ["/nowhere", "/config/", "/health/", "/health/live/more", "/.env", "/sign-in/", "/mail", "/mail/1"]
    return sorted({(method, path) for method in methods for path in [*paths, *nowhere]})


def is_open(method: str, path: str) -> bool:
    """As it is written in MAIL.md, §21, and not as the code has it."""
    if method in ("GET", "HEAD") and path in ("/health", "/health/live", "/health/ready"):
        return True
    if path in ("/sign-in", "/set-up"):
        return method in ("GET", "HEAD", "POST")
    return path.startswith("/static") and method in ("GET", "HEAD")


async def told(response: ClientResponse) -> tuple[int, dict[str, str], bytes]:
    """Everything of an answer but what differs each time."""
    headers = {k: v for k, v in response.headers.items() if k not in ("Date", "X-Request-ID")}
    return response.status, headers, await response.read()


@pytest.fixture
async def sessions(shut: Client, config: Config, database: Database) -> dict[str, dict[str, str]]:
    """Cookies of every sort that open nothing."""
    before_change, ended = await cookie_of(shut), await cookie_of(shut)
    await shut.post("/door/sign-out", json={}, headers=with_session(ended))
    changed = await shut.post(
        "/door/password", json={"current": PASSWORD, "password": OTHER}, headers=with_session(before_change)
    )
    assert changed.status == 200
    old = await cookie_of(shut, OTHER)
    await database.execute("UPDATE door_sessions SET last_used_at = now() - interval '91 days'")
    shut.app[keys.DOOR].sessions.forget()
    shut.session.cookie_jar.clear()
    return {
        "none": {},
        "ended": with_session(ended),
        "before the password was changed": with_session(before_change),
        "expired": with_session(old),
        "forged": with_session("A" * 43),
        "another installation's": with_session("kY6v3m0eQ1b7WcRk2o1rU9Jb0r0nQb8m4wq2Jc5m3xE"),
        "broken": {"Cookie": "rcmail_session=\u00ff;; rcmail_session"},
        "the secure name": {"Cookie": "__Host-rcmail_session=" + "A" * 43},
        "SQL": with_session("' OR '1'='1"),
        "very long": with_session("x" * 4000),
    }


async def test_every_address_refuses_every_bad_session_in_the_same_way(
    shut: Client, sessions: dict[str, dict[str, str]]
) -> None:
    polls = {"HX-Request": "true"}
    for accept in ({}, HTML, polls, polls | {"Upgrade": "websocket", "Connection": "Upgrade"}):
        refusals: dict[tuple[str, bool], set[str]] = {}
        for method, path in addresses(shut.app):
            if is_open(method, path) and not (path == "/health" and accept):
                continue
            answers = [
                await told(await shut.request(method, path, headers=cookie | accept, allow_redirects=False))
                for cookie in sessions.values()
            ]
            assert all(answer == answers[0] for answer in answers), (method, path, accept)
            status, headers, body = answers[0]
            assert status == (303 if accept == HTML else 401), (method, path)
            assert "Set-Cookie" not in headers
            assert headers["Cache-Control"] == "no-store"
            headers.pop("Location", None)
            refusals.setdefault(("HEAD" if method == "HEAD" else "", accept == HTML), set()).add(
                str((status, sorted(headers.items()), body))
            )
        # ... nor does one address or method tell more than another.
        assert all(len(found) == 1 for found in refusals.values()), refusals


async def test_what_is_refused_is_not_done(
    shut: Client, sessions: dict[str, dict[str, str]], database: Database
) -> None:
    for cookie in sessions.values():
        for headers in (cookie, cookie | HTML):
            for kind in ("json", "data"):
                sent: dict[str, Any] = {kind: {"event_location": "Mill Lane"}, "headers": headers}
                answer = await shut.post("/config", allow_redirects=False, **sent)
                assert answer.status in (303, 401)
    assert await database.fetch("SELECT key FROM settings") == []


async def test_the_refusal_comes_before_anything_that_tells_what_is_there(shut: Client) -> None:
    telling: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", "/nowhere", {}),
        ("PUT", "/config", {}),
        ("POST", "/config", {"data": b"x" * 70_000}),
        ("POST", "/config", {"data": b"x", "headers": {"Content-Encoding": "gzip"}}),
        ("POST", "/config", {"data": b"<a/>", "headers": {"Content-Type": "application/xml"}}),
        ("POST", "/config", {"json": {"colour": "red"}}),
        ("POST", "/config", {"json": {}, "headers": {"Origin": "http://evil.example"}}),
        ("GET", "/logs?limit=many", {}),
        ("POST", "/config/test/fax", {}),
        ("PUT", "/static/rcmail.css", {}),
        ("POST", "/health", {}),
        ("DELETE", "/sign-in", {}),
    ]
    for method, path, request in telling:
        assert (await shut.request(method, path, **request)).status == 401, (method, path)
    assert (await shut.get("/", headers={"Host": "evil.example"})).status == 421  # only the name comes before


async def test_the_list_of_what_is_open_is_as_short_as_it_says(shut: Client) -> None:
    paths = {route.resource.canonical for route in shut.app.router.routes() if route.resource is not None}
    assert paths > OPEN
    for path in sorted(OPEN - {"/static", "/static/htmx"}):
        assert (await shut.get(path, headers={"Accept": "application/json"})).status in (200, 503), path
    assert (await shut.get("/static/rcmail.css")).status == 200
    assert (await shut.get("/static/nowhere")).status == 404


async def test_with_a_session_everything_is_as_before(shut: Client) -> None:
    mine = with_session(await cookie_of(shut))
    for path in (
        "/",
        "/health",
        "/config",
        "/logs",
        "/door",
        "/health/fragment",
        "/health/notices",
        "/config/models",
    ):
        assert (await shut.get(path, headers=mine | HTML)).status == 200, path
    assert (await shut.get("/nowhere", headers=mine)).status == 404
    assert (await shut.put("/config", headers=mine)).status == 405
    assert (await shut.post("/config", json={"event_location": "Mill Lane"}, headers=mine)).status == 200
    assert (await shut.post("/config", json={}, headers=mine | {"Origin": "http://evil.example"})).status == 403


async def test_monitoring_goes_on_and_is_told_no_details(shut: Client) -> None:
    for query in ("", "?full=1"):
        found = await (await shut.get(f"/health{query}")).json()
        assert set(found) == {"status", "checks", "version"}
    mine = with_session(await cookie_of(shut))
    assert set(await (await shut.get("/health", headers=mine)).json()) == {
        "status",
        "checks",
        "details",
        "version",
    }
    assert "machine" in await (await shut.get("/health?full=1", headers=mine)).json()
    assert set(await (await shut.get("/health")).json()) == {"status", "checks", "version"}


async def test_a_page_leads_to_sign_in_and_back_to_where_one_was_going(shut: Client) -> None:
    answer = await shut.get("/logs?level=error&q=a+b", headers=HTML)
    assert answer.url.path == "/sign-in"
    form = await answer.text()
    [target] = re.findall(r'name="to" value="([^"]*)"', form)
    assert html.unescape(target) == "/logs?level=error&q=a+b"
    answer = await shut.post("/sign-in", data={"password": PASSWORD, "to": html.unescape(target)}, headers=HTML)
    assert str(answer.url.relative()) == "/logs?level=error&q=a+b"
    assert answer.status == 200
    assert (await shut.get("/sign-in?to=/config", headers=HTML)).url.path == "/config"  # is in already


async def test_a_form_of_a_session_that_ended_leads_back_to_its_page(shut: Client) -> None:
    answer = await shut.post("/config/test/db", data={}, headers=HTML, allow_redirects=False)
    assert answer.headers["Location"] == "/sign-in?to=%2Fconfig"


async def test_a_poll_of_a_session_that_ended_loads_the_whole_page_anew(shut: Client) -> None:
    answer = await shut.get("/health/fragment", headers={"HX-Request": "true"}, allow_redirects=False)
    assert (answer.status, answer.headers["HX-Refresh"], await answer.text()) == (401, "true", "")


EVIL = [
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example", "/\r\nSet-Cookie: a=b", "http://evil.example", "https:evil.example", "evil.example", "",
    "javascript:alert(1)", "/%2fevil.example", "/%2F%2Fevil.example", "/%5cevil.example", "/config/%2e%2e%2f/x",
    " //evil.example", "/ /evil.example", "/\x00", "/\u2028", "/" + "a" * 3000, "/sign-in", "/sign-in?to=/sign-in",
    "/set-up", "//", "/@evil.example\\",
]  # fmt: skip


@pytest.mark.parametrize("target", EVIL)
async def test_nobody_is_led_to_another_site(shut: Client, target: str) -> None:
    for path in ("/sign-in", "/set-up"):
        page = await shut.get(path, params={"to": target}, headers=HTML)
        assert 'name="to" value="/"' in await page.text()
    answer = await shut.post(
        "/sign-in", data={"password": PASSWORD, "to": target}, headers=HTML, allow_redirects=False
    )
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    again = await shut.get("/sign-in", params={"to": target}, headers=HTML, allow_redirects=False)
    assert again.headers["Location"] == "/"


@given(st.text(max_size=60).map(lambda text: "/" + text) | st.text(max_size=60))
def test_whatever_is_asked_for_a_browser_stays_here(text: str) -> None:
    target = local_target(text)
    assert re.fullmatch(r"/([!-.0-\[\]-~][!-\[\]-~]*)?", target)


async def test_a_page_that_asks_for_the_address_of_another_site_gets_no_such_address(shut: Client) -> None:
    for path in ("//evil.example/", "//evil.example", "/%2f/evil.example", "/\\evil.example", "/%5cevil.example"):
        reader, writer = await asyncio.open_connection("127.0.0.1", shut.port)
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n".encode()
        )
        head = (await reader.read()).split(b"\r\n\r\n")[0].decode()
        writer.close()
        [location] = re.findall(r"(?im)^Location: (.*)\r?$", head) or [""]
        assert "evil" not in location.replace("%2F%2Fevil", "") or local_target(location) == location, head
        assert not head.startswith("HTTP/1.1 200"), head


async def test_the_cookie_is_as_safe_as_it_can_be(shut: Client) -> None:
    answer = await shut.post("/sign-in", json={"password": PASSWORD})
    cookie: SimpleCookie = SimpleCookie(answer.headers.getall("Set-Cookie")[0])
    session = cookie["rcmail_session"]
    assert (session["httponly"], session["samesite"], session["path"], session["secure"]) == (True, "Lax", "/", "")
    assert int(session["max-age"]) > 300 * 24 * 3600
    assert len(session.value) == 43


async def test_over_https_the_cookie_stays_there(
    config: Config, aiohttp_client: MakeClient, database: Database
) -> None:
    """As a proxy for HTTPS on the same machine passes it on: docs/operating.md."""
    await Door(database).set(PASSWORD)
    changed = replace(config, password_required=True, allowed_hosts=frozenset({"repair.example.org"}))
    client = await aiohttp_client(create_app(changed))
    proxied = {
        "Host": "repair.example.org",
        "X-Forwarded-For": "192.0.2.1",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "repair.example.org",
        "Via": "1.1 Caddy",
    }
    page = {"Origin": "https://repair.example.org", "Sec-Fetch-Site": "same-origin"}
    answer = await client.post("/sign-in", json={"password": PASSWORD}, headers=proxied | page)
    assert answer.status == 200
    line = next(line for line in answer.headers.getall("Set-Cookie") if "session" in line)
    assert re.fullmatch(
        r"__Host-rcmail_session=[\w-]{43}; HttpOnly; Max-Age=\d+; Path=/; SameSite=Lax; Secure", line
    )
    mine = {"Cookie": line.partition(";")[0]}
    assert (await client.get("/config", headers=proxied | mine)).status == 200
    answer = await client.post("/door/sign-out", json={}, headers=proxied | page | mine)
    assert answer.status == 200
    assert "__Host-rcmail_session=" in answer.headers["Set-Cookie"]
    assert "Secure" in answer.headers["Set-Cookie"]
    assert (await client.get("/config", headers=proxied | mine)).status == 401


async def test_a_session_that_somebody_has_put_there_is_not_taken_over(shut: Client) -> None:
    planted = with_session("planted" + "A" * 36)
    answer = await shut.post("/sign-in", json={"password": PASSWORD}, headers=planted)
    fresh = answer.cookies["rcmail_session"].value
    shut.session.cookie_jar.clear()
    assert fresh not in planted["Cookie"]
    assert (await shut.get("/config", headers=planted)).status == 401
    # Nor does the one before go on where somebody signs in anew.
    await shut.post("/sign-in", json={"password": PASSWORD}, headers=with_session(fresh))
    shut.session.cookie_jar.clear()
    assert (await shut.get("/config", headers=with_session(fresh))).status == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"json": {"password": "wrong"}}, 401),
        ({"data": {"password": "wrong"}, "headers": HTML}, 401),
        ({"json": {}}, 422),
        ({"json": {"password": None}}, 422),
        ({"json": {"password": ["a"]}}, 422),
        ({"json": [PASSWORD]}, 422),
        ({"data": b"{", "headers": {"Content-Type": "application/json"}}, 400),
        ({"data": b"<a/>", "headers": {"Content-Type": "application/xml"}}, 415),
        ({"json": {"password": "x" * 70_000}}, 413),
        ({"json": {"password": "x" * 201}}, 422),
        ({"data": f"password={PASSWORD}&password={PASSWORD}",
          "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 422),
        ({"json": {"password": PASSWORD}, "headers": {"Origin": "http://evil.example"}}, 403),
        ({"data": {"password": PASSWORD}, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
        ({"params": {"password": PASSWORD}}, 422),
    ],
)  # fmt: skip
async def test_what_is_no_right_password_gets_no_cookie(shut: Client, body: dict[str, Any], status: int) -> None:
    answer = await shut.post("/sign-in", allow_redirects=False, **body)
    assert answer.status == status
    assert "Set-Cookie" not in answer.headers


async def test_after_five_wrong_ones_an_address_waits_but_a_browser_that_was_in_before_does_not(
    shut: Client,
) -> None:
    known = await shut.post("/sign-in", json={"password": PASSWORD})
    device = known.cookies["rcmail_device"]
    assert (device["httponly"], device["samesite"]) == (True, "Strict")
    shut.session.cookie_jar.clear()
    for _ in range(5):
        assert (await shut.post("/sign-in", json={"password": "wrong"})).status == 401
    forwarded = dict.fromkeys(("X-Forwarded-For", "Forwarded", "X-Real-IP"), "198.51.100.7")
    for headers in (
        {},
        forwarded,
        {"Cookie": "rcmail_device=00.00"},
        {"Cookie": f"rcmail_device=x{device.value}"},
    ):
        answer = await shut.post("/sign-in", json={"password": PASSWORD}, headers=headers)
        assert answer.status == 429
        assert 50 < int(answer.headers["Retry-After"]) <= 60
        assert "Wait" in (await answer.json())["error"]
    page = await shut.post("/sign-in", data={"password": PASSWORD}, headers=HTML)
    assert (page.status, page.headers["Retry-After"].isdecimal()) == (429, True)
    mine = {"Cookie": f"rcmail_device={device.value}"}
    for _ in range(5):
        assert (await shut.post("/sign-in", json={"password": "wrong"}, headers=mine)).status == 401
    assert (await shut.post("/sign-in", json={"password": PASSWORD}, headers=mine)).status == 429


async def test_the_pages_for_who_is_outside_tell_nothing_of_what_is_inside(shut: Client) -> None:
    for path in ("/sign-in", "/static/nowhere", "/set-up"):
        page = await (await shut.get(path, headers=HTML)).text()
        assert "hx-get" not in page, "a poll would load the page anew again and again"
        assert "LLM" not in page
        assert 'href="/config' not in page
        assert "Sign out" not in page
    assert "http://" in await (await shut.get("/sign-in", headers=HTML)).text()


async def test_signing_out_here_everywhere_and_of_another_device(shut: Client) -> None:
    phone, laptop, tablet = [
        with_session(await cookie_of(shut, **{"User-Agent": ua})) for ua in ("Android", "X11", "iPad")
    ]
    page = await (await shut.get("/door", headers=laptop | HTML)).text()
    assert page.count("(this one)") == 1
    [number] = re.findall(r'name="who" value="(\d+)"><button[^>]*Sign out: an iPad', page)
    answer = await shut.post("/door/sign-out", data={"who": number}, headers=laptop | HTML, allow_redirects=False)
    assert answer.headers["Location"] == "/door"
    assert (await shut.get("/config", headers=tablet)).status == 401
    answer = await shut.post("/door/sign-out", data={}, headers=phone | HTML, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/sign-in")
    assert answer.cookies["rcmail_session"].value == ""
    assert (await shut.get("/config", headers=phone)).status == 401
    assert (await shut.get("/config", headers=laptop)).status == 200
    another = with_session(await cookie_of(shut))
    assert (await shut.post("/door/sign-out", json={"who": "all"}, headers=laptop)).status == 200
    for each in (laptop, another):
        assert (await shut.get("/config", headers=each)).status == 401


@pytest.mark.parametrize("who", ["0", "999999999", "99999999999999999999", "-1", "every", "²"])
async def test_signing_out_what_is_not_there_signs_out_nobody_else(shut: Client, who: str) -> None:
    mine, other = with_session(await cookie_of(shut)), with_session(await cookie_of(shut))
    await shut.post("/door/sign-out", json={"who": who}, headers=mine)
    assert (await shut.get("/config", headers=other)).status == 200


async def test_the_password_is_changed_with_the_present_one_only(shut: Client) -> None:
    mine, other = with_session(await cookie_of(shut)), with_session(await cookie_of(shut))
    form = {"current": PASSWORD, "password": OTHER, "again": OTHER}
    for wrong, status, words in (
        ({"current": "wrong"}, 401, "This is not the password"),
        ({"again": "another"}, 422, "The second one is another one"),
        ({"password": "short", "again": "short"}, 422, "too easy to guess"),
        ({"current": ""}, 422, "The present password is missing"),
    ):
        answer = await shut.post("/door/password", data=form | wrong, headers=mine | HTML)
        assert answer.status == status
        page = html.unescape(await answer.text())
        assert words in page
        assert PASSWORD not in page
    answer = await shut.post("/door/password", data=form, headers=mine | HTML, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/door")
    fresh = with_session(answer.cookies["rcmail_session"].value)
    shut.session.cookie_jar.clear()
    for each in (mine, other):
        assert (await shut.get("/config", headers=each)).status == 401
    assert (await shut.get("/config", headers=fresh)).status == 200
    assert (await shut.post("/sign-in", json={"password": PASSWORD})).status == 401
    assert (await shut.post("/sign-in", json={"password": OTHER})).status == 200


async def test_before_a_password_is_set_everything_leads_to_set_up(
    unset: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for path in ("/", "/config", "/logs", "/nowhere", "/health", "/sign-in"):
        answer = await unset.get(path, headers=HTML)
        assert answer.url.path == "/set-up", path
        assert 'autocomplete="new-password"' in await answer.text()
    for path in ("/config", "/logs", "/nowhere"):
        answer = await unset.get(path)
        assert answer.status == 401
        assert "No password is set yet" in (await answer.json())["error"]
    assert (await unset.get("/health")).status == 200
    assert (await unset.get("/health/ready")).status == 200
    assert (await unset.post("/sign-in", json={"password": PASSWORD})).status == 409
    answer = await unset.post("/sign-in", data={"password": PASSWORD}, headers=HTML)
    assert answer.url.path == "/set-up"


async def test_the_first_visit_sets_the_password_and_comes_in(
    unset: Client, caplog: pytest.LogCaptureFixture
) -> None:
    await unset.get("/set-up", headers=HTML)  # tells the code, where the start has not
    code = unset.app[keys.DOOR].code
    form = {"code": "WRONG", "password": PASSWORD, "again": PASSWORD, "to": "/config"}
    answer = await unset.post("/set-up", data=form, headers=HTML)
    assert answer.status == 401
    assert "not the code" in await answer.text()
    assert (await unset.post("/set-up", data=form, headers=HTML | {"Origin": "http://evil.example"})).status == 403
    code.is_right = lambda typed: typed == "the code"  # type: ignore[method-assign] # what the log has told
    answer = await unset.post("/set-up", data=form | {"code": "the code", "again": "x"}, headers=HTML)
    assert answer.status == 422
    answer = await unset.post("/set-up", data=form | {"code": "the code"}, headers=HTML)
    assert (answer.status, answer.url.path) == (200, "/config")
    assert "no password is set" not in await (await unset.get("/", headers=HTML)).text()
    unset.session.cookie_jar.clear()
    answer = await unset.post("/set-up", json={"code": "the code", "password": OTHER})
    assert answer.status == 409
    assert (await unset.get("/set-up", headers=HTML)).url.path == "/sign-in"
    assert (await unset.post("/sign-in", json={"password": PASSWORD})).status == 200


async def test_while_the_database_is_away_who_is_in_goes_on_and_nobody_comes_in(
    own_postgres: EmbeddedPostgres, aiohttp_client: MakeClient
) -> None:
    config = make_config(postgres_config(str(own_postgres.socket)), password_required=True)
    client = await aiohttp_client(create_app(config))
    await client.app[keys.DOOR].set(PASSWORD)
    mine, unseen = with_session(await cookie_of(client)), with_session(await cookie_of(client))
    assert (await client.get("/config", headers=mine)).status == 200
    own_postgres.stop()
    try:
        for path in ("/", "/config", "/logs", "/health"):
            assert (await client.get(path, headers=mine | HTML)).status == 200, path
        for cookie in (unseen, with_session("A" * 43)):
            answer = await client.get("/config", headers=cookie)
            assert answer.status == 503
            assert (await answer.json())["error"].startswith("The database is not available just now")
            page = await (await client.get("/", headers=cookie | HTML)).text()
            assert "refused" not in page
            assert 'href="/logs"' not in page
        assert (await client.get("/config")).status == 401
        assert (await client.get("/sign-in", headers=HTML)).status == 200
        answer = await client.post("/sign-in", json={"password": PASSWORD})
        assert (answer.status, "Set-Cookie" in answer.headers) == (503, False)
        assert "PostgreSQL" not in await answer.text()
        assert set(await (await client.get("/health", headers=unseen)).json()) == {"status", "checks", "version"}
        assert (await client.post("/door/sign-out", json={}, headers=mine)).status == 503
    finally:
        own_postgres.start()
    assert (await client.get("/config", headers=unseen)).status == 200


PROXIED = [
    {"Forwarded": "for=192.0.2.1"}, {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-Host": "a"},
    {"x-forwarded-proto": "https"}, {"Via": "1.1 proxy"}, {"X-Real-IP": "192.0.2.1"}, {"X-Forwarded-Anything": ""},
]  # fmt: skip


@pytest.mark.parametrize("headers", PROXIED)
async def test_without_a_password_nothing_is_passed_on(client: Client, headers: dict[str, str]) -> None:
    for path in ("/", "/health", "/static/rcmail.css", "/nowhere"):
        answer = await client.get(path, headers=headers)
        assert answer.status == 403
        assert "PASSWORD_REQUIRED" in (await answer.json())["error"]
    assert (await client.get("/")).status == 200


async def test_with_a_password_a_proxy_is_welcome(shut: Client) -> None:
    mine = with_session(await cookie_of(shut))
    for headers in PROXIED:
        assert (await shut.get("/config", headers=mine | headers)).status == 200


@pytest.fixture
async def from_elsewhere(config: Config) -> AsyncIterator[TestClient[Request, Application]]:
    """A client of another machine, as far as the application can tell."""
    from aiohttp import web

    app = create_app(config)

    @web.middleware
    async def elsewhere(request: Request, handler: Any) -> Any:
        return await handler(request.clone(remote="192.0.2.1"))

    app.middlewares.insert(0, elsewhere)
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        yield client


async def test_without_a_password_another_machine_is_refused(
    from_elsewhere: TestClient[Request, Application],
) -> None:
    answer = await from_elsewhere.get("/health")
    assert answer.status == 403
    assert "this machine only" in (await answer.json())["error"]


async def test_without_a_password_pages_may_be_kept_and_with_one_they_may_not(
    shut: Client, client: Client
) -> None:
    mine = with_session(await cookie_of(shut))
    for path in ("/", "/config", "/logs", "/door", "/health"):
        assert (await shut.get(path, headers=mine | HTML)).headers["Cache-Control"] == "no-store"
        assert (await client.get(path, headers=HTML)).headers["Cache-Control"] == "no-cache"


async def test_two_installations_have_nothing_to_do_with_each_other(
    shut: Client, config: Config, aiohttp_client: MakeClient
) -> None:
    """The same database with another key: a browser known to one is not known to the other."""
    other = await aiohttp_client(create_app(replace(config, password_required=True, secret_key=Secret("k" * 40))))
    device = (await shut.post("/sign-in", json={"password": PASSWORD})).cookies["rcmail_device"].value
    for _ in range(5):
        await other.post("/sign-in", json={"password": "wrong"})
    answer = await other.post(
        "/sign-in", json={"password": PASSWORD}, headers={"Cookie": f"rcmail_device={device}"}
    )
    assert answer.status == 429
