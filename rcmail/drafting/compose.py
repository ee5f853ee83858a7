"""A draft without a model: the group's own sentences, by question, with today's facts in place of the old ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.drafting import phrases
from rcmail.drafting.answering import Answering, Reply
from rcmail.drafting.checks import check
from rcmail.drafting.event import next_event
from rcmail.drafting.language import draft_language
from rcmail.drafting.matching import Answer
from rcmail.drafting.proposal import Asked, Objection, Origin, Proposal, Source
from rcmail.drafting.today import Today
from rcmail.mail.question import questions
from rcmail.mail.words import fold

MOST_QUESTIONS: Final = 6
# Letters of a hint, and of a question that is told in a warning.
_HINT: Final = 400


@dataclass
class _Draft:
    """Paragraphs as they come, with what is said in them."""

    paragraphs: list[str] = field(default_factory=list)
    used: list[int] = field(default_factory=list)
    gaps: dict[str, str] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    def add(self, reply: Reply) -> None:
        """Its sentences, each once in a draft."""
        fresh = []
        for sentence, source in reply.sentences:
            if fold(sentence) not in self.said:
                self.said.add(fold(sentence))
                fresh.append(sentence)
                if source is not None and source not in self.used:
                    self.used.append(source)
        if fresh:
            self.paragraphs.append(" ".join(map(_as_sentence, fresh)))

    def leave_open(self, line: str, sentence: str) -> None:
        """A gap."""
        self.paragraphs.append(line)
        self.gaps[line] = sentence


def compose(asked: Asked, sources: Sequence[Source], facts: Facts, hint: str = "") -> Proposal:
    """A draft of what the group answered before. Nothing is invented: what is not known is a line in brackets."""
    language, warnings = draft_language(asked, facts)
    draft = _Draft()
    if hint.strip():
        draft.leave_open(
            f"[{_one_line(hint)}]", "Put the hint into words of your own; without a model it is only kept here."
        )
    today = Today(facts)
    answers = [Answer(source, today) for source in sources if source.language == language]
    foreign = sorted({source.language for source in sources if source.language not in (None, language)} - {None})
    asking = _questions(asked)
    answering = Answering(answers, facts, language, is_elsewhere=bool(foreign), is_only=len(asking) == 1)
    for number, question in enumerate(asking, 1):
        reply = answering.reply(question)
        draft.add(reply)
        for why in reply.open[:1]:
            draft.leave_open(phrases.gap(number, language), f"Question {number}: {why}")
    event = next_event(facts, language)
    draft.paragraphs.append(event.text)
    if event.is_open:
        draft.gaps[event.text] = "No next event is set: write the date here, or set it on the configuration page."
    text = _whole(draft, asked, facts, language)
    origin: Origin = "past answer" if draft.used else "facts"
    found = [_explained(each, text, draft.gaps) for each in check(text, asked, sources, facts)]
    return Proposal(text, origin, draft.used, [*warnings, *found])


def _questions(asked: Asked) -> Sequence[str]:
    parts = (part for text in asked.texts for part in questions(text, asked.subject))
    return list(dict.fromkeys(part for part in parts if part))[:MOST_QUESTIONS] or [""]


def _whole(draft: _Draft, asked: Asked, facts: Facts, language: str) -> str:
    signature = facts.text("reply_signature", language)
    ends = phrases.greeting(asked, language), phrases.closing(signature, language)
    return "\n\n".join([ends[0], *draft.paragraphs, ends[1]])


def _as_sentence(text: str) -> str:
    """With a capital, and an end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", ")", "…")) else ".")


def _one_line(text: str) -> str:
    return " ".join(text[:_HINT].replace("[", "(").replace("]", ")").split())


def _explained(each: Objection, text: str, gaps: dict[str, str]) -> Objection:
    """A gap with the reason for it."""
    why = gaps.get(text[each.start : each.end]) if each.kind == "unanswered" else None
    return Objection(each.kind, why, each.start, each.end) if why else each
