"""Numbers from one to thirty-one as a day of a month has them, in words that are ``plain`` and ``small``."""

from typing import Final

from rcmail.mail.mentions.numbers import TO_A_HUNDRED

_MOST: Final = 31
_IRREGULAR: Final = {
    1: "eerste erste first premier", 2: "second", 3: "derde dritte third", 5: "fifth", 7: "siebte",
    8: "achtste achte eighth", 9: "ninth", 12: "twelfth", 20: "twentieth", 30: "thirtieth",
    21: "twenty-first", 22: "twenty-second", 23: "twenty-third", 25: "twenty-fifth", 28: "twenty-eighth",
    29: "twenty-ninth", 31: "thirty-first",
}  # fmt: skip


def _ordinals() -> dict[str, int]:
    """With endings of other languages too, which nobody writes."""
    found = {word: number for number, words in _IRREGULAR.items() for word in words.split()}
    for word, number in TO_A_HUNDRED.items():
        if 2 <= number <= _MOST:
            found |= {
                f"{word}{ending}": number for ending in (("de", "te", "th") if number < 20 else ("ste", "th"))
            }
    return found


_ORDINALS: Final = _ordinals()
WORD: Final = r"(?:(?:dix|vingt|trente|twenty|thirty) (?:et )?[a-z]{2,7}|[a-z][a-zß-]{2,24})"
"""What may be a number."""


def ordinal(word: str) -> int | None:
    """The number of “dreizehnten”; None where the word is none."""
    word = word.replace(" ", "-").replace("ß", "ss")
    return _ORDINALS.get(word) or (_ORDINALS.get(word[:-1]) if word[-1:] in "nrsm" else None)


def cardinal(word: str) -> int | None:
    """The number of “vijf” where a month may have so many days; of one there is more than one meaning."""
    number = TO_A_HUNDRED.get(word) or TO_A_HUNDRED.get(word.replace(" ", "-"), 0)
    return number if 1 < number <= _MOST else None
