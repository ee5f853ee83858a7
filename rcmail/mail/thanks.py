"""Whether a message only says thanks, or “see you then”: nobody has to answer it."""

import re
from typing import Final

from rcmail.mail import accepting, glad, wanting
from rcmail.mail.courtesy import CLOSING, DEAR, HELLO
from rcmail.mail.kinds import visitor
from rcmail.mail.kinds.other import KIN
from rcmail.mail.words import as_typed

# Longer ones may hold a question that has none of its marks.
_MOST_WORDS: Final = 60
_MOST_LETTERS: Final = 500

_THANKS: Final = re.compile(
    r"\b(?:dank(?:jewel|jullie|uwel|u|e|t)?|bedankt?|dankzij|merci|thx|thanks?|thanx|cheers|ta|obrigad[oa]"
    r"|gracias|grazie|danke\w*|herzlichste?n?|mercis|remerci\w*|reconnaissant\w*|grateful|appreciated?|top|super"
    r"|prima|perfect|perfekt|parfait|geweldig|fijn|wunderbar|großartig|toll|klasse|génial|impeccable|great|lovely"
    r"|brilliant|wonderful|excellent|fantastic|fantastisch|heerlijk|held(?:en)?|hero(?:es)?|gered|gerettet"
    r"|sauvée?)\b",
    re.IGNORECASE,
)
_CONFIRMED: Final = re.compile(
    r"\b(?:ok(?:ay|é|ee)?|oke|akkoord|afgesproken|begrepen|duidelijk|helder|goed zo|komt goed|tot (?:dan|de|het"
    r"|zaterdag|ziens)|tot \d|tot \w+dag|einverstanden|verstanden|alles klar|in ordnung|bis (?:dann|bald|zum"
    r"|nächste|samstag|\w+tag)|understood|got it|will do|noted|see you|sounds good|no problem|d['’ ]accord"
    r"|entendu|compris|noté|ça marche|ter info(?:rmatie)?|zur info(?:rmation)?|pour info(?:rmation)?"
    r"|for your information|fyi|beterschap|gute besserung|get well|(?:hoef|hoeft|hoeven) (?:ik |we |dus |er "
    r"|nu )*niet (?:meer )?(?:te komen|langs)|brauche (?:ich )?(?:also )?nicht (?:mehr )?zu kommen|(?:opgelost"
    r"|gevonden|gelukt|geklappt|erledigt|all (?:good|sorted)|sorted|c['’]est réglé)|à (?:bientôt|samedi|dimanche"
    r"|plus)|geen dank|gern geschehen|you['’]re welcome|de rien|(?:doet|werkt|loopt|draait|tikt|remt|tient|marche"
    r"|fonctionne|roule|läuft|funktioniert|geht|works?|lives|runs) (?:het |hij |er |es |elle |il )?(?:weer|nu"
    r"|wieder|jetzt|à nouveau|de nouveau|maintenant|again|now|als een|wie|like)|doet het|gefixt"
    r"|gelöst|solved|fixed|résolu)\b",
    re.IGNORECASE,
)
# What somebody who wants something says, with or without a question mark.
_ASKS: Final = re.compile(
    r"[?¿؟？]|\b(?:(?:kun|kunt|kunnen|zou|zouden|mag|willen|wilt|moet|moeten) (?:u|je|jij|jullie|ik|we|wij|dat"
    r"|het)|(?:können|könnt|könnte|könnten|könntet|kann|kannst|dürfen|darf|würden|würde|soll|sollen|muss) (?:sie"
    r"|ihr|du|ich|wir|man(?! (?:\w+ )?nichts machen))|(?:can|could|would|may|shall|should|will|do|does|is"
    r"|are) (?:you|i|we|it|there|they|someone)|(?:pouvez|pourriez|peux|puis|peut|dois|est|avez|serait)[- ](?:vous"
    r"|tu|je|on|ce|il)"
    rf"|ik (?:vraag|vroeg|wil(?! {accepting.TELLS})|zou|hoor|wacht(?! (?:\w+ )?(?:af|even)\b)|hoop)"
    rf"|ich (?:(?:möchte|wollte)(?! {accepting.TELLS})|würde|hätte|frage|brauche|warte)"
    r"|i (?:wonder|would|was wondering|need|want|have another)"
    rf"|je (?:souhaite|me demande|cherche|(?:voudrais|voulais)(?! {accepting.TELLS}))"
    r"|nog (?:een|één) (?:vraag|ding|dingetje)|noch (?:eine|ne) (?:frage|sache)|one more|another (?:question"
    r"|thing)|(?:encore )?une (?:autre )?question|graag (?:hoor|verneem|een)|laat (?:het )?(?:me|mij|even)"
    r"|laat maar weten|let me know|please (?:tell|let|send|advise|confirm)|bitte (?:teilen|sagen|geben|melden"
    r"|senden|um)|lassen sie mich|merci de (?:me|nous|bien)|dites[- ]moi|tenez[- ]moi|faites[- ]moi|wanneer"
    r"|hoe laat|hoeveel|waarom|of (?:het|er|u|jullie|ik)|wann|warum|wieviel|wie viel|woher|ob (?:es|sie|ihr|ich"
    r"|man)|when(?! (?:she|he|they|it|we) (?:\w+ed|heard|saw|got)\b)|(?<!showed me )(?<!taught me )how (?:much"
    r"|long|late|do|can)|whether|why|quand(?! m[eê]me)|combien|pourquoi"
    r"|(?<!montré )(?<!expliqué )(?<!appris )comment|quel(?:le)?s?(?! (?:équipe|ambiance|patience|surprise"
    r"|plaisir|joie|bonheur|belle|bonne|beau|bon|chance|gentillesse|service|accueil)\b)|si (?:vous|c['’]est|je)"
    r"|afspraak maken|afzeggen|annuleren|verzetten|absagen|verschieben|cancel|reschedule|annuler|décaler|kapot"
    r"|(?:is|gaat|ging|nog|weer) stuk|kaputt|broken|cassée?|en panne|werkt (?:nog )?niet"
    r"|doet (?:het )?(?:nog )?niet(?:s)?"
    # but not “schade, aber danke”
    r"|(?:(?<!was )(?<!jammer )maar(?! thuis)|aber|but|mais|jedoch|however|cependant)(?! (?:we|wij|ik|wir|ich"
    r"|i) (?:eten|essen|eat|kijken|schauen|watch"
    r"|drinken|trinken|drink|slapen|schlafen|sleep|lachen|laugh)\b)(?! (?:\w+ )?(?:dank|bedankt|danke"
    r"|thanks?|merci|gut|nett|freundlich|lieb|schön|toll|aardig|lief|nice|kind|gentil|goed"
    rf"|fine))(?! (?:{accepting.BUT}))"
    r"|funktioniert (?:immer noch |noch )?nicht|geht (?:immer noch |noch )?nicht"
    r"|(?:does|do|did|is|was)(?:n['’]t| not) (?:work|start|turn|fix|help)\w*|(?:ne )?marche (?:toujours )?pas"
    r"|(?:ne )?fonctionne (?:toujours )?pas|alweer|schon wieder)\b",
    re.IGNORECASE,
)


# A line so long was wrapped by a program.
_WRAPPED: Final = re.compile(r"(?<=[^\n]{50})\n(?=[^\W\d_])")
_CLAUSE: Final = re.compile(
    r"(?<!\d)[.](?!\d)|(?<=\d)[.](?=\s*$)|[!;:…()–—\n\"“”„]|,(?!\d)|\b(?:und|en|and|et|maar|aber|but"
    r"|mais) (?=(?:er|sie|es|ich|wir|der|die|das|mein\w{0,2}|hij|ze|zij|het|ik|we|de|mijn|it|he|she|i|they|the|my"
    r"|il|elle|on|je|ca|nous|le"
    r"|la|mon|ma|nu|now|jetzt|laat)\b)",
    re.IGNORECASE,
)
# “It was the brushes and the spring” is one clause.
_PAIR: Final = re.compile(
    r"(\b(?:war|waren|was|were|étaient|était)\b[^.,;!?\n]{1,30}) (?:und|en|and|et)"
    r" (?=(?:die|der|das|de|het|the|le|la|les) \w+\s?[.!])",
    re.IGNORECASE,
)
# What stands between brackets has only to want nothing.
_ASIDE: Final = re.compile(r"\([^()]{0,80}\)")
# Words that tell no more than how somebody feels: “friet vanavond”; of a greeting, a closing, or a name.
_FEW: Final = 3
_AROUND: Final = 5
_SOMEBODY: Final = re.compile(
    r"\b(?:the|de|het|der|die|das|les|le|la|des|vos|votre|your|un|une)\b|"
    rf"{KIN.pattern}|\b(?:met|mit|with|avec|ik|ich|i|je|we|wir|on|nous|mijn|my|mein\w{{0,2}}|mon|ma"
    rf"|{wanting.NUMBER})\b"
)
# The last line, and what follows a closing on it.
_LAST: Final = re.compile(
    r"(?:^|(?<=\n)|(?<=groet, )|(?<=groeten, )|(?<=groetjes, )|(?<=gruß, )|(?<=grüße, )|(?<=regards, )"
    r"|(?<=cordialement, )|(?<=dank, )|(?<=bedankt, )"
    r"|(?<=danke, )|(?<=thanks, )|(?<=thank you, )|(?<=merci, )|(?<=bientôt, ))(?=([^\n]{2,60})\Z)",
    re.IGNORECASE,
)
_ANOTHER: Final = re.compile(
    rf"\b(?:{wanting.NUMBER}|een|ein\w{{0,2}}|(?<!')an?|une?|nog)(?: \w+)? (?={visitor.THING.pattern})"
)


def is_thanks(text: str) -> bool:
    """Whether ``text``, the new text of a visitor's mail, is short, and each of its clauses thanks, praises,
    greets, confirms what was said, or tells that it works.

    Words of Dutch, German, English and French; False when unsure.
    """
    if not text.strip() or len(text) > _MOST_LETTERS or len(text.split()) > _MOST_WORDS or _ASKS.search(text):
        return False
    text = _without_name(text)
    whole = as_typed(text)
    if any(words.search(whole) for words in (wanting.ASKS, wanting.BESIDE, wanting.FAULTY, visitor.COMPLAINS)):
        return False
    whole = _ASIDE.sub("\n", _PAIR.sub(r"\1 ", accepting.WHO.sub(r"\1 ", _WRAPPED.sub(" ", text))))
    clauses = [each.strip() for each in _CLAUSE.split(whole)]
    return all(_is_glad(each) for each in clauses if re.search(r"\w", each))


def _without_name(text: str) -> str:
    """``text`` without the name on its last line, “J. van der Heide”, that full stops would divide."""
    for found in _LAST.finditer(text.strip()):
        if _is_name(found[1]):
            return text.strip()[: found.start(1)]
    return text


def _is_name(line: str) -> bool:
    folded = as_typed(line)
    return bool(accepting.NAME.match(line)) and not visitor.THING.search(folded) and not _wants(folded)


def _is_glad(clause: str) -> bool:
    text = as_typed(clause).strip(" -'?*")
    if _is_around(clause, text):
        return True
    has = glad.HAS.search(text) or glad.HAS_FR.search(clause.lower())
    if has and visitor.FAULT.search(_faultless(text)) and not glad.WAS.search(text):
        return False
    if glad.WAS.search(text) or has:
        return not wanting.AGAIN.search(glad.WORKS.sub(" ", text))
    if glad.WORKS.search(text):
        return not visitor.FAULT.search(_faultless(glad.WORKS.sub(" ", text)))
    return not _wants(text) and (_is_said(clause, text) or _faultless(text) != text)


def _faultless(text: str) -> str:
    """``text`` without the faults of which it says that they are none: “zonder kraken”, “not a squeak”."""
    rest = wanting.DONE_AS_ASKED.sub(" ", accepting.LOSS.sub(" ", text))
    return wanting.NO_FAULT.sub(
        lambda found: " " if any(map(visitor.FAULT.fullmatch, found[0].split())) else found[0], rest
    )


def _wants(text: str) -> bool:
    rest = _faultless(text)
    return any(
        words.search(rest)
        for words in (wanting.HOUR, wanting.PLACE, wanting.AGAIN, wanting.WITH, visitor.FAULT, _ANOTHER)
    )


def says_thanks(text: str) -> bool:
    """Whether there is a word of thanks, praise or agreement at all."""
    return bool(_THANKS.search(text) or _CONFIRMED.search(text))


def _is_said(clause: str, text: str) -> bool:
    if says_thanks(clause):
        return True
    if any(words.search(text) for words in (glad.PRAISE, accepting.PRAISE, glad.PROMISES, glad.AS_TOLD)):
        return True
    return len(text.split()) <= _FEW and not _SOMEBODY.search(text) and not visitor.THING.search(text)


def _is_around(clause: str, text: str) -> bool:
    """A greeting, a closing, or a name?"""
    if len(clause.split()) > _AROUND or visitor.THING.search(text) or _wants(text):
        return False
    is_greeting = HELLO.match(clause) or DEAR.match(clause) or CLOSING.match(clause)
    return bool(is_greeting) or all(word[0].isupper() for word in re.findall(r"[^\W\d_]+", clause))
