"""Connecting a mailbox from the configuration page, and disconnecting it.

Google leads a browser back to no address in a home network, but to one of the browser's own machine, where nobody
answers: the person pastes that address here. It goes in the body of a request, so no log has it.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from aiohttp import web

from rcmail import keys
from rcmail.answers.work import ask_for_all
from rcmail.errors import (
    ConsentFailed,
    InvalidSettings,
    MailboxUnavailable,
    RcmailError,
    SettingsConflict,
    Unconfigured,
)
from rcmail.mail.imports import whose
from rcmail.web.door import is_for_people
from rcmail.web.errors import json_error
from rcmail.web.flash import set_flash
from rcmail.web.forms import is_json, read_fields, read_json
from rcmail.web.templating import render
from rcmail.web.times import ago, how_long_ago

_CONNECTED: Final = "mailbox-connected"
_DISCONNECTED: Final = "mailbox-disconnected"
_NOT_REVOKED: Final = "mailbox-not-revoked"
# What the configuration page says next, by the message that is left for it.
_SAID: Final = {
    _CONNECTED: "Connected. “Sync incoming” on the mail page brings the mail.",
    _DISCONNECTED: "Disconnected. Google lets rcmail in no longer.",
    _NOT_REVOKED: "Disconnected: rcmail has forgotten it. But Google could not be told; remove rcmail at"
    " myaccount.google.com/connections yourself.",
}
_MAIL: Final = {"keep": True, "remove": False}


def shown(request: web.Request, left: str) -> dict[str, Any]:
    """What ``partials/_mailbox.html`` needs; ``left`` is the message for this page."""
    connection = request.app[keys.CONNECTION]
    return {
        "mailbox": connection.last_known,
        "can_connect": connection.can_begin,
        "mailbox_said": _SAID.get(left, ""),
        "is_bad": left == _NOT_REVOKED,
        "ago": ago,
        "how_long_ago": how_long_ago,
    }


async def connect(request: web.Request) -> web.Response:
    """``POST /config/mailbox``: the way to Google's page, good once and for ten minutes. 409 without a client."""
    try:
        consent = await request.app[keys.CONNECTION].begin()
    except Unconfigured as error:
        raise web.HTTPConflict(
            text=f"Gmail cannot be connected: {error}. docs/gmail.md says how to get them."
        ) from None
    if is_for_people(request):
        return _page(request, consent)
    return web.json_response({"consent": consent})


async def finish(request: web.Request) -> web.Response:
    """``POST /config/mailbox/finish``: ``address`` is what Google has led the browser to.

    422 where that is none, 409 where it is of no use any more or another account's, 502 where Google refuses it or
    does not answer. People get the page once more.
    """
    pasted = (await _fields(request)).get("address", "")
    try:
        address = await request.app[keys.CONNECTION].finish(pasted)
    except (InvalidSettings, ConsentFailed, MailboxUnavailable) as error:
        return await _refused(request, error)
    with suppress(InvalidSettings, SettingsConflict):  # a list that is full: the account's own counts all the same
        await whose(request.app[keys.SETTINGS], address)
    return _done(request, _CONNECTED, {"state": "connected", "address": address})


async def disconnect(request: web.Request) -> web.Response:
    """``POST /config/mailbox/disconnect``: ``mail`` is ``keep`` or ``remove``."""
    choice = (await _fields(request)).get("mail", "")
    if choice not in _MAIL:
        raise InvalidSettings({"mail": "must be keep or remove"})
    keep_mail = _MAIL[choice]
    is_revoked = await request.app[keys.CONNECTION].disconnect(keep_mail=keep_mail)
    if not keep_mail:
        await ask_for_all(request.app[keys.DATABASE])
    said = _DISCONNECTED if is_revoked else _NOT_REVOKED
    return _done(request, said, {"state": "not connected", "revoked": is_revoked})


async def _fields(request: web.Request) -> dict[str, str]:
    if not is_json(request):
        return await read_fields(request)
    return {name: text or "" for name, text in (await read_json(request)).items()}


async def _refused(request: web.Request, error: RcmailError) -> web.Response:
    fields = error.problems if isinstance(error, InvalidSettings) else None
    sentence = f"The address {fields['address']}" if fields else str(error)
    status = 422 if fields else 409 if isinstance(error, ConsentFailed) else 502
    if not is_for_people(request):
        return json_error(status, f"{sentence}.", fields)
    response = _page(request, await request.app[keys.CONNECTION].begin(), sentence)
    response.set_status(status)
    return response


def _page(request: web.Request, consent: str, problem: str = "") -> web.Response:
    return render(request, "connect.html", {"consent": consent, "problem": problem})


def _done(request: web.Request, said: str, told: Mapping[str, object]) -> web.Response:
    request.app[keys.MONITOR].expire()
    if not is_for_people(request):
        return web.json_response(told)
    response = web.Response(status=303, headers={"Location": "/config#mailbox"})
    set_flash(request, response, said)
    return response
