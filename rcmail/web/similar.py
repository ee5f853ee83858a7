"""What was answered before to a request like this one, for the reply column and for programs."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from aiohttp import web

from rcmail import keys
from rcmail.answers import facts, results, work
from rcmail.answers.outdated import Outdated, outdated
from rcmail.answers.results import Answer, Result
from rcmail.clock import rfc3339, today
from rcmail.drafting import store as drafts
from rcmail.errors import DatabaseUnavailable, NoSuchConversation
from rcmail.web.forms import read_fields
from rcmail.web.negotiation import wants_html
from rcmail.web.query import number, parameters
from rcmail.web.templating import render

_SHOWN: Final = 5
_MOST: Final = 20

_Marked = Sequence[tuple[Answer, Sequence[Outdated]]]


async def similar(request: web.Request) -> web.Response:
    """``GET /mail/{id}/similar``: the ``limit`` past answers that fit best, or ``working`` until they are found.

    For htmx a piece of the page, that asks again by itself. 404 where there is no such conversation.
    """
    limit = number(parameters(request, "limit"), "limit", _SHOWN, least=1, most=_MOST)
    conversation = int(request.match_info["id"])
    try:
        if wants_html(request):
            context = await context_of(request, conversation, limit)
            response = render(request, "partials/_similar.html", context)
        else:
            found, known = await _look(request, conversation, limit)
            response = web.json_response(_body(found, _marked(found.answers, known)))
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None
    response.headers["Vary"] = "Accept, HX-Request"
    return response


async def context_of(request: web.Request, conversation: int, limit: int = _SHOWN) -> dict[str, Any]:
    """What ``partials/_similar.html`` needs: the best ``limit`` answers, and all that the draft is made from.

    Raises NoSuchConversation and DatabaseUnavailable.
    """
    used = await drafts.sources(request.app[keys.DATABASE], conversation)
    found, known = await _look(request, conversation, _MOST)
    shown = [each for place, each in enumerate(found.answers) if place < limit or each.message in used]
    return {
        "id": conversation,
        "result": found,
        "used": used,
        "similar": [(each, _pieces(each.answer, spans), spans) for each, spans in _marked(shown, known)],
    }


async def _look(request: web.Request, conversation: int, limit: int) -> tuple[Result, facts.Facts]:
    """What was found, and today's facts; where nothing is yet, it is asked for."""
    database = request.app[keys.DATABASE]
    found = await results.read(database, conversation, limit)
    if not found.is_ready:
        with suppress(DatabaseUnavailable):  # a database that takes nothing has letters that can be read
            await work.ask_for_one(database, conversation)
    return found, await facts.read(database, today(), request.app[keys.SETTINGS])


def _marked(answers: Sequence[Answer], known: facts.Facts) -> _Marked:
    """Each with what in it is out of date, which takes some milliseconds an answer."""
    return [(each, outdated(each.answer, each.date.date(), known)) for each in answers]


async def unhelpful(request: web.Request) -> web.Response:
    """``POST /mail/{id}/unhelpful``: take the answer to ``message`` away; without one, show all of them again."""
    form = await read_fields(request)
    conversation = int(request.match_info["id"])
    database = request.app[keys.DATABASE]
    try:
        if form.get("message"):
            await results.mark_unhelpful(database, conversation, number(form, "message", 0, least=1, most=10**15))
        else:
            await results.show_all_again(database, conversation)
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None
    if wants_html(request) and "HX-Request" not in request.headers:
        raise web.HTTPSeeOther(f"/mail/{conversation}")
    return await similar(request)


def _body(found: Result, marked: _Marked) -> dict[str, Any]:
    return {
        "state": "ready" if found.is_ready else "working",
        "method": found.method,
        "similar": [_answer(each, spans) for each, spans in marked],
    }


def _answer(answer: Answer, spans: Sequence[Outdated]) -> dict[str, Any]:
    return {
        "conversation": answer.conversation,
        "question": answer.question,
        "answer": answer.answer,
        "message_id": answer.message_id,
        "date": rfc3339(answer.date),
        "language": answer.language,
        "score": answer.score,
        "why": answer.why,
        "outdated": [each.text for each in spans],
    }


def _pieces(text: str, spans: Sequence[Outdated]) -> list[tuple[str, str]]:
    """``text`` in pieces, each with why it is out of date, or nothing."""
    pieces = []
    place = 0
    for each in spans:
        pieces += [(text[place : each.start], ""), (each.text, each.why)]
        place = each.end
    return [*pieces, (text[place:], "")]
