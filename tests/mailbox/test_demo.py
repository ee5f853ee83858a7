"""The demonstration's mailbox: always last week's, and as whole as any other."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rcmail.mail import reading
from rcmail.mailbox.base import RawMessage
from rcmail.mailbox.demo.dates import moved
from rcmail.mailbox.demo.mailbox import ADDRESS, DemoMailbox

DAYS = st.dates(date(2026, 11, 23), date(2099, 12, 31))
OPEN = 13
WEEKDAYS = {
    name: number
    for line in (
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "monday tuesday wednesday thursday friday saturday sunday",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
    )
    for number, name in enumerate(line.split())
}
MONTHS = {
    name: number
    for line in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "january february march april may june july august september october november december",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    )
    for number, name in enumerate(line.split(), 1)
}
DUTCH = list(MONTHS)[:12]


def at_any_day(test: Any) -> Any:
    """Runs it for days of any kind, with the ends of years and leap days among them."""
    for day in (date(2027, 12, 31), date(2028, 1, 1), date(2028, 2, 29), date(2028, 3, 1), date(2029, 2, 28)):
        test = example(day)(test)
    return given(DAYS)(settings(max_examples=10)(test))


async def letters(today: date) -> Sequence[RawMessage]:
    return [each async for page in DemoMailbox(today).changes(None) for each in page.messages]


def sent(letter: RawMessage) -> datetime:
    return parsedate_to_datetime(str(message_from_bytes(letter.content)["Date"]))


@at_any_day
async def test_the_open_questions_came_in_the_last_seven_days_and_the_rest_before(today: date) -> None:
    moments = [sent(each) for each in await letters(today)]
    days = [moment.date() for moment in moments]
    last_week = [day for day in days if day >= today - timedelta(days=7)]
    assert len(last_week) == OPEN
    assert days[-OPEN:] == last_week, "in the order of the file"
    assert max(days) == today - timedelta(days=1)
    assert min(last_week) == today - timedelta(days=7)
    assert today - timedelta(days=30) < days[-OPEN - 1] < today - timedelta(days=7), "its last answer"


@at_any_day
async def test_the_next_event_is_a_saturday_to_come_and_the_letters_speak_of_it(today: date) -> None:
    event = date.fromisoformat(DemoMailbox(today).settings()["event_date"])
    assert event.weekday() == 5
    assert timedelta(days=5) < event - today < timedelta(days=14)
    text = b"\n".join(each.content for each in await letters(today)).decode()
    assert f"Ik wil op {event.day} {DUTCH[event.month - 1]} komen" in text


@at_any_day
async def test_every_weekday_beside_a_date_is_right(today: date) -> None:
    """In the headers, and in the long forms with a year that mail programs write above a quotation."""
    written = await letters(today)
    for each in written:
        assert str(message_from_bytes(each.content)["Date"]).startswith(f"{sent(each):%a}, ")
    text = b"\n".join(each.content for each in written).decode().lower()
    found = re.findall(rf"\b({'|'.join(WEEKDAYS)}),? (\d+)\.? ({'|'.join(MONTHS)}) (\d{{4}})", text)
    assert len(found) > 5
    for weekday, day, month, year in found:
        assert date(int(year), MONTHS[month], int(day)).weekday() == WEEKDAYS[weekday]


@pytest.mark.parametrize(
    ("text", "weeks", "near", "becomes"),
    [
        ("zaterdag 5 december", 4, "2026-11-16", "zaterdag 2 januari"),
        ("Samstag, 7. November, 13–16.30", 8, "2026-10-20", "Samstag, 2. Januar, 13–16.30"),
        ("am 7. November", 1, "2026-10-20", "am 14. November"),
        ("Saturday 7 November", 8, "2026-10-20", "Saturday 2 January"),
        ("samedi 18 janvier, 14 h", 6, "2025-01-07", "samedi 1 mars, 14 h"),
        ("Le mar. 7 janv. 2025 à 09:00", 2, "2025-01-07", "Le mar. 21 janv. 2025 à 09:00"),
        ("Le mar. 24 févr. 2026", 1, "2026-02-24", "Le mar. 3 mars 2026"),
        ("Op wo 7 feb 2024 om 15:15", 3, "2024-02-07", "Op wo 28 feb 2024 om 15:15"),
        ("Op do 22 feb 2024", 1, "2024-02-22", "Op do 29 feb 2024"),
        ("Date: Mon, 08 Jan 2024 20:14:00 +0100", 1, "2024-01-08", "Date: Mon, 15 Jan 2024 20:14:00 +0100"),
        ("Am 01.10.25 um 12:25", 1, "2025-10-01", "Am 08.10.25 um 12:25"),
        ("Datum: 24-02-26 19:50", 1, "2026-02-24", "Datum: 03-03-26 19:50"),
        ("schreef op 2026-05-20 09:14", 2, "2026-05-20", "schreef op 2026-06-03 09:14"),
        ("closed 24 December to 4 January", 1, "2025-12-15", "closed 31 December to 11 January"),
        ("29 februari", 52, "2024-02-28", "27 februari"),
    ],
)
def test_a_date_is_moved_in_its_own_words(text: str, weeks: int, near: str, becomes: str) -> None:
    assert moved(text, timedelta(weeks=weeks), date.fromisoformat(near)) == becomes


@pytest.mark.parametrize(
    "text",
    [
        "1. Mikrowelle 2. Bügeleisen",
        "31 februari",
        "32 mei",
        "in december",
        "99-99-99",
        "2026-13-01",
        "5 marsepein",
    ],
)
def test_what_is_no_date_stays(text: str) -> None:
    assert moved(text, timedelta(weeks=3), date(2026, 11, 1)) == text


async def test_its_messages_have_the_same_names_on_every_day() -> None:
    one, other = await letters(date(2026, 11, 29)), await letters(date(2031, 2, 3))
    assert [each.key for each in one] == [each.key for each in other]
    assert len({each.key for each in one}) == len(one)
    account = await DemoMailbox(date(2026, 11, 29)).account()
    assert (account.provider, account.address) == ("demonstration", ADDRESS)


async def test_each_of_them_can_be_read_and_nothing_of_it_leads_out_of_the_house() -> None:
    for each in await letters(date(2028, 2, 29)):
        found = reading.read({"raw": each.content, "own": [ADDRESS], "is_sent": False, "is_spam": False})
        assert "unreadable" not in found
        assert found["whole_text"].strip()
        addresses = re.findall(r"[\w.+-]+@([\w.-]+)", each.content.decode())
        assert all(re.search(r"(?:\.example|(?:^|\.)example\.(?:org|com|net))$", name) for name in addresses)
