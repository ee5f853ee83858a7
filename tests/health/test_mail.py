"""The mail check looks at three values and calls nobody."""

import itertools

import pytest

from rcmail.config import GmailConfig
from rcmail.errors import DatabaseUnavailable
from rcmail.health import mail
from rcmail.health.monitor import Monitor
from rcmail.log.redaction import Secret

NAMES = ("GMAIL_CLIENT_ID", "GMAIL_CLIENT_SECRET", "GMAIL_REFRESH_TOKEN")


async def nothing_invented() -> bool:
    return False


@pytest.mark.parametrize("present", list(itertools.product([True, False], repeat=3)))
@pytest.mark.parametrize("blank", ["", "  \t"])
async def test_the_sentence_names_exactly_the_missing_variables(present: tuple[bool, ...], blank: str) -> None:
    values = [Secret("value" if is_there else blank) for is_there in present]
    [result] = (await Monitor([mail.check(GmailConfig(*values), nothing_invented)]).current()).results
    missing = [name for name, is_there in zip(NAMES, present, strict=True) if not is_there]
    found = (result.finding.status.value, result.finding.value)
    if missing:
        assert found == ("unconfigured", f"not set: {', '.join(missing)}")
    else:
        assert found == ("ok", "the Gmail values are set")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", "what is here is the demonstration’s invented mail; not set: " + ", ".join(NAMES)),
        ("value", "what is here is the demonstration’s invented mail; remove it to use your own"),
    ],
)
async def test_the_demonstration_is_no_mailbox(value: str, sentence: str) -> None:
    async def invented() -> bool:
        return True

    [result] = (await Monitor([mail.check(GmailConfig(*[Secret(value)] * 3), invented)]).current()).results
    assert (result.finding.status.value, result.finding.value) == ("unconfigured", sentence)


async def test_a_database_that_does_not_answer_is_told_by_its_own_check() -> None:
    async def unknown() -> bool:
        raise DatabaseUnavailable

    [result] = (await Monitor([mail.check(GmailConfig(*[Secret("value")] * 3), unknown)]).current()).results
    assert result.finding.status.value == "ok"
