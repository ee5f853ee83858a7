"""What people do with a draft on the mail page: forms, with and without JavaScript, and what saves itself."""

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from rcmail import keys
from rcmail.drafting import changing, store
from rcmail.drafting.review import MOST
from rcmail.errors import DraftChanged, InvalidSettings, NoSuchConversation, NoSuchDraft
from rcmail.validation import clean_letter, clean_text
from rcmail.web.flash import set_flash
from rcmail.web.forms import read_fields, takes
from rcmail.web.mail import address, draft_view
from rcmail.web.mail.draft_view import LARGEST, Refused
from rcmail.web.mail.pages import open_page
from rcmail.web.query import number

_MOST_NUMBER: Final = 10**15
_MOST_REVISION: Final = 2**31 - 1


@takes(LARGEST)
async def edit(request: web.Request) -> web.Response:
    """``POST /mail/{id}/draft/edit``: a form with ``revision`` and ``text``, and a ``state`` if one is decided.
    ``over`` is the revision that is to be written over, after a conflict.

    Leads back to the conversation. With ``auto`` a piece of the page comes back, without the text, that somebody
    goes on typing. 409 with what was typed where it could not be saved.
    """
    fields = await read_fields(request)
    try:
        refused = await _saved(request, fields)
        if fields.get("auto"):
            return await _news(request, fields, refused)
    except (NoSuchConversation, NoSuchDraft) as error:
        raise web.HTTPNotFound(text=str(error)) from None
    if refused:
        response = await open_page(request, refused=refused)
        response.set_status(409)
        return response
    return _back(request, f"draft-{fields.get('state') or 'saved'}")


async def make(request: web.Request) -> web.Response:
    """``POST /mail/{id}/draft/make``: have the draft made, or made again, with a ``hint``; or start from the past
    answer to ``message``, or from the earlier text ``version``. Leads back to the conversation."""
    fields = await read_fields(request)
    conversation = int(request.match_info["id"])
    review = request.app[keys.REVIEW]
    try:
        if "message" in fields:
            chosen = number(fields, "message", 0, least=1, most=_MOST_NUMBER)
            await review.start_from_answer(conversation, chosen)
        elif "version" in fields:
            chosen = number(fields, "version", 0, least=1, most=_MOST_NUMBER)
            await review.start_from_version(conversation, chosen)
        else:
            await store.ask(request.app[keys.DATABASE], conversation, _hint(fields))
    except (NoSuchConversation, NoSuchDraft) as error:
        raise web.HTTPNotFound(text=str(error)) from None
    return _back(request, "draft-started" if {"message", "version"} & fields.keys() else "draft-asked")


async def _saved(request: web.Request, fields: Mapping[str, str]) -> Refused | None:
    """Save it; what was in the way of that, or None."""
    seen = number(
        {"revision": fields.get("over") or fields.get("revision", "")}, "revision", 0, least=1, most=_MOST_REVISION
    )
    state = fields.get("state") or None
    if state is not None and state not in changing.STATES:
        raise InvalidSettings({"state": f"must be one of {', '.join(changing.STATES)}"})
    try:
        text = _text(fields)
    except ValueError as error:
        return Refused(f"Not saved: the text {error}.", fields["text"])
    return await _refused(request, seen, text, state)


async def _refused(request: web.Request, seen: int, text: str | None, state: str | None) -> Refused | None:
    number = int(request.match_info["id"])
    try:
        await request.app[keys.REVIEW].save(number, seen=seen, text=text, state=state)
    except DraftChanged as error:
        return Refused(str(error), text, is_conflict=True)
    except InvalidSettings as error:
        why = Refused(f"Not approved: the text {error.problems.get('text', 'cannot be used')}.")
        # What was typed is kept all the same.
        return why if text is None else await _refused(request, seen, text, None) or why
    return None


async def _news(request: web.Request, fields: Mapping[str, str], refused: Refused | None) -> web.Response:
    given, _ = address.read(request, "show")
    kept = {"revision": fields.get("revision", "")} if refused else {}
    context = await draft_view.context_of(request, int(request.match_info["id"]), {**given, **kept}, refused)
    response = draft_view.news(request, context)
    response.set_status(409 if refused else 200)
    return response


def _back(request: web.Request, said: str) -> web.Response:
    given, _ = address.read(request, "show")
    place = address.link(given, f"/mail/{request.match_info['id']}", show="reply")
    response = web.Response(status=303, headers={"Location": place})
    set_flash(request, response, f"{said} {request.match_info['id']}")
    return response


def _text(fields: Mapping[str, str]) -> str | None:
    return clean_letter(fields["text"], MOST) if "text" in fields else None


def _hint(fields: Mapping[str, str]) -> str:
    try:
        return clean_text(fields.get("hint", ""))
    except ValueError as error:
        raise InvalidSettings({"hint": str(error)}) from None
