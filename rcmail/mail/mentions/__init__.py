"""What a text names: days, hours, places, money, people and how to reach them; in nl, de, en and fr."""

from datetime import date

from rcmail.mail.mentions.mention import Kind, Mention

__all__ = ["Kind", "Mention", "mentions"]


def mentions(text: str, written: date) -> list[Mention]:
    """What a text of the day ``written`` mentions, in its order; none is in another."""
    # The pages' process has these patterns, of a megabyte and a half, only once somebody reads a past answer.
    from rcmail.mail.mentions.find import find

    return find(text, written)
