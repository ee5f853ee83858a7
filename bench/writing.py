"""How far behind the bare llama.cpp server rcmail has a draft's first word, and what memory writing takes.

``python -m bench.writing``, by hand, on a quiet machine; needs what ``make test-llm`` installs. The letters are
those of the demonstration. The server reads each question first; then rcmail and a bare client have it answered in
turns, and hang up at the first word.
"""

import argparse
import asyncio
import http.client
import json
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import psutil

from bench.__main__ import machine, put_into, table
from bench.house import House, house, memory_mb, running
from rcmail.client import make_http_client
from rcmail.clock import today
from rcmail.db.pool import Database, Row
from rcmail.drafting import fitting, making, material, written
from rcmail.drafting.serving import Serving
from rcmail.drafting.writer import Patience, Writer
from rcmail.llm.base import Limits, Message, Usage
from rcmail.llm.current import CurrentLLM
from rcmail.llm.llamacpp import LlamaCppAdapter
from rcmail.process.child import Child
from rcmail.settings.store import SettingsStore
from tests.llm.real import LlamaServer, model_file, ready
from tests.support import Service, postgres_config

BEGIN, END = "<!-- what bench.writing printed -->\n", "<!-- as far as here, of bench.writing -->\n"
ASKS: Final = 20
BOUND: Final = 100.0
"""Milliseconds, MAIL.md §26."""
# Tokens: questions have some 700 to 1,600 of them, and room for two answers is kept free.
_CONTEXT: Final = 4096
# Seconds: until the demonstration is there and drafted without, for one question, between two looks at the memory.
_DEMONSTRATION: Final = 120.0
_READING: Final = 240.0
_WEIGHED_EVERY: Final = 0.5
# What is written is looked for in the table a hundred times a second; of the worker that is twice.
_CLOSELY: Final = Patience(tick=0.01)
_DRAFTS: Final = """
SELECT id AS draft, conversation, revision, hint, sources, warnings FROM drafts WHERE state = 'ready' ORDER BY id
"""
_SO_FAR: Final = "SELECT so_far FROM drafts WHERE id = %s"
_ASK: Final = "UPDATE drafts SET to_write = 'now' WHERE id = %s"
_RESET: Final = "UPDATE drafts SET state = 'ready', to_write = '', so_far = '' WHERE state IN ('writing', 'ready')"
Figures = dict[str, float]


@dataclass(frozen=True)
class First:
    """Of one letter: milliseconds to the first word, and what the server told when it read the question."""

    ours: float
    bare: float
    read: Usage


def measured(asks: int, weighed: float) -> Figures:
    """All figures, of so many letters and so many seconds of writing. Raises RuntimeError where nothing can be
    measured."""
    server = LlamaServer(model_file(), context=_CONTEXT)
    with house() as built, ready(server), running(service := built.service(DEMO="true")):
        service.come_in()
        service.post("/config", {"llm_endpoint": server.url, "llm_model": ""})
        found = _weighed(built, service, weighed)
        return found | asyncio.run(_first_words(built, server, asks))


def _weighed(built: House, service: Service, seconds: float) -> Figures:
    """The most that each process took while the worker had one draft after the other written."""
    most: Figures = {}
    with _working(built, service) as worker:
        _until(service, "writing", _DEMONSTRATION)
        over = time.monotonic() + seconds
        while time.monotonic() < over:
            service.get("/mail", {"Accept": "text/html"})
            for name, pid in (("service", service.pid), ("worker", worker.pid), *_children(worker.pid)):
                with suppress(psutil.Error):
                    most[name] = max(most.get(name, 0.0), memory_mb(pid))
            time.sleep(_WEIGHED_EVERY)
    return {f"memory of the {name}, while a model writes, MB": mb for name, mb in most.items()}


@contextmanager
def _working(built: House, service: Service) -> Iterator[Service]:
    worker = Service(built.folder, service.env, ("work",))
    worker.start(wait=0)
    try:
        yield worker
    finally:
        worker.stop()


def _children(pid: int) -> list[tuple[str, int]]:
    names = {"rcmail.drafting": "child that drafts", "rcmail.answers": "helper"}
    return [
        (name, child.pid)
        for child in psutil.Process(pid).children()
        for prefix, name in names.items()
        if prefix in child.cmdline()
    ]


def _until(service: Service, state: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        waiting = service.get("/mail").json()["conversations"]
        if any(_draft(service, each["id"]).get("state") == state for each in waiting):
            return
        time.sleep(1)
    raise RuntimeError(f"no draft came to be {state} within {seconds:g} s")


def _draft(service: Service, conversation: int) -> dict[str, Any]:
    return service.get(f"/mail/{conversation}/draft").json()["draft"] or {}


async def _first_words(built: House, server: LlamaServer, asks: int) -> Figures:
    async with _writing(built, server) as (database, writer, adapter):
        await database.execute(_RESET)
        rows = await database.fetch(_DRAFTS)
        if not rows:
            raise RuntimeError("there is no draft to be written")
        found = [await _of_letter(database, writer, adapter, server, rows[n % len(rows)], n) for n in range(asks)]
    return figures(found)


@asynccontextmanager
async def _writing(built: House, server: LlamaServer) -> AsyncIterator[tuple[Database, Writer, LlamaCppAdapter]]:
    database = Database(postgres_config(str(built.postgres.socket)))
    try:
        async with make_http_client() as client, Child("rcmail.drafting") as child:
            current = CurrentLLM(SettingsStore(database), client, server.url)
            yield (
                database,
                Writer(database, Serving(current), child, _CLOSELY),
                LlamaCppAdapter(client, server.url),
            )
    finally:
        await database.close()


async def _of_letter(
    database: Database, writer: Writer, adapter: LlamaCppAdapter, server: LlamaServer, row: Row, number: int
) -> First:
    asked = await _question(database, adapter, row)
    read = await _read(adapter, asked)
    times = {}
    for is_ours in (True, False) if number % 2 else (False, True):
        await _at_rest(server)
        times[is_ours] = await (
            _ours(database, writer, row) if is_ours else asyncio.to_thread(_bare, server, asked)
        )
    await _at_rest(server)
    return First(times[True], times[False], read)


async def _question(database: Database, adapter: LlamaCppAdapter, row: Row) -> list[Message]:
    """As the writer asks it."""
    found = await material.read(database, row.conversation, today())
    item = making.item(found.asked, found.sources, found.facts, hint=row.hint, used=row.sources)
    whole = making.question(making.prompted(item))
    return fitting.messages(await fitting.fit(adapter, "", whole, Limits().tokens))


async def _read(adapter: LlamaCppAdapter, asked: Sequence[Message]) -> Usage:
    """Have it read the question after another one: what the server tells of that."""
    async with adapter.generate("", asked, Limits(_READING, _READING, tokens=1)) as writing:
        async for _ in writing:
            pass
        if writing.ending is None or writing.ending.usage.cached is None:
            raise RuntimeError("the server does not say what it knew of the question")
        return writing.ending.usage


async def _ours(database: Database, writer: Writer, row: Row) -> float:
    """From the moment at which the worker takes up the draft until its first word is in the table, in ms."""
    await database.execute(_ASK, (row.draft,))
    began = time.perf_counter()
    if not await written.begin(database, row):
        raise RuntimeError("the draft is not as it was")
    task = asyncio.create_task(writer.write(row))
    try:
        while not (await database.fetch(_SO_FAR, (row.draft,)))[0].so_far:
            if task.done():
                raise RuntimeError("it ended without a word")
            await asyncio.sleep(0.002)
        return 1000 * (time.perf_counter() - began)
    finally:
        task.cancel()
        await asyncio.wait([task])
        await database.execute(_RESET)


def _bare(server: LlamaServer, asked: Sequence[Message]) -> float:
    """Milliseconds from the request to the first word, with nothing of ours in between."""
    messages = [{"role": each.role, "content": each.text} for each in asked]
    body = {"messages": messages, "stream": True, "max_tokens": 400, "temperature": 0.3, "cache_prompt": True}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_READING)
    began = time.perf_counter()
    connection.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
    try:
        for line in connection.getresponse():
            if word(line):
                return 1000 * (time.perf_counter() - began)
    finally:
        connection.close()
    raise RuntimeError("the bare server said nothing")


def word(line: bytes) -> str:
    """The text in a line of a streamed answer; empty where it has none."""
    if not line.startswith(b"data: {"):
        return ""
    choices = json.loads(line[6:])["choices"]
    return choices[0]["delta"].get("content") or "" if choices else ""


async def _at_rest(server: LlamaServer) -> None:
    while await asyncio.to_thread(lambda: server.is_writing):  # noqa: ASYNC110 - it is asked
        await asyncio.sleep(0.05)


def figures(found: Sequence[First]) -> Figures:
    """What docs/figures.md has of the letters."""
    known = [each.read.cached or 0 for each in found[1:]]
    return {
        "letters": len(found),
        "first word, the bare server, median, ms": median(each.bare for each in found),
        "first word, rcmail, median, ms": median(each.ours for each in found),
        "first word of a draft behind the bare server's, median, ms": median(
            each.ours - each.bare for each in found
        ),
        "first word of a draft behind the bare server's, at most, ms": max(
            each.ours - each.bare for each in found
        ),
        "tokens of a question, median": median(each.read.prompt or 0 for each in found),
        "of them known from the letter before, median": median(known) if known else 0,
        "seconds for reading the others, median": median(each.read.reading_seconds or 0 for each in found),
    }


def is_met(found: Figures) -> bool:
    return found["first word of a draft behind the bare server's, median, ms"] <= BOUND


def markdown(found: Figures, about: dict[str, str]) -> str:
    """As docs/figures.md has it."""
    bounded = "first word of a draft behind the bare server's, median, ms"
    lines = [[what, "≤ 100" if what == bounded else "", f"{value:,.0f}"] for what, value in found.items()]
    return f"{table(('machine', ''), about.items())}\n\n{table(('what', 'bound', 'measured'), lines)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """0: the bound is met; 1: it is missed; 2: it could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.writing", description=__doc__)
    parser.add_argument("--asks", type=int, default=ASKS, metavar="N", help="how many letters")
    parser.add_argument(
        "--weighed", type=float, default=60, metavar="SECONDS", help="how long memory is looked at"
    )
    parser.add_argument("--update", type=Path, metavar="FILE", help="put the tables into docs/figures.md")
    options = parser.parse_args(arguments)
    about = machine()
    try:
        found = measured(options.asks, options.weighed)
    except (RuntimeError, AssertionError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    print(text := markdown(found, about))
    if options.update:
        options.update.write_text(put_into(options.update.read_text(), text, BEGIN, END))
    return 0 if is_met(found) else 1


if __name__ == "__main__":
    sys.exit(main())
