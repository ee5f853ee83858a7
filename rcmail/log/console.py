"""A log line for a person at a terminal: ``19:03:11 INFO  db  connected  attempt=1``."""

import json
from datetime import datetime
from typing import Final

from rcmail.log.entries import CORE

_COLOURS: Final = {"WARNING": "\x1b[33m", "ERROR": "\x1b[31m", "CRITICAL": "\x1b[31;1m", "DEBUG": "\x1b[2m"}


def readable(line: str, *, colour: bool) -> str:
    """The JSON ``line`` for reading; nothing in it can steer the terminal. Local time."""
    data = json.loads(line)
    blocks = [str(data.pop(name)) for name in ("exception", "stack") if name in data]
    timestamp, level, service, event = (str(data.pop(name)) for name in CORE)
    context = " ".join(f"{printable(name)}={_quoted(value)}" for name, value in data.items())
    time = datetime.fromisoformat(timestamp).astimezone().strftime("%H:%M:%S")
    text = f"{time} {level:<7} {service:<7} {printable(event)}  {context}".rstrip()
    if colour and level in _COLOURS:
        text = f"{_COLOURS[level]}{text}\x1b[0m"
    return "\n".join([text, *(printable(part) for block in blocks for part in block.splitlines())])


def printable(text: str) -> str:
    """``text`` without the characters that a terminal would obey or that would break the line."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _quoted(value: object) -> str:
    text = printable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return f'"{text}"' if not text or " " in text else text
