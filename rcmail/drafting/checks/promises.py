"""Amounts of money and repairs that no past answer and no setting speaks of."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.answers.things import PARTS_OF_THINGS
from rcmail.drafting import subjects
from rcmail.drafting.checks.draft import Draft
from rcmail.drafting.proposal import Objection
from rcmail.mail.mentions.mention import plain, small
from rcmail.mail.mentions.money import Amount, is_among, money
from rcmail.mail.words import fold

_MONEY: Final = "No past answer speaks of this amount: take it out, or see what it really costs."
_REPAIR: Final = "No past answer says that this is repaired: see whether it is."
_REFUSED: Final = "The settings or the newest answer say that this is not repaired: put it right."
_DOES: Final = re.compile(
    r"\b(?:repareren|herstellen|maken|doen|fixen|slijpen|reparieren|machen|flicken|schleifen|repair|fix"
    r"|mend|do|sharpen"
    r"|reparons|faisons|remplacons|soudons|repare|repariert|maakt|doet|welkom|willkommen|welcome"
    r"|bienvenue?s?|meenemen"
    r"|mitbringen|bring|apporte\w*|brengen|meebrengen)\b"
)
_NO: Final = re.compile(
    r"\b(?:geen|niet|nee|nooit|helaas|nein|nicht|keine?[nrs]?|leider|not|no|never|sorry|afraid|cannot|pas"
    r"|malheureusement"
    r"|aucune?|jamais|ob|whether|of|si)\b|n't\b"
)
# Of a past answer, that are looked at.
_LETTERS: Final = 20_000
_CLAUSE: Final = re.compile(r"[^,;:–()]{1,400}")


def look(draft: Draft) -> Iterator[Objection]:
    """Each amount, then each thing."""
    amounts = [each for each in draft.mentions if each.kind == "money"]
    known = _amounts(draft) if amounts else frozenset()
    for each in amounts:
        if not is_among(each.value, known):
            yield Objection("money", _MONEY, each.start, each.end)
    for start, end in draft.sentences:
        yield from _promised(draft, start, end)


def _amounts(draft: Draft) -> frozenset[Amount]:
    texts = "\n".join([*(each.answer[:_LETTERS] for each in draft.sources), draft.house])
    return frozenset(value for *_, value in money(small(plain(texts))))


def _promised(draft: Draft, start: int, end: int) -> Iterator[Objection]:
    """What a sentence promises to repair."""
    sentence = fold(draft.text[start:end])
    if not _DOES.search(sentence) or " ".join(sentence.split())[:-1] in " ".join(draft.folded_answers):
        return
    for clause in _CLAUSE.finditer(sentence):
        if not _NO.search(clause[0]):
            named = subjects.things(clause[0])
            for thing in sorted(named - PARTS_OF_THINGS):
                if why := _why(draft, thing, named):
                    yield Objection("repair", why, start, end)
                    return


def _why(draft: Draft, thing: str, named: frozenset[str]) -> str:
    settings = draft.facts.settings
    if thing in subjects.refused(settings.not_repaired, named):
        return _REFUSED
    if thing in subjects.covered_by_kind(settings.event_offerings):
        return ""
    clauses = [
        clause[0]
        for answer in draft.folded_answers
        for clause in _CLAUSE.finditer(answer)
        if thing in subjects.things(clause[0])
    ]
    if not clauses:
        return _REPAIR
    return _REFUSED if all(map(_NO.search, clauses)) else ""
