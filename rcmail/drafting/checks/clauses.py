"""Which parts of a sentence promise that the group does something; of a text as ``fold`` makes it."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.answers.naming import things

_NOT: Final = (
    r"\b(?:geen|niet|nee|nooit|helaas|niets|niemand|evenmin|behalve|nein|nichts?|keine?[nmrs]?|leider|weder|ausser"
    r"|not|no|never|sorry|afraid|cannot|nobody|nothing|unable|except|pas|malheureusement|aucune?|jamais|rien"
    r"|(?<!par )personne|ni|sauf|hormis|gevaarlijk|gefahrlich|dangerous|dangereux|ob|whether|si"
    r"|of (?:we|wij|je|u|dat|dit|die|het|de|er|iemand))\b|n't\b"
)
_OTHERWISE: Final = (
    r"\b(?:thuis\w*|zu ?hause|daheim|at home|a la maison|chez vous|instead of|in plaats van|(?:an)?statt"
    r"|au lieu d\w*|a part l[ae]s?|buiten|used to|vroeger|fruher|autrefois)\b"
)
_OTHERS: Final = (
    r"\b(?:elders|anderswo|elsewhere|ailleurs|anderen|others|autres|\w{0,20}winkels?|speciaalza(?:ak|ken)|vakman"
    r"|fietsenmakers?|milieustraat|fabrikant|kringloop\w{0,20}|(?:elektro)?handler|geschaft"
    r"|fach(?:betrieb|geschaft|handel|handler|werkstatt)\w{0,3}|wertstoffhof|hersteller|recycl\w{1,20}|shops?|dealer"
    r"|council|maker|manufacturer|magasins?|marchand|vendeur|revendeur|fabricant|reparateur|dech?etterie|recyparc"
    r"|ressourcerie)\b"
)
_BEYOND: Final = (
    r"\b(?:(?:outside|beyond) (?:of )?(?:what|our|us)|no-go|steers? clear|tabu|taboe|te boven|ubersteig\w{1,3}"
    r"|ausserhalb|depassent?|(?:nous evitons|on evite))\b"
)
NO: Final = re.compile(_NOT)
"""A no, and what is not known to be a yes."""
_NO: Final = re.compile(f"{_NOT}|{_OTHERWISE}|{_OTHERS}|{_BEYOND}")
_DOES: Final = (
    r"repareren|herstellen|maken|doen|fixen|slijpen|reparieren|machen|flicken|schleifen|repair|fix|mend|do|sharpen"
    r"|reparons|faisons|soudons|repare|repariert|maakt|doet|welkom|willkommen|welcome|bienvenue?s?"
    r"|meenemen|mitbringen|bring|apporte\w*|brengen|meebrengen"
)
_DUTCH: Final = (
    r"kijk(?:en|t)?\b.{0,60}\bnaar|naar\b.{0,40}\bkijken|bekijk\w*|nakijken|vervang\w*|wissel(?:en|t)|verhelpen"
    r"|aan de (?:praat|gang)|onder handen|ontferm\w*|(?:neem|nemen|breng)\b.{0,60}\bmee|mag mee|mogen mee"
    r"|kom\b.{0,60}\blangs|bij ons\b.{0,40}\b(?:terecht|(?:goede|juiste) adres)|terecht bij ons"
    r"|kun(?:t|nen)? (?:je|u|jullie) (?:(?!bij\b)\w+ ){0,3}terecht(?! bij (?!ons\b))"
)
_GERMAN: Final = (
    r"(?:aus)?tausch(?:en|t)|(?:aus)?wechsel(?:n|t)|ersetz(?:en|t)|(?:seh|schau)(?:en|t|e)\b.{0,60}\b(?:an|drauf|rein)"
    r"|an(?:schauen|sehen)|kummer(?:n|t)|bring\w*\b.{0,60}\bmit|nehmen\b.{0,60}\b(?:an|mit)|ubernehmen|beheb(?:en|t)"
    r"|(?:seh|schau)en (?:wir )?uns (?!am\b|dann\b|bald\b)|(?:sieht|schaut) sich|zum laufen|in gang"
    r"|(?:bekomm|krieg)\w+\b.{0,60}\bhin|hin(?:bekommen|kriegen)|komm(?:en|t)?\b.{0,60}\bvorbei"
    r"|bei uns\b.{0,40}\b(?:richtig|aufgehoben|richtigen adresse)|(?:richtig|aufgehoben) bei uns"
)
_ENGLISH: Final = (
    r"looks? (?:at|after|into)(?! (?:the|our|your) (?:manual|website|list|sign|dates))"
    r"|(?:take|have) a (?:\w+ )?look|replac(?:e|es|ing)|swap|exchang(?:e|es|ing)|take care"
    r"|handle|sort\b.{0,30}\bout|(?:get|bring|have)\b.{0,50}\b(?:running|going|working)|help\b.{0,20}\bwith"
    r"|deal with|take\b.{0,40}\balong|come (?:along|by|round)|(?:come to|in) the right place|are fine|is fine"
)
_FRENCH: Final = (
    r"remplac\w+|chang(?:er|eons|era|erons)|echang\w+|occup\w+|regard\w+|un (?:oeil|œil|coup d)|en charge"
    r"|charg(?:e|eons|era|erons) de|depann\w+|remett\w+ en (?:marche|route|etat)|bonne (?:adresse|porte)|amenez"
    r"|(?:venez|passez)\b.{0,20}\bavec"
)
_PROMISES: Final = re.compile(rf"\b(?:gladly|{'|'.join((_DOES, _DUTCH, _GERMAN, _ENGLISH, _FRENCH))})\b")
_SURE: Final = re.compile(
    r"\b(?:(?:guarantee|garanderen|garandeer|garantieren|garantiere|garantissons)\b.{0,40}\b(?:that|dat|dass|que)"
    r"|(?:give|geven|geben|donnons|offrons)\b.{0,30}\b(?:guarantee|warranty|garantie)"
    r"|(?:will|'ll) definitely (?:get|fix|mend|repair)|(?:gegarandeerd|vast en zeker|beslist)\b.{0,40}\bweer"
    r"|(?:ganz bestimmt|garantiert|mit sicherheit)\b.{0,40}\b(?:wieder (?:hin|in gang|zum laufen)|reparier\w+)"
    r"|repar\w+ a coup sur)\b"
)
_YES: Final = re.compile(
    r"\W*(?:ja|jazeker|jawel|zeker|natuurlijk|klar|naturlich|yes|sure|of course|certainly|oui|bien sur)\b"
)
_THAT: Final = re.compile(
    r"\b(?:(?:dat|die|ze) (?:doen|maken|repareren|herstellen) we|das (?:machen|reparieren) wir"
    r"|we (?:can )?(?:do|mend|fix|repair) (?:that|it|them)|nous (?:faisons cela|l[ae]s? (?:faisons|reparons))"
    r"|bring (?:it|them) (?:along|in|with)|(?:breng|neem) (?:hem|het|die|ze)|bringen sie (?:ihn|es|das)"
    r"|apportez-l\w{1,2})\b"
)
# A yes with a no in it.
_EASY: Final = re.compile(
    r"\b(?:(?:no|not a) (?:problem|trouble|bother)|kein (?:problem|ding)|geen (?:enkel )?(?:probleem|punt)"
    r"|(?:pas|aucun) (?:de |un )?(?:probleme|souci))\b"
)
# What is no thing that anybody brings.
_NO_THING: Final = re.compile(
    r"\b(?:(?:by|on|over|from) (?:the |your )?(?:tele)?phone|phone number|per telefoon|telefoonnummer\w*"
    r"|par telephone|numero de telephone|cup of|kopje (?:koffie|thee)|tasse (?:kaffee|tee|de)|to watch"
    r"|watch (?:us|while|how)|in (?:a|een|einer|der) (?:\w+ )?(?:bag|tas|tasche)|dans un sac)\b"
)
# What it is photographed with stays in the pocket.
_PHOTO: Final = re.compile(r"\b[fp]h?otos?\b")
_WITH: Final = re.compile(
    r"\b(?:with|met|mit|avec)\b.{0,15}\b(?:phone|telefoon|handy|smartphone|telephone|mobile)\b"
)
_CLAUSE: Final = re.compile(r"(?:[^,;:–().!?\n]|\.(?=\w)){1,400}")


def clauses(text: str) -> list[str]:
    """The parts of ``text`` between its commas and other marks."""
    return _CLAUSE.findall(text)


def promising(sentence: str) -> Iterator[str]:
    """The parts that promise something; what says neither yes nor no goes with the parts on both sides of it."""
    held, is_promised = "", False
    named = _NO_THING.sub(" ", _EASY.sub("gladly", sentence))
    for clause in clauses(_WITH.sub(" ", named) if _PHOTO.search(named) else named):
        is_no = _NO.search(clause) is not None
        if not is_no and not _PROMISES.search(clause):
            held = f"{held} {clause}"
            continue
        if not is_no:
            yield f"{held} {clause}"
        held, is_promised = "", not is_no
    if is_promised:
        yield held


def says_yes(sentence: str) -> bool:
    """Whether it promises what was asked for without a name for it: “yes, we do”."""
    return bool(_THAT.search(sentence) or _YES.match(sentence)) and any(promising(sentence))


def refuses(sentence: str) -> bool:
    """Whether it says that something is not done, or is left at home, or somebody else's."""
    return any(_NO.search(each) and (_PROMISES.search(each) or things(each)) for each in clauses(sentence))


def is_sure(sentence: str) -> bool:
    """Whether it is sure of a repair, which nobody can be, or gives a guarantee."""
    part = said(_SURE, sentence)
    return bool(part) and not NO.search(part)


def said(rule: re.Pattern[str], sentence: str) -> str:
    """What ``rule`` finds, from the comma before it on; the German verb is the last word, whatever is between."""
    if not (found := rule.search(sentence)):
        return ""
    begun = max(sentence.rfind(mark, 0, found.start()) for mark in ",;:")
    return sentence[begun + 1 : found.end()]
