"""The mail check looks at three values and calls nobody."""

import itertools

import pytest

from rcmail.config import GmailConfig
from rcmail.health import mail
from rcmail.health.monitor import Monitor
from rcmail.log.redaction import Secret

NAMES = ("GMAIL_CLIENT_ID", "GMAIL_CLIENT_SECRET", "GMAIL_REFRESH_TOKEN")


@pytest.mark.parametrize("present", list(itertools.product([True, False], repeat=3)))
@pytest.mark.parametrize("blank", ["", "  \t"])
async def test_the_sentence_names_exactly_the_missing_variables(present: tuple[bool, ...], blank: str) -> None:
    values = [Secret("value" if is_there else blank) for is_there in present]
    [result] = (await Monitor([mail.check(GmailConfig(*values))]).current()).results
    missing = [name for name, is_there in zip(NAMES, present, strict=True) if not is_there]
    found = (result.finding.status.value, result.finding.value)
    if missing:
        assert found == ("unconfigured", f"not set: {', '.join(missing)}")
    else:
        assert found == ("ok", "the Gmail values are set")
