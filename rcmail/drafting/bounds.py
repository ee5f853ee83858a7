"""How much of a mail is looked at: what comes later is neither a request nor an answer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rcmail.drafting.proposal import Asked, Source

_REQUEST: Final = 6_000
_QUESTION: Final = 3_000
_ANSWER: Final = 5_000
_LINE: Final = 300
_SOURCES: Final = 20
_TEXTS: Final = 10


def cut_request(asked: Asked) -> Asked:
    """The newest mails of a request, each as far as it is looked at."""
    texts = [text[:_REQUEST] for text in asked.texts[-_TEXTS:]]
    name, address = asked.visitor_name[:_LINE], (asked.visitor_address or "")[:_LINE] or None
    return replace(asked, texts=texts, subject=asked.subject[:_LINE], visitor_name=name, visitor_address=address)


def cut_sources(sources: Sequence[Source]) -> list[Source]:
    """The first past answers, each as far as it is looked at."""
    return [
        replace(
            each,
            question=each.question[:_QUESTION],
            answer=each.answer[:_ANSWER],
            visitor_name=each.visitor_name[:_LINE],
        )
        for each in sources[:_SOURCES]
    ]
