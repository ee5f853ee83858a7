"""Finding secrets inside texts: by their value, and by what stands around them.

Texts come from strangers: what a pattern might have to take back is bounded, so that each character costs little.
"""

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

HIDDEN: Final = "[redacted]"

# Shorter configured secrets are not searched for: hiding every "abc" would leave no log to read.
MIN_SCRUBBED_LENGTH: Final = 4
# So much is looked at of the beginning and of the end of a longer text, and all but the margin at the cut shown.
_LOOKED_AT: Final = 64 * 1024
_MARGIN: Final = _LOOKED_AT // 4

# English words that hold "key" and open no door are no names of secrets.
_WORDS: Final = "token|secret|pass[_ .-]?(?:w|phrase)|pwd|credential|authorization|cookie"
_KEY: Final = "(?<!mon|tur|don|hoc|joc|lac)(?<!whis)key(?!board|pad|stroke|word|note|frame|[ ]?error)"
_SENSITIVE_NAME: Final = re.compile(f"{_WORDS}|{_KEY}", re.IGNORECASE)
_QUOTE: Final = r"""(?:\\{0,4}["']|&(?:quot|\#3[49]);|%2[27])"""  # bare, escaped, in HTML, in a URL
_OAUTH: Final = "(?:code|state|session_state|code_verifier|assertion|nonce)"

# Each pattern with words of which one is in every text it may change: to look for these is ten times as fast.
# Group 1 of what it finds stays, the rest is hidden.
_PATTERNS: Final = {
    # The password in a URL, which may be part of another URL. A port is none.
    "@|%40": r"""(?i) ((?::|%3A)(?:/|%2F){1,2} [^\s:/@"'<>]{0,256}? (?::|%3A)) (?!\d{1,5}(?:[/?\#]|$))
        [^\s"'<>]{1,1024} (?=@|%40)""",
    # "Bearer …"; "Basic …" where it is not English; what Google hands out; JWTs; private keys.
    "bearer|basic|ya29.|/0|%2f0|gocspx-|aiza|eyj|private key": r"""
        ( \b(?i:bearer)(?:\s|%20|\+){1,8} | \b(?i:basic)\s{1,8}(?=\w{0,256}?(?:[a-z][A-Z]|\d)) ) [\w.~+/=%-]{4,}
        | ya29\.[\w.-]{10,} | \b[14](?:/|%2F){1,2}0[\w-]{20,} | GOCSPX-[\w-]{10,} | AIza[\w-]{30,}
        | (?<![a-zA-Z])eyJ[\w.=-]{10,}
        | -----BEGIN[ ][A-Z ]{0,40}PRIVATE[ ]KEY----- (?s:.*?) (?:-----END[ ][A-Z ]{0,40}-----|\Z)""",
    # A header to the end of its line ("Digest username=…, response=…"), also as a pair of texts.
    "authorization|cookie": rf"""(?i) ((?:authorization|cookie)[\w-]{{0,32}} (?: {_QUOTE},\s{{0,8}}
        | {_QUOTE}?\s{{0,8}}(?:[=:]|%3D|%3A)\s{{0,8}}+(?![bru]{{0,2}}{_QUOTE}) ))  [^\r\n]+""",
    # name=value, name: value, "name": "value" (JSON, repr, forms, DSNs): to the closing quote; a structure to its
    # first closing bracket and the end of that line; anything else to white space or to the next field.
    "token|secret|pass|pwd|credential|key|authorization|cookie": rf"""(?i) ((?:{_WORDS}|{_KEY}) [\w.\[\]-]{{0,64}}+
        {_QUOTE}? \s{{0,8}} (?:=>|[=:]|%3D|%3A) \s{{0,8}} (?:[bru]{{0,2}}({_QUOTE}))? )
        (?(2) (?:.*?(?=(?<!\\)\2(?!\w))|.*)
        | (?=\S) (?:{re.escape(HIDDEN)}|[\[({{][^\])}}]{{0,2000}}.*)? (?:(?!&[\w.%\[\]-]{{1,64}}=|,["'])\S)* )""",
    # OAuth's code and state in a query or a form, which "exit code=1" is not.
    "code|state|assertion|nonce": rf"""( (?:[?&\#;]|%3F|%26) {_OAUTH} (?:=|%3D)
        | (?<![\w.%-]) {_OAUTH} = (?=[^&\s]{{1,512}}&) )  [^&\#\s"'<>]+""",
}
_RULES: Final = [(words.split("|"), re.compile(text, re.VERBOSE)) for words, text in _PATTERNS.items()]
_TRIGGER: Final = re.compile("|".join(re.escape(word) for words, _ in _RULES for word in words))


@lru_cache(maxsize=4096)
def is_sensitive(name: str) -> bool:
    """Whether a field of this name is hidden whatever it holds: docs/adr/0004."""
    return _SENSITIVE_NAME.search(name) is not None


class Scrubber:
    """Hides ``secrets``, the configured values, and whatever looks like a secret."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        # The longest first: a secret that begins with another one must not leave its tail behind.
        values = sorted({secret.strip() for secret in secrets}, key=len, reverse=True)
        values = [value for value in values if len(value) >= MIN_SCRUBBED_LENGTH]
        patterns = [*map(_any_spelling, values), *(core for value in values for core in _base64_cores(value))]
        self._values = re.compile("|".join(patterns)) if patterns else None

    def __call__(self, text: str) -> str:
        """``text`` without secrets; lone surrogates, which UTF-8 cannot carry, come out as escapes."""
        if not text.isascii():
            text = text.encode("utf-8", "backslashreplace").decode()
        if len(text) <= 2 * _LOOKED_AT:
            return self._scrub(text)
        # A secret cut in two would not be recognised: what is next to the cut is not shown.
        head, tail = self._scrub(text[:_LOOKED_AT])[:-_MARGIN], self._scrub(text[-_LOOKED_AT:])[_MARGIN:]
        return f"{head} … [{len(text) - 2 * _LOOKED_AT} characters and more left out] … {tail}"

    def _scrub(self, text: str) -> str:
        if self._values:
            text = self._values.sub(HIDDEN, text)
        lower = text.lower()
        if _TRIGGER.search(lower):
            for words, pattern in _RULES:
                if any(word in lower for word in words):
                    text = pattern.sub(rf"\1{HIDDEN}", text)
        return text


def _any_spelling(secret: str) -> str:
    """Finds ``secret`` with any of its characters as it is, escaped (Python, JSON, HTML) or URL-encoded."""
    parts = ["".join(map(_spellings, part)) for part in re.split(r"\\+", secret)]
    # A run of backslashes is found as a run of any length: a repetition for each of them would multiply.
    return r"(?:\\|%(?:25){0,3}5[Cc]){1,16}".join(parts)


def _spellings(character: str) -> str:
    if re.fullmatch(r"[\w.-]", character, re.ASCII):
        return re.escape(character)
    octets = character.encode("utf-8", "surrogatepass")
    escaped = {json.dumps(character)[1:-1], repr(character)[1:-1], repr(octets)[2:-1], html.escape(character)}
    escaped |= {character, character.replace(" ", "+"), f"&#{ord(character)};"}
    # Where one text was quoted within another, there are more backslashes than one.
    found = [r"\\{0,4}".join(["", *map(re.escape, one.strip("\\").split("\\"))]) for one in escaped]
    found.append("(?i:" + "".join(f"%(?:25){{0,3}}{octet:02x}" for octet in octets) + ")")
    return f"(?:{'|'.join(sorted(found, key=len, reverse=True))})"


def _base64_cores(secret: str) -> Iterator[str]:
    """What base64 makes of ``secret`` whatever stands before and behind it, at each of the 3 alignments."""
    data = secret.encode("utf-8", "surrogatepass")
    for shift, dependent in ((0, 0), (1, 2), (2, 3)):
        encoded = base64.b64encode(b"\0" * shift + data).decode().rstrip("=")
        core = encoded[dependent : len(encoded) - bool((shift + len(data)) % 3)]
        if len(core) >= MIN_SCRUBBED_LENGTH:
            yield core.replace("+", "(?:[+-]|%2[Bb])").replace("/", "(?:[/_]|%2[Ff])")
