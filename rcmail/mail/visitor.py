"""Which way a mail went, and who the visitor is: the person an answer would go to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rcmail.mail.contact_form import Form, read_form
from rcmail.mail.identity import OwnAddresses
from rcmail.mail.mime.parse import Address, Mail

# Whoever sends for a website. Of these alone the text is asked for who wrote it.
_SITE: Final = re.compile(
    r"(?:wordpress|www-?data|webmaster|website|web|site|contact-?form(?:ulier|ular)?|formulier|formular|forms?|mailer|php"
    r"|apache|no-?_?reply|do-?not-?reply|wix|squarespace|jimdo|joomla|drupal|typo3)@.*",
    re.IGNORECASE,
)
_SITE_MAILER: Final = re.compile(r"PHPMailer|WordPress|WPForms|Gravity|Ninja|Joomla|Drupal|TYPO3", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Who:
    """``direction`` is “in” or “out”; ``source`` says where the visitor's address came from: “from”, “reply-to”,
    “form”, “to”, or “none” where there is no visitor. ``subject`` is the form's own, where it has one."""

    direction: str
    name: str = ""
    address: str | None = None
    source: str = "none"
    subject: str = ""

    @property
    def is_form(self) -> bool:
        return self.source == "form" or (self.source == "reply-to" and bool(self.subject))


def who(mail: Mail, own: OwnAddresses, *, is_sent: bool) -> Who:
    """Who wrote to whom. ``is_sent``: the mailbox itself says that it was sent from there."""
    is_own = mail.from_.address in own
    foreign = _foreign(mail.reply_to, own)
    receivers = _foreign((*mail.to, *mail.cc, *mail.bcc), own)
    form = read_form(mail.text) if is_own or _is_site(mail) else None
    if form is not None and form.address in own:
        form = None
    if (is_own or is_sent) and receivers:
        return Who("out", receivers[0].name, receivers[0].address, "to")
    # The group's own address to itself: a form that sends in its name, or a note.
    if (is_own or form) and foreign:
        return _of_form(foreign[0], form, "reply-to")
    if form is not None:
        return Who("in", form.name, form.address, "form", form.subject)
    if is_own or is_sent:
        return Who("out")
    if foreign and not mail.headers.get("list-id"):
        return Who("in", foreign[0].name or mail.from_.name, foreign[0].address, "reply-to")
    if not mail.from_.address:
        return Who("in", mail.from_.name)
    return Who("in", mail.from_.name, mail.from_.address, "from")


def _of_form(writer: Address, form: Form | None, source: str) -> Who:
    name = writer.name or (form.name if form else "")
    return Who("in", name, writer.address, source, (form.subject if form else ""))


def _is_site(mail: Mail) -> bool:
    headers: Mapping[str, str] = mail.headers
    return bool(
        _SITE.fullmatch(mail.from_.address)
        or "x-ninja-forms" in headers
        or _SITE_MAILER.search(headers.get("x-mailer", ""))
    )


def _foreign(addresses: Sequence[Address], own: OwnAddresses) -> list[Address]:
    return [each for each in addresses if each.address and each.address not in own]
