"""The log for the operator, without SSH: a page, JSON for programs, and a stream for who follows."""

import asyncio
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web

from rcmail import keys
from rcmail.log.entries import LEVELS, Entry, Filter
from rcmail.log.logbook import Logbook, TooManyFollowers, now
from rcmail.web.negotiation import wants_html
from rcmail.web.templating import render, render_part
from rcmail.web.times import ago

_LIMIT: Final = 200
MAX_LIMIT: Final = 1000
_SERVICES: Final = ("app", "config", "db", "health", "http", "llm")
_SERVICE: Final = re.compile(r"[A-Za-z0-9_.@:-]{1,64}")
MAX_TEXT: Final = 200
_EVENT_ID: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z~[0-9a-f]{0,16}")
# Seconds between signs of life, and those after which a reader that takes nothing is left.
_KEEPALIVE: Final = 15.0
_PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Query:
    """What a caller asks for in the address."""

    wanted: Filter
    limit: int

    @classmethod
    def of(cls, request: web.Request, *more: str) -> "Query":
        """Raises 400 with a sentence for every parameter that is not understood."""
        known = ("service", "level", "q", "limit", *more)
        values: dict[str, str] = {}
        for name, value in request.query.items():
            if name not in known:
                raise _bad(f"There is no parameter of this name. Known are {', '.join(known[:4])}.")
            if name in values:
                raise _bad(f"“{name}” may be given once only.")
            values[name] = value.strip()
        level = values.get("level", "").upper()
        if level and level not in LEVELS:
            raise _bad(f"“level” must be one of {', '.join(LEVELS).lower()}.")
        service = values.get("service", "")
        if service and not _SERVICE.fullmatch(service):
            raise _bad("“service” must be the name of a component, such as db or health.")
        text = values.get("q", "")
        if len(text) > MAX_TEXT:
            raise _bad(f"“q” may have {MAX_TEXT} characters at most.")
        limit = values.get("limit", str(_LIMIT))
        if not re.fullmatch(r"[0-9]{1,4}", limit) or not 1 <= int(limit) <= MAX_LIMIT:
            raise _bad(f"“limit” must be a whole number from 1 to {MAX_LIMIT}.")
        return cls(Filter(service, level, text), int(limit))

    def as_dict(self) -> dict[str, str]:
        """The parameters that are given, for an address and for JSON."""
        wanted = self.wanted
        given = {"service": wanted.service, "level": wanted.level.lower(), "q": wanted.text}
        if self.limit != _LIMIT:
            given["limit"] = str(self.limit)
        return {name: value for name, value in given.items() if value}


def _bad(sentence: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=sentence)


def setup_logs(app: web.Application, logbook: Logbook) -> None:
    app[keys.LOGBOOK] = logbook
    # Not at cleanup, which waits for the requests under way: a stream would be one for ever.
    app.on_shutdown.append(_end_streams)


async def _end_streams(app: web.Application) -> None:
    app[keys.LOGBOOK].close()


async def page(request: web.Request) -> web.Response:
    """``GET /logs``: the latest entries, the newest first, that ``service``, ``level`` (this one and more
    important ones) and ``q`` (anywhere in the entry) let through; ``limit`` of them."""
    query = Query.of(request)
    async with request.app[keys.LOGBOOK].pages:
        response = await (_page(request, query) if wants_html(request) else _json_page(request, query))
    response.headers["Vary"] = "Accept, HX-Request"
    return response


async def _page(request: web.Request, query: Query) -> web.Response:
    before = now()
    logbook = request.app[keys.LOGBOOK]
    extract = await logbook.latest(query.wanted, query.limit)
    return render(
        request,
        "logs.html",
        {
            "extract": extract,
            "cut_off": extract.cut_off and _clock(extract.cut_off),
            "entries": [_shown(entry) for entry in extract.entries],
            "wanted": query.wanted,
            "limit": query.limit,
            "services": _services(extract.entries, query.wanted.service),
            "levels": LEVELS,
            "since": _clock(logbook.since),
            "stream": f"/logs/stream?{urlencode({**query.as_dict(), 'after': f'{before}~'})}",
        },
    )


async def _json_page(request: web.Request, query: Query) -> web.Response:
    extract = await request.app[keys.LOGBOOK].latest(query.wanted, query.limit)
    body: dict[str, Any] = {"source": extract.source, "filter": query.as_dict()}
    if extract.reason:
        body["reason"] = extract.reason
    if extract.cut_off:
        body["cut_off"] = extract.cut_off
    body["entries"] = [entry.data for entry in extract.entries]
    return web.json_response(body)


async def stream(request: web.Request) -> web.StreamResponse:
    """``GET /logs/stream``: from now on, as server-sent events with the entry as HTML.

    https://html.spec.whatwg.org/multipage/server-sent-events.html — after a break, a restart of the service
    too, ``Last-Event-ID`` brings what was missed.
    """
    query = Query.of(request, "after")
    last = request.headers.get("Last-Event-ID") or request.query.get("after", "")
    logbook = request.app[keys.LOGBOOK]
    try:
        with logbook.follow() as follower:
            response = web.StreamResponse(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
            response.content_type = "text/event-stream"
            response.charset = "utf-8"
            with suppress(ConnectionError, TimeoutError):
                await response.prepare(request)
                known = bool(_EVENT_ID.fullmatch(last)) and _moment(last.partition("~")[0]) is not None
                number, entries = await logbook.missed(last if known else "", query.wanted)
                text = "retry: 2000\n\n" + _events(request, entries)
                while True:
                    async with asyncio.timeout(_PATIENCE):
                        await response.write(text.encode())
                    if follower.is_closed:
                        return response
                    number, entries, skipped = await follower.news(number, query.wanted, _KEEPALIVE)
                    gap = f"event: skipped\ndata: {skipped}\n\n" if skipped else ""
                    text = gap + _events(request, entries) or ": still here\n\n"
            if request.transport is not None:
                request.transport.abort()  # what is left to be sent would wait for a reader that does not read
            return response
    except TooManyFollowers:
        raise web.HTTPServiceUnavailable(
            text="So many follow the log already that another one would slow the service."
        ) from None


def _events(request: web.Request, entries: Iterable[Entry]) -> str:
    return "".join(_event(request, entry) for entry in entries)


def _event(request: web.Request, entry: Entry) -> str:
    html = render_part(request, "partials/_log_entry.html", {"entry": _shown(entry)})
    data = "\n".join(f"data: {line}" for line in html.splitlines())
    return f"event: entry\nid: {entry.id}\n{data}\n\n"


def _shown(entry: Entry) -> dict[str, Any]:
    """``entry`` as the template needs it."""
    context = [(name, value if isinstance(value, str) else _json(value)) for name, value in entry.context.items()]
    short = [f"{name}: {text}" for name, text in context if name not in ("exception", "stack", "request_id")]
    return {
        "id": entry.id,
        "level": entry.level,
        "service": entry.service,
        "event": entry.event,
        "timestamp": entry.timestamp,
        "clock": _clock(entry.timestamp),
        "ago": _ago(entry.timestamp),
        "brief": " · ".join(short)[:300],
        "context": context,
        "json": entry.json,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _moment(timestamp: str) -> datetime | None:
    try:
        return datetime.fromisoformat(timestamp).astimezone()
    except (ValueError, OverflowError):  # an entry of the journal that only looks like one of ours
        return None


def _clock(timestamp: str) -> str:
    """The day and the time where the Pi stands."""
    moment = _moment(timestamp)
    return f"{moment:%d %b %H:%M:%S}.{moment.microsecond // 1000:03}" if moment else timestamp


def _ago(timestamp: str) -> str:
    """How long ago, in words; empty where that is not known."""
    moment = _moment(timestamp)
    if moment is None or moment.tzinfo is None:
        return ""
    return ago(moment)


def _services(entries: Iterable[Entry], chosen: str) -> list[str]:
    return sorted({*_SERVICES, *(entry.service for entry in entries), *([chosen] if chosen else [])})
