"""Whose mail one is, by its words alone: before any volunteer has marked one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rcmail.mail.kinds import other, visitor
from rcmail.mail.question import question
from rcmail.mail.subject import bare_subject
from rcmail.mail.words import fold

# Letters that are looked at: whose a mail is stands at its beginning, an unsubscribe line at its end.
_FIRST: Final = 2_000
_LAST: Final = 400


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind`` is “visitor”, “other” or “unsure”, ``why`` the reason in words that follow “because”."""

    kind: str
    why: str


UNSURE: Final = Verdict("unsure", "nothing tells yet whose it is")


@dataclass(frozen=True, slots=True)
class Mail:
    """What of a mail is looked at; ``to`` are the addresses of everybody it went to."""

    new_text: str
    subject: str = ""
    from_name: str = ""
    from_address: str = ""
    to: Sequence[str] = ()


def verdict(mail: Mail) -> Verdict:
    """Whose ``mail``, written by a person to the group, is.

    Somebody else's words hold against a visitor's, unless she tells of a thing of her own that is broken: then it
    is for a person to say. What comes from an office, and only asks something, is unsure too.
    """
    text = _said(mail)
    strength, why = _visitor(text)
    others = _other(text, mail)
    if others and strength < _BROKEN:
        return Verdict("other", others)
    if others or other.GIVES.search(text) or strength < (_PRACTICAL if _is_office(mail) else _ASKS):
        return UNSURE
    return Verdict("visitor", why)


# How much a visitor's words say.
_NOTHING, _ASKS, _PRACTICAL, _BROKEN = range(4)


def _visitor(text: str) -> tuple[int, str]:
    asks, thing, fault = (each.search(text) is not None for each in (visitor.ASKS, visitor.THING, visitor.FAULT))
    own = visitor.OWN.search(text) is not None
    if fault and (own or thing) and (thing or asks):
        return _BROKEN if own and thing else _PRACTICAL, "it tells of something that is broken"
    if asks and visitor.REPAIR.search(text):
        return _PRACTICAL, "it asks to have something repaired"
    for strength, reason, words in _MORE:
        if words.search(text):
            return strength, reason
    if asks and visitor.BRING.search(text):
        return _PRACTICAL, "it asks to come"
    if asks and visitor.PRACTICAL.search(text):
        return _PRACTICAL, "it asks what a visitor wants to know before coming"
    if thing and asks:
        return _PRACTICAL, "it asks about something that can be repaired"
    if asks or thing or fault:
        return _ASKS, "it asks something, and nothing in it is another's"
    return _NOTHING, ""


_MORE: Final = (
    (_PRACTICAL, "it looks for something that was left behind", visitor.LOST),
    (_PRACTICAL, "it tells that a visitor cannot come", visitor.CANCEL),
    (_PRACTICAL, "it thanks for a repair", visitor.DONE),
)


def _other(text: str, mail: Mail) -> str:
    for why, words in other.SURE:
        if words.search(text):
            return why
    if other.CAFE.search(fold(mail.from_name)):
        return "it is from another Repair Café, or from somebody who studies them"
    if any(other.VOLUNTEERS.fullmatch(address.partition("@")[0].casefold()) for address in mail.to):
        return "it was written to the group's own people"
    return ""


def _is_office(mail: Mail) -> bool:
    local = fold(mail.from_address.partition("@")[0])
    return bool(other.ORGANISATION.search(fold(mail.from_name)) or other.OFFICE.fullmatch(local))


def _said(mail: Mail) -> str:
    """The subject, the request, and the last words of the text, folded."""
    text = mail.new_text.strip()
    asked = question(text)[:_FIRST]
    end = text[-_LAST:] if len(text) > len(asked) else ""
    return re.sub(r"\s+", " ", fold(f"{bare_subject(mail.subject)}. {asked} \n{end}").replace("’", "'"))
