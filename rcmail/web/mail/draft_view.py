"""The draft as the reply column shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from rcmail import keys
from rcmail.drafting import mailed, store
from rcmail.drafting.proposal import Objection
from rcmail.drafting.store import Draft, Version
from rcmail.health import llm
from rcmail.health.base import ServiceStatus
from rcmail.web.mail import address, words
from rcmail.web.query import number
from rcmail.web.templating import render

# Bytes of a form or JSON with the longest text, each letter of it as several escapes.
LARGEST: Final = 512 * 1024
NEWS: Final = "draft-news"
"""The part of the editor that is swapped while somebody types: not the text."""
SO_FAR: Final = "draft-so-far"
"""The part that is swapped while a language model writes."""
_QUOTE: Final = 60
_MOST_WARNINGS: Final = 30
_WHO: Final = {"rcmail": "as rcmail made it", "volunteer": "a volunteer’s text"}
_WITHOUT: Final = "as rcmail made it without the language model"
_ORIGIN: Final = {
    "model": "written by the language model",
    "past answer": "put together from what the group answered before",
    "facts": "made from the facts on the configuration page; nothing like it was answered before",
    "volunteer": "written by a volunteer",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be saved: ``problem`` says why; ``typed`` is the text, where it is not stored."""

    problem: str
    typed: str | None = None
    is_conflict: bool = False


async def context_of(
    request: web.Request,
    conversation: int,
    given: Mapping[str, str],
    refused: Refused | None = None,
    *,
    is_due: bool = False,
) -> dict[str, Any]:
    """What ``mail/_draft.html`` needs; ``is_due``: where there is none, one is made by itself.

    Raises NoSuchConversation and DatabaseUnavailable.
    """
    draft = await request.app[keys.REVIEW].look(conversation)
    return await _context(request, conversation, given, draft, refused, is_due=is_due)


async def _context(
    request: web.Request,
    conversation: int,
    given: Mapping[str, str],
    draft: Draft | None,
    refused: Refused | None = None,
    *,
    is_due: bool = False,
) -> dict[str, Any]:
    database = request.app[keys.DATABASE]
    versions = await store.versions(database, conversation) if draft else []
    here = f"/mail/{conversation}/draft"
    beside = await mailed.beside(database, request.app[keys.SETTINGS].last_known, draft) if draft else None
    seen = number(given, "revision", 0, least=0, most=2**31 - 1)
    return {
        "draft": _shown(draft, versions, refused, seen) if draft else None,
        "is_coming": is_due and draft is None,
        "has_model": _has_model(request),
        "beside": beside,
        "eml_address": f"{here}.eml" if draft and _can_be_opened(draft) else "",
        "refused": refused,
        "draft_address": address.link(given, here),
        "edit_address": address.link(given, f"{here}/edit", show="reply"),
        "make_address": address.link(given, f"{here}/make", show="reply"),
        "reply_address": address.link(given, f"/mail/{conversation}", show="reply"),
    }


async def piece(request: web.Request) -> web.Response:
    """The draft, or what changes in its editor while somebody types; 204 where the ``revision`` is still
    that, or 0 and there is none, and a model has written no more than so many ``letters``."""
    given, _ = address.read(request, "revision", "letters", "show")
    is_news = request.headers.get("HX-Target") == NEWS
    # Only beside an editor does it matter which revision its text is of.
    seen = {name: value for name, value in given.items() if is_news or name != "revision"}
    conversation = int(request.match_info["id"])
    draft = await request.app[keys.REVIEW].look(conversation)
    is_writing = draft is not None and draft.state == "writing"
    letters = str(len(draft.so_far)) if draft and is_writing else None
    if given.get("revision") == str(draft.revision if draft else 0) and given.get("letters", letters) == letters:
        return web.Response(status=204)  # asked every second: the rest is looked up where there is news
    context = await _context(request, conversation, seen, draft)
    if request.headers.get("HX-Target") == SO_FAR:
        return _so_far(request, context, is_writing=is_writing)
    return news(request, context) if is_news else whole(request, context)


def _so_far(request: web.Request, context: Mapping[str, Any], *, is_writing: bool) -> web.Response:
    """What is written so far; where it is written, or stopped, the draft in place of all of it."""
    if is_writing:
        return render(request, "mail/_draft_so_far.html", context)
    response = whole(request, context)
    response.headers["HX-Retarget"] = "#draft"
    return response


def whole(request: web.Request, context: Mapping[str, Any]) -> web.Response:
    response = render(request, "mail/_draft.html", context)
    response.headers["HX-Trigger"] = "mail-came, draft-came"  # the list tells of it, and its sources are marked
    return response


def news(request: web.Request, context: Mapping[str, Any]) -> web.Response:
    return render(request, "mail/_draft_news.html" if context["draft"] else "mail/_draft.html", context)


def _has_model(request: web.Request) -> bool:
    """Whether a language model was there when it was last looked for."""
    found = request.app[keys.MONITOR].latest.get(llm.NAME)
    is_well = found is not None and found.status is ServiceStatus.OK and not found.notice
    return is_well and request.app[keys.LLM].last_known.is_made


def _can_be_opened(draft: Draft) -> bool:
    return draft.state in ("approved", "pushed") and not draft.is_stale


def _shown(draft: Draft, versions: Sequence[Version], refused: Refused | None, seen: int) -> dict[str, Any]:
    text = draft.text if refused is None or refused.typed is None else refused.typed
    is_elsewhere = bool(seen) and not draft.changed_in <= seen <= draft.revision
    is_conflict = is_elsewhere or (refused is not None and refused.is_conflict)
    return {
        "state": draft.state,
        "is_under_way": draft.is_under_way,
        "text": text,
        "stored": draft.text,
        "pieces": _pieces(draft.text, draft.warnings),
        "now": draft.revision,
        # Whoever has an older text keeps its number: what she saves is then refused, with both texts shown.
        "revision": seen if is_elsewhere else draft.revision,
        "is_conflict": is_conflict,
        "origin": _ORIGIN.get(draft.origin or "", ""),
        "model": draft.model or "",
        "seconds": draft.seconds,
        "without": _without(versions),
        "to_write": draft.to_write,
        "so_far": draft.so_far,
        "is_edited": draft.is_edited,
        "new_mail": draft.new_mail,
        "is_stale": draft.is_stale,
        "hint": draft.hint,
        "when": words.short(draft.changed_at),
        "warnings": [_warning(draft.text, each) for each in draft.warnings[:_MOST_WARNINGS]],
        "versions": [_version(each) for each in versions],
    }


def _warning(text: str, warning: Objection) -> dict[str, Any]:
    """Its place as a browser counts: in UTF-16."""
    return {
        "sentence": warning.sentence,
        "quote": words.cut(text[warning.start : warning.end], _QUOTE),
        "line": text.count("\n", 0, warning.start) + 1,
        "start": _utf16(text[: warning.start]),
        "end": _utf16(text[: warning.end]),
    }


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _pieces(text: str, warnings: Sequence[Objection]) -> list[tuple[str, str]]:
    """``text`` in pieces, each with what is said of it, or nothing."""
    pieces = []
    place = 0
    for each in sorted(warnings, key=lambda each: each.start):
        if place <= each.start < each.end:
            pieces += [(text[place : each.start], ""), (text[each.start : each.end], each.sentence)]
            place = each.end
    return [*pieces, (text[place:], "")]


def _without(versions: Sequence[Version]) -> str:
    """The draft without a language model, where that has written the one that is there, edited or not."""
    newest = next((each for each in versions if each.ended in ("written", "made again")), None)
    return newest.text if newest is not None and newest.ended == "written" else ""


def _version(version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "text": version.text,
        "who": _WITHOUT if version.ended == "written" else _WHO[version.made_by],
        "when": words.short(version.ended_at),
    }
