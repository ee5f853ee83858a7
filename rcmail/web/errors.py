"""Error answers: a page in the usual layout for people, JSON for programs."""

import logging
from http import HTTPStatus
from typing import Final

from aiohttp import web

from rcmail import logs
from rcmail.web.negotiation import wants_html
from rcmail.web.templating import render

logger = logging.getLogger("rcmail.http")

_SENTENCES: Final = {
    400: "The request could not be understood.",
    404: "There is no page at this address.",
    405: "This address does not take that kind of request.",
    413: "That is more than this page takes.",
    500: "Something went wrong in rcmail itself. It is written in the log; trying again does no harm.",
}


async def error_response(
    request: web.Request, status: int, message: str = "", allow: str | None = None
) -> web.Response:
    """An answer with ``status`` and a sentence: ``message``, or the usual one for that status."""
    title = HTTPStatus(status).phrase
    if status == 413 or not message:
        message = _SENTENCES.get(status, f"{title}.")
    headers = {"Allow": allow} if allow else {}
    if not wants_html(request):
        return web.json_response({"status": status, "error": message}, status=status, headers=headers)
    template = f"errors/{status}.html" if status in (404, 500) else "errors/error.html"
    try:
        response = render(
            request,
            template,
            {"status": status, "title": title, "message": message, "request_id": logs.request_id.get()},
        )
    except Exception:  # the page that reports a failure must not be the next one
        logger.exception("error_page_failed")
        response = web.Response(text=message.encode("utf-8", "replace").decode())
    response.set_status(status)
    response.headers.update(headers)
    return response
