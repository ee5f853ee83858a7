"""The settings there are: how each is called and explained, and what makes a value valid."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rcmail.errors import InvalidSettings
from rcmail.settings.values import (
    LANGUAGES,
    by_language,
    clean_addresses,
    clean_choice,
    clean_day,
    clean_days,
    clean_hours,
    clean_languages,
    clean_line,
    clean_lines,
    clean_list,
    clean_whole_number,
)
from rcmail.validation import clean_http_url, clean_model_name, clean_text


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
    is_long: bool = False
    """Several lines are usual."""
    choices: Sequence[str] = ()


_EVENT: Final = "The next event"
_HOUSE: Final = "Your Repair Café"
_ANSWERS: Final = "Your answers"
_MAIL: Final = "The mailbox"
_LLM: Final = "The language model"

_PER_LANGUAGE: Final = " To have it in several languages, begin one line for each with nl:, de:, en: or fr:."

# The event first: it is what a volunteer opens the page for.
KEYS: Final = (
    Key(
        name="event_date",
        group=_EVENT,
        label="Date of the next event",
        help="The day of the next Repair Café.",
        clean=clean_day,
        input_type="date",
    ),
    Key(
        name="event_time",
        group=_EVENT,
        label="Time",
        help="From when to when you are open, like 13:00–16:30, or only when you begin, like 13:00.",
        clean=clean_hours,
        placeholder="13:00–16:30",
    ),
    Key(
        name="event_further_dates",
        group=_EVENT,
        label="Dates after that",
        help="With commas between, like 2027-01-16, 2027-02-13. When the next event is over, the first of them"
        " takes its place by itself.",
        clean=clean_days,
        placeholder="2027-01-16, 2027-02-13",
    ),
    Key(
        name="event_location",
        group=_EVENT,
        label="Place",
        help="Where it is, as a visitor would look for it, like Community centre, 5 Mill Lane.",
        clean=by_language(clean_line),
        placeholder="Community centre, 5 Mill Lane",
    ),
    Key(
        name="event_offerings",
        group=_EVENT,
        label="What can be repaired",
        help="With commas between, like Electrical, Textiles, Bicycles." + _PER_LANGUAGE,
        clean=by_language(clean_list),
        placeholder="Electrical, Textiles, Bicycles",
        is_long=True,
    ),
    Key(
        name="not_repaired",
        group=_HOUSE,
        label="What you do not repair",
        help="With commas between, like Microwaves, Batteries of bicycles." + _PER_LANGUAGE,
        clean=by_language(clean_list),
        placeholder="Microwaves, Batteries of bicycles",
        is_long=True,
    ),
    Key(
        name="house_facts",
        group=_HOUSE,
        label="What visitors ask about the house",
        help="One fact a line, like “Last entry is at 15:45.” or “You can park behind the building.” Begin a line"
        " with nl:, de:, en: or fr: to say which language it is in.",
        clean=clean_lines,
        placeholder="en: Last entry is at 15:45.",
        is_long=True,
    ),
    Key(
        name="languages",
        group=_ANSWERS,
        label="Languages you answer in",
        help=f"Of {', '.join(LANGUAGES)}, with commas between, the one that you prefer first, like nl, en."
        " Empty: all four.",
        clean=clean_languages,
        placeholder="nl, de, en, fr",
    ),
    Key(
        name="reply_signature",
        group=_ANSWERS,
        label="What stands below your answers",
        help="Your closing, on one or several lines, like “Kind regards, the team of Repair Café”. Begin a line"
        " with nl:, de:, en: or fr: where it is for that language only.",
        clean=clean_lines,
        placeholder="Kind regards, the team",
        is_long=True,
    ),
    Key(
        name="drafts_by_themselves",
        group=_ANSWERS,
        label="Write drafts by itself",
        help="For yes, a draft is made for each visitor's question that comes in; for no, only where you ask for"
        " one. Empty: yes.",
        clean=clean_choice("yes", "no"),
        choices=("yes", "no"),
    ),
    Key(
        name="group_addresses",
        group=_MAIL,
        label="Your own mail addresses",
        help="The group's address and its other names, with commas between: mail from them is an answer of yours."
        " One that you add counts for the mail that is in already too.",
        clean=clean_addresses,
        placeholder="repaircafe@example.org",
    ),
    Key(
        name="waiting_days",
        group=_MAIL,
        label="Days that a question waits",
        help="An older one without an answer counts as closed. Empty: 60.",
        clean=clean_whole_number(1, 3650),
        placeholder="60",
    ),
    Key(
        name="mail_since",
        group=_MAIL,
        label="Sync mail since",
        help="Older mail stays in the mailbox and is not looked at; an earlier day brings in what lies before."
        " A file is always imported whole. Empty: two years back.",
        clean=clean_day,
        input_type="date",
    ),
    Key(
        name="sync_every_minutes",
        group=_MAIL,
        label="Minutes between two syncs",
        help="New mail then comes in by itself. Empty, or 0: only when somebody presses “Sync incoming”.",
        clean=clean_whole_number(0, 10_080),
        placeholder="0",
    ),
    Key(
        name="mail_keep_months",
        group=_MAIL,
        label="Months that mail is kept",
        help="Conversations whose newest mail is older are removed in the night, with their drafts, and do not"
        " come back with an import; your mailbox itself keeps them. Empty or 0: all are kept, for ever.",
        clean=clean_whole_number(0, 1200),
        placeholder="0",
    ),
    Key(
        name="llm_endpoint",
        group=_LLM,
        label="LLM endpoint",
        help="Where Ollama or llama.cpp’s server answers. Empty: the address from OLLAMA_BASE_URL.",
        clean=clean_http_url,
        input_type="url",
        placeholder="http://127.0.0.1:11434",
    ),
    Key(
        name="llm_model",
        group=_LLM,
        label="LLM model",
        help="The model that drafts the answers, by the name that “ollama list” shows. llama.cpp’s server has one,"
        " chosen when it is started: leave this empty for it.",
        clean=clean_model_name,
        placeholder="llama3.2",
        has_suggestions=True,
    ),
    Key(
        name="llm_server",
        group=_LLM,
        label="What answers there",
        help="For auto, or empty, rcmail finds out whether it is Ollama or llama.cpp’s server.",
        clean=clean_choice("auto", "ollama", "llama.cpp"),
        choices=("auto", "ollama", "llama.cpp"),
    ),
    Key(
        name="llm_may_be_remote",
        group=_LLM,
        label="It may be outside of this house",
        help="Visitors’ mail is sent to the endpoint. Only for yes may that be an address outside of your own"
        " network; a red line then says so on every page. Empty: no.",
        clean=clean_choice("yes", "no"),
        choices=("yes", "no"),
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
