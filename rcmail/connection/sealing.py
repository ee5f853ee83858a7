"""Secrets as the tables keep them: https://doc.libsodium.org/secret-key_cryptography/secretbox"""

import hmac

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from rcmail.log.redaction import Secret


class Seal:
    """Shuts and opens with a key of its own, derived from ``secret_key``."""

    def __init__(self, secret_key: Secret) -> None:
        key = hmac.digest(secret_key.reveal().encode(), b"rcmail mailbox", "sha256")
        self._box = SecretBox(key)

    def shut(self, secret: Secret) -> bytes:
        return bytes(self._box.encrypt(secret.reveal().encode()))

    def open(self, sealed: bytes) -> Secret | None:
        """What was shut; None where that was done with another key, or it is spoilt."""
        try:
            return Secret(self._box.decrypt(sealed).decode())
        except (CryptoError, ValueError):  # too short to be anything, or no text
            return None
