"""Amounts as a person says them."""


def size(count: float) -> str:
    """``count`` bytes as a person says it: “3.1 GB”, in powers of 1000 as on the package of a card."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 999.5:
            return f"{count:.1f} {unit}" if unit == "GB" and count < 100 else f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


def span(seconds: float) -> str:
    """A length of time in its two largest units: “3 days 4 hours”."""
    left = max(0, int(seconds))
    parts = []
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        count, left = divmod(left, length)
        if count:
            parts.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return " ".join(parts[:2]) or "less than a minute"
