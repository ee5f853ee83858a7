"""Which browser was signed in before: its tries are counted for themselves, so that nobody else can use them up.

A guest of the same network may try as often as he is let; whoever has come in once is not kept waiting for that.
https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
"""

import hmac
import secrets
from typing import Final

from aiohttp import web

from rcmail import keys
from rcmail.door import tries

_COOKIE: Final = "rcmail_device"
_SECONDS: Final = 400 * 24 * 3600


def who_tries(request: web.Request) -> str:
    """Under what name a try of this request is counted."""
    name, _, signature = request.cookies.get(_COOKIE, "").partition(".")
    is_ours = hmac.compare_digest(signature.encode("utf-8", "replace"), _signature(request, name).encode())
    return tries.device(name) if is_ours else tries.address(request.remote)


def remember(request: web.Request, response: web.StreamResponse) -> None:
    """This browser has come in: it is known again, signed in or not."""
    if not tries.is_device(who_tries(request)):
        name = secrets.token_hex(8)
        value = f"{name}.{_signature(request, name)}"
        response.set_cookie(_COOKIE, value, max_age=_SECONDS, httponly=True, samesite="Strict")


def _signature(request: web.Request, name: str) -> str:
    key = hmac.digest(request.app[keys.CONFIG].secret_key.reveal().encode(), b"rcmail device", "sha256")
    return hmac.digest(key, name.encode("utf-8", "replace"), "sha256").hex()
