"""What a language model is asked: templates/prompt.txt, filled in. Made in the child: strangers wrote in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from string import Template
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.drafting import phrases, signing, subjects
from rcmail.drafting.bounds import cut_request, cut_sources
from rcmail.drafting.dates import day
from rcmail.drafting.event import next_event
from rcmail.drafting.greeting import greeting
from rcmail.drafting.language import draft_language
from rcmail.drafting.matching import Answer
from rcmail.drafting.matters import OF_THE_HOUSE
from rcmail.drafting.names import named
from rcmail.drafting.proposal import Asked, Objection, Source
from rcmail.drafting.today import CONTACTS, Today
from rcmail.mail.mentions import mentions
from rcmail.paths import TEMPLATES

MOST_EXAMPLES: Final = 3
# Letters: of a request, of a past question and of a past answer, and of a hint.
_REQUEST: Final = 4_000
_QUESTION: Final = 600
_ANSWER: Final = 1_200
_HINT: Final = 500
_OBJECTIONS: Final = 6
_QUOTE: Final = 80
_NAMES: Final = {"nl": "Dutch", "de": "German", "en": "English", "fr": "French"}
# A server takes what looks like a mark of its template for one, wherever it stands; and a gap is ours to write.
_HARMLESS: Final = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "\r": "\n", "\x85": "\n", "\u2028": "\n",
                                  "\u2029": "\n", "\v": "\n", "\f": "\n"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A past answer as the model reads it; ``message`` is the number of its source, ``written`` its day (ISO)."""

    message: int
    written: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The parts of a question, in their order. ``fixed`` is the same for all letters of a day in one language."""

    fixed: str
    examples: Sequence[Example]
    request: str
    is_cut: bool
    """Whether the letter is longer than what is given to the model of it."""


def prompt(
    asked: Asked, sources: Sequence[Source], facts: Facts, hint: str = "", used: Sequence[int] = ()
) -> Prompt:
    """The question for ``asked``; ``used`` are the numbers of the sources that answer it without a model."""
    asked, sources = cut_request(asked), cut_sources(sources)
    language = draft_language(asked, facts)[0]
    letter = "\n".join(
        [*([f"Subject: {asked.subject}"] if asked.subject.strip() else []), "\n\n".join(asked.texts)]
    )
    request = [_filled("request", request=untrusted(letter[:_REQUEST]))]
    if hint.strip():
        request.append(_filled("hint", hint=_one_line(hint)))
    line = _one_line(greeting(asked, language))
    request.append(_filled("task", language=_NAMES[language], greeting=line))
    fixed = "\n\n".join([_rules(facts, language), _facts(facts, language)])
    examples = list(_examples(sources, facts, language, used))
    return Prompt(fixed, examples, "\n\n".join(request), len(letter) > _REQUEST)


def again(text: str, objections: Sequence[Objection]) -> str:
    """What a model is told that wrote ``text``."""
    told = dict.fromkeys(_objection(text, each) for each in objections)
    return _filled("again", objections="\n".join(list(told)[:_OBJECTIONS]))


def untrusted(text: str) -> str:
    """``text`` of a stranger, which cannot end its fence: there is a mark before every line."""
    return "\n".join(f"> {line}".rstrip() for line in text.translate(_HARMLESS).strip().splitlines()) or ">"


def _rules(facts: Facts, language: str) -> str:
    closing = signing.closing(facts, language)
    return _filled("rules", language=_NAMES[language], gap=phrases.gap(1, language), closing=closing)


def _facts(facts: Facts, language: str) -> str:
    settings = facts.settings
    lists = {
        "What is repaired": facts.items("event_offerings", language) or settings.event_offerings,
        "What is not repaired": facts.items("not_repaired", language) or settings.not_repaired,
    }
    known = [next_event(facts, language).text]
    known += [f"{name}: {', '.join(items)}" for name, items in lists.items() if items]
    known += [line for line in facts.text("house_facts", language).split("\n") if line]
    today = day(facts.today, facts.today, language)
    return _filled("facts", today=today, facts="\n".join(f"- {each}" for each in known))


def _examples(sources: Sequence[Source], facts: Facts, language: str, used: Sequence[int]) -> Iterator[Example]:
    """Those that answer it without a model first, then the likest; without what is not so any more."""
    today = Today(facts)
    fitting = [each for each in sources if each.language == language]
    ordered = sorted(fitting, key=lambda each: (each.message not in used, -each.score))
    said = ((each, _said(Answer(each, today))) for each in ordered)
    # No further than needed: the first word waits for it.
    for each, answer in islice((pair for pair in said if pair[1]), MOST_EXAMPLES):
        question = untrusted(_nameless(each.question[:_QUESTION], each))
        text = _filled("example", question=question, answer=untrusted(answer[:_ANSWER]))
        yield Example(each.message, each.written.isoformat(), text)


def _nameless(text: str, source: Source) -> str:
    """Without the name of who wrote it, and without numbers and addresses."""
    found = [(each.start, each.end) for each in mentions(text, source.written) if each.kind in CONTACTS]
    for start, end in sorted({*found, *named(text, source)}, reverse=True):
        text = f"{text[:start]}…{text[end:]}"
    return text


def _said(answer: Answer) -> str:
    """Of another house nothing is said that is of a house."""
    if not answer.is_elsewhere:
        return " ".join(answer.sentences)
    return " ".join(each for each in answer.sentences if not subjects.told(each) & OF_THE_HOUSE)


def _objection(text: str, each: Objection) -> str:
    quote = _one_line(text[each.start : each.end][:_QUOTE])
    return f"- “{quote}”: {each.sentence}" if quote else f"- {each.sentence}"


def _one_line(text: str) -> str:
    return " ".join(text[:_HINT].translate(_HARMLESS).split())


def _filled(part: str, **values: str) -> str:
    return Template(_parts()[part]).substitute(values)


@cache
def _parts() -> Mapping[str, str]:
    """The template, by the names of its parts."""
    lines = [line for line in (TEMPLATES / "prompt.txt").read_text("utf-8").splitlines() if line[:1] != "#"]
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if line.startswith("=== "):
            name = line.strip("= ")
            found[name] = []
        else:
            found[name].append(line)
    return {name: "\n".join(lines).strip("\n") for name, lines in found.items()}
