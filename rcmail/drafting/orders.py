"""What an answer says of one visitor's own order or place: it is so for nobody else."""

import re
from typing import Final

from rcmail.mail.words import as_typed

# What was ordered has come, or what was mended can be fetched.
_REPORT: Final = re.compile(
    r"\b(?:ist|sind)\b[^.!?]{0,40}\b(?:eingetroffen|angekommen|abholbereit|abzuholen)\b"
    r"|\b(?:fur (?:sie|dich|euch)|zur abholung)\b[^.!?]{0,40}\bbereit\b"
    r"|^(?:der|die|das|ihre?|deine?|eure?)\s(?:[\w-]+\s){1,3}(?:liegt|liegen|steht|stehen)\b[^.!?]{0,40}"
    r"\bbereit\b|\b(?:is|zijn)\b[^.!?]{0,30}\b(?:binnengekomen|aangekomen|gearriveerd)\b"
    r"|\b(?:is|zijn) (?:er |nu |inmiddels |intussen |al ){0,2}binnen(?= en\b|[,;.!]|$)"
    r"|\bvoor (?:u|je|jou|jullie)\b[^.!?]{0,20}\bklaar\b"
    r"|^(?:de|het|uw|je|jouw|jullie)\s(?:[\w-]+\s){1,3}(?:ligt|liggen|staat|staan)\b[^.!?]{0,40}\bklaar\b"
    r"|\b(?:has|have|'s|'ve) (?:now |just |finally |already )?(?:arrived|come in)\b"
    r"|\bready (?:for (?:you|collection|pick-?up)|to (?:be )?(?:collect|pick|fetch)\w*)\b|\bwaiting for you\b"
    r"|\b(?:est|sont) (?:bien |enfin |deja )?arrivee?s?\b|\bvous attend(?:ent)?\b"
    r"|\bprete?s? (?:pour vous|a etre)\b|\bmise?s? de cote\b|\b(?:est|sont) a votre disposition\b"
)
# Of what is not so yet: “once your part has arrived”.
_ONCE: Final = re.compile(
    r"\b(?:wenn|sobald|falls|bis|als|zodra|wanneer|totdat|if|when|once|until|after|as soon"
    r"|quand|lorsqu\w*|des qu\w*|si)\b"
)
# Somebody is put on a list, or something is ordered or kept.
_BOOKING: Final = re.compile(
    r"\b(?:sie|dich|euch|ihnen|dir)\b[^.!?]{0,60}"
    r"\b(?:eingetragen|vorgemerkt|notiert|reserviert|zuruckgelegt|bestellt)\b"
    r"|\b(?:sie (?:sind|stehen)|du (?:bist|stehst)|ihr (?:seid|steht))\b[^.!?]{0,40}"
    r"\b(?:angemeldet\b|vorgemerkt\b|\w* ?liste\b)"
    r"|\b(?:hebben|heb) (?:u|je|jou|jullie|hem|haar|voor)\b[^.!?]{0,60}"
    r"\b(?:ingeschreven|genoteerd|opgeschreven|ingepland|aangemeld|gereserveerd|besteld|apart ?gelegd)\b"
    r"|\b(?:u|je|jullie) (?:staat|staan|bent|zijn)\b[^.!?]{0,40}"
    r"\b(?:lijst|ingeschreven|genoteerd|ingepland|aangemeld)\b"
    r"|\bput you (?:down|on)\b|\byou(?:'re| are) (?:down|booked|registered|on (?:the|our|my) list)\b"
    r"|\b(?:have|'ve) (?:booked|reserved|ordered|kept|noted|registered|set aside) "
    r"(?:you\b|your\b|[^.!?]{0,40}\bfor you\b)"
    r"|\bvous (?:ai|avons) (?:inscrit|note|reserve|mis|commande)\w*\b|\bvous etes (?:bien )?(?:inscrit|note)\w*\b"
    r"|\b(?:commande|reserve|note)\w* pour vous\b"
)
AMOUNT: Final = re.compile(r"\d\s?(?:€|eur\b|euros?\b)|(?:€|\beur)\s?\d", re.IGNORECASE)
"""Of money."""


def is_report(text: str) -> bool:
    """Whether it says that somebody's order has come, or can be fetched."""
    folded = as_typed(text)
    return any(not _ONCE.search(_clause(folded, each.start())) for each in _REPORT.finditer(folded))


def is_booking(text: str) -> bool:
    """Whether it says that somebody has a place, or that something was ordered for them."""
    return _BOOKING.search(as_typed(text)) is not None


def _clause(text: str, place: int) -> str:
    """What stands between the comma before ``place`` and the next one."""
    start = max(text.rfind(mark, 0, place) for mark in ",;:") + 1
    end = min((found for mark in ",;:" if (found := text.find(mark, place)) >= 0), default=len(text))
    return text[start:end]
