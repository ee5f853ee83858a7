"""A Gmail of somebody else's making: the npm package ``emulate``, as a process of its own.

It knows what Google's API answers, and keeps mails, threads, drafts and history as Google does. What it lacks the
proxy adds, so nothing of ours but the proxy and the loaders speaks to it.
"""

import base64
import json
import platform
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from tests.support import free_port

NODE_MODULES: Final = Path(__file__).parent / "node_modules"
GROUP: Final = "repaircafe@example.org"
"""Whose mailbox it is."""
OTHER: Final = "somebody.else@example.org"
"""Another account of the volunteer's."""
_DECOY: Final = "decoy@example.org"  # whoever brings an unknown token gets the first user's mailbox
_UNKNOWN_PLACE: Final = "http://127.0.0.1/"
_MESSAGE_ID: Final = re.compile(rb"^Message-ID:\s*<([^>\s]*)>", re.MULTILINE | re.IGNORECASE)
# After so many requests it would refuse a token for the rest of the hour.
_REQUESTS_A_TOKEN: Final = 4000


@dataclass(frozen=True)
class Mail:
    """A mail to be put there. ``labels`` are Gmail's: INBOX, SENT, DRAFT, CHAT, SPAM, TRASH."""

    raw: bytes
    labels: Sequence[str] = ("INBOX",)
    thread: str | None = None
    received: datetime | None = None

    @property
    def facts(self) -> tuple[int, str]:
        """Its bytes, and its Message-ID as Google would have it in a query."""
        found = _MESSAGE_ID.search(self.raw)
        return len(self.raw), found[1].decode() if found else ""

    def as_json(self) -> dict[str, Any]:
        found = {"raw": base64.urlsafe_b64encode(self.raw).decode(), "threadId": self.thread}
        if self.received:
            found["internalDate"] = str(int(self.received.timestamp() * 1000))
        return {**{name: value for name, value in found.items() if value}, "labelIds": list(self.labels)}


class Emulate:
    """It runs from ``start`` to ``kill``; ``mails`` are in the group's mailbox from the first moment on."""

    def __init__(self, folder: Path, mails: Sequence[Mail] = (), group: str = GROUP) -> None:
        self.group = group
        self._seed = folder / "emulate.json"
        self._seed.write_text(json.dumps({"google": _seed(mails, group)}))
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._tokens: dict[str, list[str]] = {}
        self.oldest_history = (time.time_ns() // 1_000_000 - 86_400_000) * 10**8
        """Its history ids are moments, of 21 digits; Google's fit into 64 bits."""
        self._put_as_sent = sum("SENT" in mail.labels for mail in mails)
        self.facts = {_id(number): mail.facts for number, mail in enumerate(mails)}
        """Of the mails that were put here, by their ids: to ask emulate for each takes too long."""

    def start(self, wait: float = 30) -> None:
        """Start it with what it was made with, and return when it answers."""
        cpu = {"x86_64": "x64", "aarch64": "arm64"}[platform.machine()]
        node = NODE_MODULES / f"node-linux-{cpu}/bin/node"
        assert node.exists(), "make test-gmail installs what is missing"
        command = [str(node), str(NODE_MODULES / "emulate/dist/index.js"), "start", "--service", "google"]
        command += ["--port", str(self._port), "--seed", str(self._seed)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + wait
        while not self._answers():
            assert self._process.poll() is None, "emulate has ended"
            assert time.monotonic() < deadline, "emulate does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/.well-known/openid-configuration", timeout=5):
                return True
        except OSError:
            return False

    def token(self, address: str) -> str:
        """An access token for that mailbox that still has requests to spend; this is one of them."""
        left = self._tokens.setdefault(address, [])
        if not left:
            code = self.code(email=address, redirect_uri=_UNKNOWN_PLACE, scope="all", client_id="rig")
            form = {"grant_type": "authorization_code", "code": code, "client_id": "rig"}
            answer = self._ask("POST", "/oauth2/token", urllib.parse.urlencode(form).encode(), {})
            left += [answer["access_token"]] * _REQUESTS_A_TOKEN
        return left.pop()

    def code(self, **form: str) -> str:
        """What the consent page gives back where this form of it is sent."""
        answer = urllib.parse.urlsplit(self.consent(form))
        return urllib.parse.parse_qs(answer.query)["code"][0]

    def consent(self, form: dict[str, str]) -> str:
        """The address that the consent page leads to."""
        opener = urllib.request.build_opener(_NoRedirect)
        url = f"{self.url}/o/oauth2/v2/auth/callback"
        try:
            opener.open(url, urllib.parse.urlencode(form).encode(), timeout=10).close()
        except urllib.error.HTTPError as redirect:
            with redirect:
                return str(redirect.headers["Location"])
        raise AssertionError("the consent page leads nowhere")

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """What the API answers for the group's mailbox; ``path`` is below ``/gmail/v1/users/me``."""
        headers = {"Authorization": f"Bearer {self.token(self.group)}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        return self._ask(method, f"/gmail/v1/users/me{path}", data, headers)

    def _ask(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> Any:
        request = urllib.request.Request(f"{self.url}{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def put(self, mail: Mail) -> str:
        """Put a mail there, as if it had come or had been sent from Gmail's own page; its id."""
        self._put_as_sent += "SENT" in mail.labels
        key = str(self.ask("POST", "/messages", mail.as_json())["id"])
        self.facts[key] = mail.facts
        return key

    def raw(self, message: str) -> bytes:
        return decoded(self.ask("GET", f"/messages/{message}?format=raw")["raw"])

    def ids(self, query: str = "") -> list[str]:
        """All messages that ``query`` finds, but those in the trash and spam."""
        found: list[str] = []
        page: str | None = "0"
        while page is not None:
            wanted = urllib.parse.urlencode({"q": query, "maxResults": "500", "pageToken": page})
            answer = self.ask("GET", f"/messages?{wanted}")
            found += [each["id"] for each in answer["messages"]]
            page = answer.get("nextPageToken")
        return found

    def drafts(self) -> list[dict[str, Any]]:
        """Every draft with its ``id`` and its ``message``, whose ``raw`` is bytes."""
        listed = self.ask("GET", "/drafts?maxResults=500")["drafts"]
        whole = [self.ask("GET", f"/drafts/{each['id']}?format=raw") for each in listed]
        return [{**each, "message": {**each["message"], "raw": decoded(each["message"]["raw"])}} for each in whole]

    def sent(self) -> int:
        """How many mails are there as sent, beyond those that were put there so."""
        return len(self.ids("in:sent")) - self._put_as_sent

    def send_by_hand(self, draft: str, raw: bytes | None = None) -> str:
        """What a volunteer does in Gmail: send a draft, perhaps with other words; the new message's id."""
        [found] = [each["message"] for each in self.drafts() if each["id"] == draft]
        sent = self.put(Mail(raw or found["raw"], ("SENT",), found["threadId"]))
        self.ask("DELETE", f"/drafts/{draft}")
        return sent


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def decoded(raw: str) -> bytes:
    """Bytes as the API writes them."""
    return base64.urlsafe_b64decode(raw + "==")


def _seed(mails: Sequence[Mail], group: str) -> dict[str, Any]:
    users = [{"email": address} for address in (_DECOY, group, OTHER)]
    labels = [{"id": "CHAT", "name": "CHAT", "user_email": group}]
    seeded = [_seeded(number, mail, group) for number, mail in enumerate(mails)]
    return {"users": users, "labels": labels, "messages": seeded}


def _id(number: int) -> str:
    """Of a mail that is there from the first moment on; it looks like one of Google's."""
    return f"{0x18F000000000000 + number:016x}"


def _seeded(number: int, mail: Mail, group: str) -> dict[str, Any]:
    names = {"threadId": "thread_id", "labelIds": "label_ids", "internalDate": "internal_date"}
    return {
        "id": _id(number),
        "user_email": group,
        **{names.get(name, name): value for name, value in mail.as_json().items()},
    }
