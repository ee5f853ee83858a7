"""What the mail page says for the words that programs use."""

from datetime import datetime
from typing import Final

from rcmail.clock import today

STATE: Final = {
    "waiting": "waits",
    "drafted": "draft ready",
    "approved": "approved",
    "pushed": "in your drafts",
    "answered": "answered",
    "closed": "closed",
}
STATE_AT_LENGTH: Final = {
    "waiting": "waits for an answer",
    "drafted": "waits; a draft is ready",
    "approved": "its draft is approved",
    "pushed": "its draft is in your mailbox",
    "answered": "answered",
    "closed": "closed",
}
KIND: Final = {"visitor": "a visitor’s", "unsure": "not sure whose", "other": "not a visitor’s"}
LANGUAGE: Final = {
    "nl": "Dutch",
    "de": "German",
    "en": "English",
    "fr": "French",
    "it": "Italian",
    "es": "Spanish",
    "other": "another language",
}
# What was decided, as the page says it once, and later on.
SAID: Final = {
    "closed": "Closed: it needs no answer.",
    "waiting": "It waits for an answer again.",
    "visitor": "Noted: it is a visitor’s.",
    "other": "Noted: it is not a visitor’s.",
    "unsure": "Noted: nobody is sure whose it is.",
    "note": "The note is saved.",
    "draft-saved": "The draft is saved.",
    "draft-approved": "Approved: this is what will be written into your mailbox. rcmail never sends it.",
    "draft-discarded": "The draft is thrown away.",
    "draft-ready": "The draft can be changed again.",
    "draft-asked": "A draft is being made.",
    "draft-started": "This is the draft now. What was there before is among the earlier texts.",
    "undone": "Undone: it is as it was before.",
    "not-undone": "Nothing was undone: it was undone already, or somebody has decided something else since. This"
    " is how it is now.",
}
DECIDED: Final = {
    "closed": "it needs no answer",
    "waiting": "it waits for an answer",
    "visitor": "it is a visitor’s",
    "other": "it is not a visitor’s",
    "unsure": "not sure whose it is",
    "note": "the note is changed",
}


def short(moment: datetime) -> str:
    """The time where it was today, else the day; by the clock where the machine stands."""
    local = moment.astimezone()
    if local.date() == today():
        return f"{local:%H:%M}"
    return f"{local:%-d %b}" if local.year == today().year else f"{local:%-d %b %Y}"


def long(moment: datetime) -> str:
    """The day of the week, the day and the time, with the year where it is another one."""
    local = moment.astimezone()
    return f"{local:%a %-d %b, %H:%M}" if local.year == today().year else f"{local:%a %-d %b %Y, %H:%M}"


def size(count: int) -> str:
    """So many bytes, as people say it; empty for none, which is what the rest of a very long mail has."""
    if count < 1000:
        return f"{count} bytes" if count else ""
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def cut(text: str, most: int) -> str:
    """``text`` on one line, no longer than ``most`` letters."""
    line = " ".join(text[: most * 2].split())
    return line if len(line) <= most and len(text) <= most * 2 else f"{line[:most].rstrip()}…"
