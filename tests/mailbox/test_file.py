"""An mbox file as a stream: where one message ends, what it costs, and what is no mbox."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.errors import MailboxUnavailable
from rcmail.mailbox.base import MAX_BYTES, Flag, Page
from rcmail.mailbox.file import FileMailbox, split

FROM = b"From 1234@xxx Mon Jan 05 10:00:00 +0000 2026\n"
HEAD = b"Subject: x\n\n"


def texts(content: bytes, start: int = 0) -> list[bytes]:
    return [message for message, _ in split(io.BytesIO(content), start)]


async def pages(path: Path, cursor: str | None = None) -> list[Page]:
    return [page async for page in FileMailbox(path, "repair@example.org").changes(cursor)]


def test_each_message_is_one() -> None:
    content = FROM + HEAD + b"one\n\n" + FROM + HEAD + b"two\n"
    assert texts(content) == [HEAD + b"one\n", HEAD + b"two\n"]


def test_a_sentence_that_begins_with_from_is_no_new_message() -> None:
    body = b"Hello,\n\nFrom Monday 5 January 2026 we are open.\n\nFrom here on\n"
    assert texts(FROM + HEAD + body) == [HEAD + body]


def test_quoted_from_lines_lose_their_quote() -> None:
    assert texts(FROM + HEAD + b">From me\n>>From you\n> From him\n") == [
        HEAD + b"From me\n>From you\n> From him\n"
    ]


def test_line_ends_of_windows_are_no_trouble() -> None:
    content = (FROM + HEAD + b"one\n\n" + FROM + HEAD + b"two\n").replace(b"\n", b"\r\n")
    assert [text.count(b"Subject") for text in texts(content)] == [1, 1]


def test_a_file_that_is_one_mail_is_one_message() -> None:
    assert texts(HEAD + b"one\n") == [HEAD + b"one\n"]


def test_of_a_large_mail_the_attachments_go_and_the_text_after_them_stays() -> None:
    lines = b"QUJD" * 19 + b"\n"
    large = (
        FROM
        + HEAD
        + b"--x\n\nbefore\n--x\nContent-Type: image/png\n\n"
        + lines * 400_000
        + b"--x\n\nafter\n--x--\n"
    )
    [found] = texts(large)
    assert len(found) < 1.2 * 1024 * 1024
    assert b"before" in found
    assert found.endswith(b"after\n--x--\n")


def test_a_mail_of_endless_text_is_cut() -> None:
    [found] = texts(FROM + HEAD + b"word word\n" * 1_000_000)
    assert len(found) < MAX_BYTES + 100


def test_a_line_without_an_end_is_read_in_pieces() -> None:
    assert len(texts(FROM + HEAD + b"x" * 5_000_000)[0]) < MAX_BYTES + 70_000


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_what_a_message_holds_never_loses_the_next_one(bodies: list[bytes]) -> None:
    content = b"".join(FROM + HEAD + body + b"\n\n" + FROM + b"Subject: end\n\nend\n\n" for body in bodies)
    assert sum(text.startswith(b"Subject: end") for text in texts(content)) == len(bodies)


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_to_their_end(content: bytes) -> None:
    found = list(split(io.BytesIO(content)))
    assert not found or found[-1][1] == len(content)


def test_reading_goes_on_where_a_message_ended() -> None:
    content = b"".join(FROM + HEAD + b"%d\n\n" % number for number in range(9))
    ends = [end for _, end in split(io.BytesIO(content))]
    for number, end in enumerate(ends, 1):
        assert texts(content, end) == [HEAD + b"%d\n" % each for each in range(number, 9)]


async def test_pages_tell_how_far_they_are_and_a_cursor_leads_on(tmp_path: Path) -> None:
    path = tmp_path / "all.mbox"
    path.write_bytes(b"".join(FROM + HEAD + b"%d\n\n" % number for number in range(450)))
    found = await pages(path)
    assert [(len(page.messages), page.done, page.total) for page in found] == [
        (200, 200, 450), (200, 400, 450), (50, 450, 450),
    ]  # fmt: skip
    rest = await pages(path, found[0].cursor)
    assert [page.keys for page in rest] == [page.keys for page in found[1:]]
    assert [page.done for page in rest] == [400, 450]


async def test_labels_and_threads_of_takeout_are_read_in_any_language(tmp_path: Path) -> None:
    path = tmp_path / "takeout.mbox"
    heads = (
        b"X-GM-THRID: 1780\nX-Gmail-Labels: =?UTF-8?Q?Envoy=C3=A9s?=,\n Important\n",
        b'X-Gmail-Labels: Posteingang,"Repair, wichtig",Spam\n',
        "X-Gmail-Labels: Entwürfe\n".encode(),
        b"X-Gmail-Labels: =?broken?Q?\xff\n",
        b"",
    )
    path.write_bytes(b"".join(FROM + head + HEAD + b"X-Gmail-Labels: Sent\n\n" for head in heads))
    [page] = await pages(path)
    assert [set(each.flags) for each in page.messages] == [{Flag.SENT}, {Flag.SPAM}, {Flag.DRAFT}, set(), set()]
    assert page.messages[0].thread == "6f4"  # 1780, as everything else at Google says it


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"PK\x03\x04rest", "unpack it"), (b"\x89PNG\r\n", "no mbox file"), (b"hello\n", "no mbox")],
)
async def test_what_is_no_mbox_is_told_with_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "some.file"
    path.write_bytes(content)
    with pytest.raises(MailboxUnavailable, match=said):
        await pages(path)


async def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(MailboxUnavailable, match="cannot be read"):
            await pages(path)


async def test_an_empty_file_has_no_mail(tmp_path: Path) -> None:
    path = tmp_path / "empty.mbox"
    path.write_bytes(b"")
    assert await pages(path) == []
