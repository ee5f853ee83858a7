"""What is done with all mail once some was brought in."""

from collections.abc import Sequence

from rcmail.db.pool import Database
from rcmail.mail.incoming import Reader
from rcmail.mail.own import follow
from rcmail.mail.remake import remake


async def settle(database: Database, reader: Reader, own: Sequence[str]) -> None:
    """Have all of it know whose ``own`` addresses are, and what an earlier mail that came later has changed.

    Raises DatabaseUnavailable.
    """
    await follow(database, reader, own)
    await remake(database, reader.make_texts)
