"""What is done with one mail in the child that may die of it: from bytes to what is kept, as values for JSON."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from rcmail.mail.identity import OwnAddresses, same
from rcmail.mail.kinds.cold import Mail as Asked
from rcmail.mail.kinds.cold import verdict
from rcmail.mail.kinds.verdict import UNSURE
from rcmail.mail.language import language
from rcmail.mail.machine import machine_reason
from rcmail.mail.mime.parse import Address, Mail, UnreadableMail, parse
from rcmail.mail.newtext.extract import new_text
from rcmail.mail.subject import subject_key
from rcmail.mail.thanks import is_thanks
from rcmail.mail.visitor import Who, who
from rcmail.mail.words import words

_NOTHING: Final = Mail(
    None, (), None, "", Address("", ""), (), (), (), (), None, None, "", False, False, (), {}, False, False
)
# What PostgreSQL's indexes take, with room to spare (they end at 2,704 bytes).
_MOST_ID: Final = 500


def read(item: Mapping[str, Any]) -> dict[str, Any]:
    """One mail: ``raw`` are its bytes, ``own`` the group's addresses, ``is_sent``, ``is_spam`` the mailbox's word.

    Returns what ``model.Message.new`` takes, or ``{"unreadable": reason}``.
    """
    try:
        mail = parse(item["raw"])
    except UnreadableMail as error:
        return {"unreadable": str(error)}
    own = OwnAddresses(item["own"])
    found = who(mail, own, is_sent=item["is_sent"])
    sent_at = mail.date or mail.received
    return {
        "fingerprint": fingerprint(mail),
        "message_id": _short(mail.message_id),
        "reference_ids": [each[:_MOST_ID] for each in mail.references],
        "direction": found.direction,
        "from_name": mail.from_.name,
        "from_address": mail.from_.address,
        "visitor_name": found.name,
        "visitor_address": found.address,
        "visitor_from": found.source,
        "participants": _participants(mail, found, own),
        "recipients": {
            "to": [asdict(each) for each in mail.to],
            "cc": [asdict(each) for each in mail.cc],
            "reply_to": [asdict(each) for each in mail.reply_to],
        },
        "sent_at": sent_at.isoformat() if sent_at else None,
        "sent_at_from": "date" if mail.date else "received" if mail.received else "import",
        "subject": found.subject or mail.subject,
        "subject_key": subject_key(found.subject or mail.subject),
        "whole_text": mail.text,
        "is_cut": mail.is_cut,
        "machine": "the mailbox calls it spam" if item["is_spam"] else _machine(mail, found),
        "words": " ".join(words("\n".join((*_people(mail, found), mail.subject, mail.text)))),
        "attachments": [asdict(each) for each in mail.attachments],
    }


def whose(item: Mapping[str, Any]) -> dict[str, Any]:
    """Who wrote to whom, once more, of a mail that is kept: now that the group's addresses are ``own``.

    For one that is from, or for, one of them; ``is_sent``, ``from``, ``recipients`` and ``text`` are what is kept.
    """
    to, cc, reply_to = (
        tuple(Address(**each) for each in item["recipients"][name]) for name in ("to", "cc", "reply_to")
    )
    mail = replace(_NOTHING, from_=Address(**item["from"]), to=to, cc=cc, reply_to=reply_to, text=item["text"])
    own = OwnAddresses(item["own"])
    found = who(mail, own, is_sent=item["is_sent"])
    return {
        "direction": found.direction,
        "visitor_name": found.name,
        "visitor_address": found.address,
        "visitor_from": found.source,
        "participants": _participants(mail, found, own),
    }


def make_text(item: Mapping[str, Any]) -> dict[str, Any]:
    """The new text of ``whole_text``, and what follows from it.

    ``earlier`` are the whole texts before it in its conversation, the oldest first, ``own`` its author's of them;
    ``asked`` the further fields of ``cold.Mail``, None where it is no mail of a person to the group.
    """
    text = new_text(item["whole_text"], item["earlier"], item["own"])
    says = verdict(Asked(text, **item["asked"])) if item["asked"] else UNSURE
    return {
        "new_text": text,
        "language": language(text),
        "is_thanks": is_thanks(text),
        "says": says.kind,
        "says_why": says.why,
    }


def fingerprint(mail: Mail) -> str:
    """What is the same for the same mail in whichever mailbox it lies: 64 hexadecimal digits."""
    moment = mail.date.isoformat(timespec="seconds") if mail.date else ""
    same_everywhere = [mail.message_id] if mail.message_id else [mail.subject, " ".join(mail.text.split())]
    parts = (mail.from_.address, moment, *same_everywhere)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _machine(mail: Mail, found: Who) -> str:
    if found.direction == "out":
        automatic = mail.headers.get("auto-submitted", "no").casefold() not in ("no", "")
        # A form's copy to the visitor is sent in the group's name, and nobody has answered.
        is_copy = any(word in mail.headers.get("x-mailer", "") for word in ("PHPMailer", "WordPress", "WPForms"))
        return "a website sent it in the group's name" if automatic or is_copy else ""
    return machine_reason(
        mail.headers,
        mail.from_.address,
        has_calendar=mail.has_calendar,
        is_report=mail.is_report,
        is_form=found.is_form,
    )


def _people(mail: Mail, found: Who) -> tuple[str, ...]:
    return (mail.from_.name, mail.from_.address, found.name, found.address or "")


def _participants(mail: Mail, found: Who, own: OwnAddresses) -> list[str]:
    """Everybody in it but the group, as addresses are compared; of a website's form the visitor alone."""
    is_form = found.source == "form" or (found.source == "reply-to" and mail.from_.address in own)
    everybody: tuple[Address, ...] = () if is_form else (mail.from_, *mail.to, *mail.cc)
    addresses = [found.address or "", *(each.address for each in everybody)]
    return list(dict.fromkeys(same(each)[:_MOST_ID] for each in addresses if each and each not in own))[:50]


def _short(text: str | None) -> str | None:
    return text[:_MOST_ID] if text else None
