"""Conversations and messages as the templates of the mail page need them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from rcmail.clock import rfc3339
from rcmail.mail.listing import Conversation, Message
from rcmail.web.mail import words
from rcmail.web.mail.address import link

# Letters of a subject in the list and above the messages, of a new text, and of all the whole texts on one page:
# the rest is one click away.
_SUBJECT: Final = 120
_TITLE: Final = 200
_TEXT: Final = 8_000
_WHOLE: Final = 200_000
# Messages on the page, and of those the ones that are not folded away.
MOST_MESSAGES: Final = 200
_FRESH: Final = 3
_MOST_FRESH: Final = 10
_NO_SUBJECT: Final = "(no subject)"
_THROUGH: Final = {
    "form": "Written on a website’s form; the visitor’s address is one of its lines.",
    "reply-to": "An answer goes to the address in Reply-To.",
}
_GMAIL: Final = "https://mail.google.com/mail/"


def row(
    each: Conversation, beginnings: Mapping[int, str], given: Mapping[str, str], opened: int | None
) -> dict[str, Any]:
    """A conversation in the list."""
    return {
        "id": each.id,
        "address": link(given, f"/mail/{each.id}"),
        "is_open": each.id == opened,
        "is_waiting": each.state in ("waiting", "drafted") or each.is_out_of_date,
        "who": words.cut(each.visitor_name or each.visitor_address or "nobody named", 80),
        "subject": words.cut(each.subject, _SUBJECT) or _NO_SUBJECT,
        "beginning": words.cut(beginnings.get(each.id, ""), 140),
        "when": words.short(each.last_at),
        "moment": rfc3339(each.last_at),
        "at_length": words.long(each.last_at),
        "messages": each.messages,
        "state": each.state,
        "state_word": f"{words.STATE[each.state]}{', out of date' if each.is_out_of_date else ''}",
        "kind": each.kind,
        "kind_word": words.KIND[each.kind],
        "note": words.cut(each.note, 60),
    }


def opened(each: Conversation, messages: Sequence[Message], whole: str) -> dict[str, Any]:
    """A conversation that is open; of the message with the number ``whole`` all the text is shown."""
    kept = messages[-MOST_MESSAGES:]
    fresh = _fresh(kept)
    shown = _messages(kept, whole)
    sent = next((message for message in reversed(kept) if message.direction == "out"), None)
    return {
        "id": each.id,
        "title": words.cut(each.subject, _TITLE) or _NO_SUBJECT,
        "subject": each.subject if len(each.subject) > _TITLE else "",
        "visitor_name": each.visitor_name,
        "visitor_address": each.visitor_address,
        "state": each.state,
        "state_word": words.STATE_AT_LENGTH[each.state],
        "state_why": each.state_why,
        "kind": each.kind,
        "kind_word": words.KIND[each.kind],
        "kind_why": each.kind_why,
        "language": words.LANGUAGE.get(each.language, ""),
        "note": each.note,
        "folded": shown[:-fresh],
        "is_unfolded": any(str(message["id"]) == whole for message in shown[:-fresh]),
        "messages": shown[-fresh:],
        "left_out": len(messages) - len(kept),
        "sent": _message(sent, "", has_whole=False) if sent else None,
        "gmail": _gmail(kept),
    }


def _fresh(messages: Sequence[Message]) -> int:
    """How many of the newest are not folded away: what came since the group's last answer, and that."""
    since = 0
    for message in reversed(messages):
        since += 1
        if message.direction == "out":
            break
    return min(max(since, _FRESH), _MOST_FRESH)


def _messages(messages: Sequence[Message], whole: str) -> list[dict[str, Any]]:
    """The newest ones bring their whole text along, as far as there is room."""
    shown: list[dict[str, Any]] = []
    room = _WHOLE
    for message in reversed(messages):
        room -= len(message.whole_text)
        shown.append(_message(message, whole, has_whole=room >= 0))
    return shown[::-1]


def _message(message: Message, whole: str, *, has_whole: bool) -> dict[str, Any]:
    text = message.new_text or message.whole_text
    is_whole = str(message.id) == whole
    is_more = len(text) > _TEXT or text.strip() != message.whole_text.strip()
    return {
        "id": message.id,
        "is_in": message.direction == "in",
        "who": message.from_name or message.from_address or "nobody named",
        "address": message.from_address if message.from_name else "",
        "when": words.long(message.sent_at),
        "moment": rfc3339(message.sent_at),
        "text": message.whole_text if is_whole else text[:_TEXT],
        "is_shortened": not is_whole and len(text) > _TEXT,
        "is_whole": is_whole,
        "is_more": is_more and not is_whole,
        "whole": message.whole_text if has_whole and is_more and not is_whole else "",
        "is_cut": message.is_cut,
        "language": message.language if message.language in words.LANGUAGE and message.language != "other" else "",
        "attachments": [
            {"name": each["name"] or each["type"], "type": each["type"], "size": words.size(each["size"])}
            for each in message.attachments
        ],
        "through": _THROUGH.get(message.visitor_from, "") if message.direction == "in" else "",
        "machine": message.machine,
    }


def _gmail(messages: Sequence[Message]) -> str:
    """Where Gmail shows the thread of the newest message that lies there, drafts too; empty where none does.

    A thread in a file is one of Google Takeout. Of several accounts that the browser is signed in to it is the
    mailbox's own.
    """
    for message in reversed(messages):
        if message.thread and message.provider in ("gmail", "file"):
            address, thread = quote(message.account, safe=""), quote(message.thread, safe="")
            return f"{_GMAIL}?authuser={address}#all/{thread}"
    return ""
