"""How values of several parts are written: lists, days, hours, and lines that are in a language each."""

import re
from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Final

from rcmail.validation import MAX_LENGTH, clean_mail_address, shows

LANGUAGES: Final = ("nl", "de", "en", "fr")
"""Those that rcmail answers in."""

Span = tuple[time, time | None]
"""From and to; without an end where only the beginning is said."""

_MARK: Final = re.compile(rf"({'|'.join(LANGUAGES)})\s{{0,9}}:\s{{0,9}}", re.IGNORECASE)
_HOUR: Final = r"([01]?\d|2[0-3])[:.]([0-5]\d)"
_HOURS: Final = re.compile(rf"{_HOUR}(?:\s{{0,3}}([-–])\s{{0,3}}{_HOUR})?", re.ASCII)
_DASHES: Final = str.maketrans("‐‑‒—−", "-----")


def clean_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("must be a single line")
    return text


def clean_day(text: str) -> str:
    try:
        return date.fromisoformat(clean_line(text)).isoformat()
    except ValueError:
        raise ValueError("is not a date; write it like 2026-03-28") from None


def clean_list(text: str) -> str:
    """Items with commas between; duplicates and what shows nothing go, the order stays."""
    first_spelling: dict[str, str] = {}
    for item in (" ".join(part.split()) for part in clean_line(text).split(",")):
        if shows(item):
            first_spelling.setdefault(item.casefold(), item)
    return _bounded(", ".join(first_spelling.values()), "with a space after each comma")


def _bounded(cleaned: str, how: str) -> str:
    if len(cleaned) > MAX_LENGTH:
        raise ValueError(f"is too long: {MAX_LENGTH} characters are the most, {how}; shorten it")
    return cleaned


def clean_addresses(text: str) -> str:
    return clean_list(", ".join(clean_mail_address(item) for item in items(clean_list(text))))


def clean_days(text: str) -> str:
    """Days in their order, each once."""
    return clean_list(", ".join(sorted({clean_day(item) for item in items(clean_list(text))})))


def clean_languages(text: str) -> str:
    codes = [item.lower() for item in items(clean_list(text))]
    if not set(codes) <= set(LANGUAGES):
        raise ValueError(f"has something in it that is none of {', '.join(LANGUAGES)}")
    return clean_list(", ".join(codes))


def clean_choice(*choices: str) -> Callable[[str], str]:
    def choice(text: str) -> str:
        if text.lower() not in choices:
            raise ValueError(f"must be {', '.join(choices[:-1])} or {choices[-1]}")
        return text.lower()

    return choice


def clean_whole_number(least: int, most: int) -> Callable[[str], str]:
    def number(text: str) -> str:
        if not (text.isascii() and text.isdecimal()) or len(text) > 6 or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return str(int(text))

    return number


def clean_hours(text: str) -> str:
    """``13:00–16:30`` or ``13:00``; the dash or hyphen stays as it was typed."""
    found = _HOURS.fullmatch(text.translate(_DASHES))
    if found is None:
        raise ValueError("is no time; write it like 13:00–16:30")
    start = f"{int(found[1]):02}:{found[2]}"
    if found[3] is None:
        return start
    end = f"{int(found[4]):02}:{found[5]}"
    if start >= end:
        raise ValueError("ends before it begins; write it like 13:00–16:30")
    return f"{start}{found[3]}{end}"


def hours(text: str) -> Span:
    """What ``clean_hours`` returned, as times."""
    start, _, end = text.replace("–", "-").partition("-")
    return time.fromisoformat(start), time.fromisoformat(end) if end else None


def clean_lines(text: str) -> str:
    """Lines, each without spaces around it; ``NL:`` at one's beginning is ``nl:``."""
    cleaned = "\n".join(_marked(mark, line) for mark, line in lines(text) if mark is None or shows(line))
    return _bounded(cleaned.strip(), "with a space after each colon")


def by_language(clean: Callable[[str], str]) -> Callable[[str], str]:
    """For one line that ``clean`` takes; or for several, each with its language before it."""

    def each(text: str) -> str:
        found = [each for each in lines(text) if shows(each[1])]
        marks = [mark for mark, _ in found]
        if len(found) > 1 and (None in marks or len(set(marks)) < len(marks)):
            raise ValueError("must be a single line, or one line for each language: nl: …, and below it de: …")
        cleaned = [_marked(mark, value) for mark, line in found if shows(value := clean(line))]
        joined = _bounded("\n".join(cleaned), "with a space after each comma and colon")
        # What stood before the first comma may have hidden a language's mark.
        return joined if lines(joined) == found or joined == text else each(joined)

    return each


def items(text: str) -> list[str]:
    """The items of a list as ``clean_list`` returned it."""
    return [item for item in text.split(", ") if item]


def lines(text: str) -> list[tuple[str | None, str]]:
    """The lines of a text, each with the language that stands at its beginning, and without it."""
    return list(_lines(text)) if text else []


def _lines(text: str) -> Iterator[tuple[str | None, str]]:
    for line in (each.strip() for each in text.split("\n")):
        if mark := _MARK.match(line):
            yield mark[1].lower(), line[mark.end() :]
        else:
            yield None, line


def _marked(mark: str | None, line: str) -> str:
    return f"{mark}: {line}" if mark else line
