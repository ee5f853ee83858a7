"""What people decide on the mail page: one form, with and without JavaScript."""

from collections.abc import Mapping

from aiohttp import web

from rcmail import keys
from rcmail.errors import DecidedSince, InvalidSettings, NoSuchConversation, NoteChanged
from rcmail.mail import decisions
from rcmail.validation import clean_text
from rcmail.web.flash import set_flash
from rcmail.web.forms import read_fields
from rcmail.web.mail import address
from rcmail.web.mail.pages import open_page


async def decide(request: web.Request) -> web.Response:
    """``POST /mail/{id}/decide``: a form with ``state`` or ``kind``, a ``note`` (and the ``seen_note`` that it was
    made from), or ``undo`` with the number of a decision. Leads back to the conversation, where it is told.

    409 with what was typed where somebody else has changed the note meanwhile.
    """
    fields = await read_fields(request)
    given, _ = address.read(request, "show")
    number = int(request.match_info["id"])
    try:
        said = await _done(request, number, fields)
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None
    except NoteChanged:
        response = await open_page(request, typed=fields["note"])
        response.set_status(409)
        return response
    place = address.link(given, f"/mail/{number}", show=given.get("show", ""))
    response = web.Response(status=303, headers={"Location": place})
    if said:
        set_flash(request, response, f"{said} {number}")
    return response


async def _done(request: web.Request, number: int, fields: Mapping[str, str]) -> str:
    """Do it; what was done, in the word that the next page tells it by."""
    database = request.app[keys.DATABASE]
    if "undo" in fields:
        try:
            await decisions.undo(database, number, _number(fields["undo"]))
        except DecidedSince:
            return "not-undone"
        return "undone"
    state = _choice(fields, "state", decisions.STATES)
    kind = _choice(fields, "kind", decisions.KINDS)
    note, seen = _text(fields, "note"), _text(fields, "seen_note")
    if note == seen:
        note = None
    if state is None and kind is None and note is None:
        return ""
    await decisions.decide(
        database, number, kind=kind, state=state, note=note, seen_note=None if note is None else seen
    )
    return state or kind or "note"


def _choice(fields: Mapping[str, str], name: str, known: tuple[str, ...]) -> str | None:
    value = fields.get(name)
    if value is not None and value not in known:
        raise InvalidSettings({name: f"must be one of {', '.join(known)}"})
    return value


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise InvalidSettings({"undo": "must be the number of a decision"})
    return int(text)


def _text(fields: Mapping[str, str], name: str) -> str | None:
    try:
        # A browser ends the lines of a field with CR LF.
        return clean_text(fields[name]) if name in fields else None
    except ValueError as error:
        raise InvalidSettings({"note": str(error)}) from None
