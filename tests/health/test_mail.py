"""The mail check looks at three values and calls nobody."""

import itertools

import pytest

from rcmail.config import GmailConfig
from rcmail.errors import Unconfigured
from rcmail.health.mail import MailCheck
from rcmail.log.redaction import Secret

NAMES = ("GMAIL_CLIENT_ID", "GMAIL_CLIENT_SECRET", "GMAIL_REFRESH_TOKEN")


@pytest.mark.parametrize("present", list(itertools.product([True, False], repeat=3)))
@pytest.mark.parametrize("blank", ["", "  \t"])
async def test_the_sentence_names_exactly_the_missing_variables(present: tuple[bool, ...], blank: str) -> None:
    values = [Secret("value" if is_there else blank) for is_there in present]
    check = MailCheck(GmailConfig(*values))
    missing = [name for name, is_there in zip(NAMES, present, strict=True) if not is_there]
    if missing:
        with pytest.raises(Unconfigured) as caught:
            await check.run()
        assert str(caught.value) == f"not set: {', '.join(missing)}"
    else:
        assert await check.run() == "the Gmail values are set"
