"""The description of the JSON surface, for programs: ``GET /openapi.json``, OpenAPI 3.1.

https://spec.openapis.org/oas/v3.1.1 — built from what is declared elsewhere (settings, statuses, limits). A test
holds it against the routes, and schemathesis holds the service against it.
"""

import json
from functools import lru_cache
from typing import Any, Final

from aiohttp import web

from rcmail import __version__
from rcmail.health.base import ConnectionStatus, ServiceStatus, Verdict
from rcmail.log.entries import LEVELS
from rcmail.settings import KEYS
from rcmail.validation import MAX_LENGTH
from rcmail.web.logs import MAX_LIMIT, MAX_TEXT

Json = dict[str, Any]

SERVICES: Final = ("db", "llm", "mail")

# What the settings take, by the field they are typed in (settings.KEYS). JSON Schema has no words for all that the
# checks take: of dates and addresses less is promised here.
_SPACE: Final = r"[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*"  # str.strip()'s
_LABEL: Final = r"[a-z]([a-z0-9-]{0,20}[a-z0-9])?"
_PATTERNS: Final = {
    "date": r"(20[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]))?",
    "url": rf"(https?://{_LABEL}(\.{_LABEL}){{0,3}}(:[1-9][0-9]{{0,3}})?(/[A-Za-z0-9._~-]{{1,20}}){{0,3}})?",
    "text": r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]*",
}
_REQUEST_ID: Final = {
    "description": "Stands in every log entry that this request has made.",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
}


async def show(request: web.Request) -> web.Response:
    """``GET /openapi.json``: always JSON."""
    return web.Response(body=_as_json(), content_type="application/json", charset="utf-8")


@lru_cache(maxsize=1)
def _as_json() -> bytes:
    return json.dumps(describe(), ensure_ascii=False).encode()


def describe() -> Json:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "rcmail",
            "version": __version__,
            "description": (
                "The Repair Café Mail Assistant, as programs see it. Several of these addresses have a page for"
                " people too: send no `Accept`, or `application/json`, to get JSON. There is no login; requests"
                " under a name that is not rcmail's (421) and from pages of other sites (403) are refused."
            ),
        },
        "paths": _paths(),
        "components": {"schemas": _schemas(), "headers": {"X-Request-ID": _REQUEST_ID}},
    }


def _paths() -> Json:
    full = _parameter("full", {"type": "string", "examples": ["1"]}, "`1`: with what is known of the machine")
    service = {**_parameter("service", {"enum": list(SERVICES)}, "What to try", where="path"), "required": True}
    return {
        "/health": {
            "get": _operation(
                "How database, language model and mail are", {"200": _answer("Health")}, parameters=[full]
            )
        },
        "/health/live": {"get": _operation("Whether the process runs", {"200": _answer("Live")})},
        "/health/ready": {
            "get": _operation(
                "Whether it can serve: not while the database is away",
                {"200": _answer("Ready"), "503": _answer("Unready")},
            )
        },
        "/config": {
            "get": _operation("All settings", {"200": _answer("Settings"), "503": _answer("Error")}),
            "post": _operation(
                "Change settings: those that are named, all of them or none",
                {"200": _answer("Settings"), **_errors(400, 408, 413, 415, 422, 503)},
                body={"required": True, **_content("Changes")},
            ),
        },
        "/config/test/{service}": {
            "post": _operation(
                "Try a connection, with the settings that are sent, else with those that are saved; within 5 s",
                {"200": _answer("TestResult"), **_errors(400, 404, 408, 413, 415, 422)},
                parameters=[service],
                body={"required": False, **_content("Typed")},
            )
        },
        "/logs": {
            "get": _operation(
                "The latest log entries, the newest first",
                {"200": _answer("Logs"), **_errors(400)},
                parameters=_log_filter(),
            )
        },
        "/logs/stream": {
            "get": _operation(
                "Log entries from now on, as server-sent events: `entry` with HTML for the page, `skipped` with"
                " how many were left out",
                {
                    "200": {
                        "description": "Goes on until the service ends",
                        "headers": _HEADERS,
                        "content": {"text/event-stream": {"schema": {"type": "string"}}},
                    },
                    **_errors(400, 503),
                },
                parameters=[
                    *_log_filter(),
                    _parameter("after", {"type": "string"}, "The id of the last entry that is known"),
                    _parameter(
                        "Last-Event-ID", {"type": "string"}, "The same, for who comes back", where="header"
                    ),
                ],
            )
        },
        "/openapi.json": {"get": _operation("This description", {"200": _answer("Document")})},
    }


def _schemas() -> Json:
    text = {"type": "string"}
    status = {"enum": [status.value for status in ServiceStatus]}
    nullable = {key.name: {"type": ["string", "null"], "description": key.help} for key in KEYS}
    changes = {key.name: _setting(key.input_type) | {"description": key.help} for key in KEYS}
    health = _object(
        status={"enum": ["ok", "degraded"]},
        checks=_object(**dict.fromkeys(SERVICES, status)),
        details=_object(**dict.fromkeys(SERVICES, text)),
        version=text,
    )
    health["properties"]["machine"] = {
        "description": "With `full=1`: what is known of the machine",
        "type": "array",
        "items": _object(
            name=text, label=text, value=text, verdict={"enum": [each.value for each in Verdict]}, advice=text
        ),
    }
    error = _object(status={"type": "integer", "minimum": 400, "maximum": 599}, error=text)
    error["properties"]["errors"] = {
        "description": "What is wrong with each faulty field",
        "type": "object",
        "additionalProperties": text,
    }
    entry = _object(timestamp={"type": "string", "format": "date-time"}, level={"enum": list(LEVELS)})
    entry |= {"additionalProperties": True, "required": ["timestamp", "level", "service", "event"]}
    logs = _object(
        source={"enum": ["journal", "memory"]},
        filter={"type": "object", "additionalProperties": text},
        entries={"type": "array", "items": {"$ref": "#/components/schemas/LogEntry"}},
    )
    logs["properties"]["cut_off"] = {
        "description": "The search came no further back than this",
        "type": "string",
        "format": "date-time",
    }
    logs["properties"]["reason"] = {"type": "string", "description": "Why it is not the journal"}
    return {
        "Error": error,
        "Health": health,
        "Live": _object(status={"const": "alive"}),
        "Ready": _object(status={"const": "ready"}),
        "Unready": _object(status={"const": "unready"}, detail=text),
        "Settings": _object(**nullable),
        "Changes": {"type": "object", "properties": changes, "additionalProperties": False},
        "Typed": {
            "type": "object",
            "properties": nullable,
            "additionalProperties": {"type": ["string", "null"]},
        },
        "TestResult": _object(
            service={"enum": list(SERVICES)},
            status={"enum": [status.value for status in ConnectionStatus]},
            detail=text,
        ),
        "LogEntry": entry,
        "Logs": logs,
        "Document": {"type": "object", "required": ["openapi", "info", "paths"]},
    }


def _setting(input_type: str) -> Json:
    """What the setting typed in such a field takes; null and the empty text remove it."""
    return {
        "type": ["string", "null"],
        "maxLength": MAX_LENGTH,
        "pattern": f"^{_SPACE}{_PATTERNS[input_type]}{_SPACE}$",
    }


def _log_filter() -> list[Json]:
    return [
        _parameter("service", {"type": "string", "pattern": r"^[A-Za-z0-9_.@:-]{0,64}$"}, "Of this component"),
        _parameter("level", {"enum": ["", *map(str.lower, LEVELS)]}, "This important, or more"),
        _parameter("q", {"type": "string", "maxLength": MAX_TEXT}, "With this text in it"),
        _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}, "As many at most"),
    ]


def _operation(
    summary: str, responses: Json, *, parameters: list[Json] | None = None, body: Json | None = None
) -> Json:
    more = {"parameters": parameters or [], **({"requestBody": body} if body else {})}
    return {"summary": summary, **more, "responses": {**responses, "default": _answer("Error")}}


def _parameter(name: str, schema: Json, description: str, where: str = "query") -> Json:
    return {"name": name, "in": where, "description": description, "schema": schema}


_HEADERS: Final = {"X-Request-ID": {"$ref": "#/components/headers/X-Request-ID"}}


def _answer(schema: str) -> Json:
    return {"description": schema, "headers": _HEADERS, **_content(schema)}


def _errors(*statuses: int) -> Json:
    return {str(status): _answer("Error") for status in statuses}


def _content(schema: str) -> Json:
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}


def _object(**properties: Json) -> Json:
    """An object with just these members, all of them."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
