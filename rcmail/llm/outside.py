"""Whether an address leads out of the house."""

import asyncio
from ipaddress import IPv4Address, IPv6Address, ip_address

from rcmail.errors import LLMUnreachable
from rcmail.resolver import look_up


async def is_outside(host: str, limit: float) -> bool:
    """Whether ``host``, a name or an address, has an address that is in no private range.

    A name that has none at all is not outside: nothing can be sent there either. Raises LLMUnreachable where that
    is not known within ``limit`` seconds.
    """
    if (literal := _address(host)) is not None:
        return not _is_private(literal)
    try:
        async with asyncio.timeout(limit):
            found = [_address(address) for _, _, address, _ in await look_up(host, 0)]
    except TimeoutError:
        raise LLMUnreachable(f"timed out after {limit:g} s") from None
    except (OSError, UnicodeError):
        return False
    return not all(address is not None and _is_private(address) for address in found)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_private(address: IPv4Address | IPv6Address) -> bool:
    return address.is_private or address.is_loopback or address.is_link_local
