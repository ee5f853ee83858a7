"""The demonstration on the pages: loaded with one press where there is no mail, removed with one."""

from aiohttp import web

from rcmail import keys
from rcmail.drafting import folder
from rcmail.errors import MailIsHere
from rcmail.web.forms import is_form

_REFUSED = "There is mail here already, or some is being brought in: invented mail never lies among real letters."


async def load(request: web.Request) -> web.Response:
    """``POST /mail/demonstration``: have it loaded. 202, also where it is here; 409 where there is mail."""
    try:
        await request.app[keys.DEMONSTRATION].load()
    except MailIsHere:
        raise web.HTTPConflict(text=_REFUSED) from None
    return _answer(request, 202, "here")


async def remove(request: web.Request) -> web.Response:
    """``POST /mail/demonstration/remove``: remove it with all that came with it, also while it is being loaded."""
    await request.app[keys.DEMONSTRATION].remove()
    await folder.sweep(request.app[keys.DATABASE], request.app[keys.PLACE].state)
    return _answer(request, 200, "removed")


def _answer(request: web.Request, status: int, state: str) -> web.Response:
    request.app[keys.MONITOR].expire()
    if is_form(request):
        return web.Response(status=303, headers={"Location": "/"})
    return web.json_response({"state": state}, status=status)
