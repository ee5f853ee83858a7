"""Days in words, as CLDR has them for each language (Babel), and clock times as one writes them in it."""

from datetime import date, time
from typing import Final

from babel.dates import format_date

# English as it is written on this side of the ocean: the day before the month.
_LOCALES: Final = {"nl": "nl", "de": "de", "en": "en_GB", "fr": "fr"}
_DAYS: Final = {"nl": "EEEE d MMMM", "de": "EEEE, d. MMMM", "en": "EEEE d MMMM", "fr": "EEEE d MMMM"}
_HOURS: Final = {"nl": "{} uur", "de": "{} Uhr", "en": "{}"}


def day(when: date, today: date, language: str) -> str:
    """“zaterdag 5 december”; with the year where that is not the year of ``today``."""
    form = _DAYS[language] if when.year == today.year else f"{_DAYS[language]} y"
    return format_date(when, form, locale=_LOCALES[language])


def hours(span: tuple[time, time | None], language: str) -> str:
    """“13.00–16.30 uur”, “de 13 h à 16 h 30”, or one time where that is all that is known."""
    clocks = [_clock(each, language) for each in span if each]
    if language == "fr":
        return f"de {clocks[0]} à {clocks[1]}" if len(clocks) == 2 else f"à {clocks[0]}"
    return _HOURS[language].format("–".join(clocks))


def _clock(when: time, language: str) -> str:
    if language == "fr":
        return f"{when.hour} h {when.minute:02}" if when.minute else f"{when.hour} h"
    return f"{when.hour}{'.' if language == 'nl' else ':'}{when.minute:02}"
