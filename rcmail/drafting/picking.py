"""Which sentences of one past answer belong to a thing, or to a matter."""

import re
from collections.abc import Iterable
from typing import Final

from rcmail.answers.things import PROCESSES
from rcmail.drafting import phrases, subjects, wording
from rcmail.drafting.matching import Answer
from rcmail.drafting.matters import HARD, HOURS, OF_A_THING, OF_THE_PLACE
from rcmail.drafting.question import Question
from rcmail.drafting.sentences import is_dangling, is_exclamation
from rcmail.drafting.stems import stems

# Sentences of one past answer, and of one on one matter.
_MOST: Final = 5
_ON_ONE_MATTER: Final = 2
_YES: Final = re.compile(
    r"\W*(?:ja\w*|oui|yes|of course|natuurlijk|jazeker|klar|bien sûr)\W*(?:\w+\W*)?$", re.IGNORECASE
)
_YES_FIRST: Final = re.compile(r"\W*(?:ja\w*|oui|yes|sure|klar|natuurlijk|natürlich|bien sûr)\b", re.IGNORECASE)
_NOTHING: Final = re.compile(r"\W*(?:niets|nichts|nothing|rien)\W*$", re.IGNORECASE)
_EXCEPT: Final = re.compile(
    r"\b(?:sauf|excepté|hormis|außer|ausgenommen|except|apart from|behalve|uitgezonderd|nur|alleen|enkel|only"
    r"|uniquement"
    r"|seulement)\b[^.;:!?]{0,200}",
    re.IGNORECASE,
)
# “Yes, it's in the box”: of what another visitor lost, and not of where all lost things are kept.
_OF_ONE_LOST: Final = re.compile(
    r"\b(?:yes|it|they|them|your|found|we have|ja|hij|hem|ze|deze|jouw|gevonden(?! voorwerpen)|er|ihn|dein\w*"
    r"|ihre?[nmrs]?|gefunden|wurden?|oui|ils?|elles?|votre|vos|ton|retrouvée?s?|trouvée?s?|nein|nee|no|non)\b"
    r"(?! objets trouvés)",
    re.IGNORECASE,
)
_RULES: Final = {"home": wording.AT_HOME, "last entry": wording.LAST_ENTRY}
MONEY: Final = re.compile(r"\d\s?(?:€|euro)|€\s?\d", re.IGNORECASE)
"""An amount."""


def about(
    answer: Answer, wanted: frozenset[str], matters: Iterable[str], language: str, words: frozenset[str]
) -> list[str]:
    """What of an answer belongs to the things ``wanted``, in its order; ``matters`` are asked beside.

    A sentence that names nothing is about what the one before it named; a leading “yes.” stays with the next.
    ``words`` are the question's stems.
    """
    # What its visitor had asked beside.
    apart = (answer.asked - OF_A_THING | HOURS) - {"costs", "again", *matters}
    kept: list[str] = []
    is_on_it, is_after_kept, yes = True, False, ""
    for each in answer.sentences:
        if (things := subjects.things(each)) and not wanted & PROCESSES:
            is_on_it = bool(things & wanted)
        is_apart = not things and (
            not apart.isdisjoint(subjects.told(each)) or answer.is_beside(each, wanted, words)
        )
        stands = bool(things) or is_after_kept or not is_dangling(each, language)
        is_after_kept = is_on_it and stands and not is_apart and _says_something(each)
        if is_after_kept:
            kept.append(f"{yes} {each}".strip())
        yes = each if each == answer.opening and _YES.match(each) and not is_exclamation(each) else ""
    return kept[:_MOST]


def _says_something(text: str) -> bool:
    return not is_exclamation(text) and not _YES.match(text)


def telling(answer: Answer, matter: str, things: frozenset[str], language: str) -> list[str]:
    """The sentences on ``matter`` that stand alone, and are not of other things than ``things``."""
    said = answer.sentences
    if matter == "costs":
        is_asked = matter in answer.asked
        said = [phrases.free(language) if is_asked and _NOTHING.match(each) else each for each in said]
        if not answer.things & things:
            said = [each for each in said if is_asked and not MONEY.search(each)]
    found = [each for each in said if tells(each, matter, language)]
    if matter == "last entry":
        found = [each for each in found if not answer.today.names_the_hours(each)]
    if matter == "lost":
        found = [each for each in found if not _OF_ONE_LOST.search(each)]
    return [each for each in found if is_of(each, matter, things)][:_ON_ONE_MATTER]


def is_of(text: str, matter: str, things: frozenset[str]) -> bool:
    """Whether what ``text`` tells of ``matter`` is so for ``things``, or for all: “no booking but for clocks”."""
    return matter in OF_THE_PLACE or subjects.things(general(text)) <= things


def is_a_yes(text: str) -> bool:
    """Whether it begins with a yes."""
    return _YES_FIRST.match(text) is not None


def general(text: str) -> str:
    """``text`` without the things that it excepts."""
    return _EXCEPT.sub(lambda match: "" if subjects.things(match[0]) else match[0], text)


def answers(question: Question, text: str) -> bool:
    """Whether a sentence that was said to something else has most of the words of ``question``."""
    words = stems(question.asking)
    shared = words & stems(text)
    return len(shared) > 1 and 2 * len(shared) >= len(words)


def tells(text: str, matter: str, language: str) -> bool:
    """Whether ``text`` tells of ``matter``, and needs no other sentence for it."""
    is_on_it = subjects.answers(text, matter) if matter == "lost" else matter in subjects.told(text)
    rule = _RULES.get(matter)
    is_on_it |= rule is not None and rule.search(text) is not None
    if not is_on_it or is_dangling(text, language) or (is_exclamation(text) and matter not in HARD):
        return False
    if matter == "leaving" and subjects.says_free(text):  # “laisser un don”
        return False
    # “Parking is free” is no answer on the costs.
    return matter in OF_THE_PLACE or subjects.asked(text).isdisjoint(OF_THE_PLACE)
