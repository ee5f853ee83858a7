"""A program that says what it is."""

import pytest

from rcmail.drafting.checks import check
from tests.drafting.room import asked, facts


def machine(text: str) -> list[str]:
    return [each.kind for each in check(text, asked("Hello?"), [], facts()) if each.kind == "machine"]


@pytest.mark.parametrize(
    "text",
    [
        "I'm only a bot, a volunteer reads along.",
        "I am a computer program.",
        "Ik ben maar een computerprogramma.",
        "Ik ben een robot.",
        "Ich bin bloss ein Programm.",
        "Ich bin nur ein Bot.",
        "Je ne suis qu'un programme.",
        "Je suis un robot.",
    ],
)
def test_a_program_speaks_of_itself(text: str) -> None:
    assert machine(text) == ["machine"]


@pytest.mark.parametrize(
    "text",
    [
        "Ich bin ein Programmierer.",
        "I'm a machine knitter.",
        "Ik ben een machinebouwer.",
        "Robots we mend too.",
        "Je suis un programmeur.",
        "The program is on our site.",
    ],
)
def test_a_person_speaks_of_something_else(text: str) -> None:
    assert machine(text) == []
