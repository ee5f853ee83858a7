"""A text is what its sender wrote, whatever the label says."""

import pytest

from rcmail.mail.mime.parse import parse

DUTCH = "De beëindiging van één café: € 5"


def labelled(label: str, data: bytes) -> str:
    return parse(b"Content-Type: text/plain; charset=" + label.encode() + b"\n\n" + data).text


@pytest.mark.parametrize(
    ("label", "text", "codec"),
    [
        ("utf-8", DUTCH, "utf-8"),
        ("UTF8", DUTCH, "utf-8"),
        ('"utf-8"', DUTCH, "utf-8"),
        ("iso-8859-1", "“It’s” — € 5", "cp1252"),
        ("iso-8859-15", "“It’s”", "cp1252"),
        ("iso-8859-15", "Prix : 5 €", "iso8859-15"),
        ("us-ascii", DUTCH, "utf-8"),
        ("iso-8859-1", DUTCH, "utf-8"),
        ("windows-1252", DUTCH, "utf-8"),
        ("", DUTCH, "utf-8"),
        ("iso-8859-1", "café \ufffd", "utf-8"),
        ("iso-8859-1", "et voilà", "cp1252"),
        ("", "café", "cp1252"),
        ("utf-8", "été à la café", "cp1252"),
        ("us-ascii", "café", "cp1252"),
        ("gb2312", "鎔基", "gbk"),
        ("GBK", "您好", "gbk"),
        ("ks_c_5601-1987", "똠방각하", "cp949"),
        ("shift_jis", "①こんにちは", "cp932"),
        ("iso-2022-jp", "こんにちは", "iso2022_jp"),
        ("big5", "您好", "big5"),
        ("koi8-r", "Привет", "koi8-r"),
        ("windows-1251", "Привет", "cp1251"),
        ("iso-8859-9", "İyi günler", "cp1254"),
        ("iso-8859-8-i", "שלום", "iso8859-8"),
        ("utf-7", "café", "utf-7"),
        ("utf-16", "Hallo", "utf-16"),
        ("utf-8", "Hallo", "utf-8-sig"),
        ("unicode-1-1-utf-7", "café", "utf-7"),
    ],
)
def test_a_text_survives_its_label(label: str, text: str, codec: str) -> None:
    assert labelled(label, text.encode(codec)) == text


@pytest.mark.parametrize(
    "label",
    [
        *("rot13", "punycode", "idna", "base64_codec", "hex", "zlib", "unicode_escape", "undefined", "mbcs"),
        *("x-unknown", "8bit", "antigravity", "../../etc/passwd", "a" * 5000, "utf-8\0", "=?utf-8?q?utf-8?="),
    ],
)
def test_what_is_no_charset_of_mail_is_guessed(label: str) -> None:
    assert labelled(label, DUTCH.encode()) == DUTCH


def test_a_text_that_was_cut_in_a_character_is_still_utf_8() -> None:
    assert labelled("utf-8", "één café".encode()[:-1]) == "één caf\ufffd"


def test_what_a_text_holds_beside_characters_is_left_out() -> None:
    text = "nul\0bell\x07 esc\x1b[0m\x9b tab\t pad\xad\u200b\ufeff\u2060 over\u202e bom \U000e0041\nnext\x0cpage"
    assert labelled("utf-8", text.encode()) == "nulbell esc[0m tab\t pad over bom \nnext\npage"


def test_a_lone_surrogate_is_replaced() -> None:
    assert labelled("utf-7", b"a +2AA- b") == "a \ufffd b"


def test_letters_are_composed() -> None:
    assert labelled("utf-8", "cafe\u0301".encode()) == "café"


def test_joiners_stay_where_languages_and_emoji_need_them() -> None:
    text = "👩\u200d🔧 می\u200cخواهم"
    assert labelled("utf-8", text.encode()) == text


def test_ten_thousand_accents_on_a_letter_are_thirty() -> None:
    text = labelled("utf-8", ("x" + "\u0301\u0316" * 10_000 + "y").encode())
    assert len(text) == 32
