"""Mail for these tests: questions, their answers, and the job that compares them."""

from functools import partial
from pathlib import Path

from rcmail.answers import results, work
from rcmail.answers.helper import Helper
from rcmail.answers.results import Result
from rcmail.db.pool import Database
from rcmail.jobs.here import do_here
from tests.mail.letters import GROUP, letter
from tests.mail.room import bring_in

_NUMBERS = iter(range(10**6))


def asked(text: str, answer: str = "", *, day: int | None = None, subject: str = "vraag") -> list[bytes]:
    """A visitor's mail, and the group's answer if there is one."""
    number = next(_NUMBERS)
    visitor, own = f"visitor{number}@example.com", f"<question-{number}@example.com>"
    mails = [letter(visitor, text=text, subject=subject, Message_ID=own, day=day)]
    if answer:
        mails.append(
            letter(f"Repair <{GROUP}>", visitor, answer, subject=f"Re: {subject}", In_Reply_To=own,
                   Message_ID=f"<answer-{number}@example.com>", day=None if day is None else day + 1)
        )  # fmt: skip
    return mails


async def keep(database: Database, folder: Path, *mails: list[bytes]) -> None:
    await bring_in(database, folder, *(each for pair in mails for each in pair))


async def compare(database: Database, helper: Helper) -> None:
    """As the last job does that is queued."""
    await database.execute("DELETE FROM jobs WHERE kind = %s AND state = 'queued'", (work.ALL,))
    await look(database, helper)


async def look(database: Database, helper: Helper) -> None:
    await do_here(database, work.ALL, {}, partial(work.bring_up_to_date, database, helper))


async def number_of(database: Database, words: str) -> int:
    """The conversation of the mail with these words."""
    [row] = await database.fetch("SELECT conversation FROM messages WHERE new_text LIKE %s", (f"%{words}%",))
    return int(row.conversation)


async def found(database: Database, words: str, limit: int = 5) -> Result:
    return await results.read(database, await number_of(database, words), limit)
