"""How a draft ends."""

import pytest

from rcmail.drafting.compose import compose
from rcmail.drafting.signing import closing
from tests.drafting.room import asked, facts

GOODBYE = {
    "nl": "Met vriendelijke groet",
    "de": "Mit freundlichen Grüßen",
    "en": "Kind regards",
    "fr": "Cordialement",
}


@pytest.mark.parametrize(
    ("signature", "language", "end"),
    [
        ("Ihr Reparatur-Treff Am Anger", "nl", "Met vriendelijke groet,\nReparatur-Treff Am Anger"),
        ("de: Ihr Reparatur-Treff Am Anger", "fr", "Cordialement,\nReparatur-Treff Am Anger"),
        ("nl: Groetjes,\nnl: Repair Café De Brug", "de", "Mit freundlichen Grüßen\nRepair Café De Brug"),
        ("de: Viele Grüße\nde: Ihr Treff Am Anger", "fr", "Cordialement,\nTreff Am Anger"),
        ("nl: Groeten, Repair Café De Brug", "en", "Kind regards,\nRepair Café De Brug"),
        ("de: Viele Grüße\nde: Anna", "en", "Kind regards"),
        ("fr: Votre Repair Café Du Pont", "en", "Kind regards,\nRepair Café Du Pont"),
        # no name that is the same in each language
        ("de: Ihre Freiwilligen vom Treff", "en", "Kind regards"), ("nl: Uw vrijwilligers", "fr", "Cordialement"),
        ("en: Your team", "nl", "Met vriendelijke groet"),
    ],
)  # fmt: skip
def test_a_closing_in_another_language_leaves_the_groups_name(signature: str, language: str, end: str) -> None:
    assert closing(facts(reply_signature=signature), language) == end


@pytest.mark.parametrize("language", GOODBYE)
def test_without_a_closing_there_is_no_comma_before_nothing(language: str) -> None:
    assert closing(facts(reply_signature=""), language) == GOODBYE[language]


def test_that_the_closing_is_set_in_another_language_is_told_all_the_same() -> None:
    made = compose(asked("Do you repair bicycles?"), [], facts(reply_signature="de: Ihr Treff Am Anger"))
    assert made.text.endswith("Kind regards,\nTreff Am Anger")
    assert [each.kind for each in made.warnings] == ["left out"]
