"""Lines that a mail program broke: format=flowed."""

import pytest

from rcmail.mail.mime.parse import parse


def flowed(text: str, delsp: str = "no") -> str:
    return parse(f"Content-Type: text/plain; format=flowed; delsp={delsp}\n\n{text}".encode()).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one \ntwo \nthree\nfour", "one two three\nfour"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("> one \n> two\n>> three \n>> four\nfive", "> one two\n>> three four\nfive"),
        ("> one \nnot quoted", "> one \nnot quoted"),
        ("> one \n>> deeper", "> one \n>> deeper"),
        ("text \n-- \nJan \nPot", "text \n-- \nJan Pot"),
        ("> text\n> -- \n> Jan", "> text\n> -- \n> Jan"),
        (" From the beginning\n > not a quote", "From the beginning\n> not a quote"),
        ("ends open ", "ends open "),
        (">\n> one", ">\n> one"),
    ],
)
def test_paragraphs_are_put_together(text: str, expected: str) -> None:
    assert flowed(text) == expected


def test_with_delsp_the_space_at_the_break_goes() -> None:
    assert flowed("https://cafe.example/a/very/ \nlong/path\nund ein Wort  \nmehr", "yes") == (
        "https://cafe.example/a/very/long/path\nund ein Wort mehr"
    )


def test_what_is_not_flowed_keeps_its_lines() -> None:
    assert parse(b"Content-Type: text/plain\n\none \ntwo").text == "one \ntwo"
