"""The log for the operator, without SSH: a page, what is new for who follows it, and JSON for programs."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web

from rcmail import keys
from rcmail.log.entries import LEVELS, Entry, Filter
from rcmail.web.negotiation import wants_html
from rcmail.web.query import bad, number, parameters
from rcmail.web.templating import render
from rcmail.web.times import ago, clock, parsed

MAX_LIMIT: Final = 200
MAX_TEXT: Final = 200
# Entries on the page of who follows; before there are more, it is loaded anew.
_MAX_SHOWN: Final = 500
_SERVICES: Final = ("app", "config", "db", "door", "health", "http", "llm")
_SERVICE: Final = re.compile(r"[A-Za-z0-9_.@:-]{1,64}")


async def page(request: web.Request) -> web.Response:
    """``GET /logs``: the latest entries, the newest first, that ``service``, ``level`` (this one and more
    important ones) and ``q`` (anywhere in the entry) let through; ``limit`` of them. ``follow=1`` adds new ones.
    """
    given = parameters(request, "service", "level", "q", "limit", "follow")
    wanted = _filter(given)
    limit = number(given, "limit", MAX_LIMIT, least=1, most=MAX_LIMIT)
    is_followed = bool(number(given, "follow", 0, least=0, most=1))
    async with request.app[keys.LOGBOOK].pages:
        if wants_html(request):
            response = await _page(request, wanted, limit, is_followed=is_followed)
        else:
            response = await _json_page(request, wanted, limit)
    response.headers["Vary"] = "Accept, HX-Request"
    return response


async def _page(request: web.Request, wanted: Filter, limit: int, *, is_followed: bool) -> web.Response:
    logbook = request.app[keys.LOGBOOK]
    extract = await logbook.latest(wanted, limit)
    other = _asked(wanted, limit) | ({} if is_followed else {"follow": "1"})
    return render(
        request,
        "logs.html",
        {
            "extract": extract,
            "cut_off": clock(extract.cut_off),
            "entries": [_shown(entry) for entry in extract.entries],
            "wanted": wanted,
            "services": _services(extract.entries, wanted.service),
            "levels": LEVELS,
            "since": clock(logbook.since),
            "other": f"/logs?{urlencode(other)}".removesuffix("?"),
            "poll": _poll(wanted, extract.place, len(extract.entries)) if is_followed else "",
        },
    )


async def _json_page(request: web.Request, wanted: Filter, limit: int) -> web.Response:
    extract = await request.app[keys.LOGBOOK].latest(wanted, limit)
    body: dict[str, Any] = {"source": extract.source, "filter": _asked(wanted, limit)}
    if extract.reason:
        body["reason"] = extract.reason
    if extract.cut_off:
        body["cut_off"] = extract.cut_off
    body["entries"] = [entry.data for entry in extract.entries]
    return web.json_response(body)


async def news(request: web.Request) -> web.Response:
    """``GET /logs/new``: what came after the place ``after``, for htmx to put on top of the ``shown`` entries of a
    page; 204 where nothing did. What is more than a page or the memory holds: the whole page is loaded anew."""
    given = parameters(request, "service", "level", "q", "after", "shown")
    wanted = _filter(given)
    place = number(given, "after", 0, least=0, most=10**15)
    shown = number(given, "shown", 0, least=0, most=_MAX_SHOWN)
    # Here and not in a thread: bounded, mostly nothing or a handful, and one after the other.
    extract = request.app[keys.LOGBOOK].news(place, wanted)
    if extract is None or shown + len(extract.entries) > _MAX_SHOWN:
        return web.Response(headers={"HX-Refresh": "true"}, content_type="text/html")
    if extract.place == place:
        return web.Response(status=204)
    poll = _poll(wanted, extract.place, shown + len(extract.entries))
    entries = [_shown(entry) for entry in extract.entries]
    return render(request, "partials/_log_news.html", {"entries": entries, "poll": poll})


def _poll(wanted: Filter, place: int, shown: int) -> str:
    """Where a page that follows asks next."""
    return f"/logs/new?{urlencode(_asked(wanted) | {'after': str(place), 'shown': str(shown)})}"


def _filter(given: Mapping[str, str]) -> Filter:
    level = given.get("level", "").upper()
    if level and level not in LEVELS:
        raise bad(f"“level” must be one of {', '.join(LEVELS).lower()}.")
    service = given.get("service", "")
    if service and not _SERVICE.fullmatch(service):
        raise bad("“service” must be the name of a component, such as db or health.")
    text = given.get("q", "")
    if len(text) > MAX_TEXT:
        raise bad(f"“q” may have {MAX_TEXT} characters at most.")
    return Filter(service, level, text)


def _asked(wanted: Filter, limit: int = MAX_LIMIT) -> dict[str, str]:
    """The parameters that make a difference, for an address and for JSON."""
    asked = {"service": wanted.service, "level": wanted.level.lower(), "q": wanted.text}
    if limit != MAX_LIMIT:
        asked["limit"] = str(limit)
    return {name: value for name, value in asked.items() if value}


def _shown(entry: Entry) -> dict[str, Any]:
    """``entry`` as the template needs it."""
    context = [(name, value if isinstance(value, str) else _json(value)) for name, value in entry.context.items()]
    short = [f"{name}: {text}" for name, text in context if name not in ("exception", "stack", "request_id")]
    moment = parsed(entry.timestamp)
    return {
        "level": entry.level,
        "service": entry.service,
        "event": entry.event,
        "timestamp": entry.timestamp,
        "clock": clock(entry.timestamp),
        "ago": ago(moment) if moment else "",
        "brief": " · ".join(short)[:300],
        "context": context,
        "json": entry.json,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _services(entries: Iterable[Entry], chosen: str) -> list[str]:
    return sorted({*_SERVICES, *(entry.service for entry in entries), *([chosen] if chosen else [])})
