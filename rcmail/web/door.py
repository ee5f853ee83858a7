"""Coming in: the page for the password, and the one of the first visit that sets it."""

import math
from collections.abc import Mapping
from typing import Final

from aiohttp import web

from rcmail import keys
from rcmail.door.device import in_words
from rcmail.errors import InvalidSettings, PasswordIsSet, PasswordNotSet, TooManyTries, WrongPassword
from rcmail.health import door as health
from rcmail.web.device import remember, who_tries
from rcmail.web.errors import json_error
from rcmail.web.forms import is_form, is_json, read_fields, read_json
from rcmail.web.gate import is_inside, let_in
from rcmail.web.negotiation import wants_html, wants_json
from rcmail.web.safety import leading_to, local_target
from rcmail.web.templating import render

REFUSALS: Final = (WrongPassword, TooManyTries, InvalidSettings, PasswordNotSet, PasswordIsSet)
_LABELS: Final = {"current": "The present password", "again": "The second one"}


async def sign_in_page(request: web.Request) -> web.Response:
    """``GET /sign-in``: where a password is asked for; ``to`` is the local address it leads to."""
    target = local_target(request.query.get("to", ""))
    if is_inside(request):
        return _led_to(target)
    if not await request.app[keys.DOOR].password.is_set():
        return _led_to(leading_to("/set-up", target))
    return render(request, "sign_in.html", {"to": target, "problem": ""})


async def sign_in(request: web.Request) -> web.Response:
    """``POST /sign-in``: ``password``, and ``to`` of a form. Answers with the cookie of a new session."""
    fields = await read_door_fields(request)
    door = request.app[keys.DOOR]
    try:
        token = await door.sign_in(fields.get("password", ""), who_tries(request), device_of(request))
    except REFUSALS as error:
        if isinstance(error, PasswordNotSet) and is_for_people(request):
            return _led_to(leading_to("/set-up", fields.get("to", "")))
        return refused(request, error, "sign_in.html", {"to": local_target(fields.get("to", ""))})
    if (before := request.get(keys.SESSION)) is not None:  # the one that this browser had
        await door.sessions.end(before)
    return await _welcome(request, fields, token)


async def set_up_page(request: web.Request) -> web.Response:
    """``GET /set-up``: the first visit, with the code from the log."""
    target = local_target(request.query.get("to", ""))
    if await request.app[keys.DOOR].password.is_set():
        return _led_to(leading_to("/sign-in", target))
    request.app[keys.DOOR].code.tell()
    return render(request, "set_up.html", {"to": target, "problem": "", "problems": {}})


async def set_up(request: web.Request) -> web.Response:
    """``POST /set-up``: ``code`` and ``password``, of a form ``again`` too. Answers as ``POST /sign-in`` does."""
    fields = await read_door_fields(request)
    try:
        check_again(fields, "password")
        token = await request.app[keys.DOOR].set_up(
            fields.get("code", ""), fields.get("password", ""), who_tries(request), device_of(request)
        )
    except REFUSALS as error:
        if isinstance(error, PasswordIsSet) and is_for_people(request):
            return _led_to(leading_to("/sign-in", fields.get("to", "")))
        return refused(request, error, "set_up.html", {"to": local_target(fields.get("to", ""))})
    return await _welcome(request, fields, token)


def refused(request: web.Request, error: Exception, template: str, context: Mapping[str, object]) -> web.Response:
    """What the door says no with: 401, 429 with the seconds to wait, 422 with what is wrong, 409."""
    problems: Mapping[str, str] = {}
    headers = {}
    if isinstance(error, TooManyTries):
        seconds = math.ceil(error.seconds)
        status, problem = 429, f"Too many wrong passwords were tried. Wait {_time(seconds)}, then try again."
        headers["Retry-After"] = str(seconds)
    elif isinstance(error, InvalidSettings):
        status, problems = 422, error.problems
        problem = " ".join(f"{_LABELS.get(name, 'The password')} {what}." for name, what in problems.items())
    else:
        status, problem = 401 if isinstance(error, WrongPassword) else 409, str(error)
    if is_for_people(request):
        response = render(request, template, {**context, "problem": problem, "problems": problems})
        response.set_status(status)
    else:
        response = json_error(status, problem, problems or None)
    response.headers.update(headers)
    return response


def _time(seconds: int) -> str:
    if seconds > 90:
        return f"{math.ceil(seconds / 60)} minutes"
    return "a second" if seconds == 1 else f"{seconds} seconds"


def check_again(fields: Mapping[str, str], name: str) -> None:
    """Raises InvalidSettings where a password that a form has twice is not the same in both."""
    if fields.get("again", fields.get(name)) != fields.get(name):
        raise InvalidSettings({"again": "is another one: type the same password twice"})


async def read_door_fields(request: web.Request) -> dict[str, str]:
    """The fields of a form or of JSON. Raises what reading them raises."""
    if not is_json(request):
        return await read_fields(request)
    return {name: text or "" for name, text in (await read_json(request)).items()}


def device_of(request: web.Request) -> str:
    """The browser in words."""
    return in_words(request.headers.get("User-Agent", ""))


def is_for_people(request: web.Request) -> bool:
    """Whether the answer is a page: to a browser, and to who sends a form and asks for nothing else."""
    return wants_html(request) or (is_form(request) and not wants_json(request))


async def _welcome(request: web.Request, fields: Mapping[str, str], token: str) -> web.Response:
    request.app[keys.MONITOR].expire()  # or the next page says that no password is set
    await request.app[keys.MONITOR].current(health.NAME)
    if is_for_people(request):
        response = _led_to(local_target(fields.get("to", "")))
    else:
        response = web.json_response({"status": "signed in"})
    let_in(request, response, token)
    remember(request, response)
    return response


def _led_to(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address})
