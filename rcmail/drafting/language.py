"""Which language a draft is in."""

from rcmail.answers.facts import Facts
from rcmail.drafting.proposal import Asked, Objection
from rcmail.settings.values import LANGUAGES


def draft_language(asked: Asked, facts: Facts) -> tuple[str, list[Objection]]:
    """The visitor's; where that is none of nl, de, en, fr, or not known, the group's first one with a warning."""
    if asked.language in LANGUAGES:
        return asked.language, []
    own = next((each for each in facts.settings.languages if each in LANGUAGES), LANGUAGES[0])
    what = "is in another language" if asked.language else "does not show which language it is in"
    return own, [
        Objection(
            "language", f"The visitor's mail {what}: see whether “{own}” is understood, or write in the visitor's."
        )
    ]
