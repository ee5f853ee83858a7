"""Whether a mail asks for nothing but what is not repaired: nobody is invited with it then."""

from collections.abc import Iterable

from rcmail.answers.facts import Facts
from rcmail.drafting import subjects
from rcmail.drafting.question import Question


def refuses_all(questions: Iterable[Question], facts: Facts) -> bool:
    """Whether each of the questions is about things that settings refuse, and about nothing beside."""
    asking = list(questions)
    return bool(asking) and all(_is_refused(each, facts.settings.not_repaired) for each in asking)


def _is_refused(question: Question, not_repaired: list[str]) -> bool:
    things = question.things
    return bool(things) and not question.matters and things <= subjects.refused(not_repaired, question.all_things)
