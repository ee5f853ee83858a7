"""Whether a day or an hour of a draft is said to be the group's, or is denied, or somebody else's."""

import re
from typing import Final

from rcmail.mail.mentions import Mention
from rcmail.mail.mentions.mention import plain, small

_ENDS: Final = (
    r"[.!?;:,\n()]|(?<!\w)(?:maar|but|sondern|mais|aber|denn|want|because|car|puisque|weil|omdat"
    r"|(?:and|en|und|et) (?=we\b|wij?\b|wir\b|nous\b|ik\b|i\b|ich\b|je\b|you\b|du\b))(?!\w)"
)
_END: Final = re.compile(_ENDS)
# Letters of a sentence on either side.
_AROUND: Final = 160
# What holds a no, and denies nothing.
EASY: Final = re.compile(
    r"(?<!\w)(?:(?:needn't|not|don't|no need to) worry|n'est pas grave|macht nichts|maakt niet uit|(?:why|waarom"
    r"|warum|pourquoi) (?:not|niet|nicht|pas)|(?:don't|do not|never|not) (?:forget|hesitate|miss)|(?:vergeet"
    r"|aarzel) (?:dus |het |dan )?niet|(?:vergiss|vergessen sie|zogern sie) (?:also |es )?nicht|n'(?:oubliez"
    r"|hesitez|oublie|hesite) (?:donc |surtout )?pas|(?:no|not|not a|geen|kein|keinerlei|aucun|pas de"
    r"|pas) (?:problem|probleem|probleme|bezwaar|souci|only|alleen|allein|nur|seulement|far|ver|weit|loin))(?!\w)"
)
NO: Final = re.compile(
    r"(?<!\w)(?:not|no|never|nobody|niet|nooit|geen|niemand|nicht|nie|kein(?:e[nmrs]?)?|weder|jamais|non"
    r"|aucune?|personne n\w{0,2})(?!\w)|n't(?!\w)|(?<!\w)n(?:e |').{0,60}(?<!\w)(?:pas|plus)(?!\w)"
    r"|(?<!\w)pas (?:le|la|a|en|possible|ouvert)(?!\w)"
)
CLOSED: Final = re.compile(
    r"(?<!\w)(?:closed|shut|closes? on|gesloten|dicht|toe|geschlossen|zu(?=[ ,]*$)|ruhetag|fermee?s?)(?!\w)"
)
LIMIT: Final = re.compile(
    r"(?<!\w)(?:before|after|than|until|till|later|earlier|voor|na|dan|vroeger|vor|nach|als|bis|spater|fruher"
    r"|avant|apres|tard|tot|jusqu'a)(?!\w)"
)
_AWAY: Final = re.compile(
    r"(?<!\w)(?:te (?:laat|vroeg)|(?:zu|viel zu) (?:spat|fruh)|too (?:late|early)|trop (?:tard|tot)"
    r"|(?:lukt|kan|gaat|geht|klappt|passt|works?|va) (?:\w{1,12} ){0,3}(?:niet|nicht|not|pas))(?!\w)"
)
_PAST: Final = re.compile(
    r"(?<!\w)(?:was|were|waren|war|etait|etions|etaient|vorige|afgelopen|letzte[nrsm]?|vergangene[nrsm]?|last|dernier"
    r"|derniere)(?!\w)"
)
_OURS: Final = re.compile(r"(?<!\w)(?:we|wij|wir|nous|ons|onze|uns|unser\w{0,2}|our|us|notre)(?!\w)")
_OTHERS: Final = re.compile(
    r"(?<!\w)(?:\w{0,20}(?:winkels?|zaak|laden|geschaft|handler|markt)|shops?|stores?|dealers?|market|magasins?|marche"
    r"|boutiques?|marchand|librar(?:y|ies)|bibliothe\w{1,3}|recycl\w{0,20}|wertstoffhof|milieustraat|containerpark|dech?etterie)(?!\w)"
)
# “I'll come back to you on Monday”.
_MINE: Final = re.compile(r"(?<!\w)(?:kom ik|ik kom|komme ich|ich komme|melde|i'll|i will|je reviens)(?!\w)")
_HOLDS: Final = re.compile(
    r"(?<!\w)(?:welkom|open\w{0,5}|geopend|komt?|komen|kom|langs\w{0,8}|terecht|mee\w{0,8}|breng\w{0,3}"
    r"|bijeenkomst|plaats|afspraak|(?:zijn|zitten|staan) (?:we|wij)|(?:we|wij) (?:er|zijn|zitten|staan)|ons"
    r"|ophalen|haal|afhalen|later|eerder|spater|fruher|earlier|plus tard|avant|volgende|elke|iedere|kan|kunt|kun"
    r"|mag|lukt|goed|prima|vanaf|willkommen|geoffnet|offen|offnen|komm\w{0,3}|vorbei\w{0,10}|findet|statt"
    r"|mitbring\w{0,3}|sehen|wir sind|sind wir|haben wir|wir haben|treffen|abholen|termin|nachste[nrsm]?"
    r"|jede[nrsm]?|geht|passt|klappt|konn\w{1,4}|gern|bring\w{0,3}|ab|welcome|come|comes|coming|pop|drop|see you"
    r"|meet|meeting|held|takes? place|join|we're|we are|are we|we'll be|collect|pick|next|every|each|it's|it is"
    r"|is an?|is on|is een|ist ein|est un|falls|valt|fallt|tombe|fine|ok|okay|works|can|could|may|turn up"
    r"|bienvenue?s?|ouver\w{1,4}|ouvr\w{1,4}|venez|viens|venir|passez|passer|accueill\w{1,4}|apporte[rz]?"
    r"|retrouv\w{1,4}|attendons|lieu|sommes|serons|prochaine?|chaque|tous les|recuper\w{1,4}|possible|pouvez|peux"
    r"|parfait|d'accord|c'est|est la|(?:sera|serons|est) (?:la|ouverte?)|yes|oui|ja|repair\w{0,6}|repar\w{1,8}"
    r"|flick\w{1,3}|herstel\w{0,4}|fix|mend|look(?:s|ing)?|kijk\w{0,2}|schau\w{0,2}|regard\w{1,4}|(?:is|are) there"
    r"|(?:find|join) us|there on|jemand|iemand|somebody|someone|quelqu'un|work|(?:is|zijn) er(?= |$)|er weer"
    r"|suits?|rendez-vous|zie(?:n|t)?|freu\w{1,3})(?!\w)"
)
_GOODBYE: Final = re.compile(
    r"\W{0,3}(?:(?:dann|also|dan|so|then|alors|donc) )?(?:tot|bis|a|until|till|see you|on|op|am|le|yes|ja|oui|na"
    r"|voor|nach|vor|after|before|apres|avant|vers|um|om|at|rond|tegen|gegen|around)?\W{0,3}"
)
_WISHED: Final = re.compile(
    r"(?<!\w)(?:fijne|prettige|goede|mooie|leuke|schone[nrsm]?|gute[nrsm]?|nice|good|great|lovely|happy|pleasant"
    r"|bon|bonne|beau|belle|agreable)\s$"
)
_TIMED: Final = re.compile(
    r"\d|(?<!\w)(?:uur|uhr|o'clock|heures?|(?:after|fore)noon|evening|morning|(?:na)?middag"
    r"|avond|ochtend|(?:nach|vor)mittag|abend|apres-midi|soir|matin)(?!\w)"
)
_GONE: Final = re.compile(
    r"(?<!\w)(?:no longer|not any ?more|any ?more(?! or)|niet (?:meer|langer)|nicht (?:mehr|langer)|non plus"
    r"|used to|vroeger|fruher|formerly|verhuisd van(?: de| het)?|moved (?:from|out of)|umgezogen von"
    r"|demenage d\w{1,2})(?!\w)"
    r"|(?<!\w)n(?:e |').{0,40}(?<!\w)plus(?!\w)"
)
# “Not in Kirk Lane”, but not “you can't miss us in Kirk Lane”.
_NOT_IN: Final = re.compile(
    r"(?<!\w)(?:not|niet|nicht|pas) (?:(?:in|at|on|op|aan|bij|im|an|am|auf|zu[rm]?|a|au|dans|sur)(?: |$))?"
    r"(?:(?:the|de|het|der|dem|den|die|la|le) |l')?$"
)
# A time before or after which it is better to come.
_AFTER: Final = re.compile(
    r"(?<!\w)(?:after|before|na|voor|nach|vor|apres|avant)(?: (?:about|around|ongeveer|circa|etwa|environ))?\s$"
)
_RATHER: Final = re.compile(
    r"(?<!\w)(?:rather|better|best|preferably|quieter|liever|liefst|beter|rustig\w{0,2}|lieber|besser"
    r"|am besten|moglichst|ruhiger|plutot|mieux|preference|calme|ideal\w{0,4})(?!\w)"
)
# That one may come at an hour, and what is none of it: until when the group is there.
_GRANTED: Final = re.compile(
    r"(?<!\w)(?:prima|goed|fijn|kan|kun|kunt|mag|lukt|past|ok|okay|oke|haal\w?|genoeg|redt|kom|komt|welkom|reicht|passt"
    r"|geht|klappt|gut|gern\w?|locker|kommen|komm|willkommen|fine|good|great|works?|enough|perfect|suits?|can|come"
    r"|plenty|welcome|va|convient|parfait|bien|possible|d'accord|suffit|pouvez|peux|venez|passez|viens|ira)(?!\w)"
)
_BOUND: Final = re.compile(
    r"(?<!\w)(?:tot|vanaf|tussen|van|sinds|voor|na|bis|ab|von|zwischen|seit|vor|nach|until|till|from|between|since"
    r"|before|after|jusqu'a|partir d\w|des|entre|avant|apres|de)(?: (?:circa|ongeveer|etwa|about|environ))?\s*$"
)
_OPENS: Final = re.compile(
    r"(?<!\w)(?:open\w{0,3}|geopend|sluit\w{0,2}|begin\w{0,4}|start\w{0,2}|eindig\w{0,2}|laatste|offn\w{2,3}|geoffnet"
    r"|schlie\w{2,4}|letzte\w?|schluss|los|close\w?|end\w{0,2}|last|ouvr\w{1,4}|ouvert\w{0,2}|ferm\w{1,4}|commenc\w{1,4}"
    r"|finit|derni\w{2,3}|we are|we're|(?:zijn|zitten) (?:we|wij)|(?:we|wij) (?:zijn|zitten)|wir sind|sind wir"
    r"|nous sommes|next|volgende|nachste\w?|prochain\w?)(?!\w)"
)
_WORDS: Final = re.compile(r"[^\W\d_]{2,30}")


def is_of_the_group(text: str, day: Mention) -> bool:
    """Whether the clause of a weekday says that the group is there then, or that one may come."""
    before, after = clause_of(text, day.start, day.end)
    clause = EASY.sub(" ok ", f"{before} {after}")
    if _WISHED.search(before) or any(each.search(clause) for each in (NO, CLOSED, _AWAY, _PAST, _MINE)):
        return False
    if _OTHERS.search(clause) and not _OURS.search(clause):
        return False
    is_bare = _GOODBYE.fullmatch(before) is not None and not _WORDS.search(after.replace("then", ""))
    return bool(is_bare or _HOLDS.search(clause) or _TIMED.search(clause))


def is_refused(text: str, hour: Mention) -> bool:
    """Whether an hour is said to be too late or too early, or that it is not."""
    before, after = clause_of(text, hour.start, hour.end)
    clause = EASY.sub(" ok ", f"{before} {after}")
    return bool(_AWAY.search(clause) or (NO.search(EASY.sub(" ok ", before)) and not LIMIT.search(clause)))


def is_advice(text: str, hour: Mention) -> bool:
    """Whether one had better come before or after an hour."""
    before, after = clause_of(text, hour.start, hour.end)
    return bool(_AFTER.search(before) and _RATHER.search(f"{before} {after}"))


def is_granted(text: str, hour: Mention) -> bool:
    """Whether one may come at an hour; not that the group begins or ends then."""
    before, after = clause_of(text, hour.start, hour.end)
    clause = EASY.sub(" ok ", f"{before} {after}")
    is_denied = NO.search(clause) or CLOSED.search(clause) or _BOUND.search(before) or _OPENS.search(clause)
    is_bare = _GOODBYE.fullmatch(before) is not None and not _WORDS.search(after)
    return not is_denied and bool(is_bare or _GRANTED.search(clause))


def is_left(text: str, place: Mention) -> bool:
    """Whether the group is said not to be at a place, or no more."""
    start = place.start
    before, after = clause_of(text, start, place.end)
    if not before.strip() and not after.strip() and text[:start].rstrip().endswith(","):
        start = text.rindex(",", 0, start)  # the street of the house before it
    return bool(_NOT_IN.search(before)) or is_gone(text, start)


def is_gone(text: str, place: int) -> bool:
    """Whether the clause around the letter ``place`` says that the group is somewhere no more."""
    return _GONE.search(" ".join(clause_of(text, place, place))) is not None


def is_told(text: str, hour: Mention) -> bool:
    """Whether the clause of an hour says something, and nothing of when one may come."""
    clause = EASY.sub(" ok ", " ".join(clause_of(text, hour.start, hour.end)))
    is_ours = any(each.search(clause) for each in (_HOLDS, _OURS, CLOSED))
    return len(_WORDS.findall(clause)) > 1 and not is_ours


def clause_of(text: str, start: int, end: int) -> tuple[str, str]:
    """What is before and after it in its clause; alone in one, as in “17h, c'est trop tard”, in the next."""
    before = _END.split(small(plain(text[max(0, start - _AROUND) : start])))[-1]
    rest = small(plain(text[end : end + _AROUND]))
    after = _END.split(rest)[0]
    if rest.startswith(",") and _GOODBYE.fullmatch(before):
        after = _END.split(rest[1:])[0]
    return before, after
