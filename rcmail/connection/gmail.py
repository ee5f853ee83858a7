"""Gmail, connected by a person's consent or by GMAIL_REFRESH_TOKEN: how it comes, how it is used, how it goes.

A room of its own, above ``mail/``: that one knows no provider, and this one takes away what a provider brought.
"""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Final, TypeVar

import aiohttp

from rcmail.config import Config
from rcmail.connection.connected import Connected, told_by
from rcmail.connection.consent import Answer, Consents
from rcmail.connection.judging import has_client, judge, takes_over
from rcmail.connection.sealing import Seal
from rcmail.connection.store import Kept, Store
from rcmail.db.pool import Database, Session
from rcmail.errors import ConsentFailed, MailboxBusy, MailboxDisconnected, MailboxUnavailable, Unconfigured
from rcmail.log.redaction import Secret
from rcmail.log.setup import redactor
from rcmail.mail.clearing import clear_account
from rcmail.mail.identity import same
from rcmail.mailbox.gmail.calls import PATIENCE, Gmail
from rcmail.mailbox.gmail.mailbox import PROVIDER, GmailMailbox
from rcmail.mailbox.gmail.oauth import ATTEMPTS, Access, Client, Grant, consent_url, exchange, revoke
from rcmail.mailbox.gmail.places import GmailPlaces

logger = logging.getLogger("rcmail.mail")

T = TypeVar("T")

# Seconds that a page waits for Google.
_PATIENCE: Final = 15.0
# Seconds: the mail of fifteen years may go with it.
_CLEARING: Final = 300.0


class Connection:
    """The one mailbox at a provider. Every method raises DatabaseUnavailable."""

    def __init__(self, database: Database, http: aiohttp.ClientSession, config: Config) -> None:
        gmail = config.gmail
        self._http = http
        self._config = gmail
        self._client = Client(gmail.client_id, gmail.client_secret)
        self._places = GmailPlaces(gmail.api_url, gmail.consent_url, gmail.token_url, gmail.revoke_url)
        self._store = Store(database, Seal(config.secret_key))
        self._consents = Consents(database, config.secret_key)
        self._number = 0
        """Of the connection that was used last."""
        self._in_use: tuple[int, Gmail] | None = None
        self.last_known: Connected | None = None
        """For those who must not wait."""

    @property
    def can_begin(self) -> bool:
        """Whether there is a client to connect with."""
        return has_client(self._config)

    async def look(self) -> Connected:
        """How it stood at the last use. No call goes out."""
        self.last_known = judge(await self._store.read(), self._config)
        return self.last_known

    async def open(self) -> Gmail:
        """The mailbox, to be used; whose it is, is known. A GMAIL_REFRESH_TOKEN that is new is taken over here.

        Raises Unconfigured where none is connected, MailboxDisconnected where it has to be connected again, and
        MailboxUnavailable where a new token cannot be tried.
        """
        token = await self._token()
        if self._in_use is None or self._in_use[0] != self._number:
            self._in_use = (self._number, self._gmail(token))
        return self._in_use[1]

    async def note(self, error: MailboxUnavailable | None) -> None:
        """How the use after the last ``open`` ended; of no account where it was connected anew since."""
        wait = error.wait if isinstance(error, MailboxBusy) else None
        await self._store.note(self._number, told_by(error), str(error or ""), wait)

    async def ask(self, limit: float) -> str:
        """Whose mailbox it is, really asked, within ``limit`` seconds, and noted.

        Raises Unconfigured and MailboxUnavailable.
        """
        try:
            address = await _within(limit, self._asked())
        except MailboxUnavailable as error:
            await self.note(error)
            raise
        await self.note(None)
        return address

    async def begin(self) -> str:
        """The address of Google's page, where a person agrees within ten minutes. Raises Unconfigured."""
        if not self.can_begin:
            raise Unconfigured((await self.look()).sentence)
        state, verifier = await self._consents.begin()
        address = (await self._store.read()).address
        return consent_url(self._places, self._client, state=state, verifier=verifier.reveal(), login_hint=address)

    async def finish(self, pasted: str) -> str:
        """Connect with the ``pasted`` address, which Google has led the browser to; whose mailbox it is.

        Raises InvalidSettings and ConsentFailed where that is of no use, ConsentFailed also where another account
        is connected, and MailboxUnavailable where Google refuses it or does not answer.
        """
        answer = await self._consents.redeem(pasted)
        grant, address = await _within(_PATIENCE, self._exchanged(answer))
        kept = await self._store.read()
        if kept.address and same(kept.address) != same(address):
            await self._is_revoked(grant.refresh_token)
            raise ConsentFailed(
                f"You chose {address} on Google’s page, but {kept.address} is connected. Choose that one, or"
                " disconnect it first. Nothing was changed"
            )
        await self._store.keep(address, grant.refresh_token, self._config.refresh_token, grant.lasts)
        logger.info("mailbox_connected", extra={"by": "page"})
        return address

    async def disconnect(self, *, keep_mail: bool) -> bool:
        """Forget the token, and have Google do so: whether it has. Without ``keep_mail`` all that came from there
        goes too, with the drafts for it."""
        kept = await self._store.read()
        token = self._config.refresh_token if takes_over(kept, self._config.refresh_token) else kept.token
        is_revoked = await self._is_revoked(token) if token else not kept.is_there

        async def clear(session: Session) -> None:
            if not keep_mail and kept.address:
                await clear_account(session, PROVIDER, kept.address, _CLEARING)

        await self._store.forget(self._config.refresh_token, clear, _CLEARING)
        logger.info("mailbox_disconnected", extra={"revoked": is_revoked, "mail_kept": keep_mail})
        return is_revoked

    async def _exchanged(self, answer: Answer) -> tuple[Grant, str]:
        """What Google gives for it, and whose mailbox that opens."""
        grant = await exchange(
            self._http, self._places, self._client, code=answer.code.reveal(), verifier=answer.verifier.reveal()
        )
        return grant, await self._whose(self._gmail(grant.refresh_token))

    async def _asked(self) -> str:
        return await self._whose(self._gmail(await self._token(), attempts=1, patience=0))

    async def _token(self) -> Secret:
        """The refresh token that counts; raises as ``open`` does."""
        kept = await self._store.read()
        now = judge(kept, self._config)
        if not now.is_connected:
            raise Unconfigured(now.sentence)
        self._number = kept.number
        if takes_over(kept, self._config.refresh_token):
            await self._take_over(kept)
            return self._config.refresh_token
        if kept.token is None:
            raise MailboxDisconnected(now.why)
        return kept.token

    async def _take_over(self, kept: Kept) -> None:
        """Use GMAIL_REFRESH_TOKEN from now on, where it is any good; one that is not is not tried again."""
        given = self._config.refresh_token
        try:
            address = await self._own(self._gmail(given), kept)
        except MailboxDisconnected:
            await self._store.refuse(given)
            logger.warning("mailbox_token_refused")
            raise
        self._number = await self._store.keep(address, given, given, None)
        logger.info("mailbox_connected", extra={"by": "GMAIL_REFRESH_TOKEN"})

    async def _whose(self, gmail: Gmail) -> str:
        return (await GmailMailbox(gmail, since=None).account()).address

    async def _own(self, gmail: Gmail, kept: Kept) -> str:
        """Whose mailbox it is. Raises MailboxDisconnected where another one is connected."""
        address = await self._whose(gmail)
        if kept.address and same(kept.address) != same(address):
            raise MailboxDisconnected(
                f"GMAIL_REFRESH_TOKEN is that of another account than {kept.address}, which is connected: take it"
                " out, or disconnect that account first"
            )
        return address

    async def _is_revoked(self, token: Secret) -> bool:
        try:
            await _within(_PATIENCE, revoke(self._http, self._places, token))
        except MailboxUnavailable:
            return False
        return True

    def _gmail(self, token: Secret, attempts: int = ATTEMPTS, patience: float = PATIENCE) -> Gmail:
        redactor().add(token.reveal())
        access = Access(self._http, self._places, self._client, token, attempts=attempts)
        return Gmail(self._http, self._places, access, patience=patience)


async def _within(limit: float, asking: Awaitable[T]) -> T:
    """Raises MailboxUnavailable after ``limit`` seconds: somebody waits."""
    try:
        async with asyncio.timeout(limit):
            return await asking
    except TimeoutError:
        raise MailboxUnavailable(f"Google has given no good answer within {limit:.0f} s") from None
