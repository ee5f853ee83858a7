"""How to reach the server: an address and an answer to the question of TLS at a time."""

import ipaddress
import os

from rcmail.config import PostgresConfig
from rcmail.errors import DatabaseUnavailable
from rcmail.resolver import look_up


async def ways(config: PostgresConfig) -> list[dict[str, str]]:
    """The ways to the server, the best first, each of them one address and one answer to the question of TLS.

    Left to itself libpq looks names up on the event loop, and goes on to the next address, or from TLS to none,
    on another socket of which aiopg knows nothing: it would wait at the old one for ever.
    https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-SSLMODE
    """
    if config.host.startswith(("/", "@")):
        return [{}]
    try:
        addresses = [str(ipaddress.ip_address(config.host))]
    except ValueError:
        try:
            found = await look_up(config.host, config.port)
        except OSError:
            raise DatabaseUnavailable("the name in POSTGRES_HOST is not known") from None
        addresses = list(dict.fromkeys(address for _, _, address, _ in found))
    chosen = os.environ.get("PGSSLMODE", "prefer")
    modes = ["require", "disable"] if chosen == "prefer" else [chosen]
    return [{"hostaddr": a, "sslmode": mode, "gssencmode": "disable"} for a in addresses for mode in modes]
