"""The frame that a website's contact form puts around what a visitor wrote: labelled lines, then the message.

Contact Form 7: https://contactform7.com/editing-mail-template/ ; WPForms and Gravity Forms put the label on a line
of its own, or into a table.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rcmail.mail.labels import ADDRESS, FROM, MESSAGE, NAME, PHONE, SUBJECT, SURNAME, WHOSE

_NAMED: Final = (
    rf"(?P<name>{NAME})|(?P<address>{ADDRESS})|(?P<subject>{SUBJECT})|(?P<message>{MESSAGE})"
    rf"|(?P<more>{SURNAME}|{PHONE})"
)
_LABEL: Final = re.compile(
    rf"[*•\s]{{0,4}}(?:(?P<from>{FROM})|{WHOSE}(?:{_NAMED})|(?P<other>[^\W\d_][\w /'’-]{{0,30}}?))\s?\*?\s?[:："
    rf"|]\**[ \t]*(?P<value>.{{0,300}})",
    re.IGNORECASE,
)
_BARE_LABEL: Final = re.compile(rf"[*•\s]{{0,4}}{WHOSE}(?:{_NAMED})\s?\**\s*", re.IGNORECASE)
_ANY_ADDRESS: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])", re.IGNORECASE
)
# What stands before the message in a form of some fields.
_MOST_LINES: Final = 40


@dataclass(frozen=True, slots=True)
class Form:
    """What the labelled lines say; empty where they do not."""

    name: str = ""
    address: str = ""
    subject: str = ""


def read_form(text: str) -> Form | None:
    """The labelled lines at the beginning of ``text``, before the message; None where there are none.

    An address counts where its label says that it is one, or who sent the form: never one from the message.
    """
    found: dict[str, str] = {}
    for label, value in _labelled(text.splitlines()[:_MOST_LINES]):
        if label == "message":
            break
        address = _ANY_ADDRESS.search(value)
        if label in ("address", "from") and address:
            found.setdefault("address", address[0])
            value = value.replace(address[0], "").strip(" <>()[]\"'")
            label = "name"
        if value and label in ("name", "from", "subject"):
            found.setdefault("name" if label == "from" else label, value)
    if not found.get("address"):
        return None
    return Form(found.get("name", "")[:200], found["address"], found.get("subject", "")[:500])


def _labelled(lines: list[str]) -> Iterator[tuple[str, str]]:
    """The labels and their values, from the first line on as far as there are some."""
    waiting = ""
    strange = 0
    for line in (line.strip() for line in lines):
        if not line:
            continue
        if match := _LABEL.fullmatch(line):
            label, value = _label(match), match["value"].strip()
        elif match := _BARE_LABEL.fullmatch(line):
            label, value = _label(match), ""
        elif waiting:
            yield waiting, line
            waiting = ""
            continue
        else:
            # A sentence that greets (“You have a new message”), and then it is no form.
            strange += 1
            if strange > 2:
                return
            continue
        waiting = "" if value else label
        if value or label == "message":
            yield label, value


def _label(match: re.Match[str]) -> str:
    return next(name for name, text in match.groupdict().items() if text is not None and name != "value")
