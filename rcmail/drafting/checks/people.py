"""Names, numbers and addresses that are somebody else's, or nobody's that is known here."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.drafting.checks.draft import Draft
from rcmail.drafting.names import named
from rcmail.drafting.proposal import Objection
from rcmail.mail.mentions.contacts import BACK, NO_PHONE
from rcmail.mail.mentions.mention import plain, small
from rcmail.mail.words import fold, words

_LINK: Final = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"]{2,200}|(?<![@\w.])[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,40}){0,3}"
    r"\.(?:nl|de|com|org|net|be|fr|eu|uk|info|io|example|lu|at|ch)(?:/[^\s<>\"]{0,200})?(?![\w@])",
    re.IGNORECASE,
)
_ACCOUNT: Final = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{2,4}){2,8}\b")
# Of whatever country; of one's own mail it is a date, or the like.
_DIGITS: Final = re.compile(r"(?<![\w€$£])\d(?:[ ./()-]{0,2}\d){6,14}(?!\w)")
_OFTEN: Final = 2
_SENTENCES: Final = {
    "name": "This is the name of somebody else: take it out.",
    "greeting": "The visitor is not called so: write the visitor's own name.",
    "phone": "This number is not the group's: take it out, or see whose it is.",
    "address": "This mail address is not the group's: take it out, or see whose it is.",
    "link": "The group does not write this address to everybody: see where it leads, or take it out.",
    "account": "This looks like the number of a bank account: take it out.",
}


def look(draft: Draft) -> Iterator[Objection]:
    """Each of them."""
    own = frozenset(words(f"{draft.request}\n{draft.house}"))
    for start, end in _names(draft, own):
        yield Objection("name", _SENTENCES["name"], start, end)
    for each in draft.mentions:
        if draft.today.is_foreign(each):
            yield Objection(each.kind, _SENTENCES[each.kind], each.start, each.end)
        elif each.kind == "name" and _is_greeted(draft.text, each.start) and not own.issuperset(words(each.text)):
            yield Objection("name", _SENTENCES["greeting"], each.start, each.end)
    yield from _numbers(draft)
    yield from _links(draft)
    for account in _ACCOUNT.finditer(draft.text):
        yield Objection("account", _SENTENCES["account"], *account.span())


def _numbers(draft: Draft) -> Iterator[Objection]:
    """Long numbers that another visitor wrote, and that look like no telephone's."""
    taken = [(each.start, each.end) for each in draft.mentions]
    found = [
        each
        for each in _DIGITS.finditer(draft.text)
        if not any(start < each.end() and each.start() < end for start, end in taken)
        and not NO_PHONE.search(small(plain(draft.text[max(0, each.start() - BACK) : each.start()])))
    ]
    if found:
        theirs = {number for source in draft.sources for number in _digits(source.question)}
        own = _digits(f"{draft.request}\n{draft.house}")
        for each in found:
            if _bare(each[0]) in theirs - own:
                yield Objection("phone", _SENTENCES["phone"], *each.span())


def _digits(text: str) -> set[str]:
    return {_bare(each[0]) for each in _DIGITS.finditer(text)}


def _bare(number: str) -> str:
    return re.sub(r"\D", "", number)


def _links(draft: Draft) -> Iterator[Objection]:
    """Addresses of the web that are in no setting, and that the group has not written to several visitors."""
    house = fold(draft.house)
    for link in _LINK.finditer(draft.text):
        is_mail = draft.text[: link.start()].endswith("@")
        address = fold(link[0]).rstrip("./")
        times = sum(address in answer for answer in draft.folded_answers)
        if not is_mail and address not in house and times < _OFTEN:
            yield Objection("link", _SENTENCES["link"], *link.span())


def _names(draft: Draft, own: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where those are named who asked before, by what is no name of this visitor and no volunteer's."""
    found = {span for source in draft.sources for span in named(draft.text, source)}
    # What answers to others have, too, is a volunteer's name or none at all.
    answers = (set(words(each.answer)).difference(words(each.visitor_name)) for each in draft.sources if found)
    known = own.union(*answers)
    yield from (span for span in sorted(found) if fold(draft.text[slice(*span)]) not in known)


def _is_greeted(text: str, start: int) -> bool:
    """Whether a name is in the first line."""
    return "\n" not in text[:start].lstrip()
