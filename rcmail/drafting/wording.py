"""How questions are asked, in words of four languages: for a repair, for how many, or for something else."""

import re
from typing import Final

# “May he come in?” of the dog in the sentence before.
HE: Final = re.compile(
    r"\b(?:mag (?:hij|zij|ze|die|dat)|(?:darf|dürfen|kann) (?:er|sie|der|die|es) (?:mit|rein|hinein|dabei)"
    r"|(?:may|can|is) (?:he|she)|(?:peut|est|pourrait|serait)-(?:il|elle)|(?:il|elle) (?:peut|pourrait))\b",
    re.IGNORECASE,
)
# “May I bring all of them?”, not “what may I bring?”
ALL: Final = re.compile(
    r"(?:^|[.!?,;:]\s|\b(?:und|en|and|et)\s)(?:darf|dürfen|kann|können|mag|mogen|kan|kunnen|may|can|could"
    r"|puis|peut)\b"
    r"[^?]{0,30}\b(?:alles|allemaal|alle drei|everything|all of|all three|tout|tous|toutes)\b",
    re.IGNORECASE,
)
# “Up to how many?”, of whatever was named before.
HOW_MANY: Final = re.compile(
    r"\b(?:hoeveel|wie ?viele?|how many|combien)(?=\s?\?|(?:\s\w+)?\s(?:darf|dürfen|kann|können|mag|mogen|kan"
    r"|kunnen"
    r"|may|can|could|puis|peut)\b)",
    re.IGNORECASE,
)
MANY: Final = re.compile(r"\b(?:[3-9]|drie|drei|three|trois|vier|four|quatre|vijf|fünf|five|cinq)\s[^\W\d]{3,30}")
PIECES: Final = re.compile(
    r"stuks|dingen|spullen|apparaten|sachen|teile|geräte|items|things|pieces|objets|appareils"
)
REPAIR: Final = re.compile(
    r"\b(?:repar\w*|répar\w*|herstel\w*|maken|doen|nakijken|kijken|mee|meenemen|langs\w*|terecht|iets voor"
    r"|kan dat|machen|macht|schleif\w*|flick\w*|ansehen|anschauen|reinschauen|mitbringen|bringen|kommen"
    r"|vorbei\w*|was für|repair\w*|fix\w*|mend\w*|sharpen\w*|look|bring|come|do|faites|faire|regarder|apporter"
    r"|venir|slijpen|possible|can you|could you|könnt ihr|können sie|kunnen jullie|kunt u|pouvez-vous)\b",
    re.IGNORECASE,
)
# “Is there another Termin?”
A_DATE: Final = re.compile(
    r"\b(?:gibt(?: es|['’]s)|habt ihr|haben sie|findet|wann|welche\w*|nächste\w*|weitere\w*|andere\w*"
    r"|spätere\w*)\b"
    r"[^.!?]{0,40}\btermin",
    re.IGNORECASE,
)
REGISTER: Final = re.compile(
    r"anmeld|vereinbar|reserv|brauch|nötig|muss|machen|ohne|zonder|without|sans|moet|need|rendez|aanmeld"
    r"|afspraak|inschrijv|appointment|book|regist|inscri|sign up",
    re.IGNORECASE,
)
# What one is to bring with it, which is not whether.
WHAT_ALONG: Final = re.compile(
    r"\b(?:was|wat|what|que|quoi)\b[^.!?]{0,40}"
    r"\b(?:mitbringen|mitnehmen|bringen|meenemen|meebrengen|bring|take|apporter|amener|prendre)\b",
    re.IGNORECASE,
)
# Whether a child may come.
ADMITTED: Final = re.compile(
    r"\b(?:mit|mee|mag|darf|dürfen|mitbringen|mitkommen|meenemen|meekomen|welkom|willkommen|welcome"
    r"|bienvenus?|admis\w*"
    r"|erlaubt|allowed|toegestaan|bring|come|may|venir|amener|avec)\b|kinder|kinderen|children|enfants",
    re.IGNORECASE,
)
# What is done to a thing, where that is all that is asked: “can you write …” is not.
MENDED: Final = re.compile(
    r"\b(?:repar\w*|répar\w*|herstel\w*|maken|maakt|gemaakt|doen|fix\w*|nakijken|kijken|vervangen|plakken|lijmen"
    r"|naaien|solderen|slijpen|stellen|iets voor|kan dat|iets mee|verstand van|raad weten|te redden|helpen|machen"
    r"|macht|schleif\w*|flick\w*|ansehen|anschauen|angucken|gucken|schauen|reinschauen|nachsehen|richten|löten"
    r"|kleben|leimen|nähen|tauschen|austauschen|wechseln|auswechseln|ersetzen|einsetzen|einstellen|was für"
    r"|geht das|zu retten|auskennt|helfen|repair\w*|mend\w*|sharpen\w*|look|do|replace|change|glue|solder|sew|swap"
    r"|save|help|possible|faites|faire|regarder|remplacer|changer|recoller|coller|souder|coudre|recoudre|aiguiser"
    r"|affûter|régler"
    r"|aider)\b",
    re.IGNORECASE,
)
# That one comes with it.
BROUGHT: Final = re.compile(
    r"\b(?:mee|meenemen|meebrengen|langs\w*|brengen|terecht|mitbringen|mitnehmen|bringen|kommen|vorbei\w*"
    r"|bring|come"
    r"|take|apporter|apporte|amener|venir|passer|prendre)\b",
    re.IGNORECASE,
)
# What is asked for in place of a repair: a letter, a loan, that it is fetched, bought, sent or ordered.
ELSE: Final = re.compile(
    r"\b(?:schrei(?:b|be|ben|bt)\b|schrijv\w*|write\b|écri\w*|bescheinig\w*|bestätig\w*|gutachten|attest\w*"
    r"|statement|certificate|verklaring|rechnung|quittung|factuur|kwitantie|invoice|receipt|facture|reçu\b|leih\w*"
    r"|ausleih\w*|verleih\w*|borgen|lenen|uitlenen|leen\b|lend\b|borrow\w*|rent\b|hire\b|prêt\w*|emprunt\w*"
    r"|abhol\w*|ophalen|ophaalt|fetch|pick (?:it|them|up)\b|collect\b|chercher|verkauf\w*|kaufen|verkopen|kopen"
    r"|koopt|sell\b|buy\b|vend\w*|achet\w*|empfehl\w*|recommend\w*|aanraden|conseill\w*|anrufen|bellen|call (?:me"
    r"|us)\b|appeler|schicken|schickt|opsturen|sturen|leren\b|lernen\b|beibringen|learn\b|teach\b|apprendre"
    r"|uitleggen|erklär\w*|explain|expliqu\w*|send\b|post\b|envoyer|bestell\w*|order\b|commander|interview\w*"
    r"|lohn(?:t|en)\b|worth\b|waard\b|loont\b"
    r"|vaut\b|filmen|fotogra\w*|photograph\w*)",
    re.IGNORECASE,
)
BESIDE: Final = frozenset((
    "giving", "home", "lost", "leaving", "learning", "cancelling", "guarantee", "pets", "children", "language",
))  # fmt: skip
"""Matters beside which “we do that” would be understood of them."""
# More than one thing at once.
SEVERAL: Final = re.compile(
    r"\b(?:beide[ns]?|allebei|meerdere|meer dan (?:één|een)|tweede|mehrere|mehr als ein\w*|zweite[nrs]?|both"
    r"|several"
    r"|more than one|second|plusieurs|plus d['’]une?|deuxième|les deux)\b",
    re.IGNORECASE,
)
# “The light is on”, of another thing.
INDICATOR: Final = re.compile(
    r"\b(?:het lampje|de lampjes|das (?:lämpchen|licht)|die (?:lampe|leuchte)|(?:the|a) (?:\w+ )?light|le voyant"
    r"|la lampe)\b[^.!?]{0,20}\b(?:brand|leucht|blink|on\b|flash|allum|clignot|knipper)",
    re.IGNORECASE,
)
OR_WITHOUT: Final = re.compile(
    r"\b(?:met of zonder|mit oder ohne|with or without|avec ou sans)\s+"
    r"(?:(?:de|het|een|den|die|das|the|an?|le|la|les|une?)\s+|l['’])?([^\W\d_]{3,40})",
    re.IGNORECASE,
)
# “5. Dezember” ends no sentence.
END: Final = re.compile(r"(?<=[.!?])\s(?!(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez))")
AND: Final = re.compile(r"(?:en|und|and|et|&)\s", re.IGNORECASE)
# What asks on about the question before it.
FOLLOWS: Final = re.compile(
    r"\W*(?:(?:und|and|en|et)\s)?(?:(?:falls|wenn) (?:ja|so|dem so ist|möglich|das geht)|if (?:so|yes|possible"
    r"|you do)|(?:indien|zo|als) (?:ja|zo|dat (?:zo is|kan|mag)|het kan)|si (?:oui|c['’]est (?:le cas|possible)"
    r"|possible))\b",
    re.IGNORECASE,
)
# What becomes of a thing where there is no mending it.
BEYOND: Final = re.compile(
    r"\b(?:if|when|in case|things that|happens)\b[^.!?]{0,60}(?:\b(?:can(?:not| not)|can['’]t|couldn['’]t) be"
    r" (?:repaired|fixed|mended|saved)\b|\bbeyond (?:repair|saving)\b)"
    r"|\b(?:als|indien|wanneer|mocht|(?:dingen|spullen) die)\b[^.!?]{0,60}"
    r"\b(?:niet (?:meer )?(?:te (?:repareren|maken|redden)|gerepareerd|gemaakt)\b|onherstelbaar)"
    r"|\b(?:wenn|falls|sollte|(?:dingen?|sachen),? die)\b[^.!?]{0,60}"
    r"\b(?:nicht (?:mehr )?(?:zu (?:reparieren|retten)|repariert|reparierbar)\b|irreparabel)"
    r"|\b(?:si|quand|lorsqu\w*|objets qui)\b[^.!?]{0,60}(?:\bpas (?:être |plus )?répar(?:é|able)|\birréparable)",
    re.IGNORECASE,
)
# That somebody comes to where the visitor lives.
AT_HOME: Final = re.compile(
    r"\b(?:call (?:at|to)|come (?:out )?to|visit|drop by) (?:my|our|her|his|their|people['’]s) (?:\w+ )?"
    r"(?:home|house|flat|apartment|place)s?\b|\b(?:house calls?|home visits?)\b"
    r"|\b(?:langskomen|langs komen|komen|kijken) (?:bij|naar) (?:mij|ons|mensen|haar|hem) (?:thuis|in huis)\b"
    r"|\bhuisbezoek"
    r"|\bzu (?:mir|uns|ihr|ihm|den leuten) (?:nach hause|in die wohnung)\b|\bhausbesuch"
    r"|\b(?:venir|passer|vous déplacer) (?:chez (?:moi|nous|elle|lui)|à (?:mon|notre|son) domicile)\b",
    re.IGNORECASE,
)
# Whether one is still let in: not how long it is open.
LATE: Final = re.compile(
    r"\b(?:too late|te laat|zu spät|trop tard)\b"
    r"|\b(?:until when|how late|latest|tot (?:wanneer|hoe laat)|uiterlijk|bis wann|spätestens"
    r"|jusqu['’]à quelle heure|au plus tard)\b"
    r"(?=[^.!?]{0,60}\b(?:come|enter|register|bring|binnen\w*|komen|langs\w*|inschrijven|brengen|kommen|rein|hinein"
    r"|abgeben|bringen|annahme|venir|entrer|arriver|apporter|inscrire)\b)",
    re.IGNORECASE,
)
# “I can't be there before …”, with an hour.
NOT_BEFORE: Final = re.compile(
    r"\b(?:can['’]t|cannot|won['’]t|not|only|niet|pas|nicht|erst|seulement|qu['’]à|ne peux pas)\b[^.!?]{0,40}"
    r"\b(?:before|until|at|from|after|voor|om|vanaf|na|vor|um|ab|nach|avant|à|après)\b",
    re.IGNORECASE,
)
# What an answer says of it.
LAST_ENTRY: Final = re.compile(
    r"\blast (?:items?|entry|admissions?|registrations?)\b|\blaatste (?:inschrijving|spullen|apparaten|aanmelding)"
    r"|\b(?:letzte (?:annahme|anmeldung|geräte)|annahmeschluss)"
    r"|\bderni(?:er|ère)s? (?:inscription|objet|entrée|admission)",
    re.IGNORECASE,
)
CAR: Final = re.compile(
    r"\b(?:leave|put) (?:the|my|our) car\b|\bauto (?:kwijt|laten|neerzetten|lassen|abstellen|hinstellen)\b"
    r"|\b(?:laisser|mettre) (?:la|ma|notre) voiture\b",
    re.IGNORECASE,
)
# When and where, of something else than the event: “where is the nearest pub?”
NOT_THE_EVENT: Final = re.compile(
    r"\b(?:where|when)\b[^.!?]{0,30}\b(?:leave|put|hang|store|nearest|closest|buy|best|quiet\w*|busiest|lunch|breaks?)\b"
    r"|\b(?:waar|wanneer)\b[^.!?]{0,40}\b(?:laten(?! \w*(?:repareren|maken|nakijken|herstellen))|zetten|neerzetten"
    r"|hangen|ophangen|dichtstbijzijnde|kopen|beste?|rustig\w*|pauze|lunch)\b"
    r"|\b(?:wo|wann)\b[^.!?]{0,40}\b(?:(?<!reparieren )(?<!richten )(?<!machen )lassen|abstellen|hinstellen"
    r"|aufhängen|nächstgelegene\w*|kaufen|besten|ruhig\w*|pause|mittag\w*)\b"
    r"|\b(?:où|quand)\b[^.!?]{0,40}\b(?:laisser|poser|mettre|accrocher|acheter|le plus proche|la plus proche|mieux"
    r"|meilleur|calme|pause)\b",
    re.IGNORECASE,
)
# “The Saturday before Christmas” is a day of its own.
BY_A_FEAST: Final = re.compile(
    r"\b(?:before|after|voor|na|vor|nach|avant|après)\s(?:de\s|den\s|the\s)?"
    r"(?:christmas|xmas|easter|new year|kerst\w*|pasen|pinksteren|oud en nieuw|weihnacht\w*|ostern|pfingsten"
    r"|neujahr|silvester|noël|pâques|pentecôte"
    r"|le nouvel an|the holidays|les fêtes|les vacances|den ferien|de vakantie)",
    re.IGNORECASE,
)
