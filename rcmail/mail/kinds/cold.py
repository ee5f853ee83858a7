"""Whose mail one is, by its words alone: before any volunteer has marked one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from rcmail.mail.kinds import leaning, other, senders, visitor
from rcmail.mail.kinds.grateful import only_thanks
from rcmail.mail.kinds.verdict import ABOUT, ASKS, LEANING, ONLY_THANKS, OWN_BROKEN, UNSURE, Verdict
from rcmail.mail.question import question
from rcmail.mail.subject import bare_subject
from rcmail.mail.words import as_typed, fold

# Letters that are looked at: whose a mail is stands at its beginning, an unsubscribe line at its end.
_FIRST: Final = 2_000
_LAST: Final = 400
_MOST_THINGS: Final = 20


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
    is for a person to say. Of an office only who wants something broken repaired is a visitor.
    """
    found = _verdict(mail)
    is_only_thanks = found.kind != "other" and only_thanks(mail.new_text, mail.subject)
    return Verdict("visitor", ONLY_THANKS) if is_only_thanks else found


def _verdict(mail: Mail) -> Verdict:
    request = _folded(f"{bare_subject(mail.subject)}. {question(mail.new_text)[:_FIRST]}")
    is_own = _is_own_thing(request)
    strength, why = _visitor(request, is_own=is_own)
    if others := _other(f"{request}\n{_folded(mail.new_text[-_LAST:])}", mail):
        return LEANING if strength >= _REPAIR or is_own else Verdict("other", others)
    is_elsewhere = strength < _REPAIR and not is_own and leaning.ELSEWHERE.search(request)
    if is_elsewhere and not visitor.THING.search(request):
        return _ELSEWHERE
    if leaning.GIVES.search(request):
        return _GIVES
    if strength < _BROKEN and leaning.LEANS.search(request):
        return LEANING if strength else UNSURE
    if strength < (_REPAIR if _is_office(mail) else _ASKS):
        return UNSURE
    return Verdict("visitor", why)


def tells_of_fault(request: str) -> bool:
    """Does ``request`` tell of a broken thing, without asking whether such things are repaired at all?"""
    text = _folded(request[:_FIRST])
    is_about = visitor.THING.search(text) or visitor.OWN.search(text)
    return bool(is_about and visitor.FAULT.search(text) and not visitor.WHETHER.search(text))


# How much a visitor's words say.
_NOTHING, _ASKS, _PRACTICAL, _REPAIR, _BROKEN = range(5)
# What is for a person to say, beside LEANING.
_ELSEWHERE: Final = Verdict("unsure", "it is about what people write of to other groups")
_GIVES: Final = Verdict("unsure", "it gives something away")
_TELLS: Final = "it tells of something that is broken"
# Sentences in which something is asked for, and what makes a visitor of who asks.
_ASKED: Final = (
    ("it asks to have something repaired", visitor.REPAIR),
    ("it asks to come", visitor.BRING),
    ("it asks what a visitor wants to know before coming", visitor.PRACTICAL),
    (ABOUT, visitor.THING),
)
_TOLD: Final = (
    ("it looks for something that was left behind", visitor.LOST),
    ("it tells that a visitor cannot come", visitor.CANCEL),
    ("it thanks for a repair", visitor.DONE),
    ("it complains", visitor.COMPLAINS),
)
_SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?]*")
# Letters before an offer in which somebody stands who is not the sender: “my son would like to help”.
_KIN: Final = 60
# Letters between “my” and the thing: “my old sewing machine”.
_NEAR: Final = 30
# Letters of a request by one person of whom nothing else is known.
_SHORT: Final = 500
# Letters of one that tells what is the matter, with a thing that only its maker's name tells.
_BRIEF: Final = 200


def _visitor(request: str, *, is_own: bool) -> tuple[int, str]:
    asked = " ".join(each for each in _SENTENCE.findall(request) if visitor.ASKS.search(each))
    fault = visitor.FAULT.search(request)
    if fault and is_own:
        return _BROKEN, OWN_BROKEN
    for why, words in _ASKED:
        if words.search(asked) and (words is not visitor.BRING or visitor.SPEAKER.search(asked)):
            return _REPAIR if fault and words in (visitor.REPAIR, visitor.BRING) else _PRACTICAL, why
    for why, words in _TOLD:
        if words.search(request):
            return _PRACTICAL, why
    if fault and (visitor.OWN.search(request) or visitor.THING.search(request)):
        return _PRACTICAL, _TELLS
    if is_own:
        return _PRACTICAL, "it is about a thing that can be repaired"
    if fault and len(request) < _BRIEF and not visitor.WE.search(request):
        return _ASKS, _TELLS
    if "?" in request and len(request) < _SHORT and not visitor.WE.search(request):
        return _ASKS, ASKS
    return _NOTHING, ""


def _is_own_thing(request: str) -> bool:
    things = islice(visitor.THING.finditer(request), _MOST_THINGS)
    return any(_is_own(request, each.start(), each.end()) for each in things)


def _is_own(request: str, start: int, end: int) -> bool:
    owners = list(visitor.OWN.finditer(request, max(0, start - _NEAR), start))
    is_mine = bool(owners) and not visitor.NOT_OWN.search(request, owners[-1].end(), start)
    return is_mine or visitor.OF_MINE.match(request, end) is not None


def _other(text: str, mail: Mail) -> str:
    is_visit = other.VISITS.search(text)
    for why, words in other.SURE:
        if is_visit and why == other.OWN_AFFAIRS:
            continue
        if (found := words.search(text)) and not other.KIN.search(text, max(0, found.start() - _KIN), found.end()):
            return why
    if senders.CAFE.search(fold(mail.from_name)):
        return senders.CAFE_WHY
    if any(senders.VOLUNTEERS.fullmatch(address.partition("@")[0].casefold()) for address in mail.to):
        return "it was written to the group's own people"
    return ""


def _is_office(mail: Mail) -> bool:
    """Does nobody with a name of his own write?"""
    name, local = fold(mail.from_name), fold(mail.from_address.partition("@")[0])
    if any(len(word) > _SHORT_NAME and word in local for word in re.findall(r"[a-z]+", name)):
        return bool(senders.ORGANISATION.search(name))
    return bool(senders.ORGANISATION.search(name) or senders.OFFICE.fullmatch(local))


# Letters of a name that may stand in any address.
_SHORT_NAME: Final = 2


def _folded(text: str) -> str:
    return re.sub(r"[^\S\n]+", " ", as_typed(text))
