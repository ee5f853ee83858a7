"""A draft without a model: the group's own sentences, by question, with today's facts in place of the old ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.drafting import phrases, signing
from rcmail.drafting.answering import Answering, Reply
from rcmail.drafting.beginning import begun
from rcmail.drafting.bounds import cut_request, cut_sources
from rcmail.drafting.checks import check
from rcmail.drafting.complaints import complains
from rcmail.drafting.event import wished_event
from rcmail.drafting.greeting import greeting
from rcmail.drafting.language import draft_language
from rcmail.drafting.matching import Answer
from rcmail.drafting.particulars import Told
from rcmail.drafting.proposal import Asked, Objection, Origin, Proposal, Source
from rcmail.drafting.question import Question, joined
from rcmail.drafting.refusing import refuses_all
from rcmail.drafting.sentences import is_dangling
from rcmail.drafting.today import Today
from rcmail.drafting.when import Wish, only_in, wish
from rcmail.mail.question import questions
from rcmail.mail.words import fold

_MOST_QUESTIONS: Final = 6
# Letters of a hint, as many as the form takes.
_HINT: Final = 500
# Letters of a setting in a warning.
_SHOWN: Final = 300
_HINTED: Final = "This is your hint: put it into words, for without a model it is only kept here."
_NO_DATE: Final = "No next event is set: write the date here, or set it on the configuration page."
_ELSEWHERE: Final = "{} is set for other languages only (“{}”): write it, or set it for this one too."
_SHARED: Final = (
    "Several people have written here: this answers all of them, and goes only to the one who wrote last."
)
_SET: Final = {"event_location": "The place", "reply_signature": "Your closing"}
_DROPPED: Final = "what was answered before is no longer so, or was for one visitor alone; write it here."
_OF_OURS: Final = "it is about something that was done here: ask who did it, and answer in your own words."
# A sentence with one of these is not said again, whoever wrote it then.
_NOT_AGAIN: Final = frozenset(
    ("date", "weekday", "time", "place", "name", "phone", "address", "link", "account", "money", "repair",
     "markup", "machine", "copied", "placeholder", "appointment")
)  # fmt: skip


@dataclass(frozen=True)
class _Part:
    """A paragraph. ``sources`` are those of its sentences; ``why`` is for a gap."""

    sentences: Sequence[str]
    sources: Sequence[int | None] = ()
    why: str = ""

    @property
    def text(self) -> str:
        return self.sentences[0] if self.why else " ".join(map(_as_sentence, self.sentences))


def compose(asked: Asked, sources: Sequence[Source], facts: Facts, hint: str = "") -> Proposal:
    """A draft of what the group answered before; what is not known is a line in brackets, nothing is invented."""
    asked, sources = cut_request(asked), cut_sources(sources)
    language, warnings = draft_language(asked, facts)
    replies = _replies(asked, sources, facts, language)
    first = [_Part([f"[{_one_line(hint)}]"], why=_HINTED)] if hint.strip() else []
    event = wished_event(_wish(asked, replies, facts), facts, language)
    last = _Part([event.text], why=_NO_DATE if event.is_open else "")
    shared = [Objection("shared", _SHARED)] if asked.is_shared else []
    warnings = [*warnings, *shared, *_left_out(facts, language)]
    ending = [] if refuses_all(asked, facts) else [last]
    text, parts, found = "", [*first, *ending], list[Objection]()
    banned: set[str] = set()
    for _ in range(2):
        parts = [*first, *_parts(replies, language, banned), *ending]
        text = _whole(parts, asked, facts, language)
        found = check(text, asked, sources, facts)
        wrong = set(_wrong(parts, text, found))
        if wrong <= banned:
            break
        banned |= wrong
    used = list(dict.fromkeys(each for part in parts for each in part.sources if each is not None))
    origin: Origin = "past answer" if used else "facts"
    reasons = {part.text: part.why for part in parts if part.why}
    text = begun(text, language)
    return Proposal(text, origin, used, [*warnings, *(_explained(each, text, reasons) for each in found)])


def _wish(asked: Asked, replies: Sequence[Reply], facts: Facts) -> Wish:
    """The dates that are asked for, or in whose months alone it is done that is asked for."""
    limited = only_in([sentence for each in replies for sentence, source in each.said if source is None], facts)
    wished = wish(asked.texts, facts)
    return wished if wished.days or not (limited.days or limited.is_open) else limited


def _left_out(facts: Facts, language: str) -> Iterator[Objection]:
    """What is set, but not in the language of the draft."""
    for name, what in _SET.items():
        if not facts.text(name, language) and (lines := facts.settings.lines(name)):
            said = " / ".join(line for _, line in lines)[:_SHOWN]
            yield Objection("left out", _ELSEWHERE.format(what, said))


def _replies(asked: Asked, sources: Sequence[Source], facts: Facts, language: str) -> list[Reply]:
    if complains(asked):
        return [Reply(open=[_OF_OURS])]
    today = Today(facts)
    now = Told("\n".join(asked.texts))
    answers = [Answer(source, today, now) for source in sources if source.language == language]
    others = [source.question for source in sources if source.language != language]
    parts = (part for text in asked.texts for part in questions(text, asked.subject))
    asking = joined(list(dict.fromkeys(parts))[:_MOST_QUESTIONS]) or [""]
    answering = Answering(answers, facts, language, others=others)
    return answering.replies([Question(each, is_only=len(asking) == 1) for each in asking])


def _parts(replies: Sequence[Reply], language: str, banned: set[str]) -> Iterator[_Part]:
    """What is said to each question, a sentence once in a draft, and its gap."""
    said = set(banned)
    for number, reply in enumerate(replies, 1):
        fresh, is_cut = [], False
        for sentence, source in reply.said:
            is_cut = fold(sentence) in said or (is_cut and is_dangling(sentence, language))
            if not is_cut:
                said.add(fold(sentence))
                fresh.append((sentence, source))
        if fresh:
            yield _Part([sentence for sentence, _ in fresh], [source for _, source in fresh])
        is_dropped = bool(reply.said) and all(fold(each) in banned for each in reply.sentences)
        if reasons := reply.open or ([_DROPPED] if is_dropped else []):
            yield _Part([phrases.gap(number, language)], why=f"Question {number}: {reasons[0]}")


def _whole(parts: Sequence[_Part], asked: Asked, facts: Facts, language: str) -> str:
    text = (part.text for part in parts)
    return "\n\n".join([greeting(asked, language), *text, signing.closing(facts, language)])


def _wrong(parts: Sequence[_Part], text: str, found: Sequence[Objection]) -> Iterator[str]:
    """The sentences of past answers in which something is objected to, folded."""
    for part in parts:
        for sentence, source in zip(part.sentences, part.sources, strict=False):
            start = text.find(_as_sentence(sentence))
            end = start + len(sentence)
            if source is not None and any(
                each.kind in _NOT_AGAIN and each.start < end and start < each.end for each in found
            ):
                yield fold(sentence)


def _as_sentence(text: str) -> str:
    """With a capital, and an end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", ")", "…")) else ".")


def _one_line(text: str) -> str:
    return " ".join(text[:_HINT].replace("[", "(").replace("]", ")").split())


def _explained(each: Objection, text: str, reasons: Mapping[str, str]) -> Objection:
    """A gap with the reason for it."""
    why = reasons.get(text[each.start : each.end].strip()) if each.kind == "unanswered" else None
    return Objection(each.kind, why, each.start, each.end) if why else each
