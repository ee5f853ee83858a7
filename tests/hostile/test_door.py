"""A guest at the door: who tries passwords, and who looks for a way around."""

import asyncio
import re
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import aiohttp
import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcmail.config import PostgresConfig
from rcmail.db.embedded import EmbeddedPostgres
from tests.conftest import new_database
from tests.hostile.crowd import CEILING, MEGABYTE
from tests.support import Service, service_environment, serving

PASSWORD = "three friendly toasters"
OWNER = "127.0.0.2"
TRIES = 2_000


@contextmanager
def house(database: PostgresConfig, folder: Path) -> Iterator[Service]:
    """A service with a password."""
    with serving(folder, service_environment(database, PASSWORD_REQUIRED="true")) as running:
        running.come_in(PASSWORD)
        yield running


def mistakes(running: Service) -> list[str]:
    return [line for line in running.output.splitlines() if "Traceback" in line or '"ERROR"' in line]


@contextmanager
def well(running: Service) -> Iterator[None]:
    """It is well after the block, and has told of no mistake in it."""
    before = mistakes(running)
    yield
    assert running.get("/health").json()["checks"]["db"] == "ok"
    assert mistakes(running) == before


@pytest.fixture(scope="module")
def lasting_house(
    postgres: EmbeddedPostgres, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    with (
        new_database(postgres, template) as database,
        house(database, tmp_path_factory.mktemp("house")) as running,
    ):
        yield running


@pytest.fixture
def service(lasting_house: Service) -> Iterator[Service]:
    """The same for all tests of one request: a start takes longer than each of them."""
    with well(lasting_house):
        yield lasting_house


@pytest.fixture
def own_service(database_config: PostgresConfig, folder: Path) -> Iterator[Service]:
    """One where nobody has tried a password yet."""
    with house(database_config, folder) as running, well(running):
        yield running


def client(address: str) -> aiohttp.ClientSession:
    """A client from this address of the loopback network."""
    connector = aiohttp.TCPConnector(local_addr=(address, 0))
    jar = aiohttp.CookieJar(unsafe=True)  # that is, for an IP address too
    return aiohttp.ClientSession(connector=connector, cookie_jar=jar, timeout=aiohttp.ClientTimeout(total=60))


async def try_to_sign_in(session: aiohttp.ClientSession, service: Service, password: str) -> int:
    async with session.post(f"http://127.0.0.1:{service.port}/sign-in", json={"password": password}) as answer:
        await answer.read()
        return answer.status


async def guess(service: Service, addresses: list[str], answers: Counter[int], enough: asyncio.Event) -> None:
    """Wrong passwords as fast as they are answered, 20 at a time, until there are enough."""

    async def one(address: str, number: int) -> None:
        async with client(address) as session:
            while answers.total() < TRIES or not enough.is_set():
                answers[await try_to_sign_in(session, service, f"wrong {number} {answers.total()}")] += 1

    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(one(addresses[number % len(addresses)], number))


async def owner(service: Service, answers: Counter[int], found: dict[str, float], enough: asyncio.Event) -> None:
    """Comes when the attack is under way, with the right password on a device that was never here."""
    while answers.total() < 300:
        await asyncio.sleep(0.05)
    async with client(OWNER) as session:
        began = time.monotonic()
        while (status := await try_to_sign_in(session, service, PASSWORD)) != 200:
            assert status == 429
            await asyncio.sleep(0.5)
        found["seconds until the owner was in"] = round(time.monotonic() - began, 2)
        slowest = 0.0
        for _ in range(20):
            began = time.monotonic()
            async with session.get(f"http://127.0.0.1:{service.port}/config") as answer:
                assert answer.status == 200
                await answer.read()
            slowest = max(slowest, time.monotonic() - began)
        found["seconds for the slowest page of 20"] = round(slowest, 2)
    enough.set()


@pytest.mark.parametrize("number", [1, 20])
@pytest.mark.faults  # it wants the machine for itself
async def test_two_thousand_wrong_passwords_are_slowed_down_and_the_owner_comes_in(
    own_service: Service, number: int
) -> None:
    process = psutil.Process(own_service.pid)
    before, began = process.cpu_times(), time.monotonic()
    peak = 0
    answers: Counter[int] = Counter()
    found: dict[str, float] = {}
    enough = asyncio.Event()
    addresses = [f"127.0.1.{n}" for n in range(1, number + 1)]
    async with asyncio.timeout(110), asyncio.TaskGroup() as group:
        attack = group.create_task(guess(own_service, addresses, answers, enough))
        group.create_task(owner(own_service, answers, found, enough))
        while not attack.done():
            peak = max(peak, process.memory_info().rss)
            await asyncio.sleep(0.05)
    seconds = time.monotonic() - began
    after = process.cpu_times()
    tried = len(own_service.events("password_wrong"))
    busy = (after.user + after.system - before.user - before.system) / seconds
    print(
        f"\n{number} addresses: {answers.total()} wrong passwords in {seconds:.0f} s, {tried} of them tried;"
        f" CPU {busy:.0%}, RSS at peak {peak / MEGABYTE:.0f} MB; {found}"
    )
    assert set(answers) == {401, 429}
    assert tried == answers[401]
    assert tried <= min(5 * number, 30) * (seconds // 60 + 1)
    assert peak < CEILING / 2
    assert found["seconds until the owner was in"] < 10


@pytest.mark.faults
async def test_a_wrong_password_takes_as_long_as_a_right_one(own_service: Service) -> None:
    """Both are made with Argon2id; what is no password at all is not, and tells nothing either."""
    times: dict[str, list[float]] = {PASSWORD: [], "wrong": [], PASSWORD[:-1]: []}
    for round_ in range(4):
        for number, (password, taken) in enumerate(times.items()):
            async with client(f"127.0.2.{10 * round_ + number + 1}") as session:
                began = time.monotonic()
                await try_to_sign_in(session, own_service, password)
                taken.append(time.monotonic() - began)
    least = {password: min(taken) for password, taken in times.items()}
    assert all(seconds > 0.02 for seconds in least.values()), least
    assert max(least.values()) < 3 * min(least.values()), least


def raw(service: Service, request: bytes) -> bytes:
    """Everything that is answered to these bytes, with a last request behind them that ends the connection."""
    answer = b""
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        connection.sendall(request + LAST)
        with suppress(ConnectionResetError, TimeoutError):  # to "h2c" aiohttp says nothing more
            while part := connection.recv(65536):
                answer += part
    return answer


HEAD = b"Host: localhost\r\nAccept: application/json\r\n"
LAST = b"GET /health/live HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n"
INNER = b"GET /config HTTP/1.1\r\n" + HEAD + b"\r\n"
UPGRADE = b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
UPGRADE += b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
POST, GET = b"POST /sign-in HTTP/1.1\r\n" + HEAD, b"GET /health/live HTTP/1.1\r\n" + HEAD
SMUGGLED = {
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: 60\r\n\r\n" + INNER,
    "length and chunks": POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + INNER,
    "chunks in disguise": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + INNER,
    "a body on a GET": GET + b"Content-Length: 0\r\n\r\n" + INNER,
    "a pipeline": GET + b"\r\n" + INNER,
    "an upgrade": GET + UPGRADE + INNER,
    "an upgrade to h2c": GET + b"Upgrade: h2c\r\nConnection: Upgrade\r\nHTTP2-Settings: AAMAAABk\r\n\r\n" + INNER,
    "an expectation": POST.replace(b"sign-in", b"config") + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
    "a whole address": b"GET http://localhost/config HTTP/1.1\r\n" + HEAD + b"\r\n",
    "a connection through": b"CONNECT localhost:80 HTTP/1.1\r\n" + HEAD + b"\r\n" + INNER,
    "HTTP/0.9": b"GET /config\r\n\r\n",
    "a tail of spaces": b"GET /config%20 HTTP/1.1\r\n" + HEAD + b"\r\n",
    "another method by a header": POST + b"X-HTTP-Method-Override: GET\r\nX-Original-URL: /config\r\n"
    b"X-Rewrite-URL: /config\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("request_", SMUGGLED.values(), ids=list(SMUGGLED))
def test_no_request_is_smuggled_past_the_door(service: Service, request_: bytes) -> None:
    answer = raw(service, request_)
    assert b"event_location" not in answer
    assert b"llm_endpoint" not in answer


PATHS = [
    "//config", "/./config", "/health/../config", "/health/live/../../config", "/static/../config", "/%63onfig",
    "/config%2f", "/%2fconfig", "/static/%2e%2e/config", "/static/..%2fconfig", "/static/%2e%2e%2fapp.py",
    "/CONFIG", "/config;/health", "/health;/../config", "/config?/health", "/config#/health",
    "/health/live%00/config", "/static/..%5c..%5capp.py", "/static//etc/passwd", "/static/%2fetc/passwd",
    "/sign-in/../logs", "/logs/", "/health%2f..%2fconfig", "/static/htmx/../../config", "/.%2e/config",
    "/set-up/..;/config", "/health/fragment",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_spelling_of_an_address_leads_past_the_door(service: Service, path: str) -> None:
    for accept in ("application/json", "text/html"):
        head = f"Host: localhost\r\nAccept: {accept}\r\n\r\n"
        answer = raw(service, f"GET {path} HTTP/1.1\r\n{head}".encode())
        status = int(answer.split()[1])
        assert status in (303, 400, 401, 403, 404), answer[:300]
        assert b"event_location" not in answer
        assert b"create_app" not in answer
        assert b"root:" not in answer


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(
        st.sampled_from([
            "/", "//", "..", ".", "%2e", "%2f", "%5c", "\\", "config", "logs", "health", "live", "static",
            "sign-in", "set-up", ";", "%00", "?", "#", "@", ":", "door", "mail",
        ]),
        max_size=8,
    )
)  # fmt: skip
def test_whatever_is_put_together_stays_outside(service: Service, parts: list[str]) -> None:
    answer = raw(service, f"GET /{''.join(parts)} HTTP/1.1\r\n".encode() + HEAD + b"\r\n")
    assert answer, "it was not answered"
    assert not re.search(rb"event_location|llm_endpoint|\"entries\"|details", answer)


@pytest.mark.parametrize("path", ["/", "/config", "/logs", "/nowhere"])
def test_a_websocket_is_refused_as_everything_is(service: Service, path: str) -> None:
    answer = raw(service, f"GET {path} HTTP/1.1\r\n".encode() + HEAD + UPGRADE)
    assert answer.startswith(b"HTTP/1.1 401"), answer[:100]


def test_neither_password_nor_session_nor_code_of_the_browser_is_in_the_log(service: Service) -> None:
    for path in ("/config", "/nowhere", f"/sign-in?password={PASSWORD.replace(' ', '+')}"):
        service.get(path)
    service.post("/sign-in", {"password": "the wrong kettle"})
    service.post("/door/password", {"current": "the wrong kettle", "password": "the right kettle"})
    token = service.session["Cookie"].partition("=")[2]
    for secret in (PASSWORD, PASSWORD.replace(" ", "+"), "the wrong kettle", "the right kettle", token):
        assert secret not in service.output
