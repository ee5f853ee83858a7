"""What was answered before to a request like this one, for the reply column and for programs."""

from collections.abc import Sequence
from typing import Any, Final

from aiohttp import web

from rcmail import keys
from rcmail.answers import results, work
from rcmail.answers.outdated import Outdated, outdated
from rcmail.answers.results import Answer
from rcmail.clock import rfc3339, today
from rcmail.errors import NoSuchConversation
from rcmail.web.forms import read_fields
from rcmail.web.negotiation import wants_html
from rcmail.web.query import number, parameters
from rcmail.web.templating import render

_SHOWN: Final = 5
_MOST: Final = 20


async def similar(request: web.Request) -> web.Response:
    """``GET /mail/{id}/similar``: the ``limit`` past answers that fit best, or ``working`` until they are found.

    For htmx a piece of the page, that asks again by itself. 404 where there is no such conversation.
    """
    limit = number(parameters(request, "limit"), "limit", _SHOWN, least=1, most=_MOST)
    conversation = int(request.match_info["id"])
    database = request.app[keys.DATABASE]
    try:
        found = await results.read(database, conversation, limit)
    except NoSuchConversation as error:
        raise web.HTTPNotFound(text=str(error)) from None
    if not found.is_ready:
        await work.ask_for_one(database, conversation)
    place = (await request.app[keys.SETTINGS].read()).get("event_location") or ""
    marked = [(each, outdated(each.answer, each.date.date(), today(), place)) for each in found.answers]
    if wants_html(request):
        context = {
            "conversation": conversation,
            "result": found,
            "similar": [(each, _pieces(each.answer, spans)) for each, spans in marked],
        }
        response = render(request, "partials/_similar.html", context)
    else:
        body = {
            "state": "ready" if found.is_ready else "working",
            "method": found.method,
            "similar": [_answer(each, spans) for each, spans in marked],
        }
        response = web.json_response(body)
    response.headers["Vary"] = "Accept, HX-Request"
    return response


async def unhelpful(request: web.Request) -> web.Response:
    """``POST /mail/{id}/similar``: take the answer to ``message`` away; without one, show all of them again."""
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
