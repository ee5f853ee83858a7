"""The service's side of sd_notify(3), whose man page describes the protocol and encourages writing it anew."""

import asyncio
import logging
import os
import socket

logger = logging.getLogger("rcmail.app")


def notify(state: str) -> bool:
    """Send ``state`` (``READY=1``, ``STOPPING=1``, ``WATCHDOG=1``, ``STATUS=…``) to the service manager.

    False where there is none, or where it does not listen: a service must not end over that.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
            sender.setblocking(False)
            sender.sendto(state.encode(), address)
    except OSError as error:
        logger.warning("sd_notify_failed", extra={"reason": error.strerror})
        return False
    return True


def watchdog_interval() -> float | None:
    """Seconds between two signs of life, half of what sd_watchdog_enabled(3) allows; None where none is wanted."""
    try:
        microseconds = int(os.environ.get("WATCHDOG_USEC", "0"))
        for_process = int(os.environ.get("WATCHDOG_PID") or os.getpid())
    except ValueError:
        return None
    return microseconds / 2_000_000 if microseconds > 0 and for_process == os.getpid() else None


async def feed_watchdog() -> None:
    """Prove, until cancelled, that the event loop turns, and nothing else: a database that is down must not
    have this service killed."""
    interval = watchdog_interval()
    while interval:
        notify("WATCHDOG=1")
        await asyncio.sleep(interval)
