"""The one HTTP client for all calls to other services: its set-up (TLS) is dear. And what went wrong with it."""

import socket
import ssl
from typing import Final

import aiohttp

from rcmail import __version__
from rcmail.resolver import Resolver

# X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL's x509_vfy.h.
_WRONG_DATE: Final = (9, 10)


def make_http_client() -> aiohttp.ClientSession:
    """A client that keeps no cookies and takes no proxy from the environment.

    A call ends after 30 s unless it brings a ``timeout`` of its own: what a model writes takes minutes.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=Resolver()),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"rcmail/{__version__}"},
        timeout=aiohttp.ClientTimeout(total=30),
        trust_env=False,
    )


def what_failed(error: Exception) -> str:
    """What went wrong, for anybody to read: no address, nothing that the other side said."""
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, socket.gaierror):
        # EAI_AGAIN (RFC 3493, 6.1): nobody has said anything of the name.
        is_unanswered = error.os_error.errno == socket.EAI_AGAIN
        return "no name server answers; is the network there?" if is_unanswered else "the host name is not known"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        cause = error.certificate_error
        if isinstance(cause, ssl.SSLCertVerificationError) and cause.verify_code in _WRONG_DATE:
            return "its certificate is not valid on the date that this machine has; is its clock right?"
        return "its certificate is not trusted by this machine"
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return "the secure connection failed; is it https there?"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "no connection"
    if isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, aiohttp.ClientPayloadError | aiohttp.ClientOSError | aiohttp.ServerDisconnectedError):
        return "the connection broke off"
    if isinstance(error, aiohttp.InvalidURL | ValueError):
        return "the address is not valid"
    return "the connection failed"
