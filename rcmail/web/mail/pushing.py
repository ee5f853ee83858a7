"""“Sync drafts”: what is approved goes into the mailbox's drafts, how far that is, and the mail of one draft.

rcmail never sends: somebody does, from a mail program.
"""

from collections.abc import Sequence
from typing import Any, Final

from aiohttp import web

from rcmail import keys
from rcmail.drafting import outgoing, push, pushes
from rcmail.drafting.outgoing import Ready
from rcmail.drafting.pushes import Result
from rcmail.errors import NoSuchConversation
from rcmail.jobs.queue import Run
from rcmail.web import run as runs
from rcmail.web.mail import words
from rcmail.web.negotiation import wants_html
from rcmail.web.query import parameters
from rcmail.web.templating import render
from rcmail.web.times import how_long_ago

_WORD: Final = {
    "pushed": "in your drafts",
    "stale": "out of date",
    "edited": "changed in the mailbox",
    "sent": "sent",
    "gone": "removed from the mailbox",
    "failed": "not written",
}
_NOT_APPROVED: Final = "There is no approved draft in this conversation."


async def show(request: web.Request) -> web.Response:
    """``GET /mail/drafts/sync``: the newest run, and what it says of each draft; for htmx a piece of the page."""
    parameters(request)
    return await _answer(request)


async def begin(request: web.Request) -> web.Response:
    """``POST /mail/drafts/sync``: write the approved drafts; a run under way goes on. 202, or back to the mail."""
    await push.ask(request.app[keys.DATABASE])
    return await _answer(request, status=202, is_form=True)


async def stop(request: web.Request) -> web.Response:
    """``DELETE /mail/drafts/sync``: stop it; what is written stays. One that has ended stays as it is."""
    await _stop(request)
    return await _answer(request)


async def stop_form(request: web.Request) -> web.Response:
    """``POST /mail/drafts/sync/stop``: the same from a form; leads back to the mail."""
    await _stop(request)
    return await _answer(request, is_form=True)


async def eml(request: web.Request) -> web.Response:
    """``GET /mail/{id}/draft.eml``: the approved draft as a mail that is still to be sent, for a mail program.

    404 where none is approved, 409 where it is out of date or has nobody to go to.
    """
    parameters(request)
    database, number = request.app[keys.DATABASE], int(request.match_info["id"])
    try:
        draft = await request.app[keys.REVIEW].look(number)
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None
    if draft is None or draft.state not in ("approved", "pushed"):
        raise web.HTTPNotFound(text=_NOT_APPROVED)
    found = await outgoing.begin(database, number, await request.app[keys.SETTINGS].read())
    if not isinstance(found, Ready):
        raise web.HTTPConflict(text=f"This draft cannot be opened: {found.reason}.")
    headers = {"Content-Disposition": f'attachment; filename="answer-{number}.eml"'}
    return web.Response(body=found.content, content_type="message/rfc822", headers=headers)


async def context_of(request: web.Request) -> dict[str, Any]:
    """What ``mail/_push.html`` needs. Raises DatabaseUnavailable."""
    database = request.app[keys.DATABASE]
    run = await _newest(request)
    told = runs.as_dict(run)
    approved, lying = await pushes.count(database)
    return {
        **told,
        "goes_on": told["state"] in runs.GOES_ON,
        "goes_on_at": runs.goes_on_at(run) if run else "",
        "stop_wanted": run is not None and run.stop_wanted,
        "ago": how_long_ago(run.ended_ago) if run and run.ended_ago is not None else "",
        "approved": approved,
        "lying": lying,
        "results": [_shown(each) for each in await _results(request, run)],
    }


def _shown(result: Result) -> dict[str, Any]:
    who = result.visitor_name or result.visitor_address or "nobody named"
    return {
        "conversation": result.conversation,
        "who": words.cut(who, 60),
        "is_good": result.state == "pushed",
        "word": _WORD[result.state],
        "reason": result.reason or "",
    }


async def _answer(request: web.Request, *, status: int = 200, is_form: bool = False) -> web.Response:
    if is_form and wants_html(request) and request.headers.get("HX-Request") != "true":
        return web.Response(status=303, headers={"Location": "/mail"})
    if wants_html(request):
        context = await context_of(request)
        response = render(request, "mail/_push.html", {"push": context})
        if request.method == "GET" and not context["goes_on"]:
            response.headers["HX-Trigger"] = "mail-came"  # the list and the draft that is open follow
    else:
        run = await _newest(request)
        results = [
            {"conversation": each.conversation, "state": each.state, "reason": each.reason}
            for each in await _results(request, run)
        ]
        response = web.json_response({**runs.as_dict(run), "results": results}, status=status)
    response.headers["Vary"] = "Accept, HX-Request"
    return response


async def _newest(request: web.Request) -> Run | None:
    return await request.app[keys.QUEUE].newest([push.KIND])


async def _results(request: web.Request, run: Run | None) -> Sequence[Result]:
    return await pushes.results(request.app[keys.DATABASE], run.id) if run else []


async def _stop(request: web.Request) -> None:
    run = await _newest(request)
    if run is not None:
        await request.app[keys.QUEUE].stop(run.id)
