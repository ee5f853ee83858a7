"""Who is signed in, signing out, and another password."""

from aiohttp import web

from rcmail import keys
from rcmail.web.device import remember, who_tries
from rcmail.web.door import (
    REFUSALS,
    check_again,
    device_of,
    is_for_people,
    read_door_fields,
    refused,
)
from rcmail.web.flash import clear_flash, set_flash, take_flash
from rcmail.web.gate import let_in, let_out
from rcmail.web.templating import render
from rcmail.web.times import ago

_SAID = {"changed": "The password is changed. Everybody else was signed out.", "out": "Signed out."}


async def page(request: web.Request) -> web.Response:
    """``GET /door``: the devices that are signed in, and the form for another password."""
    response = render(request, "door.html", await _context(request) | {"said": _SAID.get(take_flash(request), "")})
    clear_flash(request, response)
    return response


async def change_password(request: web.Request) -> web.Response:
    """``POST /door/password``: ``current``, ``password``, of a form ``again``. Everybody else is signed out."""
    fields = await read_door_fields(request)
    try:
        check_again(fields, "password")
        token = await request.app[keys.DOOR].change(
            fields.get("current", ""), fields.get("password", ""), who_tries(request), device_of(request)
        )
    except REFUSALS as error:
        return refused(request, error, "door.html", await _context(request))
    response: web.Response
    if is_for_people(request):
        response = web.Response(status=303, headers={"Location": "/door"})
        set_flash(request, response, "changed")
    else:
        response = web.json_response({"status": "changed"})
    let_in(request, response, token)
    remember(request, response)
    return response


async def sign_out(request: web.Request) -> web.Response:
    """``POST /door/sign-out``: here; with ``who`` everybody (``all``), or the device of that number."""
    who = (await read_door_fields(request)).get("who", "")
    sessions, mine = request.app[keys.DOOR].sessions, request.get(keys.SESSION)
    if who == "all":
        await sessions.end_all()
    elif who.isascii() and who.isdecimal() and len(who) < 10:
        await sessions.end(int(who))
    elif mine is not None:
        await sessions.end(mine)
    is_elsewhere = who not in ("", "all", str(mine))
    if is_for_people(request):
        response = web.Response(status=303, headers={"Location": "/door" if is_elsewhere else "/sign-in"})
    else:
        response = web.json_response({"status": "signed out"})
    if is_elsewhere:
        set_flash(request, response, "out")
    else:
        let_out(request, response)
    return response


async def _context(request: web.Request) -> dict[str, object]:
    door = request.app[keys.DOOR]
    return {
        "has_password": await door.password.is_set(),
        "is_required": request.app[keys.CONFIG].password_required,
        "devices": [
            {
                "id": each.id,
                "device": each.device,
                "is_this": each.id == request.get(keys.SESSION),
                "since": f"{each.created_at.astimezone():%-d %b %Y}",
                "used": ago(each.last_used_at),
            }
            for each in await door.sessions.all()
        ],
        "problem": "",
        "problems": {},
        "said": "",
    }
