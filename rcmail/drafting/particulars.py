"""What a past answer says of its own visitor's thing alone: its make, or what was wrong with that one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rcmail.drafting import subjects
from rcmail.drafting.stems import stems
from rcmail.mail.words import fold

_STEM: Final = 4
_MAKES: Final = re.compile(
    r"\b(?:aeg|acer|apple|asus|batavus|bauknecht|bernina|black ?& ?decker|bosch|bose|braun|brother|canon|casio"
    r"|dell|de ?longhi|dewalt|dremel|dual|dyson|elna|epson|festool|garmin|gazelle|giant|grundig|hilti|hp|huawei"
    r"|husqvarna|ikea|inventum|i ?phones?|jbl|jura|karcher|kenwood|kettler|kitchenaid|krups|lenovo|lewenstein|lg"
    r"|logitech|makita|marantz|medion|melitta|metabo|miele|moulinex|necchi|nespresso|nikon|nintendo|nokia"
    r"|panasonic|pfaff|philips|pioneer|princess|privileg|remington|rowenta|russell hobbs|saeco|samsung|seb|senseo"
    r"|severin|shimano|siemens|singer|sonos|sony|sparta|stihl|swan|technics|tefal|tomado|thorens|toshiba|tristar"
    r"|vorwerk|wmf|xiaomi|yamaha|zanussi)\b"
)
# A word of capitals and figures: “A52”, “HR2100”.
_MODEL: Final = re.compile(r"\b[A-Z]{1,4}-?\d{2,6}[A-Za-z]?\b")
# “my Dual record player”: a name before a thing; German nouns have capitals too, so the thing is looked up.
_BEFORE: Final = re.compile(
    r"\b(?:[a-zà-ÿ']{1,12}[enrsm]|my|our|de|la|le|mon|ma|een|a) "
    r"([A-ZÀ-Þ]\w{2,20})[- ](\w{3,30})"
)
# Up to the next comma it is said of which fault the rest is.
_IF: Final = re.compile(
    r"\b(?:wenns?|falls|bei eine[mr]|sobald|als|bij een|een \w{1,30} die|wanneer|if|when|si|quand|lorsqu\w*|qui)\b"
    r"[^,;:]{1,120}"
)
# What is before it is the fault: “a lamp that flickers is usually …”.
_MOSTLY: Final = re.compile(
    r"\b(?:meist\w*|oft|haufig|fast immer|meestal|vaak|bijna altijd|usually|often|mostly|typically|nearly always"
    r"|souvent|generalement|presque toujours)\b"
)
_WHO: Final = re.compile(r"\b(?:we|wij|u|je|jullie|wir|sie|ihr|du|you|nous|vous|on|tu)\b")
_SOUNDS: Final = re.compile(
    r"\b(?:klingt (?:nach|wie)|hort sich an|klinkt (?:als|naar)|lijkt (?:op|me)|sounds (?:like|as)"
    r"|ressemble a|on dirait)\b"
)


@dataclass(frozen=True)
class Told:
    """A mail, as far as it tells of a thing."""

    text: str

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of what is told, shorter than elsewhere, and without those that each such thing has."""
        return _words(self.text)

    @cached_property
    def names(self) -> frozenset[str]:
        """The makes and models in it, folded."""
        before_things = (each for each in _BEFORE.finditer(self.text) if subjects.things(each[2]))
        return frozenset(
            (
                *(each[0] for each in _MAKES.finditer(self.folded)),
                *(fold(each[0]) for each in _MODEL.finditer(self.text)),
                *(fold(each[1]) for each in before_things if not subjects.things(each[1])),
            )
        )


def is_particular(sentence: str, before: Told, now: Told) -> bool:
    """Whether ``sentence``, of an answer to ``before``, is of a make or a fault that ``now`` does not have."""
    text = fold(sentence)
    names = (each for each in before.names if each not in now.folded)
    if any(re.search(rf"\b{re.escape(each)}\b", text) for each in names):
        return True
    told = before.words - now.words
    if _SOUNDS.search(text):
        return bool(told) and not before.words & now.words
    return any(said & told and not said & now.words for said in map(_words, _faults(text)))


def _faults(text: str) -> Iterator[str]:
    """Where in a folded sentence a fault is told: in a clause with nobody's condition, or before “is usually”."""
    yield from (each[0] for each in _IF.finditer(text) if not _WHO.search(each[0]))
    if found := _MOSTLY.search(text):
        yield text[: found.start()]


def _words(text: str) -> frozenset[str]:
    found = re.findall(r"[^\W\d_]{4,40}", text)
    told = stems(" ".join(each for each in found if not subjects.things(each)))
    return frozenset(each[:_STEM] for each in told)
