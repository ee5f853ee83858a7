"""The one HTTP client for all calls to other services: its set-up (TLS) is dear."""

import aiohttp

from rcmail import __version__
from rcmail.resolver import Resolver


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
