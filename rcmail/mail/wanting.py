"""Words of who wants, asks or tells something more beside the thanks, with or without a question mark; in nl, de,
en, fr.

All are of a text as ``words.as_typed`` leaves it; every repetition has an end.
"""

import re
from typing import Final

from rcmail.mail.accepting import TELLS, TOO_FINE

NUMBER: Final = (
    r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twee|drie|vier|vijf|zes|zeven|acht"
    r"|negen|tien|elf|twaalf|zwei|drei|funf|sechs|sieben|neun|zehn|zwolf|deux|trois|quatre|cinq|sept|huit|neuf|dix"
    r"|onze|douze)"
)
_START: Final = r"(?:^|[.!,;:…\n(–-]\s{0,3}|\b(?:und|en|and|et|o ja|ach ja|oja|oh|ps) )"
_WHO: Final = (
    r"(?:u|je|jij|jullie|ik|we|wij|het|de|een|er|die|dat|dit|mijn|m'n|onze|iemand|ze|zij|hij|hier|daar|ich|du|sie"
    r"|es|wir|ihr|man|mein\w{0,2}|unser\w{0,2}|der|das|dies\w{0,2}|ein\w{0,2}|jemand|herr|frau|da|dort|i|you|he"
    r"|she|it|they|there|my|our|the|a|an|this|that|someone|anyone|one)"
)
_VERBS: Final = (
    r"(?:mag|mogen|kan|kunnen|kun|kunt|zal|zullen|zou|zouden|moet|moeten|is|zijn|heb|hebben|heeft|wil|willen|wilt"
    r"|weet|weten|doen|gaat|komt|hoeft|past|geldt|neemt|darf|durfen|durft|kann|konnen|konnt|konnte\w{0,2}"
    r"|soll\w{0,3}|muss|mussen|ist|sind|hat|haben|habt|gibt|gilt|nimmt|nehmt|braucht|brauche|wird|werden|mochte"
    r"|weiss|wisst|wissen|kommt|macht|passt|reicht|can|could|may|might|shall|should|will|would|do|does|did|are|has"
    r"|any)"
)
# A verb that stands before who does it; French joins the two.
ASKS: Final = re.compile(
    rf"{_START}{_VERBS} {_WHO}\b|{_START}(?:do|does|did|are|can|could|should|may|mag|mogen|kan|kunnen"
    rf"|moet|moeten|darf"
    r"|durfen|kann|konnen|muss|mussen) (?!do\b|not\b|niet\b|nicht\b|that\b|only\b|nur\b|alleen\b"
    r"|recommend)\w|\b(?!rendez-vous)\w{{1,12}}-(?:t-)?(?:il|elle|ils|elles|on|je|vous|tu|nous|ce)\b"
    r"|\b(?:asks|asking|fragt|vraagt|demande|possible|mogelijk|moglich|rolstoel|rollstuhl|wheelchair|fauteuil"
    r"|slecht ter been|gehbehindert|schlecht zu fuss|\w{2,12}ez-(?:moi|nous)|trag\w{0,2} (?:sie )?(?:mich|uns)"
    r"|(?:put|count|save|sign|book|ring|call|text|mail|remind) (?:me|us|my)|schrijf (?:me|mij|ons)|zet (?:me|mij"
    r"|ons)|bel (?:me|mij)|ruf\w{0,2} (?:sie )?mich|(?:mijn|meine|my|mon) (?:adres|adresse|address|nummer|number"
    r"|numero|\w{0,8}nummer|telefoon|telephone))\b"
    rf"|{_START}(?:kom|komme|bekomme|krijg|zie|neem|nehme|sehe) (?:ik|ich)\b(?! (?:gewoon|wel|de volgende)\b)"
    r"|\best-ce\b|\b(?:je|on|nous) (?:peux|peut|pouvons|pourrais|pourrait|dois|doit|devons|pourrions)\b"
    r"|\b(?:where|whereabouts|wo|wohin|waar (?:ik|het(?! aan (?:lag|ligt)\b)|de|jullie|u|je|is|kan|moet)|ou (?:se"
    r"|est|me|je|on|c'est|trouver|garer|puis)|which|welke?|welche\w?|wonder(?:s|ed|ing)?|suppose|tell me"
    r"|sag\w{0,2} mir|vertel|vertellen|toevallig|zufallig|any (?:idea|chance)|enig idee|une idee|eine ahnung"
    r"|parking|parkeer\w{0,8}|parkeren|parken|parkplatz|garer|ascenseur|aufzug|fahrstuhl|lift"
    r"|(?<!my )(?<!mijn )(?<!meine )(?<!mes )(?<!ma )(?<!silly )(?<!many )(?:questions?|fragen?|vraag|vragen)"
    r"|hoping|hope to|might|maybe|perhaps|vielleicht|misschien|peut-etre|hoe(?! (?:fijn|leuk|lief|mooi|aardig|goed"
    r"|snel)\b)|(?<!showed me )(?<!taught me )how(?! (?:lovely|nice|kind|wonderful|great|sweet)\b)"
    r"|would(?! (?:never|not) have)|voudrai\w{1,3}|aimerai\w{1,3}"
    rf"|(?:wurde|wurden) (?:gern\w?|auch|noch)|mochte\w{{0,2}}(?! {TELLS})|(?:don't|do not) know|weet (?:ik )?niet"
    r"|weiss (?:ich )?(?:nur )?nicht|ne sais pas|needs?|nodig|besoin|brauche\w?|graag nog|if (?:that's|it's|you|i"
    r"|we)|als (?:dat|het|u|jullie) (?:kan|mag|goed))\b"
)
_LASTED: Final = (
    r"(?:deed het|werkte|liep|lief|hielt|funktionierte|ran|lasted|worked|a (?:marche|fonctionne|tenu|tourne))"
)
_DAYS: Final = (
    r"(?:dag|dagen|tage?|days?|jours?|uur|uren|stunden?|hours?|heures?|minu\w{2,4}|week|weken|weeks|wochen?"
    r"|semaines?)"
)
_TOO: Final = r"(?:ook|auch|also|as well|too|aussi|egalement|ebenfalls|eveneens)"
# Another thing or person, and how many.
BESIDE: Final = re.compile(
    rf"(?<!jullie )(?<!\bu )(?<!je )(?<!euch )(?<!ihnen )(?<!dir )(?<!you )(?<!vous )(?<!het )(?<!dank )\b{_TOO}\b"
    rf"(?! wenn\b)(?!{TOO_FINE})"
    r"(?! (?:(?:heel|erg|sehr|ganz|very|tres) )?(?:blij|opgelucht|tevreden|froh|glucklich|zufrieden|begeistert"
    r"|happy|delighted|pleased|relieved|content\w{0,2}|heureu\w{1,3}|ravie?s?)\b)"
    r"(?! (?:bedankt|dank|danke|thanks?|merci|an|aan|voor het|fur die|for the))"
    r"|\b(?:a|zu|met z'n) (?:deux|trois|quatre|cinq|six|sept|huit)\b"
    rf"|\b(?:trouwens|overigens|ubrigens|by the way|btw|au fait|d'ailleurs)\b(?!{TOO_FINE})"
    r"|\b(?:bovendien|ausserdem|nebenbei|(?<!out for )another|second|tweede|zweite\w?|deuxieme|une? autre(?! fois)"
    r"|noch (?:eine?\w?|was|etwas|mein\w{0,2}|zwei|drei)|nog (?:een|iets|wat|twee|drie|mijn)|encore une?"
    r"|zu (?:zweit|dritt|viert|funft|sechst)|z'n (?:tweeen|drieen|vieren|vijven))\b"
    rf"|\b{NUMBER} (?:\w+ )?(?:people|persons?|personen|mensen|man|leute|personnes|things|items|dingen"
    rf"|spullen|sachen"
    r"|dinge|gerate|apparaten|objets|choses|appareils|kinder\w?|children|kids|enfants|of us)\b"
    rf"|\b(?:sind|komen|zijn|are|serons|sommes|sera) (?:dann |dan |met |mit |with |a )?{NUMBER}\b"
    rf"|\b(?:met|mit) {NUMBER}\b"
    # another time, or another thing instead
    r"|\b(?:(?:etwas|bisschen|wenig|iets|wat|beetje|bit|little|peu) (?:spater|later|late)|running late|zu spat"
    r"|te laat|en retard|(?:dann|doch|ich|wir|komme\w?) (?:dann |doch )?lieber|liever|plutot|rather|instead"
    r"|stattdessen|in plaats|pas (?:na|vanaf)|erst (?:nach|ab)|not (?:until|before)|(?:na|nach|after"
    r"|apres) (?:(?:het|der|dem|de|le|la|l') ?)?(?:werk|arbeit|work|travail|lunch|school|schule|dejeuner|ecole"
    r"|mittag\w{0,5})|im urlaub|verreist|(?:op|met) vakantie|on holiday|(?:am|are|be|i'm|we're) away|en vacances"
    r"|absente?s?|verhinderd|verhindert)\b"
    # who calls, and whom else one could ask
    r"|\b(?:bel|ring|call|phone) (?:jullie|u|je|you)\b|\bruf\w? (?:ich )?(?:sie|euch|dich)\b"
    r"|\bvous r?appell\w{1,4}\b"
    r"|\b(?:wie kan|wie kent|wer (?:kann|hilft|repariert|kennt)|who (?:else|could|can|mends)|qui (?:peut|pourrait"
    r"|repare))\b"
    r"|\b(?:noch (?:jemand\w{0,2}|wen)|nog iemand|(?:amene|emmene)\w{0,3} (?:une?|mon|ma"
    r"|mes|des)|c'est (?:gratuit|payant|ouvert|cher))\b"
    r"|\b(?:een|ein\w{0,2}|an?|une?) (?:vriend\w{0,3}|freund\w{0,3}|friend|neighbour|buur\w{0,5}|nachbar\w{0,2}"
    r"|amie?|copain|copine|voisine?|kennis|collega|kolleg\w{1,3}|collegue|colleague)\b|\bqui (?:ouvre|vient)\b"
    # who offers to help
    r"|\b(?:helfe? (?:\w+ ){0,5}mit|mithelfen|mitzuhelfen|meehelpen|mee te helpen|help (?:\w+ ){0,4}mee"
    r"|to help out|lend a hand|je (?:peux|veux|viendrai\w?) (?:\w+ )?aider)\b"
    # what is yet to be sent
    r"|\b(?:e?mail|send|stuur|schicke|sende|envoie|enverrai) (?:you|jullie|u|je|euch|ihnen|dir|vous|it|hem|een"
    r"|ein\w{0,2}|an?|une?)\b(?! (?:\w+ ){0,3}(?:thanks|wishes|love|greetings|groeten|grusse|dank|bises)\b)"
    r"|\b(?:party|group|groep|gruppe|groupe|hele|ganze[nr]?|whole|toute) (?:of|van|von|de|klas\w?|klasse"
    r"|class|familie|family|famille)\b"
)
# It is not well.
FAULTY: Final = re.compile(
    r"\b(?:(?<!ist )(?<!so )still|unfortunately|sadly|regrettably|(?<!jammer maar )helaas|leider|malheureusement"
    r"|steeds|immer noch|nog altijd|nog niet|noch nicht|noch immer|not yet|toujours|pas encore|nobody|niemand"
    r"|immer wieder|once more)\b"
    r"|\b(?:fehlt|fehlen|ontbreekt|ontbreken|missing|manque\w?|gesmolten|geschmolzen|melted|abgefallen|afgevallen"
    r"|fell off|came off|forgot\w{0,3}|(?<!niet )(?<!nooit )vergeten|(?<!nicht )(?<!nie )vergessen"
    r"|(?<!n')oublie\w{0,2}|perdue?|kwijt|verloren|left (?:my|behind|it)|laisse (?:mon|ma|mes|un|une)|laten liggen"
    r"|liegen ?(?:ge)?lassen|bang|odeur|geruch)\b"
    r"|\b(?:ne (?:\w{1,2} )?|n'y )\w{2,12} plus\b(?! rien a (?:sauver|faire)\b)"
    r"|\b(?:niet|nicht|not|isn't|pas) (?:\w+ ){0,2}(?:duidelijk|helder|klar|clear|clair)\b"
    r"|\b(?:chauffe|tourne|fait|coule|serre|va) trop\b"
    r"|\b(?:(?:war|ist) (?:\w+ )?schluss|was het (?:\w+ )?(?:gedaan|afgelopen)|c'etait (?:\w+ )?fini"
    r"|gave up|gab (?:\w+ )?auf|gaf het (?:\w+ )?op|rendu l'ame)\b"
    r"|\b(?:too|zu|te|trop) (?:hot|short|loud|slow|tight|long|warm|heiss|kurz|laut|langsam|eng|lang|heet|kort|luid"
    r"|hard|strak|traag|chaude?|courte?s?|lente?|fort|bruyante?)\b"
    r"|\b(?:nicht|niet|not|pas) (?:\w+ )?(?:bekommen|erhalten|gekregen|ontvangen|received|recu\w{0,2}|angekommen"
    r"|aangekomen|arrived|arrive\w{0,2})\b"
    rf"|\b{_LASTED} (?:for |maar |nur |que |just |only )?(?:{NUMBER}|een|ein\w{{0,2}}|an?|one|une?|few|a few"
    rf"|quelques) {_DAYS}\b(?! (?:now|nu|jetzt|without|ohne|zonder|sans|straight)\b)"
    r"|\b(?:makes?|making|maakt|macht|fait) (?:\w+ ){0,3}(?:noises?|sounds?|lawaai|geluid|gerausche?|bruits?)\b"
    r"|\b(?:unclear|onduidelijk|unklar|aufgehort|opgehouden)\b"
    r"|\b(?:il|elle|fusible|moteur) a (?:\w+ )?(?:arrete|lache|saute|grille)\w{0,2}\b"
    r"|(?<!merci )(?<!bravo )\bencore\b(?! (?:merci|bravo|mille|une fois merci|un grand))"
)
# What is as it was again is no thanks where it does not run (``glad.WORKS``).
AGAIN: Final = re.compile(
    r"(?<!gern )(?<!gerne )(?<!graag )(?<!thanks )(?<!thank you )(?<!bedankt )(?<!danke )(?<!hello )"
    r"(?<!hi )(?<!hallo )"
    r"(?<!was het )(?<!war es )\b(?:again|wieder|weer"
    r"|opnieuw|erneut|(?:a|de) nouveau)\b(?! (?:bedankt|vielen dank|danke))"
)
# An hour or a day of somebody's own, and a place.
HOUR: Final = re.compile(
    rf"\b(?:hal[fb] (?:past |{NUMBER}\b)|(?:a )?quarter (?:past|to)|kwart (?:voor|over)"
    rf"|(?:drei)?viertel (?:nach|vor|{NUMBER}\b))"
    rf"|\b{NUMBER}(?: ?uur| ?uhr| ?u| ?heures?(?! de )|\s?h\d{{0,2}}(?! de )|\s?[ap]m)\b"
    rf"|\b\d{{1,2}}[:.]\d\d\b"
    rf"|\b(?:om|um|at|vers|gegen|tegen|around|about|towards|omstreeks|rond|vanaf|from|by)"
    rf" {NUMBER}\b(?! (?:minu\w+|euro|years|weeks|months|days|hours))"
    r"|\b(?:o'clock|noon|midi)\b"
    rf"|\b(?:passe\w{{0,4}}|viens|vient|viendr\w{{2,4}}|arriv\w{{1,5}}|serai|serons|sera) (?:\w+ ){{0,2}}"
    rf"a {NUMBER}\b"
    r"|\bdix-(?:sept|huit|neuf) heures\b|^\w{2,8}(?:dag|tag|day|di|manche|woch) (?:dus|dann?|then|donc|alors)$"
)
PLACE: Final = re.compile(
    r"\b(?:in|im|at|bij|bei|beim|an|dans|a|au|op|to|zum|zur|naar)(?: the| de| het| der| dem| die| den| la"
    r"| le| l'| your| our)?"
    r" ?(?:(?!recycling|recycle|waste)\w{1,12} )?(?:hall|library|church|school|centre(?! de tri)|center"
    r"|bibliothe\w{1,3}|kerk|kirche|rathaus|gemeinde\w{0,8}|saal|zaal|buurthuis|dorpshuis|wijkcentrum|mairie|salle"
    r"|eglise|ecole|mediatheque|stadhuis|schule|\w{0,12}strasse|(?!milieustraat)\w{0,12}straat|street|rue"
    r"|buurtcentrum|jugendzentrum|pfarrheim|parochiehuis)\b"
)
# With whom, or with what more, somebody comes.
WITH: Final = re.compile(
    r"(?<!geduld )(?<!patience )(?<!hilfe )(?<!hulp )(?<!help )(?<!blij )(?<!tevreden )(?<!zufrieden )"
    r"(?<!glucklich )"
    r"(?<!happy )(?<!pleased )(?<!delighted )(?<!ravie )(?<!ravi )\b(?:met|mit|with|avec) (?:mijn|m'n|onze"
    r"|mein\w{0,2}|unser\w{0,2}|my|our|mon|ma|mes|notre|nos|een|ein\w{0,2}|an?|une?)\b"
)
# Faults that are none: a thing's name; what is over, where one of these words is a fault;
# and what will be empty as was asked.
NO_FAULT: Final = re.compile(
    r"\b(?:zonder|ohne|without|sans|no|not an?|kein\w{0,2}|geen) \w+(?: \w+)?"
    r"|\b\w+ (?:is |ist )?(?:weg|gone|niet|nicht)$"
)
DONE_AS_ASKED: Final = re.compile(
    r"\b(?:zal|zullen|wird|will be|sera) leeg?r?\b|\b(?:empty|leeg|leer|vide) (?:zijn|sein|it|first)\b"
    r"|\b(?:zorg|sorge)\b.{0,30}\b(?:leeg|leer)\b|\been (?:heel )?stuk\b(?= \w)|\b(?:riecht|ruikt|smells?"
    r"|sent) (?:nach nichts"
    r"|nergens naar|of nothing|rien)\b|\b(?:ich|ik|i) (?:jetzt |nu |now )?(?:nur noch|alleen nog|only)\b"
    r"|\bgrille-?pains?\b|\bne viendr\w{2,4} (?:donc |alors |plus )?pas\b"
)
