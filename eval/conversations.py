"""Direction, conversation and visitor of each mail of the invented mailbox, and who waits."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from eval.brought import TODAY, brought
from eval.line import Line
from rcmail.db.pool import Row

Pairs = list[tuple[dict[str, Any], Row]]


def lines() -> Iterator[Line]:
    """What MAIL.md §26 bounds of them."""
    pairs = brought().mails
    yield _share(
        "direction", pairs, {label["id"] for label, row in pairs if label["direction"] != row.direction}, 100
    )
    yield _share("conversation", pairs, _elsewhere(pairs), 99)
    incoming = [(label, row) for label, row in pairs if label["direction"] == "in"]
    wrong = {
        label["id"]
        for label, row in incoming
        if (row.visitor_address or "").casefold() != label["person_address"].casefold()
    }
    yield _share("visitor's address", incoming, wrong, 99)
    answers = [(label, row) for label, row in pairs if label["is_visitor"]]
    yield _share(
        "language", answers, {label["id"] for label, row in answers if label["language"] != row.language}, None
    )
    yield from _waiting(pairs)


def _waiting(pairs: Pairs) -> Iterator[Line]:
    asked = [(label, row) for label, row in pairs if label["held_out"]]
    missed = {label["id"] for label, row in asked if brought().states[row.conversation] != "waiting"}
    yield _share("open questions that wait", asked, missed, 100)
    thanks = _thanks(pairs)
    wait = {label["id"] for label, row in thanks if brought().ageless[row.conversation] == "waiting"}
    value = f"{100 * len(wait) / len(thanks):.1f} % of {len(thanks)}"
    yield Line("thank-you mails that wait", value, "≤ 10 %", 10 * len(wait) <= len(thanks), tuple(sorted(wait)))
    last: dict[int, date] = {}
    for label, row in pairs:
        if label["direction"] == "in":
            last[row.conversation] = date.fromisoformat(label["date"][:10])
    old = [
        key for key, day in last.items() if day < TODAY - timedelta(days=60) and brought().states[key] == "waiting"
    ]
    yield Line("older than 60 days that wait", str(len(old)), "0", not old)


def _thanks(pairs: Pairs) -> Pairs:
    """The last mails of conversations that a visitor ends after an answer, and that ask nothing."""
    by_conversation: dict[str, Pairs] = defaultdict(list)
    for pair in pairs:
        by_conversation[pair[0]["conversation"]].append(pair)
    return [
        found[-1]
        for found in by_conversation.values()
        if found[-1][0]["direction"] == "in"
        and not found[-1][0]["held_out"]
        and found[-1][0]["is_visitor"]
        and any(label["direction"] == "out" for label, _ in found)
    ]


def _elsewhere(pairs: Pairs) -> set[str]:
    """Mails whose conversation is not, mail for mail, that of the labels."""
    labelled: dict[str, set[str]] = defaultdict(set)
    kept: dict[int, set[str]] = defaultdict(set)
    for label, row in pairs:
        labelled[label["conversation"]].add(label["id"])
        kept[row.conversation].add(label["id"])
    return {label["id"] for label, row in pairs if labelled[label["conversation"]] != kept[row.conversation]}


def _share(what: str, pairs: Pairs, missed: set[str], bound: float | None) -> Line:
    percent = 100 * (1 - len(missed) / len(pairs))
    is_met = None if bound is None else percent >= bound
    named = "" if bound is None else f"≥ {bound} %"
    return Line(what, f"{percent:.1f} % of {len(pairs)}", named, is_met, tuple(sorted(missed)))
