"""The mail: the list of conversations and each with its messages, for people and for programs."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from rcmail import keys
from rcmail.clock import rfc3339
from rcmail.errors import InvalidSettings, NoSuchConversation
from rcmail.mail import decisions, listing
from rcmail.mail.imports import RUNS
from rcmail.mail.listing import Conversation, Message
from rcmail.validation import clean_text
from rcmail.web.forms import read_json
from rcmail.web.negotiation import wants_html
from rcmail.web.query import bad, number, parameters
from rcmail.web.run import as_dict as run_as_dict
from rcmail.web.templating import render

# Those of a draft come with the drafts: nothing is in them yet.
_STATES: Final = ("waiting", "drafted", "approved", "pushed", "answered", "closed")
_MAX_LIMIT: Final = 100
_MAX_TEXT: Final = 200
# What a volunteer opens the page for: who waits, and what nobody has looked at.
_FOR_PEOPLE: Final = listing.Wanted(states=("waiting",), kinds=("visitor", "unsure"))


async def page(request: web.Request) -> web.Response:
    """``GET /mail``: conversations, the newest first, by ``state``, ``kind``, ``language`` and the words in ``q``.

    ``limit`` of them, after the place that ``next`` of an earlier answer gave (``before``). JSON has all where
    nothing is chosen; the page has those that wait.
    """
    given = parameters(request, "state", "kind", "language", "q", "limit", "before")
    is_page = wants_html(request)
    wanted = _wanted(given)
    if is_page and not (given.keys() & {"state", "kind", "language", "q"}):
        wanted = listing.Wanted(_FOR_PEOPLE.states, _FOR_PEOPLE.kinds, limit=wanted.limit, before=wanted.before)
    settings = await request.app[keys.SETTINGS].read()
    found = await listing.found(request.app[keys.DATABASE], wanted, settings.waiting_days)
    if is_page:
        context = {
            "found": found,
            "given": given,
            "wanted": wanted,
            "run": run_as_dict(await request.app[keys.QUEUE].newest(RUNS)),
            "states": listing.STATES,
            "kinds": decisions.KINDS,
            "address": next(iter(settings.group_addresses), ""),
        }
        response = render(request, "mail.html", context)
    else:
        body = {"conversations": [_summary(row) for row in found.conversations], "next": found.next}
        response = web.json_response(body)
    response.headers["Vary"] = "Accept, HX-Request"
    return response


def _wanted(given: Mapping[str, str]) -> listing.Wanted:
    states, kinds = _choice(given, "state", _STATES), _choice(given, "kind", decisions.KINDS)
    [language] = _choice(given, "language", listing.LANGUAGES) or [""]
    text = given.get("q", "")
    if len(text) > _MAX_TEXT:
        raise bad(f"“q” may have {_MAX_TEXT} characters at most.")
    before = given.get("before", "")
    if before and listing.place(before) is None:
        raise bad("“before” must be what “next” of an earlier answer was.")
    limit = number(given, "limit", 50, least=1, most=_MAX_LIMIT)
    return listing.Wanted(states, kinds, language, text, limit, before)


def _choice(given: Mapping[str, str], name: str, known: Sequence[str]) -> list[str]:
    value = given.get(name, "")
    if value in ("", "all"):
        return []
    if value not in known:
        raise bad(f"“{name}” must be one of {', '.join(known)}, or all.")
    return [value]


async def conversation(request: web.Request) -> web.Response:
    """``GET /mail/{id}``: a conversation with its messages, the oldest first. 404 where there is none."""
    settings = await request.app[keys.SETTINGS].read()
    row, messages = await _one(request, settings.waiting_days)
    if wants_html(request):
        response = render(request, "conversation.html", {"conversation": row, "messages": messages})
    else:
        response = web.json_response(_whole(row, messages))
    response.headers["Vary"] = "Accept, HX-Request"
    return response


async def change(request: web.Request) -> web.Response:
    """``PUT /mail/{id}`` with ``kind``, ``state`` and ``note``, each or all; the conversation as it is then.

    Raises InvalidSettings that names what is wrong.
    """
    given = await read_json(request)
    known: dict[str, Sequence[str]] = {"kind": decisions.KINDS, "state": decisions.STATES}
    problems = dict.fromkeys(given.keys() - {*known, "note"}, "is not known; there are kind, state, note")
    for name, words in known.items():
        if name in given and given[name] not in words:
            problems[name] = f"must be one of {', '.join(words)}"
    try:
        note = clean_text(given.get("note") or "")
    except ValueError as error:
        problems["note"] = str(error)
    if problems:
        raise InvalidSettings(problems)
    try:
        await decisions.decide(
            request.app[keys.DATABASE],
            int(request.match_info["id"]),
            kind=given.get("kind"),
            state=given.get("state"),
            note=note if "note" in given else None,
        )
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None
    settings = await request.app[keys.SETTINGS].read()
    return web.json_response(_whole(*await _one(request, settings.waiting_days)))


async def _one(request: web.Request, waiting_days: int) -> tuple[Conversation, list[Message]]:
    number_ = int(request.match_info["id"])
    try:
        return await listing.one(request.app[keys.DATABASE], number_, waiting_days)
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None


def _summary(row: Conversation) -> dict[str, Any]:
    return {
        "id": row.id,
        "subject": row.subject,
        "visitor": {"name": row.visitor_name, "address": row.visitor_address},
        "kind": row.kind,
        "why": row.kind_why,
        "language": row.language,
        "state": row.state,
        "messages": row.messages,
        "last_at": rfc3339(row.last_at),
        "last_direction": row.last_direction,
    }


def _whole(row: Conversation, messages: Sequence[Message]) -> dict[str, Any]:
    return {
        **_summary(row),
        "state_why": row.state_why,
        "note": row.note,
        "messages": [
            {
                "id": message.id,
                "message_id": message.message_id,
                "direction": message.direction,
                "from": {"name": message.from_name, "address": message.from_address},
                "to": message.recipients["to"],
                "date": rfc3339(message.sent_at),
                "subject": message.subject,
                "text": message.new_text,
                "whole_text": message.whole_text,
                "attachments": message.attachments,
                "language": message.language,
            }
            for message in messages
        ],
    }
