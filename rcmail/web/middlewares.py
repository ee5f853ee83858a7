"""What happens around every handler: the safety checks inside, errors as pages outside, headers on everything."""

import errno
import logging
import secrets
from itertools import count
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from rcmail import keys
from rcmail.errors import DatabaseUnavailable, InvalidSettings, OutcomeUnknown
from rcmail.log.formatter import request_id
from rcmail.web import gate, safety
from rcmail.web.access_log import setup_access_log
from rcmail.web.errors import error_response
from rcmail.web.forms import body_limit
from rcmail.web.negotiation import wants_html

logger = logging.getLogger("rcmail.http")

# Ids need not be hard to guess, only each its own: 32 bits for this run of the service, then a number.
_RUN: Final = secrets.token_hex(4)
_numbers: Final = count(1)
_SECURITY_HEADERS: Final = tuple(safety.SECURITY_HEADERS.items())


def setup_middlewares(app: web.Application) -> None:
    """Install them, outermost first."""
    app.middlewares.extend([number, errors, known_callers_only, safe_requests_only])
    app.on_response_prepare.append(add_headers)
    setup_access_log()


@web.middleware
async def number(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request an id of ours: it stands in each of its log records and goes back as ``X-Request-ID``.

    aiohttp serves each request in a context of its own, so nothing need be taken back.
    """
    request_id.set(f"{_RUN}{next(_numbers) & 0xFFFFFFFF:08x}")
    return await handler(request)


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error in the layout of the pages, or as JSON for a program."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        if error.status == 405 and request.method == "GET" and wants_html(request):
            # The address of an answer to a form, opened anew: the page with the form is what is looked for.
            return web.Response(status=303, headers={"Location": f"/{request.path.split('/')[1]}"})
        return await error_response(request, error.status, _text_of(error), allow=error.headers.get("Allow"))
    except InvalidSettings as error:
        sentence = "; ".join(f"{name} {what}" for name, what in error.problems.items())
        return await error_response(request, 422, f"{sentence}.", fields=error.problems)
    except OutcomeUnknown as error:
        message = f"It is not certain whether this was saved{_why(request, error)}. Look again in a moment."
        return await error_response(request, 503, message)
    except DatabaseUnavailable as error:
        return await error_response(
            request,
            503,
            f"The database is not available{_why(request, error)}. Nothing was changed; try again in a moment.",
        )
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            return await error_response(request, 404)  # no static file has a name like that
        logger.exception("request_failed", extra={"method": request.method, "path": request.path})
        return await error_response(request, 500)


@web.middleware
async def known_callers_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The door, before anything that tells what is behind it: 404, 405, 413, 415, 422."""
    safety.check_host(request, request.app[keys.CONFIG].allowed_hosts)
    refused = await gate.refusal(request)
    return await handler(request) if refused is None else refused


@web.middleware
async def safe_requests_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    safety.check_origin(request)
    safety.check_encoding(request)
    safety.check_size(request, body_limit(request))
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """On whatever leaves: pages, JSON, files, errors. A handler may bring its own, such as a stricter policy."""
    headers = response.headers
    for name, value in _SECURITY_HEADERS:
        headers.setdefault(name, value)
    headers["Server"] = safety.SERVER  # aiohttp has put its own there
    if found := request_id.get():
        headers["X-Request-ID"] = found
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = _caching(request, response)


def _caching(request: web.Request, response: web.StreamResponse) -> str:
    """Static files carry their version in the address (templating.asset); the rest is true for a moment.

    What is behind the door a browser may not keep: after signing out its Back button shows nothing.
    """
    if request.path.startswith("/static/") and "v" in request.query and response.status == 200:
        return "public, max-age=31536000, immutable"
    return "no-store" if request.app[keys.CONFIG].password_required else "no-cache"


def _why(request: web.Request, error: Exception) -> str:
    """The reason, for those who may know what is behind the door."""
    return f": {error}" if gate.is_inside(request) else ""


def _text_of(error: web.HTTPException) -> str:
    """The sentence we gave the exception; aiohttp's default ("404: Not Found") is none."""
    text = error.text or ""
    return "" if text == f"{error.status}: {error.reason}" else text
