"""The one-time code for the first visit: whoever can read the log of the service may set the password."""

import hmac
import logging
import re
import secrets
from typing import Final

logger = logging.getLogger("rcmail.door")

# Without those that look alike. Eight of thirty are 39 bits, at thirty tries a minute.
_LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


class SetUpCode:
    """One for this run of the service: a restart makes another, and the newest one in the log counts."""

    def __init__(self) -> None:
        self._code = ""

    def tell(self) -> None:
        """Write it into the log, once."""
        if not self._code:
            self._code = "".join(secrets.choice(_LETTERS) for _ in range(8))
            logger.warning(
                "password_not_set",
                extra={
                    "code": f"{self._code[:4]}-{self._code[4:]}",
                    "advice": "open rcmail in a browser and type this code and a password, or run rcmail password",
                },
            )

    def is_right(self, typed: str) -> bool:
        """Whether ``typed`` is the code that was told, however it is written."""
        letters = re.sub(r"[\s-]", "", typed).upper()
        return bool(self._code) and hmac.compare_digest(letters.encode("utf-8", "replace"), self._code.encode())

    def spend(self) -> None:
        """It was used: it opens nothing any more."""
        self._code = ""
