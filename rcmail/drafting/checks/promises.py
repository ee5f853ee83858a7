"""Amounts of money and repairs that no past answer and no setting speaks of."""

from collections.abc import Iterator
from typing import Final

from rcmail.answers.naming import covered_by_kind
from rcmail.answers.things import CARRIED, PARTS_OF_THINGS
from rcmail.drafting import subjects
from rcmail.drafting.checks.clauses import NO, is_sure, promising, refuses, says_yes
from rcmail.drafting.checks.draft import Draft
from rcmail.drafting.proposal import Objection
from rcmail.drafting.today import DATED
from rcmail.mail.mentions.mention import plain, small
from rcmail.mail.mentions.money import Amount, is_among, money
from rcmail.mail.words import fold

_MONEY: Final = "No past answer speaks of this amount: take it out, or see what it really costs."
_REPAIR: Final = "No past answer says that this is repaired: see whether it is."
_REFUSED: Final = "The settings or the newest answer say that this is not repaired: put it right."
_SURE: Final = "No past answer is that sure of a repair, or gives a guarantee: take it out."


def look(draft: Draft) -> Iterator[Objection]:
    """Each amount, then each thing."""
    amounts = [each for each in draft.mentions if each.kind == "money"]
    known = _amounts(draft) if amounts else frozenset()
    for each in amounts:
        if not is_among(each.value, known):
            yield Objection("money", _MONEY, each.start, each.end)
    for start, end in draft.sentences:
        yield from _promised(draft, start, end)
        if is_sure(fold(draft.text[start:end])) and not _is_told(draft):
            yield Objection("repair", _SURE, start, end)
    yield from _unnamed(draft)


def _is_told(draft: Draft) -> bool:
    """Whether the group itself is as sure."""
    return any(is_sure(each) for text in draft.known for each in text.split(". "))


def _amounts(draft: Draft) -> frozenset[Amount]:
    texts = "\n".join([*(each.answer for each in draft.sources), draft.house])
    return frozenset(value for *_, value in money(small(plain(texts))))


def _promised(draft: Draft, start: int, end: int) -> Iterator[Objection]:
    """What a sentence promises to repair."""
    said = " ".join(fold(draft.text[start:end]).split())[:-1]
    if any(said in each for each in draft.known):
        return
    for part in promising(fold(_without_hours(draft, start, end))):
        if subjects.names_listed(draft.facts.settings.not_repaired, part):
            yield Objection("repair", _REFUSED, start, end)
            return
        named = subjects.things(part)
        for thing in sorted(named - PARTS_OF_THINGS):
            if why := _why(draft, thing, named, draft.text[start:end]):
                yield Objection("repair", why, start, end)
                return


def _unnamed(draft: Draft) -> Iterator[Objection]:
    """A yes to what is not repaired, where nothing else is asked about and nothing is refused."""
    named = frozenset(each for text in draft.questions for each in subjects.things(text))
    items = draft.facts.settings.not_repaired
    others = named - PARTS_OF_THINGS - subjects.refused(items, named)
    is_listed = any(subjects.names_listed(items, text) for text in draft.questions)
    said = [(start, end, fold(draft.text[start:end])) for start, end in draft.sentences]
    if not (is_listed or named - PARTS_OF_THINGS) or others or any(refuses(each) for *_, each in said):
        return
    for start, end, sentence in said:
        if says_yes(sentence) and not subjects.things(sentence):
            yield Objection("repair", _REFUSED, start, end)


def _without_hours(draft: Draft, start: int, end: int) -> str:
    """A sentence without its days and hours: “14 Uhr” is no clock."""
    text = draft.text
    for each in draft.mentions:
        if each.kind in DATED and start <= each.start < end:
            text = f"{text[: each.start]}{'-' * (each.end - each.start)}{text[each.end :]}"
    return text[start:end]


def _why(draft: Draft, thing: str, named: frozenset[str], sentence: str) -> str:
    if thing in subjects.refused(draft.facts.settings.not_repaired, named):
        return _REFUSED
    if _is_offered(draft, thing) or any(_is_done(draft, part) for part in _carried(draft, thing, sentence)):
        return ""
    if not (telling := draft.known_things.get(thing)):
        return _REPAIR
    return _REFUSED if all(map(NO.search, telling)) else ""


def _carried(draft: Draft, thing: str, sentence: str) -> frozenset[str]:
    """What of ``thing`` is asked for or promised: the zip of a rucksack."""
    asked = frozenset(each for text in (sentence, *draft.questions) for each in subjects.things(text))
    return frozenset(part for part in asked if thing in CARRIED.get(part, ()))


def _is_offered(draft: Draft, thing: str) -> bool:
    return thing in covered_by_kind(draft.facts.settings.event_offerings)


def _is_done(draft: Draft, thing: str) -> bool:
    """Whether it is offered, or told of and not only refused."""
    telling = draft.known_things.get(thing, [])
    return _is_offered(draft, thing) or not all(map(NO.search, telling))
