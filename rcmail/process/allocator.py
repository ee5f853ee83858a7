"""What the C library does with memory that was freed: glibc's ``mallopt(3)``.

https://man7.org/linux/man-pages/man3/mallopt.3.html
"""

from typing import Final

# M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's malloc.h.
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_KEPT: Final = 1024 * 1024
_LARGE: Final = 512 * 1024


def settle() -> None:
    """Give large blocks back as they are freed, and keep a little for the next ones; from now on, where glibc is.

    asyncio reads a socket with a block of 256 KiB. By itself glibc takes it from the system and gives it back with
    each request, some tenth of the work of a small one; and it keeps whatever has up to 32 MB, beside a language
    model that could use it.
    """
    try:
        import ctypes
    except (ImportError, MemoryError):  # an old libffi, where the unit lets no memory be executed
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_TRIM_THRESHOLD, _KEPT)
