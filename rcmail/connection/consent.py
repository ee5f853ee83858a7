"""On the way to Google's page and back: RFC 6749, 4.1, with PKCE (RFC 7636).

The browser comes back to an address that nobody serves, and a person pastes it.
"""

import base64
import hashlib
import hmac
import re
import secrets
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from rcmail.db.pool import Database
from rcmail.errors import ConsentFailed, InvalidSettings
from rcmail.log.redaction import Secret

MINUTES: Final = 10
_MAX_PASTED: Final = 8_000
_BEGIN: Final = f"""
DELETE FROM consents WHERE made_at < now() - interval '{MINUTES} minutes';
INSERT INTO consents (state_sha256) VALUES (%s)
"""
_REDEEM: Final = f"""
DELETE FROM consents WHERE state_sha256 = %s
RETURNING made_at > now() - interval '{MINUTES} minutes' AS is_fresh
"""
# Google's codes for errors, and nothing that could be more than one.
_CODE: Final = re.compile(r"[a-z_]{1,40}")
_NO_ADDRESS: Final = (
    "is not the whole one of the page that could not be reached: that has a question mark and “state=” in it. Go"
    " back to that page, copy everything that stands in the address bar, and paste it here"
)
_TOO_OLD: Final = (
    f"This address was used already, or is older than {MINUTES} minutes. Begin again on Google’s page"
)
_REFUSED: Final = "Google says that the access was refused. Begin again on its page, and choose “Continue”"


class Answer(NamedTuple):
    """What Google hands over in the address, and what proves that it was we who asked."""

    code: Secret
    verifier: Secret


class Consents:
    """Those that are under way. Both methods raise DatabaseUnavailable.

    The verifier of each follows from its state and from ``secret_key``: whoever sees the address, or reads the
    table, has not got it.
    """

    def __init__(self, database: Database, secret_key: Secret) -> None:
        self._database = database
        self._key = secret_key

    async def begin(self) -> tuple[str, Secret]:
        """A new state and its verifier."""
        state = secrets.token_urlsafe(32)
        await self._database.execute(_BEGIN, (_digest(state),))
        return state, self._verifier(state)

    async def redeem(self, pasted: str) -> Answer:
        """What the ``pasted`` address says; its state counts no second time.

        Raises InvalidSettings for what is no such address, ConsentFailed for one that is of no use.
        """
        told = _query(pasted)
        state = told.get("state", "")
        rows = await self._database.execute(_REDEEM, (_digest(state),))
        if not rows or not rows[0].is_fresh:
            raise ConsentFailed(_TOO_OLD)
        if error := told.get("error"):
            raise ConsentFailed(_refused(error))
        if not told.get("code"):
            raise InvalidSettings({"address": _NO_ADDRESS})
        return Answer(Secret(told["code"]), self._verifier(state))

    def _verifier(self, state: str) -> Secret:
        """RFC 7636, 4.1: 43 letters, digits, - and _."""
        made = hmac.digest(self._key.reveal().encode(), b"rcmail consent " + state.encode(), "sha256")
        return Secret(base64.urlsafe_b64encode(made).decode().rstrip("="))


def _query(pasted: str) -> dict[str, str]:
    """The parameters of the address, which a browser may show without its beginning."""
    query = pasted.strip().partition("?")[2].partition("#")[0]
    told = dict(parse_qsl(query, errors="replace")) if len(pasted) <= _MAX_PASTED else {}
    if "state" not in told:
        raise InvalidSettings({"address": _NO_ADDRESS})
    return told


def _refused(error: str) -> str:
    if error == "access_denied" or not _CODE.fullmatch(error):
        return _REFUSED
    return f"Google refuses it with “{error}”; docs/gmail.md says what that means. Then open its page once more"


def _digest(state: str) -> bytes:
    return hashlib.sha256(state.encode("utf-8", "surrogatepass")).digest()
