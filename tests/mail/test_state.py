"""Who has to do something, and why a conversation closes by itself."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from rcmail.mail.kinds.verdict import ONLY_THANKS, Verdict
from rcmail.mail.state import Decision, State, state_of
from rcmail.mail.thanks import is_thanks

START = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class Said:
    direction: str
    is_thanks: bool = False
    says_why: str = ""
    machine: str = ""
    sent_at: datetime = field(default=START)


def after(*said: Said, kind: str = "unsure", decision: Decision | None = None) -> State:
    for number, message in enumerate(said):
        message.sent_at = START + timedelta(days=number)
    return state_of(said, Verdict(kind, "it is no visitor's"), decision)


def test_a_question_waits_and_an_answer_ends_that() -> None:
    assert after(Said("in")).name == "waiting"
    assert after(Said("in"), Said("out")).name == "answered"
    assert after(Said("in"), Said("out"), Said("in")).name == "waiting"


def test_thanks_for_an_answer_do_not_wait() -> None:
    assert after(Said("in"), Said("out"), Said("in", is_thanks=True)).name == "closed"


def test_thanks_beside_another_question_wait() -> None:
    assert after(Said("in"), Said("out"), Said("in"), Said("in", is_thanks=True)).name == "waiting"


def test_a_first_mail_that_is_short_and_thanks_waits() -> None:
    assert after(Said("in", is_thanks=True)).name == "waiting"


def test_a_first_mail_that_is_nothing_but_thanks_for_a_repair_does_not_wait() -> None:
    thanks = Said("in", is_thanks=True, says_why=ONLY_THANKS)
    assert after(thanks) == State("closed", "the visitor only says thanks")
    assert after(thanks, Said("in", is_thanks=True)).name == "waiting"
    assert after(Said("in"), thanks).name == "waiting"


def test_a_machines_mail_is_closed_with_its_reason() -> None:
    assert after(Said("in", machine="it was sent automatically")) == State("closed", "it was sent automatically")


def test_a_machine_between_people_changes_nothing() -> None:
    assert after(Said("in"), Said("in", machine="it could not be delivered")).name == "waiting"
    assert after(Said("in"), Said("out", machine="a website sent it")).name == "waiting"
    assert after(Said("in"), Said("out"), Said("in", machine="it is out of office")).name == "answered"


def test_what_is_nobodys_is_closed() -> None:
    assert after(Said("in"), kind="other").name == "closed"


def test_a_decision_holds_until_the_next_message() -> None:
    closed = Decision("closed", START)
    assert after(Said("in"), decision=closed).name == "closed"
    assert after(Said("in"), Said("in"), decision=closed).name == "waiting"
    again = Decision("waiting", START + timedelta(days=1))
    assert after(Said("in"), Said("out"), decision=again).name == "waiting"
    assert after(Said("in", machine="x"), Said("in", machine="x"), kind="other", decision=again).name == "waiting"


@pytest.mark.parametrize(
    "text",
    [
        "Bedankt!", "Super, tot zaterdag dan!\n\nGroet, Wim", "Hartelijk dank voor uw snelle antwoord.",
        "Ok, begrepen.",
        "Vielen Dank, bis Samstag!", "Alles klar, danke", "Prima. Liebe Grüße", "Er läuft wieder, Helden.",
        "Thanks a lot, see you on the 5th.", "Great, will do.", "The lamp works again. You are heroes!",
        "Merci beaucoup, à samedi !", "C'est noté.", "Parfait, merci.", "Hij doet het weer!",
        "Ach schade, aber danke für die Antwort.",
    ],
)  # fmt: skip
def test_thanks_and_confirmations_are_known(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Kan ik zaterdag komen", "Bedankt! Hoe laat gaan jullie open", "Bedankt, maar hij doet het nog niet.",
        "Danke! Könnt ihr auch Uhren reparieren", "Danke, geht immer noch nicht",
        "Thanks. Could you tell me the price",
        "Thank you, I'd like to know whether you repair clocks", "Merci, pouvez-vous aussi réparer une lampe",
        "Merci de me dire quand vous ouvrez", "Top, wat kost dat?", "Thank you. " * 60, "Mijn oma heeft een lamp.",
        "Prima, ik wil mijn afspraak verzetten", "Great, one more thing: my kettle",
        "Danke, aber die Lampe flackert wieder.", "Bedankt, maar het lampje knippert.",
        "Thanks, but it came apart at home.", "Merci, mais elle clignote encore.",
    ],
)  # fmt: skip
def test_whoever_may_want_something_waits(text: str) -> None:
    assert not is_thanks(text)
