"""Reading what a caller sends: a form or JSON, with a clear answer to everything that is neither."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.typedefs import Handler

from rcmail.errors import InvalidSettings

_FORM = "application/x-www-form-urlencoded"
_MAX_FIELDS = 50
BODY_SECONDS: Final = 10.0  # in which a body must have come
_LIMITS: Final[dict[object, int]] = {}


def is_json(request: web.Request) -> bool:
    """Whether the body says it is JSON."""
    return request.content_type == "application/json" or request.content_type.endswith("+json")


def is_form(request: web.Request) -> bool:
    """Whether the body says it is a form."""
    return request.content_type == _FORM


def takes(size: int) -> Callable[[Handler], Handler]:
    """Marks a handler whose requests may have bodies of ``size`` bytes, instead of those of the application."""

    def mark(handler: Handler) -> Handler:
        _LIMITS[handler] = size
        return handler

    return mark


def body_limit(request: web.Request) -> int:
    """How many bytes the body of this request may have."""
    return _LIMITS.get(request.match_info.handler, request.client_max_size)


async def read_fields(request: web.Request) -> dict[str, str]:
    """The fields of a form, each once; nothing where there is no body.

    Raises InvalidSettings for a field twice, and what read_pairs raises.
    """
    return _each_once(await read_pairs(request))


async def read_pairs(request: web.Request) -> list[tuple[str, str]]:
    """The fields of a form as they come, for one whose names may be there several times (a list of ticks).

    Raises 415 for another type, 400 for what is no form, and what _body raises.
    """
    body = await _body(request)
    if not body:
        return []
    if not is_form(request):
        raise web.HTTPUnsupportedMediaType(text=f"Send a form ({_FORM}) or JSON (application/json).")
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except UnicodeDecodeError:
        raise web.HTTPBadRequest(text="The form is not UTF-8 text.") from None
    except ValueError:
        raise web.HTTPBadRequest(text=f"The form has more than {_MAX_FIELDS} fields.") from None


async def read_json(request: web.Request) -> dict[str, str | None]:
    """A JSON object of texts and nulls. Raises InvalidSettings for other values, and what read_object raises."""
    found = await read_object(request)
    if wrong := {name: value for name, value in found.items() if not isinstance(value, str | None)}:
        raise InvalidSettings(dict.fromkeys(wrong, "must be a text, or null to remove it"))
    return found


async def read_object(request: web.Request) -> dict[str, Any]:
    """A JSON object. Raises 400 for what is not JSON, 422 for what is no object, and what _body raises."""
    body = await _body(request)
    try:
        found = json.loads(body.decode("utf-8"), object_pairs_hook=_each_once)
    except (ValueError, RecursionError):  # ValueError is also what a number of 5,000 digits raises
        raise web.HTTPBadRequest(text="The body is not JSON in UTF-8.") from None
    if not isinstance(found, dict):
        raise web.HTTPUnprocessableEntity(text='Send a JSON object, such as {"event_date": "2026-03-28"}.')
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise web.HTTPBadRequest(text="The JSON holds half of a character (a lone surrogate).") from None
    return found


async def _body(request: web.Request) -> bytes:
    """The whole body. Raises 413 for too much, 408 after BODY_SECONDS, 400 where it breaks off."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.clone(client_max_size=body_limit(request)).read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ConnectionError, web.RequestPayloadError):
        raise web.HTTPBadRequest(text="The body is not what its headers say, or broke off.") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as a dict: of two values for one name, none is the right one to keep."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise InvalidSettings({name: "is given more than once" for name in found if names.count(name) > 1})
    return found
