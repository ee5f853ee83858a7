"""What of a request and its answer is compared; done in a child, for strangers wrote the text."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rcmail.answers.grams import grams
from rcmail.mail.kinds.cold import tells_of_fault
from rcmail.mail.question import question, questions

# Letters of a question, and of an answer, that are looked at.
_LETTERS: Final = 4_000
_MOST_QUESTIONS: Final = 6


def past(item: Mapping[str, Any]) -> dict[str, Any]:
    """Of a past request: ``asked`` and ``answered`` are new texts of its mails, ``subject`` the first one's."""
    asked, answered = _question(item["asked"], item["subject"]), _question(item["answered"], "")
    return {"question": asked, "answer": answered, "grams": grams(f"{asked}\n{answered}")}


def new(item: Mapping[str, Any]) -> dict[str, Any]:
    """Of a new request: the question as a whole, the single ones where it has several, and ``tells``.

    That is whether it tells of something broken, and asks of no kind of thing whether that is repaired at all.
    """
    parts = list(
        dict.fromkeys(part for text in item["asked"] for part in questions(text[:_LETTERS], item["subject"]))
    )
    whole = _question(item["asked"], item["subject"])
    return {
        "question": whole,
        "tells": tells_of_fault(whole),
        "questions": parts[:_MOST_QUESTIONS] if len(parts) > 1 else [],
    }


def _question(texts: Sequence[str], subject: str) -> str:
    return "\n".join(question(text[:_LETTERS], subject) for text in texts)[:_LETTERS].strip()
