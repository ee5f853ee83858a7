"""Lines that a conversion to plain text ran together: the author's last words and the attribution below them."""

import re
from typing import Final

from rcmail.mail.newtext.attribution import MOST_CHARACTERS, OPENER, VERB, Attribution, judge
from rcmail.mail.newtext.header_block import SEPARATOR

_OPENS: Final = re.compile(r"(?<=\S)[-\s]{0,9}(?<=[-\s])(?=(?:On|Op|Am|Le|Il|El) [^<@\n]{0,30}\d)")
_GOES_ON: Final = re.compile(rf"{VERB.pattern}(?: [^:<>]{{1,80}}(?:<[^<>]{{3,99}}>)?)? ?:(?=\s*>)", re.IGNORECASE)


def parts(line: str) -> list[str]:
    """The lines that ``line`` should have been, nearly always itself alone."""
    if len(line) > 2 * MOST_CHARACTERS or line.lstrip().startswith(">"):
        return [line]
    if found := SEPARATOR.search(line):
        return [part for part in (line[: found.start()], found[0], line[found.end() :]) if part.strip()]
    goes_on = _GOES_ON.search(line) if ">" in line else None
    head, rest = (line[: goes_on.end()], line[goes_on.end() :]) if goes_on else (line, "")
    if not VERB.search(head):
        return [line]
    for opens in _OPENS.finditer(head) if not OPENER.match(head) else ():
        if judge(head[opens.end() :]) is Attribution.STRONG:
            return [part for part in (head[: opens.start()], head[opens.end() :], rest) if part.strip()]
    return [head, rest] if rest and judge(head) is Attribution.STRONG else [line]
