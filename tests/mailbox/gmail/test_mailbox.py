"""What a Gmail account has: each mail once, whatever happened meanwhile, and none that is no mail."""

import asyncio
import sys
from datetime import UTC, date, datetime
from email import message_from_bytes

import pytest

from rcmail.errors import MailboxUnavailable, MessageGone, MessageUnreadable
from rcmail.mail import reading
from rcmail.mailbox.base import MAX_BYTES, Account, Flag, Mailbox, Page
from rcmail.mailbox.gmail import mailbox as module
from rcmail.mailbox.gmail.calls import Gmail
from rcmail.mailbox.gmail.mailbox import GmailMailbox
from tests.fakes.gmail import FakeGmail, refusal, says
from tests.support import clean_environment

MAIL = b"From: anna@example.org\r\nSubject: lamp\r\nMessage-ID: <1@example.org>\r\n\r\nIs het open?\r\n"


@pytest.fixture
def mailbox(gmail: Gmail) -> Mailbox:
    return GmailMailbox(gmail, since=None)


async def pages(gmail: Gmail, cursor: str | None = None, since: date | None = None) -> list[Page]:
    return [page async for page in GmailMailbox(gmail, since=since).changes(cursor)]


async def keys(gmail: Gmail, cursor: str | None = None) -> list[str]:
    return [key for page in await pages(gmail, cursor) for key in page.keys]


async def cursor_of(gmail: Gmail) -> str:
    cursor = (await pages(gmail))[-1].cursor
    assert cursor is not None
    return cursor


async def test_it_says_whose_it_is(mailbox: Mailbox) -> None:
    assert await mailbox.account() == Account("gmail", "repair@example.org")


async def test_a_mail_comes_as_it_was_sent(mailbox: Mailbox, google: FakeGmail) -> None:
    key = google.put(MAIL, "INBOX", "SENT", thread="t7")
    raw = await mailbox.fetch(key)
    assert (raw.key, raw.content, raw.thread, raw.flags) == (key, MAIL, "t7", frozenset({Flag.SENT}))
    assert raw.received == datetime(2025, 11, 30, 10, 53, 20, tzinfo=UTC)


@pytest.mark.parametrize("label", ["DRAFT", "CHAT", "SPAM"])
async def test_what_it_is_said_to_be_comes_along(mailbox: Mailbox, google: FakeGmail, label: str) -> None:
    assert (await mailbox.fetch(google.put(MAIL, label))).flags == {Flag(label.lower())}


async def test_everything_is_listed_once_the_newest_first_and_the_last_page_has_the_cursor(
    gmail: Gmail, google: FakeGmail
) -> None:
    there = [google.put(MAIL) for _ in range(1201)]
    for label in ("DRAFT", "CHAT", "SPAM", "TRASH"):
        google.put(MAIL, label)
    google.page_size = 7
    found = await pages(gmail)
    assert [key for page in found for key in page.keys] == there[::-1]
    assert [(page.done, page.total) for page in found] == [(500, 1201), (1000, 1201), (1201, 1201)]
    assert [page.cursor for page in found] == [None, None, f"{google.history_id} 1971-01-01"]


async def test_a_second_look_without_news_is_two_requests(gmail: Gmail, google: FakeGmail) -> None:
    for _ in range(1000):
        google.put(MAIL)
    cursor = await cursor_of(gmail)
    google.asked.clear()
    [page] = await pages(gmail, cursor)
    assert (page.keys, page.cursor) == ([], cursor)
    assert google.asked == ["GET /profile", "GET /history"]


async def test_what_came_meanwhile_is_the_news(gmail: Gmail, google: FakeGmail) -> None:
    google.put(MAIL)
    cursor = await cursor_of(gmail)
    new = [google.put(MAIL) for _ in range(3)]
    google.put(MAIL, "DRAFT")
    google.put(MAIL, "SPAM")
    google.page_size = 1
    assert await keys(gmail, cursor) == new[::-1]


@pytest.mark.parametrize("label", ["DRAFT", "SPAM", "TRASH"])
async def test_what_has_left_the_drafts_or_the_spam_is_news(gmail: Gmail, google: FakeGmail, label: str) -> None:
    key = google.put(MAIL, label)
    other = google.put(MAIL, "INBOX", "UNREAD")
    cursor = await cursor_of(gmail)
    google.mails[key].labels = ["SENT"]
    google.happened("labelsRemoved", key, label)
    google.happened("labelsRemoved", other, "UNREAD")
    assert await keys(gmail, cursor) == [key]


async def test_what_comes_while_it_is_listed_is_news_the_next_time(gmail: Gmail, google: FakeGmail) -> None:
    google.put(MAIL)
    mailbox = GmailMailbox(gmail, since=None)
    await mailbox.account()
    late = google.put(MAIL)
    [page] = [page async for page in mailbox.changes(None)]
    assert late in await keys(gmail, page.cursor)


@pytest.mark.parametrize("cursor", ["1 1971-01-01", "5 1971-01-01", "nonsense", "1001", "1001 2026-99-99x", ""])
async def test_where_the_history_does_not_reach_back_all_is_listed(
    gmail: Gmail, google: FakeGmail, cursor: str
) -> None:
    there = [google.put(MAIL) for _ in range(3)]
    google.history_begins = 900
    assert await keys(gmail, cursor) == there[::-1]


async def test_where_gmail_does_not_understand_the_cursor_all_is_listed(gmail: Gmail, google: FakeGmail) -> None:
    there = google.put(MAIL)
    google.faults = [None, refusal(400, "invalidArgument")]
    assert await keys(gmail, "1001 1971-01-01") == [there]


async def test_where_too_much_has_happened_all_is_listed(
    gmail: Gmail, google: FakeGmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_HISTORY_PAGES", 2)
    google.page_size = 5
    there = [google.put(MAIL) for _ in range(40)]
    assert await keys(gmail, "1001 1971-01-01") == there[::-1]
    assert google.asked.count("GET /history") == 3


async def test_it_is_looked_as_far_back_as_is_wanted(gmail: Gmail, google: FakeGmail) -> None:
    google.put(MAIL)
    day = date(2026, 1, 2)
    [page] = await pages(gmail, None, day)
    assert page.cursor == f"{google.history_id} 2026-01-02"
    midnight = int(datetime(2026, 1, 2).astimezone().timestamp())
    assert google.queries[-1]["q"] == f"-in:drafts -in:chats after:{midnight - 1}"
    for since, requests in (
        (day, "GET /history"),
        (date(2026, 2, 1), "GET /history"),
        (date(2025, 1, 1), "GET /messages"),
    ):
        google.asked.clear()
        await pages(gmail, page.cursor, since)
        assert google.asked[1] == requests


async def test_an_empty_page_may_be_followed_by_another(gmail: Gmail, google: FakeGmail) -> None:
    google.faults = [
        None,
        None,
        says('{"nextPageToken": "a"}'),
        says('{"messages": [], "nextPageToken": "b"}'),
        says('{"messages": [{"id": "m1"}, {"id": "m2"}, {"id": "m1"}]}'),
    ]
    assert await keys(gmail) == ["m1", "m2"]


@pytest.mark.parametrize(
    "page",
    ['{"nextPageToken": "a"}', '{"nextPageToken": 1}', '{"messages": [{"id": 1}]}', '{"messages": [{}]}'],
)
async def test_a_list_that_is_nonsense_or_never_ends_is_told(gmail: Gmail, google: FakeGmail, page: str) -> None:
    google.faults = [None]
    google.always = says(page)
    with pytest.raises(MailboxUnavailable, match="not with what rcmail asked for"):
        await pages(gmail)


async def test_what_is_gone_is_told(mailbox: Mailbox, google: FakeGmail) -> None:
    for key in ("m404", "send", "../messages/send"):
        with pytest.raises(MessageGone):
            await mailbox.fetch(key)
    assert [each for each in google.asked if each.startswith("GET")] == ["GET /messages/m404"]


@pytest.mark.parametrize(
    "fault",
    [
        refusal(500),
        says('{"id": "m1"}'),
        says('{"threadId": "t1", "raw": "ä"}'),
        says('{"raw": 5}'),
        says("<html>"),
    ],
)
async def test_one_that_gmail_does_not_give_is_told_apart_from_a_gmail_that_fails(
    mailbox: Mailbox, google: FakeGmail, fault: object
) -> None:
    key = google.put(MAIL)
    google.always = lambda request: fault(request) if "messages" in request.path else None  # type: ignore[operator]
    with pytest.raises(MessageUnreadable):
        await mailbox.fetch(key)
    google.always = refusal(500)
    with pytest.raises(MailboxUnavailable) as raised:
        await mailbox.fetch(key)
    assert not isinstance(raised.value, MessageUnreadable)


def large(text: str = "Is het open?", size: int = 25_000_000, charset: str = "iso-8859-1") -> bytes:
    """A photograph first, and the text below it."""
    head = b"From: =?utf-8?q?An=C3=AFa?= <anna@example.org>\r\nSubject: lamp\r\nMessage-ID: <1@example.org>\r\n"
    lines = b"QUJD" * 19 + b"\r\n"
    return b"".join([
        head,
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n',
        b'Content-Type: image/jpeg; name="lamp.jpg"\r\nContent-Transfer-Encoding: base64\r\n',
        b'Content-Disposition: attachment; filename="lamp.jpg"\r\n\r\n',
        lines * (size // len(lines)),
        f'--x\r\nContent-Type: text/plain; charset="{charset}"\r\n'.encode(),
        b"Content-Transfer-Encoding: 8bit\r\n\r\n",
        text.encode(charset),
        b"\r\n--x--\r\n",
    ])  # fmt: skip


def text_of(content: bytes) -> str:
    found = reading.read({"raw": content, "own": [], "is_sent": False, "is_spam": False})
    assert "unreadable" not in found
    return str(found["whole_text"])


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "windows-1252"])
@pytest.mark.parametrize("is_listed", [True, False])
async def test_of_a_large_mail_the_text_comes_and_no_attachment(
    gmail: Gmail, google: FakeGmail, charset: str, is_listed: bool
) -> None:
    mailbox = GmailMailbox(gmail, since=None)
    key = google.put(large("Is het café open? Groeten, Anïa", 8_000_000, charset))
    if is_listed:
        assert [page async for page in mailbox.changes(None)]
    google.queries.clear()
    raw = await mailbox.fetch(key)
    assert [query["format"] for query in google.queries if "format" in query] == ["raw", "full"][is_listed:]
    assert len(raw.content) < 2000
    assert text_of(raw.content) == "Is het café open? Groeten, Anïa"
    parsed = message_from_bytes(raw.content)
    assert parsed["Message-ID"] == "<1@example.org>"
    assert [part.get_filename() for part in parsed.walk()] == [None, "lamp.jpg", None]


MEASURE = """
import asyncio, re, sys
from pathlib import Path
from rcmail.client import make_http_client
from rcmail.mailbox.gmail.calls import Gmail
from rcmail.mailbox.gmail.mailbox import GmailMailbox
from rcmail.mailbox.gmail.oauth import Access
from rcmail.mailbox.gmail.places import GmailPlaces
from tests.fakes.gmail import CLIENT, REFRESH_TOKEN

def most():
    # the most that it ever had, in kB; getrusage() counts what had been before exec(), too
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])

async def main(api, token, small, *keys):
    async with make_http_client() as http:
        places = GmailPlaces(api, "", token, "")
        mailbox = GmailMailbox(Gmail(http, places, Access(http, places, CLIENT, REFRESH_TOKEN)), since=None)
        await mailbox.fetch(small)
        before = most()
        kept = await asyncio.gather(*map(mailbox.fetch, keys))
        print(most() - before)

asyncio.run(main(*sys.argv[1:]))
"""


async def kilobytes(google: FakeGmail, *keys: str) -> int:
    """By how much the memory of a process grows at most that fetches these at once."""
    arguments = (google.places.api, google.places.token, google.put(MAIL), *keys)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", MEASURE, *arguments, stdout=asyncio.subprocess.PIPE, env=clean_environment()
    )
    out, _ = await child.communicate()
    assert child.returncode == 0
    return int(out)


async def test_a_mail_of_25_megabytes_costs_ten_at_most(google: FakeGmail) -> None:
    assert await kilobytes(google, google.put(large())) < 10_000
    just_below = MAIL + b"eHh4" * (MAX_BYTES // 4 - 100)
    assert await kilobytes(google, google.put(just_below)) < 15_000


async def test_a_mail_just_below_the_bound_comes_whole(mailbox: Mailbox, google: FakeGmail) -> None:
    for size, formats in ((MAX_BYTES, ["raw"]), (MAX_BYTES + 1, ["raw", "full"])):
        google.queries.clear()
        content = MAIL + b"x" * (size - len(MAIL))
        raw = await mailbox.fetch(google.put(content))
        assert [query["format"] for query in google.queries] == formats
        assert len(raw.content) <= MAX_BYTES
        assert text_of(raw.content).startswith("Is het open?")


async def test_of_a_mail_that_is_all_text_and_far_too_long_the_head_comes(
    mailbox: Mailbox, google: FakeGmail
) -> None:
    raw = await mailbox.fetch(google.put(MAIL + b"x" * 8_000_000))
    assert [query["format"] for query in google.queries] == ["raw", "full", "metadata"]
    assert b"Message-ID: <1@example.org>" in raw.content
    assert text_of(raw.content) == ""


async def test_a_thousand_parts_and_five_thousand_recipients_come_through(gmail: Gmail, google: FakeGmail) -> None:
    to = ",\r\n ".join(f"v{number}@example.org" for number in range(5000))
    parts = b"".join(b"--x\r\nContent-Type: text/plain\r\n\r\ntext %d\r\n" % number for number in range(1000))
    head = MAIL.replace(b"Subject", f"To: {to}\r\nSubject".encode()).partition(b"\r\n\r\n")[0]
    content = head + b'\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n' + parts + b"--x--\r\n"
    mailbox = GmailMailbox(gmail, since=None)
    key = google.put(content)
    assert (await mailbox.fetch(key)).content == content
    mailbox._large = {key}
    assert text_of((await mailbox.fetch(key)).content).startswith("text 0")
