"""The configuration page, for a browser with and without JavaScript and for JSON clients."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from itertools import groupby
from typing import Final

from aiohttp import web

from rcmail import keys
from rcmail.clock import today
from rcmail.errors import DatabaseUnavailable, InvalidSettings, OutcomeUnknown, SettingsConflict
from rcmail.health import llm
from rcmail.health.base import Tried
from rcmail.privacy import retention
from rcmail.settings.keys import BY_NAME, KEYS, clean_all
from rcmail.settings.store import Settings
from rcmail.web import mailbox
from rcmail.web.errors import json_error
from rcmail.web.flash import clear_flash, set_flash, take_flash
from rcmail.web.forms import is_json, read_fields, read_json
from rcmail.web.negotiation import wants_html, wants_json
from rcmail.web.templating import render

# Beside each field the form keeps the value that it was loaded with.
_SEEN: Final = "was_"
_FAULTY: Final = "Nothing was saved: some settings are not valid."
_CHANGED: Final = "Nothing was saved: somebody else has changed the same settings in the meantime."
_GROUPS: Final = {group: list(members) for group, members in groupby(KEYS, key=lambda key: key.group)}


async def show(request: web.Request) -> web.Response:
    """``GET /config``: the page, or all settings as JSON."""
    if not wants_html(request):
        settings = await request.app[keys.SETTINGS].read()
        return _vary(web.json_response(settings.as_dict()))
    problem = ""
    try:
        settings = await request.app[keys.SETTINGS].read()
        await request.app[keys.CONNECTION].look()
    except DatabaseUnavailable as error:
        settings = request.app[keys.SETTINGS].last_known
        problem = (
            f"The settings cannot be read just now: {error}. What you see is what was last known; open this page"
            " anew when that is over."
        )
    too_old = 0
    with suppress(DatabaseUnavailable):  # a sentence less
        too_old = await retention.count(request.app[keys.DATABASE], settings.mail_keep_months)
    response = _page(request, settings, saved=take_flash(request), problem=problem, too_old=too_old)
    clear_flash(request, response)
    return _vary(response)


async def save(request: web.Request) -> web.Response:
    """``POST /config``: save every change or none. No body at all is a mistake, not a change of nothing."""
    if not request.can_read_body:
        raise web.HTTPBadRequest(text="Send the settings, as a form or as a JSON object.")
    return await (_save_json(request) if is_json(request) else _save_form(request))


async def _save_json(request: web.Request) -> web.Response:
    try:
        changes = await read_json(request)
        await request.app[keys.LLM].check(changes)
        settings, _ = await request.app[keys.SETTINGS].save(changes)
    except InvalidSettings as error:
        return json_error(422, _FAULTY, error.problems)
    request.app[keys.MONITOR].expire()
    return web.json_response(settings.as_dict())


async def _save_form(request: web.Request) -> web.Response:
    typed: dict[str, str] = {}
    seen: dict[str, str] = {}
    try:
        typed, seen = _split(await read_fields(request))
        await request.app[keys.LLM].check({name: text for name, text in typed.items() if seen.get(name) != text})
        _, written = await request.app[keys.SETTINGS].save(typed, seen)
    except InvalidSettings as error:
        return await _refused(request, 422, typed, seen, error.problems)
    except SettingsConflict as error:
        problems = {name: _conflict_sentence(stored) for name, stored in error.stored.items()}
        return await _refused(request, 409, typed, {**seen, **error.stored}, problems)
    except DatabaseUnavailable as error:
        if wants_json(request):
            raise  # told as every caller of JSON is told
        problem = _not_saved(error)
        return _typed_page(request, 503, typed, seen, {}, problem)
    request.app[keys.MONITOR].expire()
    response = web.Response(status=303, headers={"Location": "/config"})
    set_flash(request, response, " ".join(written) or "nothing")
    return response


def import_refused(request: web.Request, address: str, error: InvalidSettings | web.HTTPException) -> web.Response:
    """The page once more, its form for an import with the ``address`` that was typed and what was wrong."""
    problems = error.problems if isinstance(error, InvalidSettings) else {"": error.text or ""}
    sentences = [f"The {name} {what}." if name else what for name, what in problems.items()]
    refused = {"address": address, "problem": f"Nothing was imported. {' '.join(sentences)}"}
    response = _page(request, request.app[keys.SETTINGS].last_known, refused=refused)
    response.set_status(422 if isinstance(error, InvalidSettings) else error.status)
    return response


async def test(request: web.Request) -> web.Response:
    """``POST /config/test/{service}``: try what is typed, else what is saved. 200 whatever comes of it."""
    service = _service(request)
    typed, seen = await typed_in(request)
    tried = await request.app[keys.CONNECTION_TESTS].run(service, typed)
    request.app[keys.MONITOR].expire()  # or what is beside the answer tells of before it
    if request.headers.get("HX-Request") == "true":
        context = {"service": service, "tried": tried, "is_fragment": True}
        return render(request, "partials/_connection_result.html", context)
    if not wants_html(request):
        answer = {"service": service, "status": tried.status, "detail": tried.detail}
        return web.json_response(answer)
    return with_typed(request, typed, seen, {service: tried})


async def typed_in(request: web.Request) -> tuple[dict[str, str], dict[str, str]]:
    """What is typed in a form or sent as JSON, and what the form was loaded with; nothing without a body."""
    if is_json(request):
        sent = await read_json(request) if request.can_read_body else {}
        return _split({name: value or "" for name, value in sent.items()})
    return _split(await read_fields(request))


def with_typed(
    request: web.Request,
    typed: Mapping[str, str],
    seen: Mapping[str, str],
    tried: Mapping[str, Tried] | None = None,
) -> web.Response:
    """The page once more, with what is typed."""
    return _typed_page(request, 200, typed, seen, _problems(typed), tried=tried)


def _service(request: web.Request) -> str:
    """The connection test that the address names. Raises 404."""
    service, labels = request.match_info["service"], request.app[keys.CONNECTION_TESTS].labels
    if service not in labels:
        raise web.HTTPNotFound(text=f"There is no such connection test; there are {', '.join(labels)}.")
    return service


async def models(request: web.Request) -> web.Response:
    """``GET /config/models``: the models that the saved endpoint has, as options for the form's suggestions."""
    result = await request.app[keys.CONNECTION_TESTS].find_models(llm.NAME)
    return render(request, "partials/_models.html", {"models": result})


def _split(fields: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What is typed, and what the form was loaded with."""
    seen = {name.removeprefix(_SEEN): text for name, text in fields.items() if name.startswith(_SEEN)}
    return {name: text for name, text in fields.items() if not name.startswith(_SEEN)}, seen


def _problems(typed: Mapping[str, str]) -> dict[str, str]:
    try:
        clean_all({name: text for name, text in typed.items() if name in BY_NAME})
    except InvalidSettings as error:
        return error.problems
    return {}


def _not_saved(error: DatabaseUnavailable) -> str:
    if isinstance(error, OutcomeUnknown):
        return (
            f"It is not certain whether this was saved: {error}. Open the page anew when that is over, and look."
        )
    return (
        f"Nothing was saved: {error}. What you typed is still here: leave this page open, and save again when that"
        " is over."
    )


def _conflict_sentence(stored: str) -> str:
    now = f"it is “{stored}” now" if stored else "it is empty now"
    return f"was changed by somebody else since you opened the page: {now}. Save again to have it your way"


async def _refused(
    request: web.Request, status: int, typed: Mapping[str, str], seen: Mapping[str, str], problems: dict[str, str]
) -> web.Response:
    if wants_json(request):
        return json_error(status, _FAULTY if status == 422 else _CHANGED, problems)
    elsewhere = [f"“{name}” {what}" for name, what in problems.items() if name not in BY_NAME]
    if len(elsewhere) < len(problems):
        elsewhere.append("Please look at the marked fields")
    problem = f"Nothing was saved. {'; '.join(elsewhere)}"
    return _typed_page(request, status, typed, seen, problems, problem)


def _typed_page(
    request: web.Request,
    status: int,
    typed: Mapping[str, str],
    seen: Mapping[str, str],
    problems: Mapping[str, str],
    problem: str = "",
    tried: Mapping[str, Tried] | None = None,
) -> web.Response:
    """The page with what was typed, whatever is stored."""
    settings = request.app[keys.SETTINGS].last_known
    response = _page(request, settings, typed, seen, problems, problem=problem, tried=tried)
    response.set_status(status)
    return response


def _page(
    request: web.Request,
    settings: Settings,
    typed: Mapping[str, str] | None = None,
    seen: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    *,
    saved: str = "",
    problem: str = "",
    tried: Mapping[str, Tried] | None = None,
    refused: Mapping[str, str] | None = None,
    too_old: int = 0,
) -> web.Response:
    shown = {key.name: settings.stored.get(key.name, "") for key in KEYS} | dict(typed or {})
    stored = {key.name: settings.stored.get(key.name, "") for key in KEYS}
    of_mailbox = mailbox.shown(request, saved)
    context = {
        "groups": _GROUPS,
        "typed": shown,
        "as_text": {key.name for key in KEYS if key.input_type == "date" and not _is_date(shown[key.name])},
        "seen": {**stored, **(seen or {})},
        "problems": settings.invalid if problems is None else problems,
        "settings": settings,
        "is_past": settings.event_date is not None and settings.event_date < today(),
        "next_event": settings.next_event(today()),
        "saved": [key.label for key in KEYS if key.name in saved.split()],
        "has_saved": bool(saved) and not of_mailbox["mailbox_said"],
        "problem": problem,
        **of_mailbox,
        "faulty": [BY_NAME[name] for name in problems or {} if name in BY_NAME],
        "is_unsaved": typed is not None,
        "tests": request.app[keys.CONNECTION_TESTS].labels,
        "tried": tried or {},
        "timing": request.app[keys.TIMING].now,
        "refused": refused,
        "too_old": too_old,
        "default_endpoint": request.app[keys.CONFIG].ollama_base_url,
    }
    return render(request, "config.html", context)


def _is_date(text: str) -> bool:
    """Whether a browser's date field can hold ``text``."""
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _vary(response: web.Response) -> web.Response:
    response.headers["Vary"] = "Accept, HX-Request"
    return response
