"""Which way a mail went, and to whom an answer would go."""

import pytest

from rcmail.mail.identity import OwnAddresses, same
from rcmail.mail.mime.parse import parse
from rcmail.mail.visitor import Who, who
from tests.mail.letters import GROUP, letter

OWN = OwnAddresses([GROUP, "repaircafe.town@gmail.com"])
FORM = """Van: Anna de Vries <anna@example.com>
Onderwerp: broodrooster

Bericht:
Mijn broodrooster is stuk, mail ook aan mijn man: jan@example.net

--
Dit bericht is verzonden via het contactformulier"""


def found(raw: bytes, *, is_sent: bool = False) -> Who:
    return who(parse(raw), OWN, is_sent=is_sent)


def test_a_visitor_writes_to_the_group() -> None:
    seen = found(letter())
    assert (seen.direction, seen.name, seen.address, seen.source) == ("in", "Anna", "anna@example.com", "from")


def test_the_group_answers_a_visitor() -> None:
    seen = found(letter(sender=f"Repair Café <{GROUP}>", to="Anna <anna@example.com>"))
    assert (seen.direction, seen.address, seen.source) == ("out", "anna@example.com", "to")


@pytest.mark.parametrize(
    "address",
    ["repaircafe.town@gmail.com", "RepairCafeTown@googlemail.com", "repaircafe.town+web@gmail.com", GROUP.upper()],
)
def test_the_groups_address_is_known_however_it_is_spelled(address: str) -> None:
    assert address in OWN
    assert found(letter(sender=address, to="anna@example.com")).direction == "out"


def test_dots_count_where_it_is_not_gmail() -> None:
    assert same("a.b@example.org") != same("ab@example.org")
    assert same("a.b@gmail.com") == same("ab@googlemail.com")


def test_mail_from_an_alias_that_the_mailbox_says_it_sent_went_out() -> None:
    seen = found(letter(sender="volunteer@example.net", to="Anna <anna@example.com>"), is_sent=True)
    assert (seen.direction, seen.address) == ("out", "anna@example.com")


def test_an_answer_goes_where_reply_to_says() -> None:
    seen = found(letter(Reply_To="Anna at work <anna@work.example>"))
    assert (seen.address, seen.source) == ("anna@work.example", "reply-to")


def test_a_reply_to_that_is_the_groups_own_does_not_count() -> None:
    assert found(letter(Reply_To=GROUP)).address == "anna@example.com"


def test_a_list_that_wants_the_answers_is_no_visitor_of_its_members() -> None:
    seen = found(letter(Reply_To="list@example.net", List_Id="<list.example.net>"))
    assert seen.address == "anna@example.com"


def test_of_a_contact_form_the_visitor_is_in_reply_to() -> None:
    raw = letter(sender="Repair <wordpress@site.example>", text=FORM, Reply_To="Anna <anna@example.com>")
    seen = found(raw)
    assert (seen.direction, seen.name, seen.address, seen.subject) == (
        "in", "Anna", "anna@example.com", "broodrooster",
    )  # fmt: skip


def test_of_a_contact_form_without_reply_to_the_visitor_is_on_a_labelled_line() -> None:
    seen = found(letter(sender="Repair <wordpress@site.example>", text=FORM))
    assert (seen.name, seen.address, seen.source) == ("Anna de Vries", "anna@example.com", "form")
    assert seen.subject == "broodrooster"


def test_a_form_that_sends_in_the_groups_name_is_no_answer_of_the_group() -> None:
    seen = found(letter(sender=GROUP, text=FORM), is_sent=True)
    assert (seen.direction, seen.address) == ("in", "anna@example.com")
    seen = found(letter(sender=GROUP, Reply_To="anna@example.com", text="Hallo"), is_sent=True)
    assert (seen.direction, seen.address) == ("in", "anna@example.com")


def test_an_address_in_the_message_of_a_form_is_nobodys() -> None:
    text = "Naam: Anna\nBericht:\nSchrijf mijn man: jan@example.net"
    assert found(letter(sender="wordpress@site.example", text=text)).address == "wordpress@site.example"
    assert found(letter(text="E-mail: jan@example.net is van mijn man")).address == "anna@example.com"


@pytest.mark.parametrize(
    "text",
    [
        "Name\nAnna de Vries\nEmail\nanna@example.com\nComment or Message\nHello",
        "Telefoon\n06 1\nMobiel\n06 2\nNaam\nAnna de Vries\nE-mailadres\nanna@example.com\nVraag\nHoi",
        "Sie haben eine Nachricht:\n\nName: Anna de Vries\nE-Mail-Adresse: anna@example.com\nNachricht: Hallo",
        "Nom : Anna de Vries\nCourriel : anna@example.com\nMessage :\nBonjour",
        "*Naam:* Anna de Vries\n*E-mailadres:* anna@example.com\n*Telefoon:* 06\n*Uw bericht:* Hallo",
        "From: Anna de Vries <anna@example.com>\nSubject: toaster\n\nMessage Body:\nHello",
    ],
)
def test_forms_of_several_makers_are_understood(text: str) -> None:
    seen = found(letter(sender="noreply@site.example", text=text))
    assert (seen.name, seen.address, seen.source) == ("Anna de Vries", "anna@example.com", "form")


def test_the_group_writes_to_itself() -> None:
    seen = found(letter(sender=GROUP, to=GROUP, text="buy tea"))
    assert (seen.direction, seen.address) == ("out", None)


def test_a_mail_without_a_sender_has_no_visitor() -> None:
    seen = found(letter(sender=""))
    assert (seen.direction, seen.address, seen.source) == ("in", None, "none")


def test_an_answer_to_bcc_only_has_nobody_to_be_for() -> None:
    assert found(letter(sender=GROUP, to=""), is_sent=True).direction == "out"
