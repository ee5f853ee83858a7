"""The mail as JSON: what programs get, and how they decide."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from rcmail import keys
from rcmail.clock import rfc3339
from rcmail.errors import InvalidSettings, NoSuchConversation
from rcmail.mail import decisions, listing
from rcmail.mail.listing import Conversation, Found, Message
from rcmail.validation import clean_text
from rcmail.web.forms import read_json


def many(found: Found) -> dict[str, Any]:
    """A page of conversations; ``next`` goes into ``before``."""
    return {"conversations": [_summary(row) for row in found.conversations], "next": found.next}


def whole(row: Conversation, messages: Sequence[Message]) -> dict[str, Any]:
    """A conversation with its messages, the oldest first."""
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
    database, number = request.app[keys.DATABASE], int(request.match_info["id"])
    settings = await request.app[keys.SETTINGS].read()
    try:
        await decisions.decide(
            database,
            number,
            kind=given.get("kind"),
            state=given.get("state"),
            note=note if "note" in given else None,
        )
        row, messages = await listing.one(database, number, settings.waiting_days)
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None
    return web.json_response(whole(row, messages))


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
