"""How long a draft takes here: begun, asked for and stopped from the configuration page, and by programs."""

from aiohttp import web

from rcmail import keys
from rcmail.health.timing import Timed
from rcmail.web.config import typed_in, with_typed
from rcmail.web.negotiation import wants_html
from rcmail.web.templating import render


async def start(request: web.Request) -> web.Response:
    """``POST /config/timing``: with what is typed, else what is saved. One at a time; 202 with how far it is."""
    typed, seen = await typed_in(request)
    request.app[keys.TIMING].start(typed)
    return _answer(request, typed, seen, 202)


async def show(request: web.Request) -> web.Response:
    """``GET /config/timing``: how far it is, or how the last one ended."""
    return _answer(request, {}, {})


async def look(request: web.Request) -> web.Response:
    """``POST /config/timing/look``: the same for a form without JavaScript, which keeps what is typed."""
    return _answer(request, *await typed_in(request))


async def stop(request: web.Request) -> web.Response:
    """``POST /config/timing/stop``, ``DELETE /config/timing``: the model stops too."""
    typed, seen = await typed_in(request)
    await request.app[keys.TIMING].stop()
    return _answer(request, typed, seen)


def _answer(request: web.Request, typed: dict[str, str], seen: dict[str, str], status: int = 200) -> web.Response:
    timed = request.app[keys.TIMING].now
    if request.headers.get("HX-Request") == "true":
        response = render(request, "partials/_timing.html", {"timing": timed})
    elif wants_html(request):
        response = with_typed(request, typed, seen)
    else:
        response = web.json_response(_as_dict(timed), status=status)
    response.headers["Vary"] = "Accept, HX-Request"
    return response


def _as_dict(timed: Timed | None) -> dict[str, object]:
    if timed is None:
        return {"state": None, "detail": "", "seconds": None}
    return {"state": timed.state.value, "detail": timed.detail, "seconds": timed.seconds}
