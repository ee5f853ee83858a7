"""Whether a message only says thanks, or “see you then”: nobody has to answer it."""

import re
from typing import Final

# Longer ones may hold a question that has none of its marks.
_MOST_WORDS: Final = 60
_MOST_LETTERS: Final = 500

_THANKS: Final = re.compile(
    r"\b(?:dank(?:jewel|jullie|uwel|u|e|t)?|bedankt?|dankzij|merci|thx|thanks?|thank|thanx|cheers|ta"
    r"|obrigad[oa]|gracias|grazie"
    r"|vielen dank|danke\w*|herzlichste?n?|mille mercis?|mercis|remerci\w*|reconnaissant\w*|grateful"
    r"|appreciated?"
    r"|top|super|prima|perfect|perfekt|parfait|geweldig|fijn|wunderbar|großartig|toll|klasse|génial"
    r"|impeccable|great|lovely"
    r"|brilliant|wonderful|excellent|fantastic|fantastisch|heerlijk|held(?:en)?|hero(?:es)?|gered|gerettet"
    r"|sauvée?)\b",
    re.IGNORECASE,
)
_CONFIRMED: Final = re.compile(
    r"\b(?:ok(?:ay|é|ee)?|oke|akkoord|afgesproken|begrepen|duidelijk|helder|goed zo|komt goed|tot (?:dan"
    r"|de|het|zaterdag|ziens)|tot \d"
    r"|tot \w+dag|einverstanden|verstanden|alles klar|in ordnung|bis (?:dann|bald|zum|nächste|samstag|\w+tag)"
    r"|understood|got it|will do|noted|see you|sounds good|no problem|d['’ ]accord|entendu|compris|noté"
    r"|ça marche"
    r"|ter info(?:rmatie)?|zur info(?:rmation)?|pour info(?:rmation)?|for your information|fyi|beterschap"
    r"|gute besserung|get well"
    r"|(?:hoef|hoeft|hoeven) (?:ik |we |dus |er |nu )*niet (?:meer )?(?:te komen|langs)"
    r"|brauche (?:ich )?(?:also )?nicht (?:mehr )?zu kommen"
    r"|(?:opgelost|gevonden|gelukt|geklappt|erledigt|all (?:good|sorted)|sorted|c['’]est réglé)"
    r"|à (?:bientôt|samedi|dimanche|plus)|geen dank|gern geschehen|you['’]re welcome|de rien"
    r"|(?:doet|werkt|loopt|draait|tikt|remt|tient|marche|fonctionne|roule|läuft|funktioniert|geht|works?"
    r"|lives|runs) (?:het |hij |er |es |elle |il )?"
    r"(?:weer|nu|wieder|jetzt|à nouveau|de nouveau|maintenant|again|now|als een|wie|like)"
    r"|(?:marche|fonctionne) de nouveau|er geht wieder|hij doet het|doet het(?: weer)?|gefixt|opgelost"
    r"|gelöst|solved|fixed|résolu)\b",
    re.IGNORECASE,
)
# What somebody who wants something says, with or without a question mark.
_ASKS: Final = re.compile(
    r"[?¿؟？]|\b(?:(?:kun|kunt|kunnen|zou|zouden|mag|willen|wilt|moet|moeten) (?:u|je|jij|jullie|ik|we|wij"
    r"|dat|het)"
    r"|(?:können|könnt|könnte|könnten|könntet|kann|kannst|dürfen|darf|würden|würde|soll|sollen"
    r"|muss) (?:sie|ihr|du|ich|wir|man)"
    r"|(?:can|could|would|may|shall|should|will|do|does|is|are) (?:you|i|we|it|there|they|someone)"
    r"|(?:pouvez|pourriez|peux|puis|peut|dois|est|avez|serait)[- ](?:vous|tu|je|on|ce|il)"
    r"|ik (?:vraag|vroeg|wil|zou|hoor|wacht|hoop)|ich (?:möchte|würde|hätte|frage|wollte|brauche|warte)"
    r"|i (?:wonder|would|was wondering|need|want|have another)|je (?:voudrais|souhaite|me demande|cherche"
    r"|voulais)"
    r"|nog (?:een|één) (?:vraag|ding|dingetje)|noch (?:eine|ne) (?:frage|sache)|one more"
    r"|another (?:question|thing)"
    r"|(?:encore )?une (?:autre )?question|graag (?:hoor|verneem|een)|laat (?:het )?(?:me|mij|even)"
    r"|laat maar weten"
    r"|let me know|please (?:tell|let|send|advise|confirm)|bitte (?:teilen|sagen|geben|melden|senden|um)"
    r"|lassen sie mich"
    r"|merci de (?:me|nous|bien)|dites[- ]moi|tenez[- ]moi|faites[- ]moi|wanneer|hoe laat|hoeveel|waarom"
    r"|of (?:het|er|u|jullie|ik)"
    r"|wann|warum|wieviel|wie viel|woher|ob (?:es|sie|ihr|ich|man)|when|how (?:much|long|late|do|can)"
    r"|whether|why"
    r"|quand|combien|pourquoi|comment|quel(?:le)?s?|si (?:vous|c['’]est|je)"
    r"|afspraak maken|afzeggen|annuleren|verzetten|absagen|verschieben|cancel|reschedule|annuler|décaler"
    r"|kapot|(?:is|gaat|ging|nog|weer) stuk|kaputt|broken|cassée?|en panne|werkt (?:nog )?niet"
    r"|doet (?:het )?(?:nog )?niet(?:s)?"
    # but not “schade, aber danke”
    r"|(?:maar|aber|but|mais|jedoch|however|cependant)(?! (?:\w+ )?(?:dank|bedankt|danke|thanks?|merci|gut|goed"
    r"|fine))"
    r"|funktioniert (?:immer noch |noch )?nicht|geht (?:immer noch |noch )?nicht"
    r"|(?:does|do|did|is|was)(?:n['’]t| not) (?:work|start|turn|fix|help)\w*|(?:ne )?marche (?:toujours )?pas"
    r"|(?:ne )?fonctionne (?:toujours )?pas|alweer|schon wieder|again broken|à nouveau en panne)\b",
    re.IGNORECASE,
)


def is_thanks(text: str) -> bool:
    """Whether ``text``, the new text of a visitor's mail, is short, asks nothing, and thanks or confirms.

    Words of Dutch, German, English and French; False when unsure.
    """
    if not text.strip() or len(text) > _MOST_LETTERS or len(text.split()) > _MOST_WORDS or _ASKS.search(text):
        return False
    return bool(_THANKS.search(text) or _CONFIRMED.search(text))
