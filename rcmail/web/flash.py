"""A message for the next page, kept by the browser in between and signed, so that nobody else can write it."""

import hashlib
import hmac
from typing import Final

from aiohttp import web

from rcmail import keys

_COOKIE: Final = "rcmail_flash"
_SECONDS: Final = 60


def set_flash(request: web.Request, response: web.StreamResponse, message: str) -> None:
    """Have the next page that asks show ``message`` (ASCII) once."""
    response.set_cookie(
        _COOKIE,
        f"{_signature(request, message)}.{message}",
        max_age=_SECONDS,
        httponly=True,
        samesite="Strict",
    )


def take_flash(request: web.Request) -> str:
    """The message, empty where there is none that we signed. Call ``clear_flash`` on the response."""
    signature, _, message = request.cookies.get(_COOKIE, "").partition(".")
    valid = hmac.compare_digest(signature.encode("utf-8", "replace"), _signature(request, message).encode())
    return message if valid else ""


def clear_flash(request: web.Request, response: web.StreamResponse) -> None:
    if _COOKIE in request.cookies:
        response.del_cookie(_COOKIE, httponly=True, samesite="Strict")


def _signature(request: web.Request, message: str) -> str:
    # A key of its own for this purpose, derived from SECRET_KEY.
    key = hmac.digest(request.app[keys.CONFIG].secret_key.reveal().encode(), b"rcmail flash", "sha256")
    return hmac.new(key, message.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
