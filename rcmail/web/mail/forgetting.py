"""Forgetting a visitor: what goes and what stays, shown before; and what there is of one, to be handed out."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from rcmail import keys
from rcmail.errors import InvalidSettings, NobodyToForget, NoSuchConversation
from rcmail.privacy import export, person
from rcmail.privacy.backups import holding, is_replaced_here
from rcmail.privacy.forget import forget, preview
from rcmail.privacy.person import Person, Who
from rcmail.web.forms import is_json, read_fields, read_object
from rcmail.web.negotiation import wants_html
from rcmail.web.query import number, parameters
from rcmail.web.templating import render

_MOST = 10**15 - 1


async def show(request: web.Request) -> web.Response:
    """``GET /mail/{id}/forget``: of each visitor of the conversation what goes when that one is forgotten.

    404 where there is no such conversation, 409 where nobody in it can be forgotten.
    """
    parameters(request)
    whom = await _visitors(request)
    found = [(who, await preview(request.app[keys.DATABASE], who.address)) for who in whom]
    if not wants_html(request):
        people = [_as_dict(who, each) for who, each in found]
        return _vary(web.json_response({"people": people, "backups": await _backups(request)}))
    shown = [_shown(who, each) for who, each in found]
    return _vary(await _page(request, "mail/forget.html", id=int(request.match_info["id"]), people=shown))


async def do(request: web.Request) -> web.Response:
    """``POST /mail/{id}/forget``: forget the visitor who wrote, or got, the ``message``; 200 and what went.

    Without a ``message`` the one visitor that there is. 422 where there are several, or it is none of theirs.
    """
    has_json = is_json(request) and request.can_read_body
    fields = await (read_object(request) if has_json else read_fields(request))
    who = _chosen(await _visitors(request), fields)
    found = await forget(request.app[keys.DATABASE], request.app[keys.AWAY], who.address)
    if not wants_html(request):
        return web.json_response({"person": _as_dict(who, found), "backups": await _backups(request)})
    return await _page(request, "mail/forgotten.html", person=_shown(who, found))


async def _page(request: web.Request, template: str, **context: object) -> web.Response:
    """With what rcmail cannot reach."""
    is_replaced = await is_replaced_here(request.app[keys.DATABASE])
    beyond = {"backups": await _backups(request), "is_replaced_here": is_replaced}
    return render(request, template, context | beyond)


async def mbox(request: web.Request) -> web.Response:
    """``GET /mail/{id}/person.mbox``: the mails of the visitor who wrote, or got, the ``message``."""
    _, mails = await _mails(request)
    return _file(export.as_mbox(mails), "application/mbox", "mail-of-one-visitor.mbox")


async def text(request: web.Request) -> web.Response:
    """``GET /mail/{id}/person.txt``: the same as plain text, for people."""
    who, mails = await _mails(request)
    content = export.as_text(mails, who.shown).encode("utf-8", "replace")
    return _file(content, "text/plain", "mail-of-one-visitor.txt")


async def _mails(request: web.Request) -> tuple[Who, Sequence[export.Mail]]:
    given = parameters(request, "message")
    who = _chosen(await _visitors(request), given, otherwise_first=True)
    return who, await export.mails(request.app[keys.DATABASE], who.address)


def _file(content: bytes, kind: str, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return web.Response(body=content, content_type=kind, charset="utf-8", headers=headers)


async def _visitors(request: web.Request) -> Sequence[Who]:
    try:
        return await person.visitors(request.app[keys.DATABASE], int(request.match_info["id"]))
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None
    except NobodyToForget as error:
        raise web.HTTPConflict(text=str(error)) from None


def _chosen(whom: Sequence[Who], given: Mapping[str, Any], *, otherwise_first: bool = False) -> Who:
    text = {name: str(value) for name, value in given.items()}
    if set(text) - {"message"}:
        raise InvalidSettings(dict.fromkeys(set(text) - {"message"}, "is not known; there is message"))
    if not text and (otherwise_first or len(whom) == 1):
        return whom[0]
    message = number(text, "message", 0, least=1, most=_MOST) if text else 0
    chosen = next((who for who in whom if who.message == message), None)
    if chosen is None:
        raise InvalidSettings(
            {"message": "must be the number that stands beside one of this conversation’s visitors"}
        )
    return chosen


async def _backups(request: web.Request) -> dict[str, int] | None:
    """How many backups hold whoever is forgotten now, and after how many further ones none does; None: unknown."""
    held = await asyncio.to_thread(holding, request.app[keys.PLACE].state, datetime.now(UTC))
    return {"older": held.older, "nights": held.nights} if held else None


def _as_dict(who: Who, found: Person) -> dict[str, Any]:
    return {
        "address": who.shown,
        "message": who.message,
        **found.numbers,
        "answers_kept": [each.text for each in found.staying],
        "answers_removed": found.going,
    }


def _shown(who: Who, found: Person) -> dict[str, Any]:
    kept = [
        {"text": each.text, "day": f"{each.day:%-d %b %Y}", "language": each.language or ""}
        for each in found.staying
    ]
    return {"shown": who.shown, "message": who.message, "kept": kept, "going": found.going, **found.numbers}


def _vary(response: web.Response) -> web.Response:
    response.headers["Vary"] = "Accept"
    return response
