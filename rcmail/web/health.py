"""Health for people and for programs."""

import asyncio
import json
from functools import lru_cache

from aiohttp import web

from rcmail import keys
from rcmail.health.base import ServiceStatus
from rcmail.health.monitor import Report
from rcmail.machine.inspector import worst_first
from rcmail.web.negotiation import wants_html
from rcmail.web.templating import render


async def health(request: web.Request) -> web.Response:
    """``GET /health``: always 200. The page shows what is known and does not wait; the JSON is fresh.

    ``?full=1`` adds the facts of the machine to the JSON.
    """
    if wants_html(request):
        inspector = request.app[keys.INSPECTOR]
        inspector.look_again()
        context = {"report": request.app[keys.MONITOR].latest, "facts": worst_first(inspector.latest)}
        response = render(request, "health.html", context, is_pure=True)
    elif request.query_string and request.query.get("full") == "1":
        report, facts = await asyncio.gather(
            request.app[keys.MONITOR].current(), request.app[keys.INSPECTOR].current()
        )
        whole = report.as_dict() | {"machine": [fact.as_dict() for fact in facts]}
        response = web.json_response(whole)
    else:
        body = _as_json(await request.app[keys.MONITOR].current())
        response = web.Response(body=body, content_type="application/json", charset="utf-8")
    response.headers["Vary"] = "Accept, HX-Request"
    return response


async def fragment(request: web.Request) -> web.Response:
    """``GET /health/fragment``: the rows, fresh, for htmx to put into a page."""
    report = await request.app[keys.MONITOR].current()
    return render(request, "partials/_health_rows.html", {"report": report, "is_fragment": True}, is_pure=True)


async def notices(request: web.Request) -> web.Response:
    """``GET /health/notices``: what stands above every page, fresh, for the pages that do not show the rows."""
    await request.app[keys.MONITOR].current("db", "llm")
    return render(request, "partials/_notices.html", {}, is_pure=True)


async def live(request: web.Request) -> web.Response:
    """``GET /health/live``: the event loop turns. Touches nothing."""
    return web.json_response({"status": "alive"})


async def ready(request: web.Request) -> web.Response:
    """``GET /health/ready``: 200, or 503 while the database is unreachable."""
    database = (await request.app[keys.MONITOR].current("db")).get("db")
    if database is not None and database.status is ServiceStatus.OK:
        return web.json_response({"status": "ready"})
    detail = database.detail if database else "not checked yet"
    return web.json_response({"status": "unready", "detail": detail}, status=503)


@lru_cache(maxsize=1)  # polled by many, changes rarely
def _as_json(report: Report) -> bytes:
    return json.dumps(report.as_dict(), ensure_ascii=False).encode()
