"""Health for people and for programs."""

import json
from functools import lru_cache

from aiohttp import web

from rcmail import keys
from rcmail.health import db
from rcmail.health.base import Group, ServiceStatus, worst_first
from rcmail.health.monitor import Report
from rcmail.web.gate import is_inside
from rcmail.web.negotiation import wants_html
from rcmail.web.templating import render


async def health(request: web.Request) -> web.Response:
    """``GET /health``: always 200. The page shows what is known and does not wait; the JSON is fresh.

    ``?full=1`` adds the facts of the machine to the JSON. Who is not signed in gets neither those nor the details.
    """
    monitor = request.app[keys.MONITOR]
    if wants_html(request):
        monitor.look_again()
        report = monitor.latest
        response = render(request, "health.html", {"report": report, "facts": worst_first(report.facts)})
    elif request.query_string and request.query.get("full") == "1" and is_inside(request):
        response = web.json_response((await monitor.current()).as_dict(is_full=True))
    else:
        body = _as_json(await monitor.current(Group.SERVICES), is_inside(request))
        response = web.Response(body=body, content_type="application/json", charset="utf-8")
    response.headers["Vary"] = "Accept, HX-Request"
    return response


async def fragment(request: web.Request) -> web.Response:
    """``GET /health/fragment``: the rows, fresh, for htmx to put into a page.

    ``?brief=1`` says of what is not set up no more than that.
    """
    report = await request.app[keys.MONITOR].current(Group.SERVICES)
    context: dict[str, object] = {"report": report, "is_fragment": True}
    if request.query.get("brief") == "1":
        context["is_brief"] = True
    return render(request, "partials/_health_rows.html", context)


async def notices(request: web.Request) -> web.Response:
    """``GET /health/notices``: what stands above every page, fresh, for the pages that do not show the rows."""
    await request.app[keys.MONITOR].current(Group.SERVICES)
    return render(request, "partials/_notices.html", {})


async def live(request: web.Request) -> web.Response:
    """``GET /health/live``: the event loop turns. Touches nothing."""
    return web.json_response({"status": "alive"})


async def ready(request: web.Request) -> web.Response:
    """``GET /health/ready``: 200, or 503 while the database is unreachable."""
    database = (await request.app[keys.MONITOR].current(db.NAME)).get(db.NAME)
    if database is not None and database.status is ServiceStatus.OK:
        return web.json_response({"status": "ready"})
    detail = database.value if database else "not checked yet"
    return web.json_response({"status": "unready", "detail": detail}, status=503)


@lru_cache(maxsize=2)  # monitoring asks again and again; while nothing changes it is the same report
def _as_json(report: Report, with_details: bool) -> bytes:
    told = report.as_dict()
    if not with_details:
        del told["details"]
    return json.dumps(told, ensure_ascii=False).encode()
