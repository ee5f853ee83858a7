"""Whether a mail asks for nothing but what is not repaired: nobody is invited with it then."""

from typing import Final

from rcmail.answers.facts import Facts
from rcmail.drafting import subjects
from rcmail.drafting.proposal import Asked
from rcmail.drafting.question import Question
from rcmail.mail.question import questions

# Whoever asks for a visit beside does not want to come.
_AT_HOME: Final = frozenset(["home"])


def refuses_all(asked: Asked, facts: Facts) -> bool:
    """Whether all that is asked is about things that settings refuse, and nothing is beside that."""
    parts = (part for text in asked.texts for part in questions(text, asked.subject))
    asking = [Question(each, is_only=False) for each in parts]
    things = frozenset(thing for each in asking for thing in each.things)
    named = frozenset(thing for each in asking for thing in each.all_things)
    is_all = all(each.things or each.matters for each in asking)
    is_beside = any(each.matters - _AT_HOME for each in asking)
    return (
        bool(things)
        and is_all
        and not is_beside
        and things <= subjects.refused(facts.settings.not_repaired, named)
    )
