"""docs/openapi.yaml: complete, true to what is declared, and the same errors everywhere."""

import re
from typing import Any

import pytest
import yaml
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from rcmail import keys
from rcmail.errors import InvalidSettings
from rcmail.settings.keys import BY_NAME, clean_all
from rcmail.validation import MAX_LENGTH
from tests.conftest import Client
from tests.support import ROOT

TEXT = (ROOT / "docs/openapi.yaml").read_text()
DOCUMENT: dict[str, Any] = yaml.safe_load(TEXT)
SCHEMAS: dict[str, dict[str, Any]] = DOCUMENT["components"]["schemas"]
# What each setting takes, with what its $ref leads to.
CHANGES: dict[str, dict[str, Any]] = {
    name: SCHEMAS[change["$ref"].rpartition("/")[2]] | change if "$ref" in change else change
    for name, change in SCHEMAS["Changes"]["properties"].items()
}
# What is for people only: pages, parts of pages, and the files they are made with.
FOR_PEOPLE = {
    "/", "/health/fragment", "/health/notices", "/config/models", "/logs/new", "/door",
    "/static", "/static/htmx",
}  # fmt: skip
# Forms without JavaScript; programs have PUT and DELETE for it.
FORMS = {
    ("POST", "/mail/{id}/decide"), ("POST", "/mail/{id}/unhelpful"), ("POST", "/mail/sync/stop"),
    ("POST", "/config/timing/look"), ("POST", "/config/timing/stop"),
    ("POST", "/mail/{id}/draft/edit"), ("POST", "/mail/{id}/draft/make"), ("POST", "/mail/drafts/sync/stop"),
}  # fmt: skip
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def operations() -> set[tuple[str, str]]:
    return {(method.upper(), path) for path, item in DOCUMENT["paths"].items() for method in METHODS & set(item)}


def served(app: web.Application) -> set[tuple[str, str]]:
    """Every method and address, less the HEAD that each GET brings along."""
    return {
        (route.method, route.resource.canonical)
        for route in app.router.routes()
        if route.resource is not None and route.method != "HEAD"
    }


def test_every_json_route_is_described_and_nothing_more(client: Client) -> None:
    for_people = {("GET", path) for path in FOR_PEOPLE} | FORMS
    assert for_people < served(client.app)
    assert served(client.app) - for_people == operations()


async def test_what_is_for_people_gives_no_json(client: Client) -> None:
    for path in FOR_PEOPLE - {"/static", "/static/htmx"}:
        assert (await client.get(path)).content_type == "text/html"


def test_nothing_is_named_that_is_not_there_and_nothing_is_there_that_is_not_named() -> None:
    named = set(re.findall(r"\$ref: '#/components/([a-z]+/[A-Za-z-]+)'", TEXT))
    named |= {f"securitySchemes/{name}" for need in DOCUMENT["security"] for name in need}
    assert named == {f"{kind}/{name}" for kind, items in DOCUMENT["components"].items() for name in items}


async def test_its_services_are_those_that_are_checked_and_tried(client: Client) -> None:
    described = SCHEMAS["TestResult"]["properties"]["service"]["enum"]
    health = await (await client.get("/health")).json()
    assert list(health["checks"]) == list(health["details"]) == described
    assert all(service in client.app[keys.CONNECTION_TESTS].labels for service in described)


async def test_the_facts_of_the_machine_are_as_they_are_described(client: Client) -> None:
    described = SCHEMAS["Fact"]["properties"]
    facts = (await (await client.get("/health?full=1")).json())["machine"]
    assert facts
    for fact in facts:
        assert set(fact) == set(described)
        assert fact["verdict"] in described["verdict"]["enum"]


def test_every_setting_is_described_and_no_other() -> None:
    assert list(CHANGES) == SCHEMAS["Settings"]["required"] == list(BY_NAME)
    assert all(change["description"] and change["maxLength"] == MAX_LENGTH for change in CHANGES.values())


@given(st.data())
def test_it_promises_no_setting_that_is_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(CHANGES)))
    text = data.draw(
        st.from_regex(CHANGES[name]["pattern"].replace("$", r"\Z"), alphabet=st.characters(codec="utf-8"))
    )
    assert set(clean_all({name: text[: CHANGES[name]["maxLength"]]})) == {name}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("event_date", "2026-02-30"), ("event_date", "2026-13-01"), ("event_date", "soon"),
        ("event_location", "a\nb"), ("event_location", "a\x85b"), ("event_location", "a\x00b"),
        ("event_offerings", "a\u2028b"), ("llm_model", "a\rb"),
        ("llm_endpoint", "ollama"), ("llm_endpoint", "ftp://ollama"), ("llm_endpoint", "http://"),
        ("llm_endpoint", "http://a b"),
    ],
)  # fmt: skip
def test_what_is_refused_it_does_not_promise(name: str, text: str) -> None:
    assert not re.search(CHANGES[name]["pattern"], text)
    with pytest.raises(InvalidSettings):
        clean_all({name: text})


FAULTY: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", "/nowhere", {}, 404),
    ("PUT", "/config", {}, 405),
    ("POST", "/config", {}, 400),
    ("POST", "/config", {"data": b"{", "headers": {"Content-Type": "application/json"}}, 400),
    ("POST", "/config", {"data": b"<a/>", "headers": {"Content-Type": "application/xml"}}, 415),
    ("POST", "/config", {"json": {"event_date": "soon", "colour": "red"}}, 422),
    ("POST", "/config", {"json": {"event_date": 1}}, 422),
    ("POST", "/config", {"json": []}, 422),
    ("POST", "/config", {"data": {"event_date": "soon"}, "headers": {"Accept": "application/json"}}, 422),
    ("POST", "/config", {"data": b"x" * 70_000}, 413),
    ("POST", "/config/test/db", {"json": {"event_date": []}}, 422),
    ("POST", "/config/test/fax", {}, 404),
    ("GET", "/logs?limit=many", {}, 400),
    ("GET", "/logs?limit=", {}, 400),
    ("GET", "/logs/new?colour=red", {}, 400),
    ("GET", "/", {"headers": {"Host": "evil.example"}}, 421),
    ("POST", "/config", {"json": {}, "headers": {"Origin": "http://evil.example"}}, 403),
]


@pytest.mark.parametrize(("method", "path", "request_", "status"), FAULTY)
async def test_every_error_has_the_one_shape(
    client: Client, method: str, path: str, request_: dict[str, Any], status: int
) -> None:
    shape = SCHEMAS["Error"]
    response = await client.request(method, path, **request_)
    assert response.status == status
    found = await response.json()
    assert set(shape["required"]) <= set(found) <= set(shape["properties"])
    assert found["status"] == status
    assert isinstance(found["error"], str)
    assert found["error"].strip()
    if status == 422 and "errors" in found:
        assert all(isinstance(text, str) and text for text in found["errors"].values())


async def test_of_faulty_fields_each_is_named(client: Client) -> None:
    response = await client.post("/config", json={"event_date": "soon", "colour": "red", "llm_model": "m"})
    found = await response.json()
    assert set(found["errors"]) == {"event_date", "colour"}
    assert found["error"] == "Nothing was saved: some settings are not valid."
