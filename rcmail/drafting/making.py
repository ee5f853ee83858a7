"""What a child does for a draft: strangers wrote what it reads, so it comes and goes as plain values.

``Child("rcmail.drafting")`` calls ``…making:composed``, ``…:checked``, ``…:prompted`` and ``…:judged``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rcmail.answers.facts import Facts
from rcmail.drafting.checks import check
from rcmail.drafting.cleaning import clean
from rcmail.drafting.compose import compose
from rcmail.drafting.prompt import Example, Prompt, prompt
from rcmail.drafting.proposal import Asked, Objection, Proposal, Source


def item(
    asked: Asked,
    sources: Sequence[Source],
    facts: Facts,
    *,
    hint: str = "",
    text: str = "",
    used: Sequence[int] = (),
) -> dict[str, object]:
    """What the functions below are given: some take the ``hint``, some the ``text``, one ``used``."""
    return {
        "asked": asked,
        "sources": list(sources),
        "facts": facts,
        "hint": hint,
        "text": text,
        "used": list(used),
    }


def composed(item: Mapping[str, Any]) -> dict[str, Any]:
    """``compose``, in the child: what ``proposal`` makes a Proposal of."""
    return asdict(compose(item["asked"], item["sources"], item["facts"], item["hint"]))


def checked(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """``check``, in the child: what ``objections`` takes."""
    return [asdict(each) for each in check(item["text"], item["asked"], item["sources"], item["facts"])]


def prompted(item: Mapping[str, Any]) -> dict[str, Any]:
    """``prompt``, in the child: what ``question`` makes a Prompt of."""
    return asdict(prompt(item["asked"], item["sources"], item["facts"], item["hint"], item["used"]))


def judged(item: Mapping[str, Any]) -> dict[str, Any]:
    """What a model wrote, cleaned, and what is wrong with it."""
    text = clean(item["text"])
    return {"text": text, "objections": checked({**item, "text": text})}


def question(made: Mapping[str, Any]) -> Prompt:
    """What ``prompted`` made, with its types again. Raises KeyError, TypeError and ValueError where it is none."""
    examples = [
        Example(int(each["message"]), str(each["written"]), str(each["text"])) for each in made["examples"]
    ]
    return Prompt(str(made["fixed"]), examples, str(made["request"]), bool(made["is_cut"]))


def proposal(made: Mapping[str, Any]) -> Proposal:
    """What ``composed`` made, with its types again. Raises KeyError, TypeError and ValueError where it is none."""
    origin = made["origin"]
    if origin not in ("past answer", "facts"):
        raise ValueError("not what a draft without a model is made from")
    warnings = objections(made["warnings"])
    return Proposal(str(made["text"]), origin, [int(each) for each in made["sources"]], warnings)


def objections(made: Sequence[Mapping[str, Any]]) -> list[Objection]:
    """What ``checked`` found, with its types again."""
    return [
        Objection(str(each["kind"]), str(each["sentence"]), int(each["start"]), int(each["end"])) for each in made
    ]
