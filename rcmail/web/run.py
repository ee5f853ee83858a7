"""“Sync incoming”, and how far a sync or an import is: what pages and programs ask, and the stop."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from aiohttp import web

from rcmail import keys
from rcmail.jobs.queue import Run
from rcmail.mail import imports, syncing
from rcmail.web.negotiation import wants_html
from rcmail.web.templating import render
from rcmail.web.times import how_long, how_long_ago

_NUMBERS: Final = ("done", "total", "new", "known", "skipped", "failed")
_NOT_CONNECTED: Final = "No mailbox is connected: connect Gmail on the configuration page, then sync."
GOES_ON: Final = ("queued", "running")
"""The states of a run that has not ended."""
# Seconds after which a guess of the time that is left is worth something.
_ENOUGH: Final = 3.0


def as_dict(run: Run | None) -> dict[str, Any]:
    """The run as ``GET /mail/sync`` gives it; ``state`` is null where there was none."""
    if run is None:
        return {"state": None}
    numbers = {name: run.progress.get(name, 0) for name in _NUMBERS}
    return {"state": run.state, **numbers, "error": run.error}


async def shown(request: web.Request, run: Run | None) -> dict[str, Any]:
    """The run as pages show it: with when it was, how long still, and why mails could not be read."""
    told = {**as_dict(run), "kind": run.kind if run else "", "is_connected": is_connected(request)}
    if run is None:
        return {**told, "goes_on": False}
    reasons = await imports.unreadable(request.app[keys.DATABASE]) if told["failed"] else {}
    return {
        **told,
        "goes_on": run.state in GOES_ON,
        "goes_on_at": goes_on_at(run),
        "stop_wanted": run.stop_wanted,
        "left": _left(run, told),
        "ago": how_long_ago(run.ended_ago) if run.ended_ago is not None else "",
        "reasons": reasons,
    }


async def begin(request: web.Request) -> web.Response:
    """``POST /mail/sync``: bring in what is new in the mailbox; a sync under way goes on. 202 and the run, or back
    to the mail; 409 where no mailbox is connected."""
    mailbox = await request.app[keys.CONNECTION].look()
    if not mailbox.is_connected:
        raise web.HTTPConflict(text=_NOT_CONNECTED)
    put = await syncing.ask(request.app[keys.DATABASE])
    if wants_html(request) and request.headers.get("HX-Request") != "true":
        return web.Response(status=303, headers={"Location": "/mail"})
    return await _answer(request, await request.app[keys.QUEUE].get(put.id), status=202)


async def show(request: web.Request) -> web.Response:
    """``GET /mail/sync``: the newest run, syncs and imports alike; for htmx as a piece of the page.

    A page says how many ``new`` mails it was told of: where there are more by now, its list follows.
    """
    return await _answer(request, await request.app[keys.QUEUE].newest(imports.RUNS))


async def stop(request: web.Request) -> web.Response:
    """``DELETE /mail/sync``: stop the newest run. What it brought in stays; one that has ended stays as it is."""
    await _stop(request)
    return await _answer(request, await request.app[keys.QUEUE].newest(imports.RUNS))


async def stop_form(request: web.Request) -> web.Response:
    """``POST /mail/sync/stop``: the same from a form; leads back to the mail."""
    await _stop(request)
    if request.headers.get("HX-Request") == "true":
        return await _answer(request, await request.app[keys.QUEUE].newest(imports.RUNS))
    return web.Response(status=303, headers={"Location": "/mail"})


async def _stop(request: web.Request) -> None:
    queue = request.app[keys.QUEUE]
    run = await queue.newest(imports.RUNS)
    if run is not None:
        await queue.stop(run.id)
        await imports.sweep(request.app[keys.DATABASE], request.app[keys.PLACE].state)


def is_connected(request: web.Request) -> bool:
    """Whether there is a mailbox to be synced, as far as is known."""
    mailbox = request.app[keys.CONNECTION].last_known
    return mailbox is not None and mailbox.is_connected


def goes_on_at(run: Run) -> str:
    """By the clock on the wall, when a run that has to wait goes on; empty where it does not wait."""
    if run.state != "queued" or not run.error:
        return ""
    return f"{datetime.now().astimezone() + timedelta(seconds=max(run.due_in, 0)):%H:%M}"


def _left(run: Run, told: Mapping[str, Any]) -> str:
    """How long it goes on, as a sync knows itself, else at the pace so far; empty where that cannot be told."""
    done, total, seconds = told["done"], told["total"], run.started_ago
    if run.state != "running":
        return ""
    if "left" in run.progress:
        return how_long(run.progress["left"]) if run.progress["left"] else ""
    if not done or total <= done or seconds is None or seconds < _ENOUGH:
        return ""
    return how_long(seconds * (total - done) / done)


async def _answer(request: web.Request, run: Run | None, *, status: int = 200) -> web.Response:
    if wants_html(request):
        told = await shown(request, run)
        response = render(request, "mail/_run.html", {"run": told})
        has_more = request.query.get("new", "") not in ("", str(told.get("new")))
        if request.method == "POST" or has_more or (told["state"] and not told["goes_on"]):
            response.headers["HX-Trigger"] = "mail-came"  # the list is asked for anew
    else:
        response = web.json_response(as_dict(run), status=status)
    response.headers["Vary"] = "Accept, HX-Request"
    return response
