"""What is freed goes back to the system: beside a language model every megabyte counts."""

import ctypes
from contextlib import suppress
from typing import Final

_M_MMAP_THRESHOLD: Final = -3  # malloc.h
# Bytes: twice what asyncio allocates for each read of a socket (max_size of its transports).
_LARGE: Final = 512 * 1024


def give_back_what_is_freed() -> None:
    """Have every block from 512 kB on mapped on its own, so that it is unmapped when it is freed.

    By default glibc raises that threshold to the largest block ever freed, 32 MB at most, and keeps what is free
    between others: after some large pages of the log the service would stay at the double of its size. mallopt(3).
    Does nothing where the C library has no such call.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
