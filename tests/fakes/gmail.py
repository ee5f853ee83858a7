"""A small Gmail with a sign-in before it, and everything that can be wrong with either."""

import asyncio
import json
import tomllib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from rcmail.log.redaction import Secret
from rcmail.mailbox.gmail.oauth import SCOPES, Client
from rcmail.mailbox.gmail.places import GmailPlaces
from rcmail.paths import DEFAULT_SETTINGS

CLIENT = Client(Secret("fake-client-id"), Secret("fake-client-secret"))
REFRESH_TOKEN = Secret("fake-refresh-token")
ADDRESS = "repair@example.org"
API = "/gmail/v1/users/me"
_DEFAULTS = tomllib.loads(DEFAULT_SETTINGS.read_text())
GOOGLE = GmailPlaces(*(_DEFAULTS[f"GMAIL_{name}_URL"] for name in ("API", "CONSENT", "TOKEN", "REVOKE")))
"""As rcmail has it where nothing else is set."""

Fault = Callable[[web.Request], Any]
"""Answers instead of Gmail, or returns None: then Gmail does."""


@dataclass
class Mail:
    raw: bytes
    labels: list[str] = field(default_factory=lambda: ["INBOX"])
    thread: str = "t1"
    date: int = 1_764_500_000_000


def refusal(status: int, *reasons: str, **head: str) -> Fault:
    """Google's way to say no."""
    errors = [{"domain": "usageLimits", "reason": reason, "message": "no"} for reason in reasons]
    body = {"error": {"code": status, "message": "no", "errors": errors}}

    def answer(_: web.Request) -> web.Response:
        return web.json_response(body, status=status, headers=head)

    return answer


def says(text: str | bytes, status: int = 200, kind: str = "application/json") -> Fault:
    body = text.encode() if isinstance(text, str) else text
    return lambda _: web.Response(body=body, status=status, content_type=kind)


async def cuts(request: web.Request) -> web.StreamResponse:
    """Promises more than comes."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"id": ')
    assert request.transport is not None
    request.transport.close()
    return response


def drips(first: bytes = b"{") -> Fault:
    """A byte now and then, for ever."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(first)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.05)

    return answer


async def breaks(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


class FakeGmail:
    """``faults`` are for the next requests, ``always`` for all; ``asked`` is what was."""

    def __init__(self) -> None:
        self.mails: dict[str, Mail] = {}
        self.drafts: dict[str, str] = {}
        """The message of each."""
        self.history: list[tuple[int, dict[str, Any]]] = []
        self.history_id = 1000
        self.history_begins = 0
        self.page_size = 500
        self.search_lags = False
        self.faults: list[Fault | None] = []
        self.always: Fault | None = None
        self.sign_in: Fault | None = None
        self.asked: list[str] = []
        self.queries: list[Mapping[str, str]] = []
        self.forms: list[Mapping[str, str]] = []
        self.scope = " ".join(SCOPES)
        self.good_for = 3600
        self.token = "access-0"
        self.places = GOOGLE
        self._count = 0

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["FakeGmail"]:
        app = web.Application(client_max_size=8 * 1024**2)
        app.router.add_post("/token", self._token)
        app.router.add_post("/revoke", self._token)
        app.router.add_route("*", "/{path:.*}", self._gmail)
        async with TestServer(app) as server:
            base = str(server.make_url("")).rstrip("/")
            self.places = GmailPlaces(base, f"{base}/consent", f"{base}/token", f"{base}/revoke")
            yield self

    def put(self, raw: bytes, *labels: str, key: str = "", thread: str = "t1", is_new: bool = True) -> str:
        """A mail comes."""
        self._count += 1
        key = key or f"m{self._count:015x}"
        self.mails[key] = Mail(raw, [*labels] or ["INBOX"], thread)
        if is_new:
            self.happened("messagesAdded", key)
        return key

    def happened(self, kind: str, key: str, *labels: str) -> None:
        self.history_id += 1
        message = {"id": key, "labelIds": self.mails[key].labels if key in self.mails else []}
        self.history.append((self.history_id, {kind: [{"message": message, "labelIds": list(labels)}]}))

    def expire(self) -> None:
        """The access token is no longer good."""
        self.token = f"{self.token}x"

    async def _token(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"POST {request.path}")
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.forms.append(form)
        if self.sign_in and (answer := await _of(self.sign_in, request)):
            return answer
        self.expire()
        content = {"access_token": self.token, "expires_in": self.good_for, "scope": self.scope}
        if form.get("grant_type") == "authorization_code":
            content["refresh_token"] = REFRESH_TOKEN.reveal()
        return web.json_response(content)

    async def _gmail(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"{request.method} {request.path.removeprefix(API)}")
        self.queries.append(dict(request.query))
        fault = self.faults.pop(0) if self.faults else self.always
        if fault and (answer := await _of(fault, request)):
            return answer
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return await _of(refusal(401, "authError"), request)
        content = self._answered(request, await request.json() if request.can_read_body else {})
        return web.json_response(content) if content is not None else await _of(refusal(404, "notFound"), request)

    def _answered(self, request: web.Request, body: dict[str, Any]) -> dict[str, Any] | None:
        query = request.query
        match [request.method, *request.path.removeprefix(API).strip("/").split("/")]:
            case ["GET", "profile"]:
                return {"emailAddress": ADDRESS, "historyId": str(self.history_id)}
            case ["GET", "messages"]:
                return self._page("messages", [{"id": key} for key in self._found(query.get("q", ""))], query)
            case ["GET", "messages", key]:
                return self._message(key, query.get("format", "full"))
            case ["GET", "threads", thread]:
                keys = [key for key, mail in self.mails.items() if mail.thread == thread]
                return {"messages": [self._message(key, "minimal") for key in keys]} if keys else None
            case ["GET", "history"]:
                start = int(query["startHistoryId"])
                if start < self.history_begins:
                    return None
                records = [record for number, record in self.history if number > start]
                return self._page("history", records, query) | {"historyId": str(self.history_id)}
            case ["GET", "drafts"]:
                found = self._searched(query["q"]) if "q" in query else [*reversed(self.drafts)]
                listed = [{"id": key, "message": {"id": self.drafts[key]}} for key in found]
                return self._page("drafts", listed, query)
            case ["GET", "drafts", draft] if draft in self.drafts:
                return self._draft(draft, query.get("format", "full"))
            case ["POST", "drafts"]:
                self._count += 1
                return self._written(f"r-{self._count}", body["message"])
            case ["PUT", "drafts", draft] if draft in self.drafts:
                del self.mails[self.drafts[draft]]
                return self._written(draft, body["message"])
        return None

    def _written(self, draft: str, message: dict[str, Any]) -> dict[str, Any] | None:
        thread = message.get("threadId")
        if thread and thread not in {mail.thread for mail in self.mails.values()}:
            return None
        raw = urlsafe_b64decode(message["raw"])
        self.drafts[draft] = self.put(raw, "DRAFT", thread=thread or f"t{self._count}new")
        return self._draft(draft, "minimal")

    def _draft(self, draft: str, form: str) -> dict[str, Any]:
        return {"id": draft, "message": self._message(self.drafts[draft], form)}

    def _searched(self, query: str) -> list[str]:
        wanted = query.removeprefix("rfc822msgid:").encode()
        return (
            []
            if self.search_lags
            else [key for key, mail in self.drafts.items() if wanted in self.mails[mail].raw]
        )

    def _found(self, query: str) -> list[str]:
        keys = [key for key, mail in self.mails.items() if not {"DRAFT", "CHAT", "SPAM", "TRASH"} & {*mail.labels}]
        if "larger:" in query:
            most = int(query.split("larger:")[1].split()[0])
            keys = [key for key in keys if len(self.mails[key].raw) > most]
        return keys[::-1]

    def _page(self, name: str, items: list[Any], query: Mapping[str, str]) -> dict[str, Any]:
        start, size = int(query.get("pageToken", 0)), min(self.page_size, int(query.get("maxResults", 100)))
        page: dict[str, Any] = {name: items[start : start + size]} if items[start : start + size] else {}
        return page | ({"nextPageToken": str(start + size)} if len(items) > start + size else {})

    def _message(self, key: str, form: str) -> dict[str, Any] | None:
        if not (mail := self.mails.get(key)):
            return None
        content: dict[str, Any] = {"id": key, "threadId": mail.thread, "labelIds": mail.labels}
        content["internalDate"] = str(mail.date)
        if form == "raw":
            content["raw"] = urlsafe_b64encode(mail.raw).decode()
        elif form != "minimal":
            content["payload"] = json.loads(json.dumps(_payload(mail.raw, form)))
        return content


def _payload(raw: bytes, form: str) -> dict[str, Any]:
    from email import message_from_bytes

    return _part(message_from_bytes(raw), form)


def _part(part: Any, form: str) -> dict[str, Any]:
    found: dict[str, Any] = {"mimeType": part.get_content_type(), "filename": part.get_filename() or ""}
    found["headers"] = [{"name": name, "value": str(value)} for name, value in part.items()]
    if form == "full" and part.is_multipart():
        found["parts"] = [_part(each, form) for each in part.get_payload()]
    elif form == "full":
        data = part.get_payload(decode=True) or b""
        is_text = part.get_content_maintype() == "text" and not part.get_filename()
        more = {"data": urlsafe_b64encode(data).decode()} if is_text else {"attachmentId": "a" * 300}
        found["body"] = {"size": len(data), **more}
    return found


async def _of(fault: Fault, request: web.Request) -> web.StreamResponse:
    answer: Any = fault(request)
    return await answer if asyncio.iscoroutine(answer) else answer  # type: ignore[no-any-return]
