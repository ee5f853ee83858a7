"""Whatever bytes come: a mail or UnreadableMail, soon, and nothing in it that acts."""

import random
import time
import tracemalloc
import unicodedata
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rcmail.mail.language import language
from rcmail.mail.mime.html import to_text
from rcmail.mail.mime.parse import Mail, UnreadableMail, parse
from rcmail.mail.mime.text import MAX_TEXT, clean, one_line

# Of the processor, whose time a busy machine does not stretch as it does the clock. What was measured is 1.2 s.
SECONDS = 5


def read(raw: bytes) -> Mail | None:
    """The mail, held to what is promised of it; None where it is none."""
    try:
        mail = parse(raw)
    except UnreadableMail as unreadable:
        assert str(unreadable) in ("it has no header", "it is larger than 64 MB")
        return None
    lines = [mail.subject, *mail.headers.values(), mail.message_id or "", *mail.references, mail.in_reply_to or ""]
    people = [mail.from_, *mail.reply_to, *mail.to, *mail.cc, *mail.bcc]
    lines += [text for one in people for text in (one.name, one.address)]
    lines += [text for one in mail.attachments for text in (one.name, one.type)]
    assert not [line for line in lines if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in line)]
    assert not [one.name for one in mail.attachments if "/" in one.name or "\\" in one.name]
    assert not [c for c in mail.text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert unicodedata.is_normalized("NFC", mail.text)
    assert len(mail.text.encode()) <= MAX_TEXT
    assert all(one.size >= 0 for one in mail.attachments)
    return mail


WORDS = st.sampled_from(
    [
        *(
            b"\n",
            b"\r\n",
            b"\n\n",
            b" ",
            b"\t",
            b":",
            b";",
            b"=",
            b'"',
            b"--b",
            b"--b--",
            b"--c",
            b"<",
            b">",
            b"@",
            b"\0",
        ),
        *(b"Content-Type: multipart/alternative; boundary=b", b"Content-Type: multipart/mixed; boundary=c"),
        *(b"Content-Type: text/html", b"Content-Type: text/plain; charset=", b"; format=flowed; delsp=yes"),
        *(
            b"Content-Transfer-Encoding: base64",
            b"Content-Transfer-Encoding: quoted-printable",
            b"=C3=A9",
            b"w6k=",
        ),
        *(b"Content-Disposition: attachment; filename*0*=utf-8''a; filename*1=b", b"Content-Type: message/rfc822"),
        *(
            b"From: ",
            b"To: a@b.example, ",
            b"Subject: =?utf-8?q?=C3=A9?=",
            b"=?utf-16?b?AA==?=",
            b"Date: 1 Jan 2026",
        ),
        *(
            b"Received: x; 1 Jan 2026 00:00 +0000",
            b"References: <a@b> <c@d>",
            b"utf-8",
            b"utf-7",
            b"gb2312",
            b"idna",
        ),
        *(
            b"-----BEGIN PGP SIGNED MESSAGE-----",
            b"-----BEGIN PGP MESSAGE-----",
            b"begin 644 a",
            b"end",
            b"\xe9\xff",
        ),
        *(b"<p>", b"</p>", b"<table><tr><td>", b"<blockquote>", b"<!--", b"-->", b"<style>", b"&#xd800;", b"&amp"),
    ]
)


@settings(max_examples=300)
@given(st.lists(WORDS | st.binary(max_size=8), max_size=60).map(b"".join))
@example(b"From: \n\n")
@example(b"Date: Thu, 1 Jan 0001 00:00:00 +2359\n\nx")
def test_any_bytes_are_a_mail_or_none(raw: bytes) -> None:
    read(raw)
    read(b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + raw)


TAGS = st.sampled_from(
    [
        *(
            "<div>",
            "</div>",
            "<p>",
            "<p ",
            "<br>",
            "<blockquote>",
            "</blockquote>",
            "<pre>",
            "</pre>",
            "<hr>",
            "<a b='",
        ),
        *(
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</tr>",
            "</table>",
            "<ul>",
            "<ol>",
            "<li>",
            "</ul>",
            "</ol>",
            "</li>",
        ),
        *("<style>", "</style>", "<!--", "-->", "<span hidden>", "</span>", "<div style='display:none'>"),
        *("<img alt=x>", "<", ">", "&", "&#0;", "&nbsp;", "'", '"', " ", "\n", "--"),
    ]
)


@settings(max_examples=300)
@given(st.lists(TAGS | st.text(max_size=8), max_size=60).map("".join))
def test_any_html_is_text(html: str) -> None:
    text = to_text(html)
    assert len(text) <= 4 * len(html) + 100
    assert clean(clean(text)) == clean(text)
    language(text)


@given(st.text(), st.integers(1, 50))
def test_a_line_is_one_line_that_is_clean(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert one_line(line, limit) == line
    assert len(line.splitlines()) <= 1


WHOLE = b"""Received: from a.example by b.example; Sat, 14 Mar 2026 10:00:00 +0100
From: =?utf-8?q?Ren=C3=A9e?= Pot <renee@house.example>
To: "Repair Cafe, the" <cafe@cafe.example>, ann@a.example (Ann)
Subject: =?utf-8?b?VG9hc3RlciDwn5iA?= broken
Date: Sat, 14 Mar 2026 09:58:00 +0100
Message-ID: <1@house.example>
In-Reply-To: <0@cafe.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: quoted-printable

Hello, my toaster=E2=80=99s broken. It was my =
grandmother's and \x20
I like it.

--inner
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PGRpdj5IZWxsbzxibG9ja3F1b3RlPlllcyZhbXA7PC9ibG9ja3F1b3RlPjx0YWJsZT48dHI+PHRkPmE8dGQ+Yg==
--inner--

--outer
Content-Type: image/jpeg
Content-Disposition: attachment; filename*=utf-8''toaster%20caf%C3%A9.jpg
Content-Transfer-Encoding: base64

/9j/4AAQSkZJRgABAQ==
--outer--
"""


def mutated(raw: bytes, dice: random.Random) -> bytes:
    """``raw`` with some of it changed, lost, doubled or moved."""
    data = bytearray(raw)
    for _ in range(dice.randint(1, 12)):
        at, other = sorted((dice.randrange(len(data) + 1), dice.randrange(len(data) + 1)))
        match dice.randrange(5):
            case 0:
                data[at:at] = bytes([dice.choice(b'\0\n\r =?"<>()@:;-\xff')])
            case 1:
                del data[at : at + dice.randrange(40)]
            case 2:
                data[at:at] = data[at : min(other, at + 200)]
            case 3:
                data[other:other] = data[at : at + 60]
            case _ if at < len(data):
                data[at] = dice.randrange(256)
    return bytes(data)


def test_a_mail_that_came_to_harm_is_read_or_refused() -> None:
    dice = random.Random(14)
    mails = [read(mutated(WHOLE, dice)) for _ in range(1500)]
    assert sum(mail is not None and "toaster" in mail.text for mail in mails) > 750


def test_the_mail_itself_is_read() -> None:
    mail = read(WHOLE)
    assert mail is not None
    assert mail.text == "Hello, my toaster’s broken. It was my grandmother's and  I like it."
    assert (mail.from_.name, mail.subject, mail.attachments[0].name) == (
        "Renée Pot",
        "Toaster 😀 broken",
        "toaster café.jpg",
    )


def nested(depth: int, kind: bytes = b"mixed") -> bytes:
    return b"".join(b"Content-Type: multipart/%b; boundary=x%d\n\n--x%d\n" % (kind, n, n) for n in range(depth))


HTML = b"Content-Type: text/html\n\n"
FLOWED = b"Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n"
M = 1_000_000


def charset_of_all_bytes(label: str) -> bytes:
    return f"Content-Type: text/plain; charset={label}\n\n".encode() + bytes(range(256)) * 4000


def repeated(tag: str) -> bytes:
    return HTML + tag.encode() * (2 * M // len(tag))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "line ends below twenty multiparts": lambda: nested(20) + b"\n" * 5 * M,
    "near boundaries below twenty multiparts": lambda: nested(20) + b"\n--x1x" * M,
    "five thousand multiparts in one another": lambda: nested(5000) + b"\nhello\n",
    "sixty alternatives in one another": lambda: (
        nested(60, b"alternative") + b"\nonline\n" + b"--x59\n" + HTML + b"<p>x" * 10_000
    ),
    "one boundary for all": lambda: b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 20 + b"--b\n" * M,
    "three hundred thousand parts": lambda: (
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 300_000
    ),
    "two hundred large parts": lambda: (
        b"Content-Type: multipart/mixed; boundary=b\n\n" + (b"--b\n" + HTML + b"<p>x</p>" * 5000 + b"\n") * 200
    ),
    "a million headers": lambda: b"a:b\n" * M,
    "a million folds": lambda: b"Subject: a\n" + b" x\n" * M,
    "a million lines that are no headers": lambda: b"Subject: a\n" + b"x\nx\nx\nx\nx:y\n" * 300_000,
    "a header of twenty megabytes": lambda: b"Subject: " + b"x" * 20 * M,
    "a hundred headers of addresses": lambda: (b"To: " + b"a@b.c," * 2600 + b"\n") * 100,
    "comments in one another": lambda: b"From: " + b"(" * 15_000 + b"\nTo: " + b"(" * 15_000,
    "open quotes": lambda: b"From: " + b'"\\' * 7500 + b"\nTo: " + b'<"' * 7500,
    "open encoded words": lambda: b"Subject: " + b"=?a?q?x" * 2200 + b"\nFrom: " + b"=?a?q?" * 2600,
    "many encoded words": lambda: (b"Delivered-To: " + b"=?utf-8?b?YQ==?= " * 900 + b"\n") * 100,
    "parameters without end": lambda: (
        b"Content-Type: a/b" + b"; a*1=b" * 2200 + b'\nContent-Disposition: x;"' * 1000
    ),
    "ids without end": lambda: b"References: " + b"<a@b> " * 2600 + b"\nIn-Reply-To: " + b"<" * 15_000,
    "ten million line ends": lambda: b"Subject: x\r\n\r\n" + b"x\r\n" * 10 * M,
    "flowed lines": lambda: FLOWED + b"\n" + b"a \n" * M,
    "accents": lambda: FLOWED + b"\n" + "\u0301\u0316".encode() * M,
    "padding": lambda: FLOWED + b"Content-Transfer-Encoding: base64\n\n" + b"A=" * 2 * M,
    "soft line breaks": lambda: FLOWED + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=" + b" " * M,
    "armour": lambda: FLOWED + b"\n" + b"-----BEGIN PGP SIGNED MESSAGE-----\n" * 30_000,
    "armour without end": lambda: (
        FLOWED + b"\n-----BEGIN PGP SIGNED MESSAGE-----\n\n-----BEGIN PGP SIGNATURE-----\n" + b"\n" * M
    ),
    "uuencode without end": lambda: FLOWED + b"\nbegin 644 a\n" + b"M\n" * M + b"begin 644 a\nM\n" * 10_000,
    "a photograph of 25 MB": lambda: (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/jpeg\n"
        b"Content-Transfer-Encoding: base64\n\n" + (b"A" * 76 + b"\r\n") * 320_000 + b"--b--\n"
    ),
    **{
        f"charset {label}": partial(charset_of_all_bytes, label)
        for label in ("utf-7", "iso-2022-jp", "gb2312", "hz", "utf-16", "utf-32", "big5", "idna", "punycode")
    },
    **{
        f"html {tag[:20]}": partial(repeated, tag)
        for tag in (
            *(
                "<",
                "<b>",
                "<div>",
                "<a ",
                "</b>",
                "<div></b>",
                "<br>",
                "<p>x",
                "<tr><td>x<td>y",
                "<table><tr><td>x",
            ),
            *(
                "<ul><li>x",
                "<blockquote>x",
                "<pre>\n",
                "<style></style>",
                "<script",
                "<title>x</title ",
                "<img alt=x>",
            ),
            *(
                '<a b=">"',
                "<a b=\"<a c='",
                "<!--",
                "<!",
                "&amp",
                "&",
                "&aaaaaaaaaaaaaaaaaaaaaaa",
                "&#9999999",
                "&#x301;",
            ),
            *(
                "<p style=font-size:0 >x",
                "<span hidden>",
                "<a " + "a=b " * 1000 + ">",
                "<hr>x",
                "x<wbr>",
                "&nbsp;\n",
            ),
            *("<p style='" + "display:block;" * 200 + "'>x", "<svg>", "\t \n", "\0", "<li>", "<ol>", "<td>"),
        )
    },
    "html end tags that match nothing near": lambda: HTML + b"<i>" + b"<b>" * 100_000 + b"</i>" * 100_000,
    "html end tags behind many": lambda: (
        HTML + b"<i hidden>" + b"<b hidden>" * 30_000 + b"<div>" * 1900 + b"</i>" * 150_000
    ),
    "html one number": lambda: HTML + b"&#" + b"9" * 2 * M,
    "html one attribute": lambda: HTML + b"<a b='" + b"x" * 2 * M,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_soon(name: str) -> None:
    raw = b"From: a@b.example\n" + HOSTILE[name]()
    start = time.process_time()
    read(raw)
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(
    "name", [name for name in HOSTILE if not name.startswith("html")] + ["html <p>x", "html <b>"]
)
def test_hostile_mail_takes_little_room(name: str) -> None:
    raw = b"From: a@b.example\n" + HOSTILE[name]()
    raw = raw[: max(200_000, len(raw) // 10)]  # counting memory is slow, and a part of it tells as much
    tracemalloc.start()
    try:
        parse(raw)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 10 * len(raw) + 8_000_000  # the text itself, as lines of one letter each


def test_a_mail_beyond_64_megabytes_is_refused() -> None:
    with pytest.raises(UnreadableMail, match="larger than 64 MB"):
        parse(b"Subject: x\n\n" + b"x" * 64 * 1024 * 1024)


def test_what_is_raised_holds_nothing_of_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("grandmother")

    monkeypatch.setattr("rcmail.mail.mime.body.read", fail)
    with pytest.raises(UnreadableMail) as failure:
        parse(WHOLE)
    assert str(failure.value) == "ValueError while it was read"
    assert failure.value.__suppress_context__


@settings(max_examples=50)
@given(st.text(max_size=3000))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert language(text) in (None, "nl", "de", "en", "fr", "it", "es", "other")


@pytest.mark.parametrize("text", ["ij" * M, "é'" * M, "x@" * M, "www." * M, "\u0645 " * M])
def test_the_language_of_a_long_text_is_told_soon(text: str) -> None:
    start = time.process_time()
    language(text)
    assert time.process_time() - start < SECONDS
