"""``/mail/{id}/draft`` for programs: the draft, another one, another text, a decision."""

from typing import Any, Final

from aiohttp import web

from rcmail import keys
from rcmail.drafting import changing, store
from rcmail.drafting.review import MOST
from rcmail.drafting.store import Draft
from rcmail.errors import DraftChanged, InvalidSettings, NoSuchConversation, NoSuchDraft
from rcmail.validation import clean_letter, clean_text
from rcmail.web.forms import read_object, takes
from rcmail.web.mail import draft_view
from rcmail.web.mail.draft_view import LARGEST
from rcmail.web.negotiation import wants_html
from rcmail.web.query import parameters

_MOST_REVISION: Final = 2**31 - 1
_FIELDS: Final = ("revision", "text", "state")


async def show(request: web.Request) -> web.Response:
    """``GET /mail/{id}/draft``: the draft, or null. For htmx a piece of the page. 404 where there is no such
    conversation."""
    try:
        if wants_html(request):
            response = await draft_view.piece(request)
        else:
            parameters(request)
            response = web.json_response(await _now(request))
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None
    response.headers["Vary"] = "Accept, HX-Request, HX-Target"
    return response


async def make(request: web.Request) -> web.Response:
    """``POST /mail/{id}/draft``: have one made, or made again, perhaps with a ``hint``. 202 with it as it is."""
    given = await read_object(request) if request.can_read_body else {}
    problems = dict.fromkeys(given.keys() - {"hint"}, "is not known; there is hint")
    hint = ""
    try:
        hint = _hint(given.get("hint"))
    except ValueError as error:
        problems["hint"] = str(error)
    if problems:
        raise InvalidSettings(problems)
    try:
        await store.ask(request.app[keys.DATABASE], _number(request), hint)
        return web.json_response(await _now(request), status=202)
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None


@takes(LARGEST)
async def change(request: web.Request) -> web.Response:
    """``PUT /mail/{id}/draft`` with the ``revision`` that was seen, and ``text``, ``state`` or both.

    409 with both versions where it is another one by now. Raises InvalidSettings that names what is wrong.
    """
    given = await read_object(request)
    changes = _changes(given)
    try:
        await request.app[keys.REVIEW].save(_number(request), **changes)
        return web.json_response(await _now(request))
    except (NoSuchConversation, NoSuchDraft) as error:
        raise web.HTTPNotFound(text=str(error)) from None
    except DraftChanged as error:
        yours = {name: given[name] for name in _FIELDS if name in given}
        body = {"status": 409, "error": str(error), **await _now(request), "yours": yours}
        return web.json_response(body, status=409)


def _hint(hint: object) -> str:
    if not isinstance(hint, str | None):
        raise ValueError("must be a text")
    return clean_text(hint or "")


def _changes(given: dict[str, Any]) -> dict[str, Any]:
    problems = dict.fromkeys(given.keys() - set(_FIELDS), f"is not known; there are {', '.join(_FIELDS)}")
    revision, text, state = (given.get(name) for name in _FIELDS)
    if isinstance(revision, float) and revision.is_integer():
        revision = int(revision)  # JSON has one kind of numbers: 3.0 is 3
    if not isinstance(revision, int) or isinstance(revision, bool) or not 1 <= revision <= _MOST_REVISION:
        problems["revision"] = "must be the number that the draft had when you saw it"
    if "state" in given and state not in changing.STATES:
        problems["state"] = f"must be one of {', '.join(changing.STATES)}"
    if "text" in given and not isinstance(text, str):
        problems["text"] = "must be a text"
    elif text is not None:
        try:
            text = clean_letter(text, MOST)
        except ValueError as error:
            problems["text"] = str(error)
    if not problems and text is None and state is None:
        problems["text"] = "is missing, and so is state: give one of them, or both"
    if problems:
        raise InvalidSettings(problems)
    return {"seen": revision, "text": text, "state": state}


def _number(request: web.Request) -> int:
    return int(request.match_info["id"])


async def _now(request: web.Request) -> dict[str, Any]:
    draft = await request.app[keys.REVIEW].look(_number(request))
    return {"draft": None if draft is None else _whole(draft)}


def _whole(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.id,
        "revision": draft.revision,
        "state": draft.state,
        "text": draft.text,
        "origin": draft.origin,
        "model": draft.model,
        "sources": list(draft.sources),
        "warnings": [
            {"kind": each.kind, "sentence": each.sentence, "start": each.start, "end": each.end}
            for each in draft.warnings
        ],
        "stale": draft.is_stale,
    }
