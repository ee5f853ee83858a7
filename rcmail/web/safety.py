"""Who may call: the checks that every request passes before anything else looks at it.

The service lives in a home network; who may pass its door is the gate's matter. Here is seen to it that a page on
the internet cannot make a browser that may pass act on it: not under a foreign name (DNS rebinding: ``Host``), and
not from a foreign page (CSRF: ``Origin``, ``Sec-Fetch-Site``).
"""

import ipaddress
import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from rcmail.validation import is_hostname

# Names no foreign site can own: .local is RFC 6762, .home.arpa RFC 8375, .internal reserved by ICANN.
_HOME_DOMAINS: Final = (".local", ".lan", ".home.arpa", ".internal")
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST: Final = re.compile(r"(?P<name>\[[0-9a-f:.%]+\]|[^\[\]:/?#@\s\\]+)(?::(?P<port>\d{1,5}))?", re.IGNORECASE)
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}

# No inline script or style, nothing from elsewhere, no frame around us.
SECURITY_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SERVER: Final = "rcmail"


def is_home_name(host: str, allowed: Collection[str]) -> bool:
    """Whether a ``Host`` header names this service in a way no foreign site could.

    ``allowed`` holds further names, in lower case.
    """
    match = _HOST.fullmatch(host)
    if not match:
        return False
    name = match["name"].lower().removesuffix(".")
    if _is_address(name):
        return True
    if not is_hostname(name):
        return False
    return "." not in name or name.endswith(_HOME_DOMAINS) or name in allowed


_is_home_name: Final = lru_cache(maxsize=64)(is_home_name)  # a caller says the same one each time


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def is_loopback(remote: str | None) -> bool:
    """Whether the address ``remote`` is this machine's own."""
    try:
        found = ipaddress.ip_address((remote or "").partition("%")[0])
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def local_target(text: str) -> str:
    """``text`` where it is an address of ours that a browser may be led to, else ``/``.

    Browsers read ``//``, ``/\\`` and, with a tab or a line end between, ``/<tab>/`` as another site's
    (WHATWG URL, 4.4), and a server may turn an encoded slash into one: none of them is taken.
    """
    path, _, _ = text.partition("?")
    is_ours = re.fullmatch(r"/(?!/)[!-\[\]-~]{0,1000}", text) and not re.search("%2f|%5c", path, re.IGNORECASE)
    return text if is_ours and path not in ("/sign-in", "/set-up") else "/"


def leading_to(page: str, target: str) -> str:
    """The address of ``page``, which goes on to ``target``."""
    target = local_target(target)
    return page if target == "/" else f"{page}?{urlencode({'to': target})}"


def is_same_origin(host: str, origin: str) -> bool:
    """Whether a page of ``origin`` (RFC 6454, ``scheme://host[:port]``) came from this ``Host``.

    The scheme is not compared: a proxy in front may speak https where we speak http.
    """
    scheme, separator, netloc = origin.lower().partition("://")
    if not separator or scheme not in _DEFAULT_PORTS:
        return False
    default = f":{_DEFAULT_PORTS[scheme]}"
    return netloc.removesuffix(default) == host.lower().removesuffix(default)


def check_host(request: web.BaseRequest, allowed: frozenset[str]) -> None:
    """Raises 421 (RFC 9110, 15.5.20) where the request was meant for another name."""
    hosts = request.headers.getall("Host", [])
    if len(hosts) != 1 or not _is_home_name(hosts[0], allowed):
        raise web.HTTPMisdirectedRequest(
            text="This name is not one of rcmail's. Use the IP address or the .local name of the machine,"
            " or have the operator add the name to ALLOWED_HOSTS."
        )


def check_origin(request: web.BaseRequest) -> None:
    """Raises 403 where another site's page sends a request that changes something.

    A request with neither header is no browser's. Browsers send ``Sec-Fetch-Site`` only to https and
    localhost, so over plain http in the home network ``Origin`` decides.
    """
    if request.method in _SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    foreign = origin is not None and not is_same_origin(request.headers.get("Host", ""), origin)
    if site not in ("same-origin", "none") or foreign:
        raise web.HTTPForbidden(
            text="This request came from a page of another site and was refused."
            " Open rcmail itself and do it there."
        )


def check_encoding(request: web.BaseRequest) -> None:
    """Raises 415 for a compressed body: no client of ours sends one, and a small one can become huge."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise web.HTTPUnsupportedMediaType(text="Send the body as it is, without Content-Encoding.")


def check_size(request: web.BaseRequest, limit: int) -> None:
    """Raises 413 for a body that says it is longer than ``limit`` bytes; one that doesn't say is cut off later."""
    if (request.content_length or 0) > limit:
        raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=request.content_length or 0)
