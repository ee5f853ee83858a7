"""The facts of the machine over HTTP."""

import asyncio
import threading
from pathlib import Path

import pytest

from rcmail import keys
from rcmail.app import create_app
from rcmail.config import Config
from rcmail.health.base import Check, Finding
from rcmail.health.monitor import Monitor
from rcmail.machine import catalogue
from tests.conftest import Client
from tests.fakes.machine import RecordedMachine
from tests.web.test_logs import MakeClient

HTML = {"Accept": "text/html"}


@pytest.fixture
async def trouble(config: Config, tmp_path: Path, aiohttp_client: MakeClient) -> Client:
    """The application on a Raspberry Pi in trouble."""
    app = create_app(config)
    app[keys.PLACE] = RecordedMachine("pi5-trouble", tmp_path)
    return await aiohttp_client(app)


async def test_full_adds_the_machine_and_leaves_the_contract_as_it_is(trouble: Client) -> None:
    plain = await (await trouble.get("/health")).json()
    full = await (await trouble.get("/health?full=1")).json()
    assert set(plain) == {"status", "checks", "details", "version"}
    assert {name: full[name] for name in plain} == plain
    assert set(full) - set(plain) == {"machine"}
    facts = {fact["name"]: fact for fact in full["machine"]}
    assert facts["power"]["verdict"] == "error"
    assert set(facts["power"]) == {"name", "label", "value", "verdict", "advice"}
    for other in ("0", "", "yes"):
        assert "machine" not in await (await trouble.get(f"/health?full={other}")).json()


async def test_the_pages_show_what_is_wrong_with_commands_as_code(trouble: Client) -> None:
    await trouble.get("/health?full=1")
    page = await (await trouble.get("/health", headers=HTML)).text()
    assert (
        page.index("check-disk")
        < page.index("check-power")
        < page.index("check-memory")
        < page.index("check-uptime")
    )
    assert "<code>sudo apt clean</code>" in page
    dashboard = await (await trouble.get("/", headers=HTML)).text()
    assert [name for name in ("disk", "power", "memory", "clock") if f"check-{name}" in dashboard] == [
        "disk", "power", "memory",
    ]  # fmt: skip


async def test_no_page_waits_for_a_look_that_hangs(
    config: Config, aiohttp_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()

    def hang() -> Finding:
        release.wait(60)
        return Finding("late")

    known = catalogue.facts
    monkeypatch.setattr(catalogue, "facts", lambda *given: [*known(*given), Check("a", "A", hang, limit=0.5)])
    client = await aiohttp_client(create_app(config))
    monitor: Monitor = client.app[keys.MONITOR]
    look = asyncio.create_task(monitor.current("a"))
    for path in ("/", "/health", "/config"):
        assert (await client.get(path, headers=HTML)).status == 200
    found = (await look).get("a")
    assert found is not None
    assert found.value == "timed out after 0.5 s"
    release.set()
