"""All that a text mentions, in its order."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from rcmail.mail.mentions.buildings import buildings
from rcmail.mail.mentions.clock import hours, spans
from rcmail.mail.mentions.contacts import addresses, phones
from rcmail.mail.mentions.dates import Found, dates, weekdays
from rcmail.mail.mentions.digits import digits
from rcmail.mail.mentions.mention import Mention, plain, small
from rcmail.mail.mentions.money import money
from rcmail.mail.mentions.names import greeted, signed
from rcmail.mail.mentions.nth import nth_weekdays
from rcmail.mail.mentions.parts import parts_of_months
from rcmail.mail.mentions.relative import relative_weekdays
from rcmail.mail.mentions.soon import soon
from rcmail.mail.mentions.spoken import spoken
from rcmail.mail.mentions.streets import streets
from rcmail.mail.mentions.swiss import swiss
from rcmail.mail.mentions.worded import worded

# Letters of a text that are looked at.
_LETTERS: Final = 100_000
# Days that a mail may be of: it says so itself, and there is none before the first year or after the last.
_FIRST: Final = date(1900, 1, 1)
_LAST: Final = date(2999, 1, 1)


def find(text: str, written: date) -> list[Mention]:
    """As ``mentions``."""
    text, written = text[:_LETTERS], min(max(written, _FIRST), _LAST)
    taken = bytearray(len(text))
    found = []
    for start, end, kind, value in _found(text, written):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(Mention(start, end, text[start:end], kind, value))
    return sorted(found, key=lambda each: each.start)


def _found(text: str, written: date) -> Iterator[Found]:
    """Everything, what is surer first."""
    flat = plain(text)
    low = small(flat)
    yield from addresses(low)
    days = [*dates(flat, low, written), *worded(flat, low, written), *digits(low, written)]
    yield from days
    yield from nth_weekdays(low, written)
    yield from relative_weekdays(low, written)
    yield from soon(flat, low, written)
    yield from parts_of_months(low, written)
    yield from spans(low)
    yield from money(low)
    yield from swiss(low)
    yield from spoken(low)
    yield from hours(low)
    yield from greeted(text)  # “mevrouw De Graaf” is no house
    yield from buildings(flat)
    yield from streets(flat)
    yield from phones(low)
    yield from weekdays(low, [start for start, *_ in days])
    yield from signed(text)
