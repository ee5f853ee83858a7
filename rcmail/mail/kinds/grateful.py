"""A first mail that is nothing but thanks: what was repaired works again, and nobody has to answer.

Whoever begins a conversation mostly wants something, so more is asked of such a mail than of one after an answer:
it also tells of what is done, and nothing in it may be a wish. When unsure it waits.
Words in lower case and without accents, as ``words.fold`` leaves a text; every repetition has an end.
"""

import re
from typing import Final

from rcmail.mail.kinds import visitor
from rcmail.mail.thanks import is_thanks, says_thanks
from rcmail.mail.words import as_typed

_THANKS: Final = (
    r"(?:dank\w{0,8}|bedank\w{0,4}|merci|mercis|remerci\w{0,8}|thanks?|thank you|thx|cheers|reconnaissant\w{0,2}"
    r"|grateful|dankbaar)"
)
_WEEKDAY: Final = (
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|maandag|dinsdag|woensdag|donderdag"
    r"|vrijdag|zaterdag|zondag|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi"
    r"|jeudi|vendredi|samedi|dimanche|gestern|gisteren|yesterday|hier)"
)
# What one is thanked for when it is over: no “answer” and no “time”, for which one is thanked before.
_HELP: Final = (
    r"(?:hilfe|hulp|help|helfen|aide|reparatur\w{0,2}|reparatie\w{0,2}|repair\w{0,3}|reparations?|reparer\w{0,2}"
    r"|fixing|mending|depannage|einsatz|inzet|muhe|moeite|geduld|patience|accueil|ontvangst|nachmittag|middag"
    r"|afternoon|apres-midi|gerepareerd|repariert|geholfen|geholpen|helped)"
)
_WORKS: Final = re.compile(
    rf"{visitor.DONE.pattern}"
    r"|\b(?:lauft|geht|funktioniert|spielt|brennt|leuchtet|dreht|tickt|naht|saugt|schaltet|fahrt|heizt|rollt"
    r"|klingt|druckt|kocht|schneidet|schliesst|doet|werkt|loopt|speelt|brandt|draait|tikt|naait|zuigt|schakelt"
    r"|rijdt|verwarmt|rolt|klinkt|print|snijdt|sluit)\b.{0,20}\b(?:wieder|weer|wie (?:neu|geschmiert|am ersten tag"
    r"|fruher)|als (?:nieuw|vanouds|een zonnetje)|einwandfrei|prima|perfekt|perfect)\b"
    r"|\b(?:works?|working|runs?|plays?|ticks?|turns?|sews?|glows?|shines?|lights?|prints?|heats?|spins?|rides?"
    r"|hums?)\b.{0,20}\b(?:again|like new|perfectly|beautifully|as good as new|a treat|fine now|like a dream)\b"
    r"|\b(?:marche|fonctionne|joue|tourne|roule|eclaire|coud|chauffe|s'allume|imprime|aspire|sonne|coupe|ferme"
    r"|repart)\b.{0,20}\b(?:de nouveau|a nouveau|comme (?:neu\w{1,2}|avant|au premier jour)|parfaitement"
    r"|tres bien)\b|\b(?:wie|als|like|as good as|comme) (?:neu|nieuw|new|neu\w{1,2})\b"
)
_DONE: Final = re.compile(rf"{_WORKS.pattern}|\b{_THANKS}\b.{{0,60}}\b(?:{_HELP}|{_WEEKDAY})\b", re.DOTALL)
# What more may be wanted, or is wrong: with one of these it waits.
_MORE: Final = re.compile(
    r"\b(?:maar|aber|but|mais|jedoch|leider|helaas|unfortunately|malheureusement|however|cependant|trotzdem|obwohl"
    r"|hoewel|although|though|alleen|seulement|nur|only|sauf|schade|jammer|pity|dommage|wel nog|nicht|nichts|nie"
    r"|kein\w{0,3}|niet|niets|niks|geen|nooit|not|\w{2,6}n't|cannot|never|no|none|pas|jamais|rien|plus|aucune?"
    r"|sans|ohne|zonder|without|bitte|graag|please|pls|aub|svp|veuillez|euro|eur|geld|money|argent|rechnung"
    r"|rekening|factuur|facture|invoice|quittung|receipt|recu|(?:im )?voraus|vorab|schon ?mal|alvast|voorbaat"
    r"|advance|avance|noch (?:eine?\w?|etwas|was)|nog (?:een|iets|wat|twee)|another|more|encore (?:une?|des"
    r"|quelque)|ausserdem|ubrigens|nebenbei|trouwens|overigens|bovendien|by the way|btw|au fait|par ailleurs"
    r"|ook nog|auch noch|next|nachste\w?|volgende|prochaine?|allerdings|echter|toutefois|pourtant|still|yet|steeds"
    r"|immer noch|toujours|fehl\w{0,3}|ontbreekt|missing|manque\w?|hear|hearing|hore|horen|forward|erwart\w{1,4}"
    r"|verwacht\w?|warte\w?|wacht\w?|attend\w{0,3}|meld\w{0,3}|i'll|we'll|i'd|i'm (?:coming|bringing)|je viens"
    r"|je viendrai\w{0,2}|je passer?\w{0,3}|j'apporter?\w{0,3}|nous viendrons|j'aimerais|je voudrais|je veux|wil"
    r"|willen|wollen?|will|mochten?|brauche\w?|nodig|need|needs|besoin|suche|zoek|(?:kom|komme|kommen|komen"
    r"|bring\w{0,3}|breng\w{0,2}|come|coming|venir)(?! (?:sicher |zeker |bestimmt |certainly )?(?:gern|gerne|graag"
    r"|gladly|back|wieder|terug)\b))\b|[?€£$]"
)
# What works again is out of the text then: something else is so again.
_AGAIN: Final = re.compile(
    r"(?<!gern )(?<!gerne )(?<!graag )(?<!thanks )(?<!thank you )\b(?:again|wieder|weer|opnieuw|erneut|(?:a"
    r"|de) nouveau)\b"
)


def only_thanks(new_text: str, subject: str) -> bool:
    """Whether a mail that begins a conversation thanks for what was done, and nothing else is in it or in its
    ``subject``; in nl, de, en, fr."""
    if not (says_thanks(new_text) and is_thanks(new_text)):
        return False
    whole = as_typed(f"{subject}\n{new_text}")
    if _MORE.search(whole) or not _DONE.search(whole):
        return False
    rest = _WORKS.sub(" ", whole)
    wanting = (_AGAIN, visitor.FAULT, visitor.COMPLAINS, visitor.LOST, visitor.CANCEL)
    return not any(words.search(rest) for words in wanting)
