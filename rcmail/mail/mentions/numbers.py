"""Numbers in words, as far as hours, minutes and small sums go; of a text that is ``plain`` and ``small``."""

from typing import Final

_WORDS: Final = {
    1: "een ein eins eine one un une", 2: "twee zwei zwo two deux", 3: "drie drei three trois",
    4: "vier four quatre", 5: "vijf funf fuenf five cinq", 6: "zes sechs six", 7: "zeven sieben seven sept",
    8: "acht eight huit", 9: "negen neun nine neuf", 10: "tien zehn ten dix", 11: "elf eleven onze",
    12: "twaalf zwolf zwoelf twelve douze", 13: "dertien dreizehn thirteen treize",
    14: "veertien vierzehn fourteen quatorze", 15: "vijftien funfzehn fuenfzehn fifteen quinze",
    16: "zestien sechzehn sixteen seize", 17: "zeventien siebzehn seventeen dix-sept",
    18: "achttien achtzehn eighteen dix-huit", 19: "negentien neunzehn nineteen dix-neuf",
    20: "twintig zwanzig twenty vingt", 25: "vijfentwintig funfundzwanzig twenty-five vingt-cinq",
    30: "dertig dreissig dreißig thirty trente", 40: "veertig vierzig forty quarante",
    45: "vijfenveertig funfundvierzig forty-five quarante-cinq", 50: "vijftig funfzig fuenfzig fifty cinquante",
    60: "zestig sechzig sixty soixante", 100: "honderd hundert cent",
}  # fmt: skip
NUMBERS: Final = {word: number for number, words in _WORDS.items() for word in words.split()}


def pattern(most: int) -> str:
    """Words for the numbers up to ``most``, the longer ones first."""
    words = [word for word, number in NUMBERS.items() if number <= most]
    return "|".join(sorted(words, key=len, reverse=True))


def number(text: str) -> int:
    """A number in digits or in words. Raises KeyError."""
    return int(text) if text.isdecimal() else NUMBERS[text]
