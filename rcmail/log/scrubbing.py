"""Finding secrets inside texts: by their value, in every spelling they travel in, and by the shape of what
surrounds them (URLs, DSNs, headers, query strings, forms, SASL).

Texts come from strangers, so nothing here may cost more than a little per character: no pattern looks back
over an unbounded run, and repetitions before a fixed word are bounded.
"""

import base64
import binascii
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final

HIDDEN: Final = "[redacted]"

# Shorter configured secrets are not searched for: hiding every "abc" would leave no log to read.
MIN_SCRUBBED_LENGTH: Final = 4
# Longer texts are shown as their beginning and their end; what is looked through is bounded with it.
_LOOKED_AT: Final = 64 * 1024

_SHORT: Final = 64
_MEDIUM: Final = 256

_WORDS: Final = r"token|secret|pass[_ .-]?(?:w|phrase)|pwd|credential|key|authorization|cookie"
_SENSITIVE_NAME: Final = re.compile(_WORDS, re.IGNORECASE)
# Words that hold "key" and open no door.
_HARMLESS_NAME: Final = re.compile(
    r"(?:monkey|turkey|donkey|hockey|jockey|whiskey|lackey)s?"
    r"|key(?:board|pad|stroke|word|note|frame)s?|KeyError|key error",
    re.IGNORECASE,
)

_URL_PASSWORD: Final = re.compile(r"(://[^\s:/@\"'<>]{0,256}):(?!\d{1,5}(?:[/?#]|$))[^\s\"'<>]{1,1024}@")
_ENCODED_URL_PASSWORD: Final = re.compile(
    r"(%3A%2F%2F[^\s%&\"'<>]{0,256}%3A)[^\s&\"'<>]{1,1024}%40", re.IGNORECASE
)
_NAME: Final = re.compile(
    rf"(?:{_WORDS})[\w.\[\]-]{{0,64}}(?:\\{{0,4}}[\"']|%22)?\s{{0,8}}(?:=>|[=:]|%3D|%3A)\s{{0,8}}",
    re.IGNORECASE,
)
_NAME_BEFORE: Final = re.compile(r"[\w.-]*\Z")
_HEADER: Final = re.compile(r"authorization|cookie", re.IGNORECASE)
_REST_OF_LINE: Final = re.compile(r"[^\r\n]+")
_BARE_TAIL: Final = re.compile(r"[^\s&,;)\]}\"'>]*")
_NEXT: Final = r"\s{0,8}[\"']?[\w.-]{1,64}[\"']?\s{0,8}[=:]"  # another assignment follows: the value ended
_QUOTED: Final = re.compile(
    r"""[bru]{0,2}(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\\{1,4}"[^"]*"|\\{1,4}'[^']*')""",
    re.DOTALL | re.IGNORECASE,
)
_QUOTE: Final = re.compile(r"\\{0,4}[\"']")
_BARE: Final = re.compile(rf"(?:{re.escape(HIDDEN)}|%22.*?%22|)(?:(?!%26)[^\s&,;]|[&,;](?!{_NEXT}))*", re.DOTALL)
_BRACKET: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[\[({\])}]", re.DOTALL)
_OAUTH_WORDS: Final = "code|state|session_state|code_verifier|assertion|nonce"
_OAUTH: Final = re.compile(rf"(?<![\w.%-])(?:{_OAUTH_WORDS})=")
_OAUTH_ENCODED: Final = re.compile(rf"(?:%3F|%26)(?:{_OAUTH_WORDS})%3D", re.IGNORECASE)
_OAUTH_VALUE: Final = re.compile(r"[^&#\s\"'<>%]*(?:%(?!26)[^&#\s\"'<>%]*)*")
_LONGEST_CODE: Final = 2048
_SCHEME: Final = re.compile(
    r"\b(bearer(?:\s{1,8}|%20|\+)|auth(?:enticate)? (?:plain|login|xoauth2|oauthbearer|cram-md5) )"
    r"[\w.~+/=%-]{4,}",
    re.IGNORECASE,
)
_BASIC: Final = re.compile(r"\b(basic\s{1,8})([\w+/-]{4,}={0,2})", re.IGNORECASE)
# What Google and others hand out, recognisable by itself; SASL XOAUTH2 and OAUTHBEARER (RFC 7628) in base64
# begin with "user=" and "n,a="; https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
_SHAPES: Final = re.compile(
    r"ya29\.[\w.-]{10,}|1//0[\w-]{20,}|GOCSPX-[\w-]{10,}|AIza[\w-]{30,}|gh[pousr]_\w{20,}|sk-[\w-]{20,}"
    r"|(?<![a-zA-Z_-])eyJ[\w-]{8,2048}\.[\w-]{8,2048}\.[\w-]*|dXNlcj[0-3][\w+/-]{8,}={0,2}|bixhP[\w+/-]{8,}={0,2}"
    r"|-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|\Z)",
    re.DOTALL,
)
_SHAPE_HINTS: Final = (
    *("ya29.", "1//0", "gocspx-", "aiza", "sk-", "eyj", "dxnlcj", "bixhp", "private key"),
    *("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
)
_NAME_HINTS: Final = ("token", "secret", "pass", "pwd", "credential", "key", "authorization", "cookie")
# One of these is in every text that any of the patterns could change. Up to a length, one search for all is
# faster than one for each.
_TRIGGER: Final = re.compile(
    "[=@]|%3d|%40|bearer|auth|basic|" + "|".join(map(re.escape, (*_SHAPE_HINTS, *_NAME_HINTS)))
)
_BASE64_CHARACTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.-]+")


@lru_cache(maxsize=4096)
def is_sensitive(name: str) -> bool:
    """Whether a field of this name is hidden whatever it holds: docs/adr/0004."""
    return _SENSITIVE_NAME.search(_HARMLESS_NAME.sub(" ", name)) is not None


class Scrubber:
    """Hides secrets in texts. ``secrets`` are the configured values, recognised as they are and escaped,
    URL-encoded or in base64, alone or within something longer."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        # The longest first: a secret that begins with another one must not leave its tail behind.
        values = sorted({secret.strip() for secret in secrets}, key=len, reverse=True)
        values = [value for value in values if len(value) >= MIN_SCRUBBED_LENGTH]
        self._values = [(_anchor(value), _tolerant(value)) for value in values]
        cores = {core for value in values for core in _base64_cores(value)}
        self._encoded = [(_anchor(core), _tolerant_base64(core)) for core in sorted(cores, key=len, reverse=True)]
        self.has_number = any(not re.search(r"[^0-9.eE+-]", value) for value in values)
        anchors = {anchor for anchor, _ in (*self._values, *self._encoded)}
        # One pass tells for nearly every text that there is nothing to do; "" means: always look closely.
        self._hint = re.compile("|".join(map(re.escape, sorted(anchors, key=len)))) if anchors else None
        # Names of events, methods, addresses: most short texts have been seen before.
        self._short = lru_cache(maxsize=2048)(self._scrub)

    def __call__(self, text: str) -> str:
        """``text`` without secrets; lone surrogates, which UTF-8 cannot carry, come out as escapes."""
        if not text.isascii():
            text = text.encode("utf-8", "backslashreplace").decode()
        if len(text) <= _SHORT:
            return self._short(text)
        if len(text) <= 2 * _LOOKED_AT:
            return self._scrub(text)
        left_out = len(text) - 2 * _LOOKED_AT
        # A secret cut in two would not be recognised: what is next to the cut is not shown.
        head, tail = self._scrub(text[:_LOOKED_AT]), self._scrub(text[-_LOOKED_AT:])
        margin = _LOOKED_AT // 4
        return f"{head[:-margin]} … [{left_out} characters and more left out] … {tail[margin:]}"

    def values(self, text: str) -> str:
        """``text`` without the configured secrets only."""
        if self._hint is None or not self._hint.search(text):
            return text
        for anchor, pattern in self._values:
            if anchor in text:
                text = pattern.sub(HIDDEN, text)
        for anchor, pattern in self._encoded:
            if anchor in text and pattern.search(text):
                text = "".join(_without_runs(text, pattern))
        return text

    def _scrub(self, text: str) -> str:
        text = self.values(text)
        lower = text.lower()
        if len(text) <= _MEDIUM and not _TRIGGER.search(lower):
            return text
        # Searching for fixed words is some ten times as fast as the patterns, and most texts hold none.
        if any(word in lower for word in _SHAPE_HINTS):
            text = _SHAPES.sub(HIDDEN, text)
        if "://" in text and "@" in text:
            text = _URL_PASSWORD.sub(rf"\1:{HIDDEN}@", text)
        if "%40" in text:
            text = _ENCODED_URL_PASSWORD.sub(rf"\1{HIDDEN}%40", text)
        if "=" in text and ("&" in text or "?" in text or "#" in text):
            text = _hide_after(text, _OAUTH, _end_of_oauth_value)
        if "%3d" in lower:
            text = _hide_after(text, _OAUTH_ENCODED, _end_of_encoded_value)
        if any(word in lower for word in _NAME_HINTS):
            text = _hide_after(text, _NAME, _end_of_assigned_value)
        if "bearer" in lower or "auth" in lower or "basic" in lower:
            text = _SCHEME.sub(rf"\1{HIDDEN}", text)
            text = _BASIC.sub(_without_basic, text)
        return text


def _hide_after(text: str, name: re.Pattern[str], end_of_value: Callable[[str, re.Match[str]], int]) -> str:
    """``text`` with the value behind each ``name`` hidden. Where there is none to hide, the search goes on
    right behind the name: what looks like its value may hold another one."""
    parts: list[str] = []
    position = 0
    while found := name.search(text, position):
        parts.append(text[position : found.end()])
        position = found.end()
        end = end_of_value(text, found)
        if end > position:
            quote = _QUOTE.match(text, position)
            parts.append(f"{quote[0]}{HIDDEN}{quote[0]}" if quote else HIDDEN)
            position = end
    return "".join([*parts, text[position:]]) if parts else text


def _end_of_assigned_value(text: str, found: re.Match[str]) -> int:
    start = found.end()
    before = _NAME_BEFORE.search(text[max(0, found.start() - 32) : found.start()])
    if not is_sensitive(f"{before[0] if before else ''}{found[0].rstrip(' =:>')}"):
        return start
    if quoted := _QUOTED.match(text, start):
        return _end(_BARE_TAIL, text, quoted.end())
    if text.startswith((f"{HIDDEN},", f"{HIDDEN};"), start):
        return start + len(HIDDEN)
    # "Authorization: Digest username=…, response=…" is one value to the end of the line.
    if _HEADER.match(found[0]):
        return _end(_REST_OF_LINE, text, start)
    if text[start : start + 1] in ("{", "[", "(") and not text.startswith(HIDDEN, start):
        return _end_of_brackets(text, start)
    return _end(_BARE, text, start)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _end_of_brackets(text: str, start: int) -> int:
    depth = 0
    for token in _BRACKET.finditer(text, start):
        depth += (token[0] in "[({") - (token[0] in "])}")
        if depth == 0:
            return token.end()
    return len(text)


def _end_of_oauth_value(text: str, found: re.Match[str]) -> int:
    """In a query or in a form; "exit code=1" is neither."""
    start = found.end()
    if found.start() and text[found.start() - 1] in "?&#;":
        return _end(_OAUTH_VALUE, text, start)
    value = _OAUTH_VALUE.match(text, start, start + _LONGEST_CODE)
    return value.end() if value and text[value.end() : value.end() + 1] == "&" else start


def _end_of_encoded_value(text: str, found: re.Match[str]) -> int:
    return _end(_OAUTH_VALUE, text, found.end())


def _without_basic(found: re.Match[str]) -> str:
    """Only what decodes to ``user:password`` is hidden: "basic authentication" is not."""
    text = found[2].rstrip("=")
    try:
        decoded = base64.b64decode(
            text + "=" * (-len(text) % 4), altchars=b"-_" if set("-_") & set(text) else None
        )
    except (binascii.Error, ValueError):
        return found[0]
    return f"{found[1]}{HIDDEN}" if b":" in decoded else found[0]


def _anchor(text: str) -> str:
    """The longest piece of ``text`` that no encoding changes; empty where it is too short to tell anything."""
    longest = max(_PLAIN.findall(text), key=len, default="")
    return longest if len(longest) >= 3 else ""


def _tolerant(secret: str) -> re.Pattern[str]:
    """Finds ``secret`` as it stands, escaped (Python, JSON, HTML) and URL-encoded, also twice."""
    return re.compile("".join(re.escape(c) if _PLAIN.fullmatch(c) else _any_spelling(c) for c in secret))


def _any_spelling(character: str) -> str:
    octets = character.encode("utf-8", "surrogatepass")
    spellings = {
        rf"\\{{0,4}}{re.escape(character)}",
        "(?i:" + "".join(f"%(?:25){{0,3}}{octet:02x}" for octet in octets) + ")",
        re.escape(html.escape(character)),
        *(
            r"\\{1,4}" + re.escape(escaped[1:]).replace(r"\\", r"\\{1,4}")
            for escaped in (
                repr(character)[1:-1],
                json.dumps(character)[1:-1],
                "".join(f"\\x{octet:02x}" for octet in octets),
                character.encode("unicode_escape").decode(),
            )
            if escaped.startswith("\\") and len(escaped) > 1
        ),
        *([r"\+"] if character == " " else []),
    }
    return f"(?:{'|'.join(sorted(spellings, key=len, reverse=True))})"


def _base64_cores(secret: str) -> Iterator[str]:
    """What base64 makes of ``secret`` whatever stands before and behind it: a core for each of 3 alignments."""
    try:
        data = secret.encode("utf-8", "surrogateescape")  # os.environ's way with what is not UTF-8
    except UnicodeEncodeError:
        data = secret.encode("utf-8", "surrogatepass")
    for shift, dependent in ((0, 0), (1, 2), (2, 3)):
        encoded = base64.b64encode(b"\0" * shift + data).decode().rstrip("=")
        core = encoded[dependent : len(encoded) - bool((shift + len(data)) % 3)]
        if len(core) > MIN_SCRUBBED_LENGTH:
            yield core


def _tolerant_base64(core: str) -> re.Pattern[str]:
    """Finds ``core`` in the standard alphabet, in that for URLs, and URL-encoded."""
    spelling = {"+": "(?:[+-]|%2[Bb])", "/": "(?:[/_]|%2[Ff])"}
    return re.compile("".join(spelling.get(c, c) for c in core))


def _without_runs(text: str, core: re.Pattern[str]) -> Iterator[str]:
    """``text`` in pieces, with the whole run of base64 characters around each ``core`` hidden."""
    position = 0
    for found in core.finditer(text):
        start, end = found.span()
        if start < position:
            continue
        while start > position and text[start - 1] in _BASE64_CHARACTERS:
            start -= 1
        while end < len(text) and text[end] in _BASE64_CHARACTERS:
            end += 1
        yield text[position:start]
        yield HIDDEN
        position = end
    yield text[position:]
