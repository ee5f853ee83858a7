"""Words of the calendar, which have capitals in some languages and are no names."""

import re
from typing import Final

from rcmail.mail.mentions.dates import MONTH, WEEKDAY

CALENDAR: Final = re.compile(rf"(?i:\b(?:{WEEKDAY}|{MONTH})\b)")
