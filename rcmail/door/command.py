"""``rcmail password``: from a terminal or another program to the database."""

import asyncio
import getpass
import sys
from typing import Final

from rcmail.config import PostgresConfig
from rcmail.db.pool import Database
from rcmail.door.house import Door
from rcmail.door.sessions import SETTLED
from rcmail.errors import InvalidSettings

_MOST: Final = 4096  # characters that are read: far more than a password may have


def typed_password() -> str:
    """From the terminal without an echo, or a line from another program. Never an argument: `ps` shows those.

    Raises InvalidSettings where it was not typed twice, or is no text.
    """
    if not sys.stdin.isatty():
        try:
            return sys.stdin.readline(_MOST).rstrip("\r\n")
        except UnicodeDecodeError:
            raise InvalidSettings({"password": "is not UTF-8 text"}) from None
    typed = getpass.getpass("The new password (it is not shown): ")
    if getpass.getpass("The same once more: ") != typed:
        raise InvalidSettings({"password": "was not the same twice; nothing was changed"})
    return typed


async def set_password(config: PostgresConfig, typed: str, *, once: bool) -> bool:
    """Set it and sign everybody out, ``once`` unless it was set so before; whether it was done.

    Raises InvalidSettings for what can be none, DatabaseUnavailable.
    """
    database = Database(config)
    try:
        door = Door(database)
        is_done = await (door.set_once(typed) if once else door.set(typed))
    finally:
        await database.close()
    if is_done:
        await asyncio.sleep(SETTLED)  # so long a service that runs may go on with the sessions that it has seen
    return is_done
