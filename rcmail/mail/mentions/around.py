"""What stands around a number and tells whether it is an hour; of a text that is ``plain`` and ``small``."""

import re
from typing import Final

from rcmail.mail.mentions.dates import MONTH, WEEKDAY
from rcmail.mail.mentions.numbers import pattern

AT: Final = re.compile(
    r"(?<!\w)(?:om|tot|vanaf|rond|omstreeks|tegen|tussen|um|ab|bis|gegen|vor|zwischen|von|by|at|until|till|before|after"
    r"|from|between|since|around|entry|entree|einlass|inloop|opens?|closes?|starts?|van|de|entre|a|des|vers"
    r"|jusqu'a|avant|schluss)"
    r"(?:\s(?:meteen|liefst|ongeveer|circa|uiterlijk|spatestens|om|um|around|about|at|by))?[\s:]{1,2}$"
)
"""A word that stands right before an hour."""
LASTS: Final = re.compile(
    r"(?<!\w)(?:duurt|duren|dauert|dauern|dure|durent|takes?|binnen|minstens|minimaal|zeker|elke|elk|ieder|hooguit"
    r"|maximaal|max|ruim|bijna|nog|wel|pendant|durant|moins de|plus de|il y a|encore|zo'n|within|another|nearly"
    r"|almost|met|gemiddeld|meestal|usually|mindestens|etwa|ungefahr|ongeveer|circa|ca\.|environ|about|meer dan"
    r"|more than)\s(?:zo'n |ongeveer |circa |ca\. |wel |about |environ |an? )?$"
)
"""Words before how long something takes."""
LASTED: Final = re.compile(
    r"\s?(?:lang|werk|wachten|drogen|later|geleden|van tevoren|vooraf|laden|opladen|d'attente|de travail"
    r"|de sechage|plus tard|per|par|je|long|rijden|weken|trekken)(?!\w)"
)
"""Words after it; and after a price."""
ENDS: Final = re.compile(r"\s{0,2}(?:[.;!?)](?!\d)|,(?!\d)|$|\n)")
"""The end of a clause."""
_DAY: Final = re.compile(
    rf"(?<!\w)(?:{MONTH}\.?(?:\s20\d\d)?|20\d\d|{WEEKDAY}|werkdagen|weekdays|werktags|daily|dagelijks|taglich)"
    r"[\s,:;(]{1,3}(?:van |von |de |from )?$"
)
# “Une à deux heures”, unless its beginning is an hour of the day.
_RANGE: Final = re.compile(
    rf"(?:^|(?P<word>[\w']{{1,20}})\s)(?:\d{{1,2}}|{pattern(12)})\s(?:a|tot|of|ou|bis|oder|to|or)\s$"
)
_OF_DAY: Final = re.compile(
    r"over|voor|half|kwart|vor|nach|halb|past|to|van|von|de|from|tussen|zwischen|entre|between|om|um|at|a|vers|des|tot"
    rf"|vanaf|rond|tegen|gegen|avant|20\d\d|{WEEKDAY}|{MONTH}"
)


def ends_range(before: str) -> bool:
    """Whether ``before`` an hour begins how long something takes: from one hour to so many."""
    found = _RANGE.search(before)
    return found is not None and not _OF_DAY.fullmatch(found["word"] or "")


def after_day(before: str) -> bool:
    """Whether ``before`` ends with a day."""
    return _DAY.search(before) is not None
