"""What Google does and ``emulate`` does not: the profile, histories that expire, more of ``q``, ``fields``, and
``full`` with the original charset, and a new message id whenever a draft is replaced."""

import base64
import json
import re
import secrets
from collections.abc import Awaitable, Callable
from email import message_from_bytes, policy
from email.message import Message
from typing import Any, Final

from multidict import MultiDict

from tests.gmail.emulate import Emulate, Mail, decoded
from tests.gmail.faults import Reply, refused
from tests.gmail.fields import only

Query = MultiDict[str]
Ask = Callable[[str, str, Query, bytes], Awaitable[Reply]]
"""A request to ``emulate``: method, path, query, body."""
_FAR: Final = "9" * 30
_SIFTED: Final = re.compile(r"(?<!\S)(-?)(larger|smaller|rfc822msgid):(\S+)", re.IGNORECASE)
_KNOWN: Final = re.compile(r"-?(label|in|is|from|to|subject|before|after|has):\S+|[^:]+")
_ME: Final = "/gmail/v1/users/me"
_HISTORY_ID: Final = re.compile(rb'("(?:historyId|id)": ?")(\d{21})(?=")')
_CALL: Final = re.compile(rf"{_ME}/(\w+)(?:/([^/]+))?(?:/(attachments)/([^/]+))?$")


class Additions:
    """They stand between the proxy and ``ask``, for the mailbox of ``address``."""

    def __init__(self, emulate: Emulate, address: str, ask: Ask) -> None:
        self._emulate = emulate
        self._address = address
        self._ask = ask
        self._oldest = 0  # history begins here
        self._shown: dict[str, str] = {}  # the message id that rcmail knows, by emulate's own
        self._real: dict[str, str] = {}
        self._gone: set[str] = set()

    async def answer(self, method: str, path: str, query: Query, body: bytes) -> Reply:
        """What Google would say."""
        fields = query.pop("fields", "")
        reply = await self._whole(method, path, query, body)
        if not fields or reply.status != 200:
            return reply
        try:
            return Reply(200, json.dumps(only(json.loads(reply.body), fields)).encode())
        except ValueError:
            return refused(400, "invalidParameter", "Invalid field selection")

    async def _whole(self, method: str, path: str, query: Query, body: bytes) -> Reply:
        call = _CALL.search(path)
        if call is None:
            return refused(404, "notFound", "Requested entity was not found.")
        if {call[2], call[4]} & self._gone:
            return refused(404, "notFound", "Requested entity was not found.")
        path = path.replace(call[2], self._real.get(call[2], call[2])) if call[2] else path
        match method, call[1], call[2]:
            case "GET", "profile", None:
                return await self._profile()
            case "GET", "history", None:
                reply = await self._history(query, path)
            case "GET", "messages", None:
                reply = await self._list(query, path)
            case "GET", "messages", _ if query.get("format", "full") in {"full", "metadata"} and not call[3]:
                reply = await self._parsed(query, path)
            case "GET", "drafts", None:
                reply = await self._drafts(query, path)
            case ("POST", "drafts", None) | ("PUT", "drafts", _):
                reply = await self._write(method, path, query, body)
            case _:
                reply = await self._ask(method, path, query, body)
        return self._with_ids(reply)

    async def expire_history(self) -> None:
        """No history id that was given out until now is known any more."""
        self._oldest = await self._now() + 1

    async def _now(self) -> int:
        reply = await self._ask("GET", f"{_ME}/history", MultiDict(startHistoryId=_FAR), b"")
        return max(int(json.loads(reply.body)["historyId"]) - self._emulate.oldest_history, self._oldest, 1)

    async def _profile(self) -> Reply:
        found = {"emailAddress": self._address, "historyId": str(await self._now())}
        return Reply(200, json.dumps(found).encode())

    async def _history(self, query: Query, path: str) -> Reply:
        start = query.get("startHistoryId", "")
        if start.isdecimal() and int(start) < self._oldest:
            return refused(404, "notFound", "Requested entity was not found.")
        query["startHistoryId"] = str(int(start) + self._emulate.oldest_history) if start.isdecimal() else start
        reply = await self._ask("GET", path, query, b"")
        if reply.status != 200:
            return reply
        found = json.loads(reply.body) | {"historyId": str(await self._now())}
        return Reply(200, json.dumps(_without_empty(found)).encode())

    async def _list(self, query: Query, path: str) -> Reply:
        """Emulate knows neither ``-in:`` nor sizes nor Message-IDs; Google leaves out a list that is empty."""
        query, asked = MultiDict(query), query.get("q", "")
        terms = [_term(term) for term in _SIFTED.sub("", asked).split()]
        if unknown := [term for term in terms if not _KNOWN.fullmatch(term)]:
            return refused(501, "notInTheRig", f"the test's Gmail does not know {unknown}")
        query["q"] = " ".join(terms)
        sieve = [(no, what.lower(), value) for no, what, value in _SIFTED.findall(asked)]
        reply = await (self._sifted(query, path, sieve) if sieve else self._ask("GET", path, query, b""))
        if reply.status != 200:
            return reply
        return Reply(200, json.dumps(_without_empty(json.loads(reply.body))).encode())

    async def _sifted(self, query: Query, path: str, sieve: list[tuple[str, str, str]]) -> Reply:
        """All of them that are of such a size, or have such a Message-ID, on one page."""
        found: list[Any] = []
        query.update(maxResults="500", pageToken="0")
        while query["pageToken"]:
            listed = json.loads((await self._ask("GET", path, query, b"")).body)
            for each in listed["messages"]:
                size, message_id = await self._facts(f"{path}/{each['id']}")
                found += [each] if all(_fits(size, message_id, *one) for one in sieve) else []
            query["pageToken"] = listed.get("nextPageToken", "")
        return Reply(200, json.dumps({"messages": found, "resultSizeEstimate": len(found)}).encode())

    async def _facts(self, path: str) -> tuple[int, str]:
        """Bytes and Message-ID of a message, which stay as they are but for a draft."""
        if facts := self._emulate.facts.get(path.rpartition("/")[2]):
            return facts
        found = json.loads((await self._ask("GET", path, MultiDict(format="metadata"), b"")).body)
        named = (each["value"] for each in found["payload"]["headers"] if each["name"] == "Message-ID")
        return found["sizeEstimate"] * 3 // 4, next(named, "").strip("<> ")

    async def _drafts(self, query: Query, path: str) -> Reply:
        """Emulate lists all drafts whatever ``q`` says."""
        wanted = MultiDict(q=f"{query.get('q', '')} in:draft", maxResults="500")
        messages = await self._list(wanted, path.replace("/drafts", "/messages"))
        drafts = await self._ask("GET", path, query, b"")
        if messages.status != 200 or drafts.status != 200:
            return messages
        listed = json.loads(drafts.body)
        ids = {each["id"] for each in json.loads(messages.body).get("messages", [])}
        listed["drafts"] = [each for each in listed["drafts"] if each["message"]["id"] in ids]
        return Reply(200, json.dumps(_without_empty(listed)).encode())

    async def _parsed(self, query: Query, path: str) -> Reply:
        """``full`` and ``metadata``: emulate mangles charsets, and knows ten fields of a header."""
        reply = await self._ask("GET", path, MultiDict(format="raw"), b"")
        if reply.status != 200:
            return reply
        found = json.loads(reply.body)
        payload = part_of(message_from_bytes(decoded(found.pop("raw")), policy=policy.compat32), "")
        if query.get("format") == "metadata":
            wanted = {name.lower() for name in query.getall("metadataHeaders", [])}
            headers = [each for each in payload["headers"] if not wanted or each["name"].lower() in wanted]
            payload = {"partId": "", "mimeType": payload["mimeType"], "filename": "", "headers": headers}
        return Reply(200, json.dumps({**found, "payload": payload}).encode())

    async def _write(self, method: str, path: str, query: Query, body: bytes) -> Reply:
        """A new draft, or another text for one: then its message has a new id."""
        wanted = json.loads(body)["message"]
        if not await self._is_there(str(wanted.get("threadId", ""))):
            return refused(404, "notFound", "Requested entity was not found.")
        reply = await self._ask(method, path, query, body)
        if reply.status == 200:
            real = str(json.loads(reply.body)["message"]["id"])
            self._emulate.facts[real] = Mail(decoded(wanted["raw"])).facts
            if method == "PUT":
                self._rename(real)
        return reply

    def _rename(self, real: str) -> None:
        self._gone.add(self._shown.get(real, real))
        shown = self._shown[real] = secrets.token_hex(8)
        self._real[shown] = real

    async def _is_there(self, thread: str) -> bool:
        """Emulate makes a thread of any name; Google does not."""
        return not thread or (await self._ask("GET", f"{_ME}/threads/{thread}", MultiDict(), b"")).status == 200

    def _with_ids(self, reply: Reply) -> Reply:
        body = _HISTORY_ID.sub(self._shorter, reply.body)
        for real, shown in self._shown.items():
            body = body.replace(f'"{real}"'.encode(), f'"{shown}"'.encode())
        return Reply(reply.status, body, reply.headers)

    def _shorter(self, found: re.Match[bytes]) -> bytes:
        return found[1] + str(int(found[2]) - self._emulate.oldest_history).encode()


def part_of(part: Message, number: str) -> dict[str, Any]:
    """The payload of ``format=full``; the bytes of an attachment are fetched by their own id."""
    name = part.get_filename() or ""
    found: dict[str, Any] = {
        "partId": number,
        "mimeType": part.get_content_type(),
        "filename": name,
        "headers": [{"name": key, "value": re.sub(r"\r?\n", "", str(value))} for key, value in part.items()],
    }
    inner = part.get_payload() if part.is_multipart() else []
    if isinstance(inner, list) and inner:
        parts = [each for each in inner if isinstance(each, Message)]
        below = [part_of(each, f"{number}.{place}".lstrip(".")) for place, each in enumerate(parts)]
        return {**found, "body": {"size": 0}, "parts": below}
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    where = {"attachmentId": f"part-{number}"} if name else {"data": base64.urlsafe_b64encode(data).decode()}
    return {**found, "body": {"size": len(data), **where}}


def _term(term: str) -> str:
    lower = term.lower()
    if lower in {"-in:chats", "-in:chat", "-is:chat"}:
        return "-label:CHAT"
    if lower in {"in:chats", "in:chat", "is:chat"}:
        return "label:CHAT"
    return f"-label:{term[4:]}" if lower.startswith(("-in:", "-is:")) else term


def _fits(size: int, message_id: str, no: str, what: str, value: str) -> bool:
    if what == "rfc822msgid":
        return (message_id == value.strip("<>")) is not bool(no)
    bound = int(value.rstrip("KMkm")) * {"K": 1024, "M": 1024 * 1024}.get(value[-1].upper(), 1)
    return (size > bound if what == "larger" else size < bound) is not bool(no)


def _without_empty(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value != []}
