"""Error answers: a page in the usual layout for people, JSON for programs."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from aiohttp import web

from rcmail.log.formatter import request_id
from rcmail.web.negotiation import wants_html
from rcmail.web.templating import render

logger = logging.getLogger("rcmail.http")

_SENTENCES: Final = {
    400: "The request could not be understood.",
    404: "There is no page at this address.",
    405: "This address does not take that kind of request.",
    408: "The rest of the request did not come in time.",
    413: "That is more than this page takes.",
    500: "Something went wrong in rcmail itself. It is written in the log; trying again does no harm.",
}


async def error_response(
    request: web.Request,
    status: int,
    message: str = "",
    *,
    allow: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> web.Response:
    """An answer with ``status`` and a sentence: ``message``, or the usual one for that status.

    ``allow`` is the header of that name; ``fields`` says of each faulty field what is wrong with it.
    """
    if status == 413 or not message:
        message = _usual_sentence(status)
    response = (
        _error_page(request, status, message) if wants_html(request) else json_error(status, message, fields)
    )
    if allow:
        response.headers["Allow"] = allow
    if status == 408:  # what still comes belongs to a request that is answered
        response.force_close()
    return response


def _error_page(request: web.Request, status: int, message: str) -> web.Response:
    title = HTTPStatus(status).phrase
    template = f"errors/{status}.html" if status in (404, 500, 503) else "errors/error.html"
    try:
        response = render(
            request,
            template,
            {
                "status": status,
                "title": title,
                "message": message,
                "request_id": request_id.get(),
                "again": request.path_qs if request.method == "GET" else "",
            },
        )
    except Exception:  # the page that reports a failure must not be the next one
        logger.exception("error_page_failed")
        response = web.Response(text=message.encode("utf-8", "replace").decode())
    response.set_status(status)
    return response


def json_error(status: int, message: str = "", fields: Mapping[str, str] | None = None) -> web.Response:
    """The one shape that errors have for a program: ``Error`` in docs/openapi.yaml.

    ``fields`` says of each faulty field what is wrong with it.
    """
    body: dict[str, object] = {"status": status, "error": message or _usual_sentence(status)}
    if fields is not None:
        body["errors"] = dict(fields)
    return web.json_response(body, status=status)


def _usual_sentence(status: int) -> str:
    return _SENTENCES.get(status, f"{HTTPStatus(status).phrase}.")
