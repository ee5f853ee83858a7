"""Who may pass: before an address, its methods or its fields could tell anything; by a list of what is open."""

from typing import Final

from aiohttp import web

from rcmail import keys
from rcmail.errors import DatabaseUnavailable
from rcmail.web import safety
from rcmail.web.errors import error_response, json_error
from rcmail.web.negotiation import wants_html

# By the address that the router has found, which is the one that is answered. All others are shut, and so is
# whatever leads nowhere. Of /health only the JSON is open, and in it what monitoring needs.
OPEN: Final = frozenset(
    {"/health", "/health/live", "/health/ready", "/sign-in", "/set-up", "/static", "/static/htmx"}
)

# Over HTTPS by a name that a page of plain HTTP can neither read nor set:
# https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes
_SECURE_COOKIE: Final = "__Host-rcmail_session"
_COOKIE: Final = "rcmail_session"
_COOKIE_SECONDS: Final = 400 * 24 * 3600  # no browser keeps one for longer
# What a proxy adds. Where nobody is asked for a password, what it passes on may come from anywhere.
_FORWARDED: Final = frozenset(
    {"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"}
)


async def refusal(request: web.Request) -> web.Response | None:
    """What a request gets that may not pass; None for one that may. Raises 403 for one from elsewhere."""
    if not request.app[keys.CONFIG].password_required:
        _check_local(request)
        request[keys.IS_INSIDE] = True
        return None
    try:
        if await _recognise(request) or _is_open(request):
            return None
        has_password = await request.app[keys.DOOR].password.is_set()
    except DatabaseUnavailable:
        if _is_open(request):
            return None
        message = "The database is not available just now, so nobody can be let in. Try again in a moment."
        return await error_response(request, 503, message)
    return _refused(request, has_password=has_password)


def is_inside(request: web.Request) -> bool:
    """Whether who asks may see everything."""
    return keys.IS_INSIDE in request


def let_in(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Have the browser keep ``token``, in place of any other that it has."""
    # A page of HTTPS says so in Origin, which browsers send with every form.
    is_secure = request.headers.get("Origin", "").lower().startswith("https://")
    response.set_cookie(
        _SECURE_COOKIE if is_secure else _COOKIE,
        token,
        max_age=_COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=is_secure,
    )


def let_out(request: web.Request, response: web.StreamResponse) -> None:
    """Have the browser forget its token."""
    if _COOKIE in request.cookies:
        response.del_cookie(_COOKIE, httponly=True, samesite="Lax")
    if _SECURE_COOKIE in request.cookies:
        response.del_cookie(_SECURE_COOKIE, httponly=True, samesite="Lax", secure=True)


def _is_open(request: web.Request) -> bool:
    resource = request.match_info.route.resource
    if resource is None or resource.canonical not in OPEN:
        return False
    return resource.canonical != "/health" or not wants_html(request)


async def _recognise(request: web.Request) -> bool:
    """Whether the request has a session. Raises DatabaseUnavailable where that cannot be told."""
    token = request.cookies.get(_SECURE_COOKIE) or request.cookies.get(_COOKIE)
    session = await request.app[keys.DOOR].sessions.find(token) if token else None
    if session is None:
        return False
    request[keys.SESSION] = session
    request[keys.IS_INSIDE] = True
    return True


def _refused(request: web.Request, *, has_password: bool) -> web.Response:
    """The same whatever is wrong with the session, and whatever is at the address."""
    if request.headers.get("HX-Request") == "true":
        # A part of a page that is open: the page loads itself anew, and that leads to sign-in.
        return web.Response(status=401, headers={"HX-Refresh": "true"})
    if wants_html(request):
        # The answer to a form has no address: back to the page with the form.
        target = request.path_qs if request.method == "GET" else f"/{request.path.split('/')[1]}"
        page = "/sign-in" if has_password else "/set-up"
        return web.Response(status=303, headers={"Location": safety.leading_to(page, target)})
    if has_password:
        return json_error(
            401, "Sign in first: POST the password to /sign-in and send the cookie that it answers with."
        )
    return json_error(401, "No password is set yet: open rcmail in a browser, or run rcmail password.")


def _check_local(request: web.Request) -> None:
    """Raises 403 for what does not come from a program on this machine."""
    names = {name.lower() for name in request.headers}
    if names & _FORWARDED or any(name.startswith("x-forwarded-") for name in names):
        raise web.HTTPForbidden(
            text="This came through a proxy, and no password is asked for here. Set PASSWORD_REQUIRED=true."
        )
    if not safety.is_loopback(request.remote):
        raise web.HTTPForbidden(text="rcmail asks for no password here, and so it answers to this machine only.")
