"""Which of a mail's parts is its text, and what is attached to it."""

import base64
import pickle

import pytest

from rcmail.mail.mime.parse import Attachment, Mail, parse

PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
HTML = "Content-Type: text/html; charset=utf-8\n\n"
PHOTO = "Content-Type: image/jpeg; name=toaster.jpg\nContent-Transfer-Encoding: base64\n\n" + "QUJD\n" * 4000


def multipart(kind: str, *parts: str, boundary: str = "=_b", more: str = "") -> str:
    """A part that holds ``parts``, each with its own header."""
    inside = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}\n\n{inside}--{boundary}--\n'


def read(part: str | bytes) -> Mail:
    return parse(b"From: jan@house.example\n" + (part.encode() if isinstance(part, str) else part))


def names(mail: Mail) -> list[str]:
    return [attachment.name for attachment in mail.attachments]


def test_of_two_forms_the_plain_one_is_the_text() -> None:
    mail = read(multipart("alternative", PLAIN + "Plain words", HTML + "<p>Rich words"))
    assert (mail.text, mail.attachments) == ("Plain words", ())


@pytest.mark.parametrize(
    "stub",
    [
        "",
        " \n\t\n",
        "View this email in your browser: https://news.example/1",
        "Bekijk deze nieuwsbrief in uw browser.",
        "Ihr E-Mail-Programm unterstützt kein HTML.",
        "Si ce message ne s'affiche pas, voir la version en ligne dans votre navigateur.",
        "Your mail client does not display HTML.",
        "Klik hier voor de online versie",
    ],
)
def test_a_plain_form_that_only_points_to_the_other_is_not_the_text(stub: str) -> None:
    rich = (
        HTML + "<p>Come on Saturday. There is coffee, there is cake, there is somebody for your toaster.</p>" * 2
    )
    assert read(multipart("alternative", PLAIN + stub, rich)).text.startswith("Come on Saturday")


def test_a_visitor_who_writes_of_her_browser_is_not_taken_for_a_stub() -> None:
    mail = read(multipart("alternative", PLAIN + "My browser hangs. Can I come?", HTML + "<p>My browser hangs"))
    assert mail.text == "My browser hangs. Can I come?"


def test_a_mail_in_html_alone_is_converted() -> None:
    assert read(HTML + "<html><body><p>Hi,</p><p>it&rsquo;s broken").text == "Hi,\n\nit’s broken"


def test_html_that_is_called_plain_is_converted() -> None:
    assert read(PLAIN + "<!DOCTYPE html><html><body>Hi<br>there").text == "Hi\nthere"


def test_html_without_a_charset_tells_it_itself() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=koi8-r"></head><body>Привет'
    assert read(b"Content-Type: text/html\n\n" + page.encode("koi8-r")).text == "Привет"


def test_the_texts_of_a_mixed_mail_are_one_text() -> None:
    mail = read(multipart("mixed", PLAIN + "Before", PHOTO, HTML + "<p>Between", PLAIN + "After\n"))
    assert mail.text == "Before\n\nBetween\n\nAfter"
    assert mail.attachments == (Attachment("toaster.jpg", "image/jpeg", 12_000),)


def test_apple_mail_puts_photographs_into_the_rich_form() -> None:
    rich = multipart("mixed", HTML + "<p>See", PHOTO, HTML + "<p>this", boundary="inner")
    mail = read(multipart("alternative", PLAIN + "See this", rich))
    assert (mail.text, names(mail)) == ("See this", ["toaster.jpg"])


def test_the_logo_of_a_signature_is_no_attachment_and_a_pasted_photograph_is() -> None:
    logo = "Content-Type: image/png; name=image001.png\nContent-ID: <l>\nContent-Disposition: inline\n\nPNG"
    assert names(read(multipart("related", HTML + "<p>Hi", logo, PHOTO))) == ["toaster.jpg"]


def test_a_text_file_is_attached_and_not_read() -> None:
    listing = 'Content-Type: text/plain; name="parts.txt"\n\nscrew 4 mm'
    csv = "Content-Type: text/csv\nContent-Disposition: attachment; filename=list.csv\n\na;b"
    mail = read(multipart("mixed", PLAIN + "See the list", listing, csv))
    assert (mail.text, names(mail)) == ("See the list", ["parts.txt", "list.csv"])


def test_a_text_that_has_a_name_and_is_all_there_is_is_read() -> None:
    assert read("Content-Type: text/plain; name=body.txt\n\nHello").text == "Hello"


def test_a_mail_that_is_attached_is_named_by_its_subject_and_not_read() -> None:
    inner = "Content-Type: message/rfc822\n\nFrom: x@y.example\nSubject: =?utf-8?q?L=C3=A4mp?= 1/2\n\nsecret text"
    mail = read(multipart("mixed", PLAIN + "See below", inner))
    assert mail.text == "See below"
    assert [(found.name, found.type) for found in mail.attachments] == [("Lämp 1_2", "message/rfc822")]


def test_a_bounce_is_a_report_and_has_only_its_words() -> None:
    status = "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; nobody@house.example"
    headers = "Content-Type: text/rfc822-headers\n\nSubject: Re: toaster"
    mail = read(
        multipart("report", PLAIN + "Not delivered", status, headers, more="; report-type=delivery-status")
    )
    assert (mail.text, mail.is_report, mail.attachments) == ("Not delivered", True, ())
    assert not read(PLAIN + "Delivered").is_report


@pytest.mark.parametrize(
    "part",
    [
        "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR",
        "Content-Type: application/ics\n\nBEGIN:VCALENDAR",
        "Content-Type: application/octet-stream; name=Invite.ICS\n\nBEGIN:VCALENDAR",
    ],
)
def test_an_invitation_is_known_by_its_calendar(part: str) -> None:
    mail = read(multipart("alternative", PLAIN + "Come", HTML + "<p>Come", part))
    assert (mail.text, mail.has_calendar) == ("Come", True)
    assert not read(PLAIN + "Come").has_calendar


def test_winmail_dat_is_named_only() -> None:
    tnef = "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+IgAA"
    mail = read(multipart("mixed", PLAIN + "Hello", tnef))
    assert (mail.text, names(mail)) == ("Hello", ["winmail.dat"])


@pytest.mark.parametrize("padding", ["QUJD", "QUI=", "QQ=="])
def test_the_size_of_an_attachment_is_what_it_decodes_to(padding: str) -> None:
    part = f"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nQUJD\nQUJD\n{padding}"
    [attachment] = read(multipart("mixed", PLAIN + "x", part)).attachments
    assert attachment.size == 6 + len(base64.b64decode(padding))


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Content-Disposition: attachment; filename=a.pdf", "a.pdf"),
        ('Content-Disposition: attachment; filename="a b; c.pdf"', "a b; c.pdf"),
        ('Content-Disposition: attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        ('Content-Disposition: attachment; filename="=?utf-8?q?L=C3=A4mp.pdf?="', "Lämp.pdf"),
        ("Content-Disposition: attachment; filename*=utf-8''L%C3%A4mp.pdf", "Lämp.pdf"),
        ("Content-Disposition: attachment; filename*=L%C3%A4mp.pdf", "Lämp.pdf"),
        ("Content-Disposition: attachment; filename*0*=utf-8''L%C3%A4; filename*1=mp.pdf", "Lämp.pdf"),
        ("Content-Disposition: attachment; filename*0=one; filename*1=two; filename*2=.pdf", "onetwo.pdf"),
        ("Content-Disposition: attachment; filename*=rot13''nop", "nop"),
        ("Content-Disposition: attachment; filename=../../etc/passwd", ".._.._etc_passwd"),
        ('Content-Disposition: attachment; filename="C:\\\\Temp\\\\a.exe"', "C:_Temp_a.exe"),
        ('Content-Disposition: attachment; filename="fdp.\u202eexe"', "fdp.exe"),
        ("Content-Disposition: attachment; filename=" + "x" * 9000, "x" * 255),
        ("Content-Disposition: attachment", ""),
    ],
)
def test_a_file_has_a_name_that_is_no_path(header: str, name: str) -> None:
    mail = read(multipart("mixed", PLAIN + "x", f"Content-Type: application/pdf\n{header}\n\nPDF"))
    assert names(mail) == [name]


def test_a_type_that_is_none_is_plain_text() -> None:
    assert read("Content-Type: plain\n\nHello").text == "Hello"
    assert read("Content-Type: text\n\nHello").text == "Hello"
    assert read("Content-Type:\n\nHello").text == "Hello"


def test_a_multipart_that_does_not_tell_its_boundary_is_taken_apart() -> None:
    mail = read(f"Content-Type: multipart/alternative\n\n--xyz\n{PLAIN}Hello\n--xyz\n{HTML}<p>Hello\n--xyz--\n")
    assert mail.text == "Hello"


def test_a_multipart_in_which_there_is_none_is_text() -> None:
    assert read("Content-Type: multipart/mixed; boundary=b\n\nHello there").text == "Hello there"
    assert read("Content-Type: multipart/mixed\n\nHello there").text == "Hello there"


def test_a_multipart_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = multipart("mixed", multipart("alternative", PLAIN + "Hello", HTML + "<p>Hel", boundary="in"), PHOTO)
    assert read(whole[: whole.index("<p>")]).text == "Hello"


def test_a_part_without_a_header_is_text() -> None:
    assert read(multipart("mixed", "\nHello", "Hello: again\n\nthere")).text == "Hello\n\nthere"


def test_a_boundary_within_another_is_not_mistaken() -> None:
    inner = multipart("alternative", PLAIN + "Hello\n--b1x\nthere", boundary="b1")
    assert read(multipart("mixed", inner, PLAIN + "you", boundary="b")).text == "Hello\n--b1x\nthere\n\nyou"


@pytest.mark.parametrize(
    ("encoding", "data", "text"),
    [
        ("base64", "SGFsbG8=", "Hallo"),
        ("base64", "SGFs\nbG8g\nd2Vlcg", "Hallo weer"),
        ("base64", "SGFsbG8gd2VlcgA", "Hallo weer"),
        ("base64", "SGFsbG8gd2Vl", "Hallo wee"),
        ("base64", "SGFsbG8gd2VlX", "Hallo wee"),
        ("base64", "SGFs!!bG8g--d2Vlcg==\n\nA footer that a list added", "Hallo weer"),
        ("base64", "SGE=\nbGxv", "Hallo"),
        ("base64", "====", ""),
        ("BASE64", "SGFsbG8=", "Hallo"),
        ("quoted-printable", "caf=C3=A9 =\nen th=c3=a9", "café en thé"),
        ("quoted-printable", "a=  \nb", "ab"),
        ("quoted-printable", "5 = 5, 50=25, =ZZ, =", "5 = 5, 50%, =ZZ,"),
        ("quoted-printable", "a=\n", "a"),
        ("8bit", "caf=C3=A9", "caf=C3=A9"),
        ("x-unknown", "Hallo", "Hallo"),
    ],
)
def test_a_broken_encoding_is_read_as_far_as_it_goes(encoding: str, data: str, text: str) -> None:
    mail = read(f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{data}")
    assert mail.text.rstrip(" ") == text


def test_the_armour_of_a_signed_text_is_dropped() -> None:
    signed = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n- -- \nJan\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEB\n=x\n-----END PGP SIGNATURE-----\n"
    )
    mail = read(PLAIN + signed)
    assert (mail.text, mail.is_encrypted) == ("Hello\n-- \nJan", False)


def test_what_is_encrypted_has_no_text_and_says_so() -> None:
    secret = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"
    assert (read(PLAIN + secret).text, read(PLAIN + secret).is_encrypted) == ("", True)
    parts = [
        "Content-Type: application/pgp-encrypted\n\nVersion: 1",
        f"Content-Type: application/octet-stream\n\n{secret}",
    ]
    sealed = read(multipart("encrypted", *parts))
    assert (sealed.text, sealed.is_encrypted) == ("", True)
    smime = read("Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAG")
    assert (smime.text, smime.is_encrypted, names(smime)) == ("", True, ["smime.p7m"])


def test_a_signed_mail_has_its_text_and_its_signature_attached() -> None:
    signature = 'Content-Type: application/pgp-signature; name="signature.asc"\n\n-----BEGIN PGP SIGNATURE-----'
    mail = read(multipart("signed", PLAIN + "Hello", signature))
    assert (mail.text, names(mail), mail.is_encrypted) == ("Hello", ["signature.asc"], False)


def test_a_file_in_the_text_by_uuencode_is_left_out() -> None:
    mail = read(PLAIN + "Here it is:\nbegin 644 toaster.gif\n#0V%T\n`\nend\nbegin at the end")
    assert mail.text == "Here it is:\n\nbegin at the end"


def test_a_text_is_cut_at_a_line_before_a_hundred_kilobytes() -> None:
    mail = read(PLAIN + "één regel\n" * 20_000)
    assert mail.is_cut
    assert 99_900 < len(mail.text.encode()) <= 100_000
    assert mail.text.endswith("één regel")
    assert not read(PLAIN + "x" * 100_000).is_cut


def test_a_line_of_a_megabyte_is_cut_between_characters() -> None:
    mail = read(PLAIN + "é" * 500_000)
    assert (mail.is_cut, len(mail.text)) == (True, 50_000)


def test_of_a_thousand_parts_two_hundred_are_read_and_a_hundred_named() -> None:
    mail = read(multipart("mixed", *[PLAIN + f"text {n}" for n in range(1000)]))
    assert mail.text.count("text") == 200
    assert len(read(multipart("mixed", *["Content-Type: a/b; name=x\n\n"] * 1000)).attachments) == 100


def test_a_mail_can_be_handed_to_another_process() -> None:
    mail = read(multipart("mixed", PLAIN + "Hello", PHOTO))
    assert pickle.loads(pickle.dumps(mail)) == mail  # noqa: S301
