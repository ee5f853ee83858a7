"""HTML becomes what its reader sees."""

import pytest

from rcmail.mail.mime.html import to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
        ("One<br>Two<br/>Three<br />Four</br>Five", "One\nTwo\nThree\nFour\nFive"),
        ("<p class=MsoNormal>One</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>Two</p>", "One\n\nTwo"),
        ("<p style='margin:0'>One</p><p style='margin:0cm'>Two</p>", "One\nTwo"),
        ("  <b>One</b>\n <i>two</i>  three", "One two three"),
        ("One<b> two</b> <i> three</i>", "One two three"),
        ("un<b>believ</b>able", "unbelievable"),
        ("<h1>Title</h1>Text", "Title\n\nText"),
        ("a<hr>b", "a\n________________________________\nb"),
        ("<ul><li>One</li><li>Two<ul><li>Deep</ul><li>Three</ul>", "- One\n- Two\n  - Deep\n- Three"),
        ("<ol><li>One<li>Two<li><p>Three</p></ol>", "1. One\n2. Two\n3. Three"),
        ("<pre>  a\n    b\n</pre>c", "  a\n    b\n\nc"),
        ("<div style='white-space: pre-wrap'>a  b\nc</div>", "a  b\nc"),
        ("<a href='https://cafe.example/x'>our page</a>", "our page"),
        ("<div>-- </div><div>Jan</div>", "-- \nJan"),
        ("a<br><br><br><br><br>b", "a\n\n\nb"),
        ("plain words", "plain words"),
        ("", ""),
    ],
)
def test_elements_become_lines(html: str, text: str) -> None:
    assert to_text(html).strip("\n") == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("caf&eacute; &amp; th&#233; &#xe9; &euro;5", "café & thé é €5"),
        ("&lt;p&gt; &quot;&apos;", "<p> \"'"),
        ("It&#146;s", "It’s"),  # Windows' own, which browsers read so
        ("fish &chips; AT&T &copy 2026", "fish &chips; AT&T © 2026"),
        ("&#0;&#xD800;&#99999999999999999999;", "\ufffd\ufffd\ufffd"),
        ("&#" + "9" * 6000 + ";x", "\ufffdx"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
    ],
)
def test_characters_that_are_named_are_read_once(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<style>p { color: red }</style>",
        "<STYLE type=text/css>a > b</Style >",
        "<script>if (a < b) document.write('<p>no')</script>",
        "<head><title>Newsletter</title><meta charset=utf-8></head>",
        "<!-- a comment -->",
        "<!--[if mso]><table><tr><td>for Outlook<![endif]-->",
        "<![if !vml]>",
        "<?xml:namespace prefix=o />",
        "<!DOCTYPE html>",
        "<div style='display:none'>Preheader</div>",
        '<div style="DISPLAY : none !important; color: red">Preheader</div>',
        "<span style='color:red;visibility:hidden'>x</span>",
        "<div style='font-size:0px'>x</div>",
        "<div style='font-size:1px;color:#fff'>x</div>",
        "<div style='max-height:0;overflow:hidden'>x</div>",
        "<div style='opacity:0'>x</div>",
        "<div style='display:none'>a<div>b</div>c<p>d</div>",
        "<p hidden>x</p>",
        "<select><option>Monday<option>Tuesday</select>",
        "<img src=x alt='Our logo'>",
        "<svg><text>x</text></svg>",
        "<textarea>x</textarea>",
    ],
)
def test_what_a_reader_does_not_see_is_left_out(hidden: str) -> None:
    assert to_text(f"<div>{hidden}<div>Seen</div></div>").strip() == "Seen"


@pytest.mark.parametrize(
    "seen",
    [
        "<div style='font-size:0'><table><tr><td style='font-size:14px'>Seen</td></tr></table></div>",
        "<div style='max-height:0'>Seen</div>",
        "<div style='opacity:0.9'>Seen</div>",
        "<div style='font-size:10px'>Seen</div>",
        "<div style='font-size:0.9em'>Seen</div>",
        "<div style='height:0.5em;overflow:hidden'>Seen</div>",
        "<!--[if !mso]><!--><p>Seen</p><!--<![endif]-->",
        "<![if !mso]>Seen<![endif]>",
        "<!--><p>Seen",
        "<p style=display:none>no<p>Seen",
        "<td style=display:none>no<td>Seen",
        "<div title='a > b'>Seen</div>",
        "<div title=it's>Seen</div>",
        "<a href=\"x'>Seen</a>",
        "<o:p>Seen</o:p>",
        "<div>Seen",
        "<div style='display:none'>" + "<font color=red>no" * 100 + "</div>Seen",
        "<span style='display:none'>no<span>no</span><b>no</span>Seen",
        "</div></p></b>Seen",
        "<p title='display:none' data-style='display:none'>Seen",
        '<img src="data:image/png;base64,' + "A" * 50_000 + '">Seen',
    ],
)
def test_what_a_reader_sees_is_there(seen: str) -> None:
    assert to_text(seen).strip() == "Seen"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("I <3 you", "I <3 you"),
        ("a << b", "a << b"),
        ("ends with <", "ends with <"),
        ("1 < 2 < 3 < 4 < 5 <p title='a > b'>x", "1 < 2 < 3 < 4 < 5\n\nx"),
    ],
)
def test_a_sign_that_opens_no_tag_is_text(html: str, text: str) -> None:
    assert to_text(html) == text


def test_images_are_named_where_there_is_nothing_else() -> None:
    assert to_text("<a href=x><img alt='Come on Saturday'></a><img alt=''><img alt='Free &amp; fun'>") == (
        "Come on Saturday\nFree & fun"
    )


def test_quotes_begin_with_their_sign_and_what_is_before_them_does_not() -> None:
    html = (
        "<div>Yes.</div><div class=gmail_quote><div class=gmail_attr>On Sat Jan wrote:<br></div>"
        "<blockquote class=gmail_quote><div>Is it open?</div><div><br></div>"
        "<blockquote type=cite>No idea</blockquote></blockquote></div><div>Below</div>"
    )
    assert to_text(html) == "Yes.\nOn Sat Jan wrote:\n\n> Is it open?\n>\n>> No idea\n\nBelow"


def test_what_gmail_indents_is_no_quote() -> None:
    html = "<div>List:</div><blockquote style='margin:0 0 0 40px;border:none;padding:0px'>one<br>two</blockquote>"
    assert ">" not in to_text(html)


def test_the_header_block_of_outlook_stays_as_lines() -> None:
    html = (
        "<p class=MsoNormal>Yes.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal>"
        "<b>From:</b> Jan &lt;jan@house.example&gt;<br><b>Sent:</b> Saturday<br><b>Subject:</b> Toaster</p></div>"
    )
    assert to_text(html) == "Yes.\nFrom: Jan <jan@house.example>\nSent: Saturday\nSubject: Toaster"


def test_a_form_in_a_table_is_a_line_for_each_field() -> None:
    html = (
        "<table><tr><th>Naam</th><td>Jan Pot</td></tr><tr><td><div>E-mail:</div></td><td><p>jan@house.example</p>"
        "</td></tr><tr><td>Bericht</td><td>Mijn lamp<br>is stuk</td></tr></table>"
    )
    assert to_text(html) == "Naam: Jan Pot\nE-mail: jan@house.example\nBericht\nMijn lamp\nis stuk"


def test_a_table_of_three_columns_keeps_its_rows() -> None:
    html = "<table><tr><td>14 March<td>13:00<td>Molenlaan 5<tr><td>11 April<td>13:00<td>Molenlaan 5</table>"
    assert to_text(html) == "14 March | 13:00 | Molenlaan 5\n11 April | 13:00 | Molenlaan 5"


def test_tables_for_the_layout_leave_no_trace() -> None:
    inner = "<table><tr><td><h2>Hi</h2><p>Come on Saturday.</td></tr></table>"
    html = f"<table><tr><td></td><td>{inner}</td></tr></table>"
    assert to_text(html).strip("\n") == "Hi\n\nCome on Saturday."


def test_an_end_tag_that_was_never_opened_does_not_end_a_quote() -> None:
    html = "<div><blockquote type=cite><table><tr><td>a</div></div></td></tr></table>b</blockquote></div>c"
    assert to_text(html).replace("\n\n", "\n") == "> a\n> b\nc"


def test_ten_thousand_elements_in_one_another_are_read() -> None:
    assert to_text("<div>" * 20_000 + "deep" + "</div>" * 20_000 + "<p>after").split() == ["deep", "after"]
