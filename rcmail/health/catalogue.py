"""The list of what rcmail needs. Adding a service is a file beside this one and a line in here."""

from collections.abc import Awaitable, Callable

from rcmail.config import GmailConfig
from rcmail.db.pool import Database
from rcmail.health import db, llm, mail
from rcmail.health.base import Check
from rcmail.llm.current import CurrentLLM


def services(
    database: Database,
    language_model: CurrentLLM,
    gmail: GmailConfig,
    is_demonstration: Callable[[], Awaitable[bool]],
) -> list[Check]:
    """Every service, in the order in which it is shown."""
    return [db.check(database), llm.check(language_model), mail.check(gmail, is_demonstration)]
