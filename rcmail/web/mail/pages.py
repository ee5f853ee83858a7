"""The mail page: conversations · messages · reply, for people; the same addresses give programs JSON."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from rcmail import keys
from rcmail.errors import NoSuchConversation
from rcmail.mail import decisions, listing
from rcmail.mail.imports import RUNS
from rcmail.mail.listing import Conversation, Found, Wanted
from rcmail.web import similar
from rcmail.web.flash import clear_flash, take_flash
from rcmail.web.mail import address, draft_view, programs, pushing, shown, words
from rcmail.web.mail.draft_view import Refused
from rcmail.web.negotiation import wants_html
from rcmail.web.query import bad
from rcmail.web.run import shown as shown_run
from rcmail.web.templating import render

_COLUMNS: Final = ("messages", "reply")
_VIEWS: Final = {
    "Approved": "approved",
    "In your drafts": "pushed",
    "Answered": "answered",
    "Closed": "closed",
}
_WAITS: Final = ("waiting", "drafted", "approved", "pushed")


async def many(request: web.Request) -> web.Response:
    """``GET /mail``: conversations, the newest first, by ``state``, ``kind``, ``language`` and the words in ``q``.

    ``limit`` of them, after the place that ``next`` of an earlier answer gave (``before``). JSON has all where
    nothing is chosen; the page has those that wait.
    """
    given, wanted = address.read(request)
    if wants_html(request):
        context = {"view": "list", "conversation": None, **await _listed(request, given, wanted)}
        template = "mail/_rows.html" if _is_part(request, "rows") else "mail/page.html"
        return _vary(render(request, template, context))
    days = (await request.app[keys.SETTINGS].read()).waiting_days
    return _vary(web.json_response(programs.many(await listing.found(request.app[keys.DATABASE], wanted, days))))


async def one(request: web.Request) -> web.Response:
    """``GET /mail/{id}``: a conversation with its messages, the oldest first. 404 where there is none.

    The page has the list beside it, as ``GET /mail`` with the same parameters has it. ``show`` is the column
    that a phone shows (``messages``, ``reply``), ``whole`` the number of a message whose whole text is wanted.
    """
    if not wants_html(request):
        days = (await request.app[keys.SETTINGS].read()).waiting_days
        try:
            found = await listing.one(request.app[keys.DATABASE], int(request.match_info["id"]), days)
        except NoSuchConversation as error:
            raise web.HTTPNotFound(text=str(error)) from None
        return _vary(web.json_response(programs.whole(*found)))
    said, _, about = take_flash(request).partition(" ")
    if about != request.match_info["id"]:  # of another tab, or another page
        return await open_page(request)
    response = await open_page(request, said=said)
    clear_flash(request, response)
    return response


async def open_page(
    request: web.Request, *, said: str = "", typed: str | None = None, refused: Refused | None = None
) -> web.Response:
    """The page with the conversation of the address open, or the part of it that htmx asks for.

    ``said`` is what was just decided; ``typed`` a note that could not be saved, ``refused`` a draft.
    """
    given, wanted = address.read(request, "show", "whole")
    if (view := given.get("show", "messages")) not in _COLUMNS:
        raise bad(f"“show” must be one of {', '.join(_COLUMNS)}.")
    number = int(request.match_info["id"])
    if _is_part(request, "rows"):
        return _vary(render(request, "mail/_rows.html", await _listed(request, given, wanted, number)))
    is_part = _is_part(request)
    context = await _opened(request, given, number, refused)
    context |= {"view": view, "said": said, "typed": typed, "is_part": is_part}
    if not is_part or said:  # what was decided changes the list, too
        context |= await _listed(request, given, wanted, number, context["row"] if said else None)
    return _vary(render(request, "mail/_open.html" if is_part else "mail/page.html", context))


async def _opened(
    request: web.Request, given: Mapping[str, str], number: int, refused: Refused | None
) -> dict[str, Any]:
    database = request.app[keys.DATABASE]
    settings = await request.app[keys.SETTINGS].read()
    try:
        row, messages = await listing.one(database, number, settings.waiting_days)
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None
    newest = await decisions.newest(database, number)
    here = f"/mail/{number}"
    is_waiting = row.state in _WAITS
    is_due = is_waiting and row.kind == "visitor" and settings.drafts_by_themselves
    return {
        "is_waiting": is_waiting,
        **await draft_view.context_of(request, number, given, refused, is_due=is_due),
        **(await similar.context_of(request, number) if is_waiting and row.kind != "other" else {"result": None}),
        "row": row,
        "conversation": shown.opened(row, messages, given.get("whole", "")),
        "decision": _decision(newest) if newest else None,
        "sentences": words.SAID,
        "back": f"{address.link(given)}#c{number}",
        "link": lambda **changes: address.link(given, here, **changes),
        "decide": address.link(given, f"{here}/decide", show=given.get("show", "")),
    }


def _decision(newest: decisions.Decision) -> dict[str, Any]:
    what = [newest.state or "", newest.kind or "", "note" if newest.note is not None else ""]
    return {
        "id": newest.id,
        "what": ", ".join(words.DECIDED[each] for each in what if each),
        "when": words.long(newest.decided_at),
    }


async def _listed(
    request: web.Request,
    given: Mapping[str, str],
    wanted: Wanted,
    opened: int | None = None,
    kept: Conversation | None = None,
) -> dict[str, Any]:
    """What the list needs. ``opened`` is marked in it; ``kept`` stays where it was, whatever the list is about."""
    database = request.app[keys.DATABASE]
    days = (await request.app[keys.SETTINGS].read()).waiting_days
    wanted = address.for_people(given, wanted)
    found = await listing.found(database, wanted, days)
    rows = _with(kept, found, is_first=not wanted.before) if kept else found.conversations
    beginnings = await listing.beginnings(database, [each.id for each in rows])
    all_of_them = await listing.waiting(database, days)
    return {
        "given": given,
        "wanted": wanted,
        "is_chosen": address.is_chosen(given),
        "rows": [shown.row(each, beginnings, given, opened) for each in rows],
        "waiting": all_of_them.waiting,
        "has_mail": all_of_them.has_mail,
        "is_loading": all_of_them.is_loading,
        "older": address.link(given, before=found.next) if found.next else "",
        "newest": address.link(given, before="") if wanted.before else "",
        "views": _views(given, wanted),
        "rows_address": address.link(given, f"/mail/{opened}" if opened else "/mail"),
        "kinds": words.KIND,
        "languages": words.LANGUAGE,
        "push": await pushing.context_of(request),
        "run": await shown_run(request, await request.app[keys.QUEUE].newest(RUNS)),
    }


def _with(kept: Conversation, found: Found, *, is_first: bool) -> Sequence[Conversation]:
    """The page of conversations with ``kept`` at its place, if it belongs on this page."""
    others = [each for each in found.conversations if each.id != kept.id]
    place = sum((each.last_at, each.id) > (kept.last_at, kept.id) for each in others)
    if (place == 0 and not is_first) or (place == len(others) and found.next):
        return found.conversations
    return [*others[:place], kept, *others[place:]]


def _views(given: Mapping[str, str], wanted: Wanted) -> list[dict[str, Any]]:
    """The links above the list; what is searched for goes along."""
    rest = {name: text for name, text in given.items() if name in ("kind", "language", "q")}
    is_chosen = address.is_chosen(given)
    first = address.link(rest, state="waiting") if any(rest.values()) else "/mail"
    return [
        {"name": "Waiting", "address": first, "is_here": not is_chosen or list(wanted.states) == ["waiting"]},
        *(
            {"name": name, "address": address.link(rest, state=state), "is_here": list(wanted.states) == [state]}
            for name, state in _VIEWS.items()
        ),
        {"name": "All", "address": address.link(rest, state="all"), "is_here": is_chosen and not wanted.states},
    ]


def _is_part(request: web.Request, target: str = "") -> bool:
    """Whether htmx wants a part of the page, or the one that goes into ``target``."""
    headers = request.headers
    is_part = headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"
    return is_part and target in ("", headers.get("HX-Target"))


def _vary(response: web.Response) -> web.Response:
    response.headers["Vary"] = "Accept, HX-Request, HX-Target, HX-History-Restore-Request"
    return response
