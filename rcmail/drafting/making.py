"""What a child does for a draft: strangers wrote what it reads, so it comes and goes as plain values.

``Child("rcmail.drafting")`` calls ``rcmail.drafting.making:composed`` and ``…:checked``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rcmail.answers.facts import Facts
from rcmail.drafting.checks import check
from rcmail.drafting.compose import compose
from rcmail.drafting.proposal import Asked, Objection, Proposal, Source


def item(
    asked: Asked, sources: Sequence[Source], facts: Facts, *, hint: str = "", text: str = ""
) -> dict[str, object]:
    """What the two functions below are given; ``hint`` is for the first, ``text`` for the second."""
    return {"asked": asked, "sources": list(sources), "facts": facts, "hint": hint, "text": text}


def composed(item: Mapping[str, Any]) -> dict[str, Any]:
    """``compose``, in the child: what ``proposal`` makes a Proposal of."""
    return asdict(compose(item["asked"], item["sources"], item["facts"], item["hint"]))


def checked(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """``check``, in the child: what ``objections`` takes."""
    return [asdict(each) for each in check(item["text"], item["asked"], item["sources"], item["facts"])]


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
