"""The door as the pages and the commands know it."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rcmail.db.pool import Database
from rcmail.door.argon2 import Argon2
from rcmail.door.code import SetUpCode
from rcmail.door.password import Password, as_typed, clean_new
from rcmail.door.sessions import Sessions
from rcmail.door.tries import Tries
from rcmail.errors import InvalidSettings, PasswordIsSet, PasswordNotSet, WrongPassword

logger = logging.getLogger("rcmail.door")


class Door:
    """One password, and who has come in with it. Every method raises DatabaseUnavailable.

    ``who`` tries: ``tries.address`` or ``tries.device``; ``device`` is the browser in words. Passwords are told as
    they were typed; what cannot be one raises InvalidSettings, which names the field.
    """

    def __init__(self, database: Database) -> None:
        self.password = Password(database)
        self.sessions = Sessions(database)
        self.code = SetUpCode()
        self._tries = Tries(database)
        self._argon2 = Argon2()

    async def sign_in(self, password: str, who: str, device: str) -> str:
        """The token of a new session. Raises WrongPassword, TooManyTries, PasswordNotSet."""
        typed = _checked("password", password)
        async with self._one_try(who):
            hashed = await self._compare(typed)
            token = await self.sessions.open(device, hashed)
            if not token:  # changed at this moment
                raise WrongPassword
        logger.info("signed_in", extra={"device": device})
        return token

    async def set_up(self, code: str, password: str, who: str, device: str) -> str:
        """Set the first password with the one-time code; the token of a new session.

        Raises WrongPassword where the code is not right, TooManyTries, PasswordIsSet.
        """
        typed = _new("password", password)
        if await self.password.is_set():
            raise PasswordIsSet
        async with self._one_try(who):
            if not self.code.is_right(code):
                raise WrongPassword(
                    "This is not the code in the log. After a restart there is another one: the newest counts."
                )
            hashed = await self._argon2.hash(typed)
            if not await self.password.set_first(hashed):
                raise PasswordIsSet
        self.code.spend()
        logger.warning("password_changed", extra={"by": "set-up"})
        return await self.sessions.open(device, hashed)

    async def change(self, current: str, new: str, who: str, device: str) -> str:
        """Set another password and sign everybody out; the token of a new session for who did it.

        Raises WrongPassword, TooManyTries, PasswordNotSet.
        """
        typed, wanted = _checked("current", current), _new("password", new)
        async with self._one_try(who):
            before = await self._compare(typed)
            hashed = await self._argon2.hash(wanted)
            if not await self.password.replace(before, hashed):  # somebody else was faster
                raise WrongPassword
            self.sessions.forget()
        logger.warning("password_changed", extra={"by": "page"})
        return await self.sessions.open(device, hashed)

    async def set(self, password: str) -> bool:
        """Set the password, whatever is there, and sign everybody out: True."""
        hashed = await self._argon2.hash(_new("password", password))
        await self.password.force(hashed)
        logger.warning("password_changed", extra={"by": "command"})
        return True

    async def set_once(self, password: str) -> bool:
        """Do the same, unless this password was set in this way last: whether it was done.

        So a playbook that is run again does not turn back what somebody has changed in a browser since.
        """
        typed = _new("password", password)
        given = await self.password.given()
        if given and await self._argon2.matches(given, typed):
            return False
        hashed = await self._argon2.hash(typed)
        await self.password.force(hashed, hashed)
        logger.warning("password_changed", extra={"by": "playbook"})
        return True

    async def _compare(self, typed: str) -> str:
        """The stored hash, if it is that of ``typed``."""
        hashed = await self.password.stored()
        if not hashed:
            raise PasswordNotSet
        if not await self._argon2.matches(hashed, typed):
            raise WrongPassword
        return hashed

    @asynccontextmanager
    async def _one_try(self, who: str) -> AsyncIterator[None]:
        """Counted before anything is looked at, and no more where the block ends well."""
        number = await self._tries.begin(who)
        try:
            yield
        except WrongPassword:
            logger.warning("password_wrong", extra={"remote": who})
            raise
        await self._tries.take_back(number)


def _checked(field: str, text: str) -> str:
    try:
        return as_typed(text)
    except ValueError as error:
        raise InvalidSettings({field: str(error)}) from None


def _new(field: str, text: str) -> str:
    try:
        return clean_new(text)
    except ValueError as error:
        raise InvalidSettings({field: str(error)}) from None
