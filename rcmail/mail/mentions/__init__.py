"""What a text names: days, hours, places, money, people and how to reach them; in nl, de, en and fr."""

from rcmail.mail.mentions.find import mentions
from rcmail.mail.mentions.mention import Kind, Mention

__all__ = ["Kind", "Mention", "mentions"]
