"""What sounds like an appointment that is made, or needed, and is neither."""

import pytest

from rcmail.drafting.checks import check
from tests.drafting.room import asked, facts


@pytest.mark.parametrize(
    "text",
    [
        "Bij binnenkomst wordt u ingeschreven.",
        "Als u bent ingeschreven, wacht u op uw beurt.",
        "Moet ik een afspraak voor u maken?",
        "Am Empfang werden Sie eingetragen.",
        "Zum nächsten Termin müssen Sie nichts mitbringen.",
        "Sie müssen nichts reservieren.",
        "We have reserved the hall until June.",
        "Your place in the queue is kept when you come.",
        "Il ne faut pas réserver.",
        "Vous êtes inscrit dès que vous arrivez.",
    ],
)
def test_no_appointment_is_made_or_needed(text: str) -> None:
    settings = facts(house_facts="en: No appointment needed.")
    found = check(f"Hello,\n\n{text}\n\nBye", asked("Hello?"), [], settings)
    assert "appointment" not in {each.kind for each in found}
