"""A draft beside what it answers and what it is made from, each read once for all checks."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.answers.naming import things
from rcmail.drafting.checks.clauses import clauses
from rcmail.drafting.language import draft_language
from rcmail.drafting.proposal import Asked, Source
from rcmail.drafting.today import DATED, Today
from rcmail.mail.mentions import Mention, mentions
from rcmail.mail.question import questions
from rcmail.mail.words import fold

LONGEST: Final = 20_000
"""Letters of a draft that are looked at."""
_SENTENCE: Final = re.compile(r"[^.!?\n]{1,1000}(?:[.!?](?!\s)[^.!?\n]{1,1000}){0,20}[.!?]*")
# Where a clause that asks begins, or who wants to know.
_ASKS: Final = re.compile(
    r"^(?:(?:hello|hallo|hoi|hi|bonjour|en|und|and|et|also|dus|so|alors),? )?(?:wanneer|waar|wat|hoe\w{0,6}|welke?"
    r"|moet|kan|mag|is|zijn|hebben|wann|wo|was|wie\w{0,5}|welche\w?|um wie|muss|kann|darf|ist|seid|sind|gibt|when"
    r"|where|what|how|which|do|does|can|could|may|should|are|quand|ou|quels?|quelles?|a quelle|combien|comment"
    r"|faut-il|puis-je|peut-on|est-ce|y a-t-il)\b(?! ik | ich | i )"
    r"|\b(?:weten|vertellen|zeggen|wissen|sagen|know|tell|savoir|dire|c'est) (?:\w+ ){0,2}"
    r"(?:wanneer|waar|wann|wo|when|where|quand|ou)\b|\b(?:quand|ou)\W*$"
)
_ANSWERED: Final = re.compile(r"[^.!?\n]{1,1000}")
_LAST: Final = re.compile(r"[.!?…:]\s")
GAP: Final = re.compile(r"^[ \t]{0,20}\[[^\n]{0,600}\][ \t.]{0,20}$", re.MULTILINE)
"""A line in square brackets."""


@dataclass(frozen=True)
class Draft:
    """What a check is given."""

    text: str
    asked: Asked
    sources: Sequence[Source]
    facts: Facts

    @cached_property
    def today(self) -> Today:
        return Today(self.facts)

    @cached_property
    def language(self) -> str:
        return draft_language(self.asked, self.facts)[0]

    @cached_property
    def mentions(self) -> list[Mention]:
        """What the text mentions, without what is in a gap."""
        gaps = [each.span() for each in GAP.finditer(self.text)]
        found = mentions(self.text, self.facts.today)
        return [each for each in found if not any(start <= each.start < end for start, end in gaps)]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where the sentences are; gaps are none, and “13. März” ends none."""
        without = GAP.sub(lambda match: "\n" * len(match[0]), self.text)
        for each in self.mentions:
            if each.kind in DATED:
                without = without[: each.start] + each.text[:-1].replace(".", "-") + without[each.end - 1 :]
        found = (
            (each.start() + len(each[0]) - len(each[0].lstrip()), each.end())
            for each in _SENTENCE.finditer(without)
        )
        return [(start, end) for start, end in found if start < end]

    @cached_property
    def request(self) -> str:
        """What the visitor wrote, with subject, name and address."""
        asked = self.asked
        parts = [*asked.texts, asked.subject, asked.visitor_name, asked.visitor_address or ""]
        return "\n".join(parts)

    @cached_property
    def asked_times(self) -> set[object]:
        """The hours in what the visitor wrote."""
        return {each.value for each in mentions(self.request, self.facts.today) if each.kind == "time"}

    @cached_property
    def questions(self) -> list[str]:
        """What the visitor asks."""
        return [each for each in self.halves if "?" in each]

    @cached_property
    def halves(self) -> list[str]:
        """What the visitor asks, and before an “and” without a question mark: “when is it and what is it?”."""
        found = (each for text in self.asked.texts for each in questions(text, self.asked.subject))
        return [each for each in found if "?" in each or _ASKS.search(fold(_LAST.split(each)[-1]))]

    @cached_property
    def house(self) -> str:
        """What the settings say, in whichever language."""
        settings = self.facts.settings
        return "\n".join([*settings.house_facts, settings.reply_signature, settings.get("event_location") or ""])

    @cached_property
    def known(self) -> list[str]:
        """What the group says, in its answers and in the house facts."""
        return [*self.folded_answers, " ".join(fold(self.house).split())]

    @cached_property
    def known_things(self) -> Mapping[str, list[str]]:
        """The things that it speaks of, and in which clauses."""
        found: dict[str, list[str]] = defaultdict(list)
        for clause in (each for text in self.known for each in clauses(text)):
            for thing in things(clause):
                found[thing].append(clause)
        return found

    @cached_property
    def folded_answers(self) -> list[str]:
        """The past answers, as sentences of the draft can be looked for in them."""
        return [" ".join(fold(each.answer).split()) for each in self.sources]

    @cached_property
    def answered(self) -> list[str]:
        """Their sentences."""
        return [part for text in self.folded_answers for part in _ANSWERED.findall(text)]
