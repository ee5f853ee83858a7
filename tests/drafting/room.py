"""A group to draft for: its settings, its past answers, and what a visitor asks."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from rcmail.answers.facts import Facts
from rcmail.drafting.proposal import Asked, Source
from rcmail.settings.keys import clean_all
from rcmail.settings.store import Settings
from tests.support import ROOT

DATA = ROOT / "tests/data/drafts"
TODAY = date(2026, 11, 22)


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text().splitlines()]


def facts(**changes: str) -> Facts:
    """What the data say is true, with ``changes``; an empty one removes the setting."""
    values = json.loads((DATA / "settings.json").read_text()) | changes
    return Facts(TODAY, Settings(values={name: text for name, text in clean_all(values).items() if text}))


def asked(text: str, language: str | None = "en", *, name: str = "Jelmer Zadelpijn", subject: str = "") -> Asked:
    return Asked([text], subject, language, name, "jelmer@example.net")


def source(question: str, answer: str, language: str = "en", **more: Any) -> Source:
    values: dict[str, Any] = {
        "message": 1,
        "message_id": "<1@example.org>",
        "written": date(2026, 10, 1),
        "score": 0.9,
        "visitor_name": "Somebody Otherwise",
        "visitor_address": "other@example.org",
    }
    return Source(question=question, answer=answer, language=language, **(values | more))


def sources(language: str) -> Sequence[Source]:
    return [
        Source(
            message=each["message"],
            message_id=None,
            question=each["question"],
            answer=each["answer"],
            language=each["language"],
            written=date.fromisoformat(each["written"]),
            score=0.8,
            visitor_name=each["visitor_name"],
            visitor_address=each["visitor_address"],
        )
        for each in lines("sources.jsonl")
        if each["language"] == language
    ]
