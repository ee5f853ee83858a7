"""The list of what rcmail needs. Adding a service is a file beside this one and a line in here."""

from collections.abc import Awaitable, Callable

from rcmail.connection.gmail import Connection
from rcmail.db.pool import Database
from rcmail.health import db, llm, mail
from rcmail.health.base import Check
from rcmail.llm.current import CurrentLLM


def services(
    database: Database,
    language_model: CurrentLLM,
    connection: Connection,
    is_demonstration: Callable[[], Awaitable[bool]],
) -> list[Check]:
    """Every service, in the order in which it is shown."""
    return [db.check(database), llm.check(language_model), mail.check(connection, is_demonstration)]
