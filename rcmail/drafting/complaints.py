"""Whether a mail complains of what was done here, or reports on it: that no past answer answers."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rcmail.drafting import subjects
from rcmail.drafting.proposal import Asked
from rcmail.mail.question import statements
from rcmail.mail.words import as_typed

# Sentences that are looked at, and letters of one.
_MOST: Final = 60
_LONGEST: Final = 600
# What may only become so: “what if it breaks when you repair it?”
_IF: Final = re.compile(
    r"\b(?:wenn|falls|sollte[nt]?|konnte[nt]?|als(?! vorher| zuvor| eerst)|indien|mocht|stel dat|if|should|in case"
    r"|what happens|si|au cas ou)\b"
)
# What was done here before.
_DONE: Final = re.compile(
    r"\b(?:nach|seit) (?:der|ihrer|eurer|dem besuch|meinem besuch|unserem besuch)\b(?: \w+){0,2}"
    r"(?: reparatur| bei ihnen| bei euch)?"
    r"|\b(?:na|sinds) (?:de|uw|jullie|je|mijn|ons)(?: \w+){0,2} (?:reparatie|bezoek)"
    r"|\b(?:after|since|following) (?:the|your|my|our)(?: \w+){0,2} (?:repair|visit)"
    r"|\b(?:apres|depuis) (?:la|votre|ma|notre)(?: \w+){0,2} (?:reparation|visite|passage)"
    r"|\b(?:sie|ihr|ihre?[nrms]?|euer|eure|du|einer von|mitarbeiter\w*|helfer\w*|kolleg\w*"
    r"|ehrenamtlich\w*)\b[^.!?]{0,60}"
    r"\b(?:repariert|geoffnet|gelotet|zerlegt|auseinandergenommen|zusammengebaut|ausgetauscht|gewechselt|genaht)\b"
    r"|\b(?:u|jullie|uw|een van|vrijwillig\w*|reparateur\w*|monteur\w*|collega\w*)\b[^.!?]{0,60}"
    r"\b(?:gerepareerd|repareerden?|maakten?|vervingen|gemaakt|opengemaakt|geopend|gesoldeerd|vervangen"
    r"|gelijmd|hersteld|genaaid)\b"
    r"|\b(?:you|your \w+|volunteers?|repairers?|one of you)\b[^.!?]{0,30}"
    r"\b(?:repaired|fixed|mended|opened|soldered|replaced|glued|took (?:it )?apart|sewed)\b"
    r"|\bvous (?:m'|l'|me l'|nous )?(?:avez|aviez)\b[^.!?]{0,30}\b(?:repare|ouvert|remplace|change|demonte"
    r"|recolle|cousu)"
    r"|\b(?:votre (?:\w+ )?|benevole|reparateur|collegue)\b[^.!?]{0,20}\ba (?:repare|ouvert|remplace|change"
    r"|demonte|recolle)"
)
# Somebody was here with it; what came after it says the rest.
_WAS_HERE: Final = re.compile(
    r"\b(?:war|waren)\b[^.!?]{0,60}\b(?:bei (?:ihnen|euch)|in (?:ihrem|eurem)|(?:im|beim) (?:repair|reparatur))"
    r"|\b(?:bei (?:ihnen|euch))\b[^.!?]{0,40}\b(?:war|waren|gewesen)\b"
    r"|\b(?:was|waren|ben|zijn)\b[^.!?]{0,60}\bbij (?:jullie|u)\b|\bbij (?:jullie|u) (?:was|geweest)\b"
    r"|\bi (?:was|came|visited|brought|went)\b[^.!?]{0,60}\b(?:you|your)\b"
    r"|\bwe (?:were|came|visited|brought|went)\b[^.!?]{0,60}\b(?:you|your)\b"
    r"|\b(?:etais|etions|suis venue?|suis passee?|sommes venue?s|sommes passee?s)\b[^.!?]{0,60}\b(?:chez vous"
    r"|votre)\b"
)
_SINCE: Final = re.compile(
    r"\b(?:danach|seit|sinds|seitdem|seither|hinterher|jetzt|nun|zu hause|daarna|sindsdien|sedert|nu|thuis"
    r"|since|afterwards|now|at home|depuis|ensuite|maintenant|a la maison|de retour)\b"
)
_TROUBLE: Final = re.compile(
    r"\b(?:nicht|kein\w*|kaputt|defekt|schlimmer|schlechter|leckt|tropft|qualmt|stinkt|niet|geen|stuk|kapot|erger"
    r"|slechter|lekt|not|cannot|no longer|broken|broke|worse|stopped|leak\w*|dead|ne|pas|plus|casse\w*|panne|pire"
    r"|fuit)\b|n't\b|\bn'"
)
# The same of what is no question: “can I come again?”
_STILL: Final = re.compile(
    r"\b(?:immer noch|noch immer|wieder|aber|nog steeds|nog altijd|weer|maar|still|again|but|encore|toujours"
    r"|mais)\b"
)
_NEVER: Final = re.compile(r"\b(?:nie|nooit|never|jamais)\b")
# “Since then it hums”: whatever is told of it, but that it is well.
_EVER_SINCE: Final = re.compile(r"\b(?:seitdem|seither|seit|sindsdien|sinds|since|depuis)\b")
_WELL: Final = re.compile(
    r"\b(?:wunderbar|super|prima|toll|bestens|wie neu|gut|perfekt|danke|goed|fijn|geweldig|perfect|als nieuw"
    r"|bedankt|dank"
    r"|great|fine|well|wonderful\w*|perfectly|like new|thanks?|thank you|bien|parfait\w*|merveill\w*|merci)\b"
)
# Money or another thing is wanted for it.
_CLAIM: Final = re.compile(
    r"\b(?:mein|das|unser) geld (?:zuruck|wieder)|\bgeld zuruck|\bmein geld\b|\bschadens?ersatz"
    r"|\bschaden\b[^.!?]{0,30}"
    r"\b(?:ersetz|erstatt|bezahl|begleich|aufkomm)\w*|\bgerat\b[^.!?]{0,20}\b(?:ersetzen|erstatten)\b"
    r"|\berstattung\b"
    r"|\b(?:ersetzt|bezahlt|erstattet)\b[^.!?]{0,20}\bschaden\b|\bgeld terug\b|\bschadevergoeding"
    r"|\bschade\b[^.!?]{0,40}\b(?:vergoed|betaal|betalen)\w*"
    r"|\b(?:vergoed\w*|betaal|betalen)\b[^.!?]{0,20}\bschade\b"
    r"|\bmoney back\b|\brefund\w*|\bcompensat\w+|\bpay for (?:the|this) damage|\breimburs\w+"
    r"|\brembours\w+|\bdedommag\w+|\bindemnis\w+"
)
_BROKEN_BY_US: Final = re.compile(
    r"\b(?:sie|ihr|mitarbeiter\w*|helfer\w*|kolleg\w*)\b[^.!?]{0,60}\b(?:kaputt ?gemacht|beschadigt|zerstort"
    r"|ruiniert)\b"
    r"|\b(?:u|jullie|vrijwillig\w*|reparateur\w*)\b[^.!?]{0,60}\b(?:kapot ?gemaakt|stuk ?gemaakt|beschadigd"
    r"|gesloopt|vernield)\b"
    r"|\b(?:you|your \w+|volunteers?)\b[^.!?]{0,20}\b(?:broke|broken|damaged|ruined|destroyed|wrecked)\b"
    r"|\b(?:vous|votre \w+|benevole\w*)\b[^.!?]{0,30}\b(?:casse|abime|endommage|detruit)\w*"
)
_ANGRY: Final = re.compile(
    r"\b(?:enttausch\w*|frechheit|unverschamt\w*|unmoglich|verarger\w*|argerlich|teleurgesteld|teleurstell\w*"
    r"|schandalig\w*|belachelijk|boos|disappoint\w*|disgrac\w*|outrag\w*|unacceptable|not happy|unhappy|angry"
    r"|decue?s?|inadmissible|inacceptable|scandaleu\w*|honteu\w*|furieu\w*)\b"
)
_COMPLAINT: Final = re.compile(
    r"\b(?:beschwerde|beschweren|beschwere|reklamation|klacht|klachten|complaint|complain|reclamation"
    r"|porter plainte)\b"
)


def complains(asked: Asked) -> bool:
    """Whether one of the mails complains of a repair that was made here, or tells what became of it."""
    return any(_is_complaint([asked.subject, *statements(text)[:_MOST]]) for text in asked.texts)


def _is_complaint(said: Sequence[str]) -> bool:
    folded = [as_typed(each[:_LONGEST]) for each in said]
    plain = [each for each in folded if not _IF.search(each)]
    if any(rule.search(each) for each in plain for rule in (_CLAIM, _BROKEN_BY_US, _COMPLAINT)):
        return True
    is_ours = any(_is_told(each, rule) for each in plain for rule in (_DONE, _WAS_HERE))
    if is_ours and any(map(_ANGRY.search, plain)):
        return True
    return any(_came_to_grief(plain[place:]) for place in range(len(plain)))


def _is_told(text: str, rule: re.Pattern[str]) -> bool:
    return not text.endswith("?") and rule.search(text) is not None and not _NEVER.search(text)


def _came_to_grief(said: Sequence[str]) -> bool:
    """Whether the first sentence tells of what was done here, and it or the next ones of trouble with that."""
    if not any(_is_told(said[0], rule) for rule in (_DONE, _WAS_HERE)):
        return False
    of_it = list(_on_the_same(said))
    if any(_EVER_SINCE.search(each) for each in of_it) and not any(map(_WELL.search, of_it)):
        return True
    ill = [each for each in of_it if _TROUBLE.search(each) or (_is_told(each, _STILL) and not _WELL.search(each))]
    return any(_is_told(said[0], _DONE) or _SINCE.search(each) for each in ill)


def _on_the_same(said: Sequence[str]) -> Iterator[str]:
    """The first sentence and two more, as far as they are on what it names."""
    things = subjects.things(said[0])
    for each in said[:3]:
        if (subjects.things(each) or things) & things or not things:
            yield each
