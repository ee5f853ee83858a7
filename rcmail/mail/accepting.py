"""Words of who takes a no or a loss well, and tells what comes of it; the name below it; in nl, de, en, fr.

``LOSS``, ``PRAISE`` and ``TOO_FINE`` are of a text as ``words.as_typed`` leaves it, the others of one as it was
written; every repetition has an end.
"""

import re
from typing import Final

_TRIED: Final = (
    r"(?:jullie|je|u) (?:hebben|hebt|heeft) (?:\w+ )?best|(?:ihr habt|sie haben) (?:alles|(?:euer|ihr) bestes)"
    r"|(?:ihr habt|sie haben) (?:euch|sich) (?:\w+ ){0,2}mühe"
    r"|you (?:tried|did your best)|vous avez (?:tout )?(?:essayé|fait de votre mieux)"
)
_UNDERSTOOD: Final = (
    r"(?:heel |goed |wel |zeker |natürlich |völlig |absolut |quite |perfectly |tout à fait )?"
    r"(?:begrijpelijk|logisch|verständlich|nachvollziehbar|understandable|compréhensible)"
    r"|(?:dat |das )?(?:(?:begrijp|snap) ik|(?:versteh|verstehe) ich)|ik (?:begrijp|snap)|ich verstehe?"
    r"|i (?:do |quite |fully |completely |perfectly |totally )?understand|je (?:vous )?comprends"
    r"|zo (?:is|gaat) (?:het|dat)|so ist (?:es|das)|that's life|never mind|no matter|no worries|tant pis"
    r"|je m['’]y attendais|i expected as much"
    r"|das (?:habe|hatte) ich mir (?:schon |fast )?gedacht|(?:dat|ik) (?:had ik|dacht ik|had het) (?:\w+ )?(?:al"
    r"|verwacht)"
)
# After “but”: it is understood, or nobody's fault. (Not: “I do not understand”.)
BUT: Final = (
    rf"(?:{_UNDERSTOOD})\b(?![^.!;\n]{{0,25}}\b(?:nicht|niet|not|pas|wann|wanneer)\b)|(?:{_TRIED})\b"
    r"|(?:er is |daar is )?niets aan te doen|da kann man nichts machen|c['’]est (?:normal|la vie)"
)
# “I only wanted to tell you” asks nothing.
TELLS: Final = (
    r"(?:\w+ ){0,4}(?:bescheid (?:geben|sagen)|sagen|mitteilen|melden|danken|bedanken|wissen lassen|laten weten"
    r"|zeggen|dire|remercier|prévenir)\b"
)
# A name at the end, with what stands before it or in it.
_TITLE: Final = (
    r"(?:(?i:dhr|mevr|mw|mevrouw|de heer|heer|meneer|fam|familie|dr|drs|ir|ing|mr|mrs|ms|prof|herr|frau|mme|mlle"
    r"|madame|monsieur)\b\.?[ ])"
)
_PARTICLE: Final = (
    r"(?:van|von|vom|zu|zur|der|den|de|het|['’]t|ter|ten|te|op|in|la|le|les|du|des|di|da|del|della|dos|el|al|und"
    r"|en|and|et|&)"
)
_CAPITAL: Final = r"(?:(?:d['’]|[A-Z]['’])?[A-ZÀ-ÖØ-ÞŁŠŽ][^\W\d_]{0,20}(?:[-'’][^\W\d_]{1,20}){0,2}\.?)"
NAME: Final = re.compile(
    r"[ \t]*(?!(?:De|Het|Een|Der|Die|Das|Den|Dem|Ein\w{0,2}|Kein\w{0,2}|Mein\w{0,2}|Mijn|The|An?|My|La|Le|Les|Une?"
    r"|Mon|Ma|In|Im|Op)\b)"
    rf"{_TITLE}{{0,2}}(?:[A-Z]\.[ -]?){{0,4}}(?:{_CAPITAL}[ ]){{0,3}}(?:{_PARTICLE}[ ]){{0,3}}"
    rf"{_CAPITAL}(?:[ ]{_CAPITAL})?\s*\Z"
)
# Nothing came of it, and what one will do oneself; no fault then (``wanting.NO_FAULT``).
LOSS: Final = re.compile(
    r"\b(?:nothing (?:more )?(?:could|can|left) (?:to )?be (?:saved|done)|nothing to be done|beyond (?:saving"
    r"|repair)|(?:niets|niks) (?:meer )?(?:aan te doen|te redden|te doen)|niet (?:meer )?te redden|(?:nichts"
    r"|nicht) (?:mehr )?(?:zu (?:retten|machen)|ging)|da kann man (?:\w+ )?nichts machen|(?:ne )?(?:pouvait |peut "
    r"|avait )?plus rien a (?:sauver|faire)|rien a faire|(?:hou|houd|houden) (?:\w+ ){1,4}in de gaten|(?:won't"
    r"|will not|shan't) forget|n'oublier\w{2,4} pas|verge(?:et|sse) (?:\w+ ){1,3}(?:niet|nicht)|(?:ik "
    r"|ich )?(?:zoek|suche) (?:een|ein\w{0,2}) \w+ (?:uit|aus|raus)|(?:pick out|choose|choisirai|choisis) (?:an?"
    r"|une?) \w+)\b"
)
# Of the best kind: people, what they do, and what they bake.
_FINE: Final = (
    r"(?:prachtig\w?|verrukkelijk\w?|lekkere?|overheerlijk\w?|uitstekend\w?|hervorragend\w{0,2}"
    r"|ausgezeichnet\w{0,2}|herrlich\w{0,2}|fabelhaft\w{0,2}|lecker\w{0,2}|kostlich\w{0,2}|wunderbar\w{0,2}"
    r"|heerlijk\w?|toll\w{0,2}|super|delicious|lovely|superb|splendid|outstanding|wonderful|delicieu\w{1,3}"
    r"|excellente?s?|splendides?|magnifiques?|extraordinaires?|adorables?|merveilleu\w{1,3})"
)
TOO_FINE: Final = rf"(?: (?:ook|auch|also|aussi))?(?: (?:heel|erg|sehr|ganz|very|tres))? {_FINE}\b"
PRAISE: Final = re.compile(
    rf"\b(?:{_FINE}|(?:riesen)?lob|hulde|longue vie|lang leve|lange leve|long live|es lebe|vive|stars|legends"
    rf"|kanjers|toppers"
    r"|lieve mensen|shame|tranen in|tears of|in tears|larmes aux|j'ai (?:vraiment |tres |bien )?hate|er (?:veel "
    r"|echt |heel veel )?zin in|can't wait|kan niet wachten|(?:is|ist|est|that's|it's|all) (?:\w+ ){0,3}(?:clear"
    r"|klar|clair)|begrijpelijk|logisch|verstandlich|nachvollziehbar|understandable|comprehensible|(?:begrijp|snap"
    r"|verstehe?) (?:ik|ich)(?!.{0,25} (?:niet|nicht)\b)|i (?:do |quite |fully |completely |perfectly "
    r"|totally )?understand|je (?:vous )?comprends(?! pas)|waardeer|m'y attendais|m'avez (?:\w+ )?(?:fait gagner"
    r"|aide\w{0,2}|sauve\w{0,2}|evite)|to the (?:tip|dump|recycling)|naar de (?:stort|milieustraat|kringloop)"
    r"|a la dechetterie|wertstoffhof)\b"
    # thanks most of all to one; another time
    r"|\b(?:(?:vooral|in het bijzonder|besonders|insbesondere|especially|particularly|surtout) (?:aan|an|to|a|au)"
    r"|(?:une autre|another|andere|anderes) (?:fois|keer|mal)|muss (?:wohl |dann )?ein neue\w her"
    r"|zo gaat dat|zo is het nu eenmaal|so ist das|sounds (?:like a (?:good )?plan|good|fine|great)|guten plan"
    r"|sympathiques?|sympas?|charmante?s?|nette?[rs]?|freundlich|aardige?|zalig\w{0,2}|schatten|divine"
    r"|epine du pied|saute de joie|vor freude|danst|tanzt|recommand\w{1,5}|weiterempfehlen|aanbevelen"
    r"|(?:will|i'll) (?:look out|keep an eye out)|(?:made|gebakken|gebacken) (?:its|his|her) first)\b"
    r"|\b(?:attent|aimables?|thoughtful|aufmerksam|clever|ingenious|ingenieu\w{1,3}|fingers crossed|duimen"
    r"|die daumen|doigts"
    r"|amities|bises|bisous|hugs|knuffels?|im auge|an eye on|fer\w{2,3} comme ca|fais comme ca)\b"
    # people of a craft; what one had thought
    r"|\b(?:vak(?:mensen|lui|werk|vrouwen|mannen)|profis?|meister|experts?|magicien(?:ne)?s?|artistes?|tovenaars?"
    r"|zauberer|wizards?|magicians?|genies?|merveilles?|miracles?|wunder|wonders|uber(?:glucklich|froh)|topmiddag"
    r"|makes (?:\w+ )?sense|leuchtet (?:mir )?ein|thought (?:as much|so)|schon dass|dacht ik al|dachte ich mir"
    r"|m'en doutais)\b"
    r"|\b(?:ik|ich|i|je|wij|we|wir|nous) (?:wil|wilde|wilden|wou|mochten?|wollten?|wanted|voulais|voulions|tenais)"
    r" (?:\w+ ){0,4}(?:bescheid (?:geben|sagen)|sagen|mitteilen|melden|danken|bedanken|laten weten|zeggen"
    r"|let you know|say|tell you|thank|dire|remercier)$"
)
# Somebody of whom a clause of its own tells what he did: “an die Dame, die mir …”; “schade, dass …”.
WHO: Final = re.compile(
    r"(\b(?:dank\w{0,2}|bedankt|thanks|thank you|merci|lob|gru(?:ß|ss)|grüße|groeten"
    r"|compliment\w{0,2}) (?:\w+ ){0,3}(?:an|aan|to|à|au|aux) [^.,;:!?\n]{1,40}|\b(?:schade|jammer|dommage|shame"
    r"|pity|toll|schön|super|klasse|wunderbar|prima|freut mich)), (?=(?:die|der|das|dat"
    r"|who|qui|dass|que) )",
    re.IGNORECASE,
)
