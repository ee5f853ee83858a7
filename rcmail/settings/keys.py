"""The settings there are: how each is called and explained, and what makes a value valid."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from rcmail.errors import InvalidSettings
from rcmail.validation import MAX_LENGTH, clean_http_url, clean_mail_address, clean_model_name, clean_text, shows


@dataclass(frozen=True, slots=True)
class Key:
    """One setting: how it is called, explained, typed in, and what makes a value valid.

    ``clean`` takes a non-empty text as ``clean_text`` leaves it and returns what is stored, which it has to leave
    as it is, or raises ValueError with a sentence.
    """

    name: str
    group: str
    label: str
    help: str
    clean: Callable[[str], str]
    input_type: str = "text"
    placeholder: str = ""
    has_suggestions: bool = False


def _line(text: str) -> str:
    if "\n" in text:
        raise ValueError("must be a single line")
    return text


def _iso_date(text: str) -> str:
    try:
        return date.fromisoformat(_line(text)).isoformat()
    except ValueError:
        raise ValueError("is not a date; write it like 2026-03-28") from None


def _list(text: str) -> str:
    """Items with commas between; duplicates and what shows nothing go, the order stays."""
    first_spelling: dict[str, str] = {}
    for item in (" ".join(part.split()) for part in _line(text).split(",")):
        if shows(item):
            first_spelling.setdefault(item.casefold(), item)
    cleaned = ", ".join(first_spelling.values())
    if len(cleaned) > MAX_LENGTH:
        raise ValueError(
            f"is too long: {MAX_LENGTH} characters are the most, with a space after each comma; shorten it"
        )
    return cleaned


def _addresses(text: str) -> str:
    items = _list(text).split(", ")
    return _list(", ".join(clean_mail_address(item) for item in items if item))


def _whole_number(least: int, most: int) -> Callable[[str], str]:
    def number(text: str) -> str:
        if not (text.isascii() and text.isdecimal()) or len(text) > 6 or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return str(int(text))

    return number


_EVENT: Final = "The next event"
_MAIL: Final = "The mailbox"
_LLM: Final = "The language model"

# The event first: it is what a volunteer opens the page for.
KEYS: Final = (
    Key(
        name="event_date",
        group=_EVENT,
        label="Date of the next event",
        help="The day of the next Repair Café.",
        clean=_iso_date,
        input_type="date",
    ),
    Key(
        name="event_location",
        group=_EVENT,
        label="Place",
        help="Where it is, as a visitor would look for it.",
        clean=_line,
        placeholder="Community centre, 5 Mill Lane",
    ),
    Key(
        name="event_offerings",
        group=_EVENT,
        label="What can be repaired",
        help="With commas between.",
        clean=_list,
        placeholder="Electrical, Textiles, Bicycles",
    ),
    Key(
        name="group_addresses",
        group=_MAIL,
        label="Your own mail addresses",
        help="The group's address and its other names, with commas between: mail from them is an answer of yours."
        " One that you add counts for the mail that is in already too.",
        clean=_addresses,
        placeholder="repaircafe@example.org",
    ),
    Key(
        name="waiting_days",
        group=_MAIL,
        label="Days that a question waits",
        help="An older one without an answer counts as closed. Empty: 60.",
        clean=_whole_number(1, 3650),
        placeholder="60",
    ),
    Key(
        name="llm_endpoint",
        group=_LLM,
        label="LLM endpoint",
        help="Where Ollama answers. Empty: the address from OLLAMA_BASE_URL.",
        clean=clean_http_url,
        input_type="url",
        placeholder="http://127.0.0.1:11434",
    ),
    Key(
        name="llm_model",
        group=_LLM,
        label="LLM model",
        help="The model that drafts the answers, by the name that “ollama list” shows.",
        clean=clean_model_name,
        placeholder="llama3.2",
        has_suggestions=True,
    ),
)
BY_NAME: Final = MappingProxyType({key.name: key for key in KEYS})


def clean(name: str, text: str) -> str | None:
    """What is stored for ``text``, None where it removes the setting.

    Raises KeyError for an unknown name and ValueError with a sentence.
    """
    key = BY_NAME[name]
    if not (text := clean_text(text)):
        return None
    return key.clean(text) or None


def clean_all(changes: Mapping[str, str]) -> dict[str, str]:
    """What is to be stored, empty where the setting is removed. Raises InvalidSettings that names each key."""
    cleaned: dict[str, str] = {}
    problems: dict[str, str] = {}
    for name, text in changes.items():
        try:
            cleaned[name] = clean(name, text) or ""
        except KeyError:
            problems[name] = f"is not a setting; there are {', '.join(BY_NAME)}"
        except ValueError as error:
            problems[name] = str(error)
    if problems:
        raise InvalidSettings(problems)
    return cleaned
