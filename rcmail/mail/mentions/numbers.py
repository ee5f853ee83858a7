"""Numbers in words, of a text that is ``plain`` and ``small``."""

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
"""Those of which hours and minutes are made."""
# For each language the tens, the units that go with them, and how: a word has parts of one language only.
_COMPOUNDS: Final = (
    ("twintig dertig veertig vijftig zestig zeventig tachtig negentig",
     "een twee drie vier vijf zes zeven acht negen", "{1}en{0}"),
    ("zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
     "ein zwei drei vier funf sechs sieben acht neun", "{1}und{0}"),
    ("twenty thirty forty fifty sixty seventy eighty ninety",
     "one two three four five six seven eight nine", "{0}-{1}"),
    ("vingt trente quarante cinquante soixante", "un deux trois quatre cinq six sept huit neuf", "{0}-{1}"),
    ("vingt trente quarante cinquante soixante", "un", "{0} et {1}"),
)  # fmt: skip
_FRENCH: Final = {"soixante-dix": 70, "quatre-vingt": 80, "quatre-vingts": 80, "quatre-vingt-dix": 90}


def _to_a_hundred() -> dict[str, int]:
    found = NUMBERS | _FRENCH
    for tens, units, form in _COMPOUNDS:
        for more, ten in enumerate(tens.split(), 2):
            found[ten] = 10 * more
            found |= {form.format(ten, unit): 10 * more + one for one, unit in enumerate(units.split(), 1)}
    return found


TO_A_HUNDRED: Final = _to_a_hundred()
"""All up to a hundred, but for some of the French ones beyond seventy."""


def pattern(most: int) -> str:
    """Words for the numbers up to ``most``, the longer ones first."""
    words = [word for word, number in NUMBERS.items() if number <= most]
    return "|".join(sorted(words, key=len, reverse=True))


def number(text: str) -> int:
    """A number in digits or in words. Raises KeyError."""
    return int(text) if text.isdecimal() else NUMBERS[text]
