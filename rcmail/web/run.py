"""How far a sync or an import is: what pages and programs ask, and the stop."""

from typing import Any, Final

from aiohttp import web

from rcmail import keys
from rcmail.jobs.queue import Run
from rcmail.mail import imports
from rcmail.web.negotiation import wants_html
from rcmail.web.templating import render

_NUMBERS: Final = ("done", "total", "new", "known", "skipped", "failed")


def as_dict(run: Run | None) -> dict[str, Any]:
    """The run as ``GET /mail/sync`` gives it; ``state`` is null where there was none."""
    if run is None:
        return {"state": None}
    numbers = {name: run.progress.get(name, 0) for name in _NUMBERS}
    return {"state": run.state, **numbers, "error": run.error}


async def show(request: web.Request) -> web.Response:
    """``GET /mail/sync``: the newest run, syncs and imports alike; for htmx as a piece of the page."""
    return _answer(request, await request.app[keys.QUEUE].newest(imports.RUNS))


async def stop(request: web.Request) -> web.Response:
    """``DELETE /mail/sync``: stop the newest run. What it brought in stays; one that has ended stays as it is."""
    queue = request.app[keys.QUEUE]
    run = await queue.newest(imports.RUNS)
    if run is not None:
        await queue.stop(run.id)
        await imports.sweep(request.app[keys.DATABASE], request.app[keys.PLACE].state)
    return _answer(request, await queue.newest(imports.RUNS))


def _answer(request: web.Request, run: Run | None) -> web.Response:
    if wants_html(request):
        response = render(request, "partials/_run.html", {"run": as_dict(run)})
    else:
        response = web.json_response(as_dict(run))
    response.headers["Vary"] = "Accept, HX-Request"
    return response
