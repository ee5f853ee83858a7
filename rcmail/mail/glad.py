"""Words of who is glad, agrees, or tells that it works, after an answer; in nl, de, en, fr.

All but ``HAS_FR`` are of a text as ``words.as_typed`` leaves it; every repetition has an end.
"""

import re
from typing import Final

_AGAIN: Final = r"(?:weer|wieder|again|(?:a|de) nouveau)"
_SINCE: Final = r"(?:nu|nun|jetzt|now|maintenant|seitdem|sindsdien|sinds|seit|since|depuis)"
# What things do that are well, without their endings.
_RUNS: Final = (
    r"(?:doe|werk|loop|loopt|draai|speel|brand|tik|naai|zuig|rij|rijd|print|snij|sluit|blaas|kook|roer|schrijf"
    r"|laad|zeg|rem|sla|slaa|schommel|gaat|klink|lauf|geh|funktionier|spiel|brenn|leucht|dreh|tick|nah|saug|fahr"
    r"|heiz|roll|kling|druck|koch|schneid|schliess|ruhr|schreib|lad|blas|brems|schaukel|schlag|work|run|play|turn"
    r"|sew|glow|shine|light|heat|spin|ride|boil|brew|stir|cut|charge|blow|live|brake|chime|strike|pull|marche"
    r"|fonctionne|joue|tourne|roule|eclaire|coud|chauffe|allume|imprime|aspire|sonne|coupe|ferme|freine|charge"
    r"|tient|pas|passt|fit|hold|houd|halt|schnurr|snor|purr|ronronne|centrifugeer|smaak|schmeck|taste|bak|toast"
    r"|parle|speak|talk|smak|spreek|hum|sing|zing|chante|abspiel|start|schein|schijn|strijk|bugel|iron|repasse"
    r"|demarre|wasch|wash|lave|mahl|maal|grind|ring|klingel|rinkel|mow|maai|mah)"
    r"(?:e|en|s|t|et|st|es|ing|ed)?"
)
# It works, or has worked since.
WORKS: Final = re.compile(
    rf"\b{_RUNS}\b[^,.!;]{{0,40}}\b(?:{_AGAIN}|{_SINCE}|als een|nicely|along|like a|wie ein\w{{0,2}}|sehr gut"
    rf"|heel goed|very well|als nieuw|as new|like|wie (?:neu|geschmiert)|comme"
    r"|a (?:treat|dream)|a merveille|away|wunderschon|perfect\w{0,2}|perfekt|prima|smoothly|beautifully"
    r"|einwandfrei|parfaitement|tres bien|sans)\b"
    rf"|\b(?:{_AGAIN}|{_SINCE})\b[^,.!;]{{0,30}}\b{_RUNS}\b|\bdoet het\b(?! (?:niet|nog|nooit|maar))"
    rf"|^(?:(?:er|es|sie|hij|ze|zij|het|it|he|she|il|elle|ca) )?{_RUNS}$"
    rf"|\b(?:the|de|het|die|der|das|la|le|mon|ma|son|sa|mijn|haar|zijn|mein\w?|my|her"
    rf"|his)(?: \w+){{1,2}} {_RUNS}(?: (?:en|und|and|et) \w+)?$"
    rf"|\b(?:now|nu|jetzt|maintenant) (?:it|he|she|hij|er|sie|es|il|elle) {_RUNS}\b"
    rf"|\b(?:sinds|seit|since|depuis) \w+ {_AGAIN} (?:\d|goed|gut|alles|prima|warm|licht|ruhe|rust|quiet|bien)"
    rf"|\balles (?:is |ist )?{_AGAIN} (?:gut|goed|in \w+)\b|\b(?:wird|wordt|gets|devient) {_AGAIN} (?:heiss|warm"
    rf"|heet|hot|kalt|koud|cold|chaude?|froide?)\b|\b{_AGAIN} (?:helemaal |heel |ganz |sehr |very )?(?:blij"
    rf"|gelukkig|glucklich|froh|happy|heureu\w{{1,3}})\b|\ball (?:is )?(?:well|fine|good) again\b"
    rf"|\b(?:hat|heeft|has) {_AGAIN} (?:alle|beide|all|both|strom|stroom|geluid|ton|licht|beeld|power|sound)\b"
    rf"|\b(?:is|ist|est|zit|sitzt) {_AGAIN} (?:heel|helemaal|ganz|dicht|stil|leise|warm|fest|vast"
    rf"|entiere?|comme neuf)\b"
    rf"|\b(?:ik|we|wij|ich|wir|i|on|nous) (?:can |kan |kann )?(?!hoor|ruik|zie|heb|hor|riech|habe|hear|smell|see"
    rf"|have|need|wil|want|brauch)\w{{2,12}} {_AGAIN}\b"
    rf"|\b{_AGAIN} (?:vrolijk|munter|frohlich|lustig|heerlijk|herrlich|happily|merrily|joyeusement|gaiement)\b"
    r"|\b(?:sitzt wieder|zit weer)(?: perfekt| perfect| gut| goed| prima)?$"
    # somebody can do it again
    rf"|\b(?!ik\b|ich\b)\w{{2,12}} (?:kan|kann|peut) {_AGAIN} (?![^,.;!]{{0,40}}(?:kom|venir|langs|niet|nicht"
    rf"|pas ))"
    r"|\bcan (?!you|i |we |come)[^,.;!]{1,30} (?:again|properly)$"
    r"|\b(?:tut wieder \w+ dienst|doet weer dienst)\b"
    r"|\b(?:going strong|up and running|reparti\w{0,2} (?:comme|pour))\b"
    rf"|\b(?:back|{_AGAIN}) (?:in|im|en) (?:service|use|action|business|order|einsatz|betrieb|gebruik|bedrijf)\b"
    r"|\b(?:repris|reprend) du service\b"
    r"|\b(?:is|ist|looks|sieht|zo goed)\b[^,.!;]{0,30}\b(?:als|good as|gut wie|goed als|wie) (?:nieuw|new|neu)\b"
    r"|\b(?:heb|hebben|habe|haben) [^,.!;]{0,50}\b(?:weer|wieder)\b [^,.!;]{0,40}\b(?:geluisterd|gebakken|genaaid"
    r"|gebacken|gekocht|genaht)\b"
    r"|\b(?:stuk|viel|much|beaucoup|bien) (?:beter|besser|better|mieux)\b"
)
# What the fault was, or what came of it: it is over.
WAS: Final = re.compile(
    r"\b(?:war|waren|wart|were|had|hadden|hatte\w{0,2}|etait|etaient|avait|bleek|bleken|zat|lag|turned out"
    r"|was(?! (?:kostet|kosten|ich|muss|soll|kann|mach\w{0,2}|ihr|du|sie|brauch\w{0,2}|man|wir|ist)\b))\b"
)
_DONE: Final = (
    r"(?!about\b|best\b|abend\b|avond\b|gegen\b|eben\b|invite\b)(?:ge\w{2,15}[dtn]|(?:be|ver|er|ont|her|af|op|aan"
    r"|uit|in|vor|aus|auf|an|ein|ab)\w{2,15}(?:d|t|en)|\w{2,12}iert|\w{2,12}ed|found|told|done|got|made|bought|put"
    r"|taken|been|seen|kept|read|given|mis|fait|pris|vu|eu|ete|decouvert|resolu|compris)"
)
# What has been done since; ``HAS_FR`` of a text that has its accents.
HAS: Final = re.compile(
    r"\b(?:heb|hebt|heeft|hebben|hab|habe|haben|hat|habt|have|has|ist|is|sind|zijn)\b"
    rf"[^,.!;]{{0,60}}\b{_DONE}\b|\w'(?:ve|s|ai|a) (?:\w+ ){{0,3}}{_DONE}\b|^(?:\w+ )?{_DONE}$"
    r"|\b(?:found you|been (?:running|working)|(?<!we )(?<!wij )(?:is|are|zijn|ist|sind|sont) (?:weg|gone|fort"
    r"|toutes? la|er|alle da|over|voorbei|vorbei))\b|\b(?:hebben|heeft) het er\b|\bnow (?:it|he|she)\b|\b(?:it's"
    r"|it is) \w.{0,40}\bnow\b"
    r"|\bbenutze ich jetzt\b|\bc'est (?:marque|fait|repare|regle|bon|ecrit|note)\b"
    r"|\b(?:nu|now|jetzt|maintenant) (?:wil|wants|will|veut) (?:hij|zij|ze|er|sie)\b"
    r"|\bnach nichts\b|\b\w+ (?:heures?|uur|stunden?|hours?|minu\w{2,4}) (?:de |of |van )?(?:travail|work"
    r"|werk|arbeit)\b|\b(?:now|nu|jetzt) (?:he|she) wants\b"
)
HAS_FR: Final = re.compile(
    r"\b(?:j['’]ai|l['’]ai|l['’]a|il a|elle a|ils ont|on a|avez|avons|ont) (?:\w+ ){0,2}"
    r"(?:\w{2,15}(?:é|ée|és|ées)|raccourci|réussi|fini|cousu|ri|dormi|repris)\b"
)
# Praise, joy, good wishes, and thanks passed on.
PRAISE: Final = re.compile(
    r"\b(?:wat (?:een|goed|aardig)|what an?|how (?:nice|sweet)|quel(?:le)?|mooi|leuke?|lief|lieve|blij|gelukkig"
    r"|dolgelukkig|dolblij|tevreden|heerlijk\w?|fijne?|goed om te weten|gut zu wissen|good to know|bon a savoir"
    r"|knap|keurig|complimenten|compliments?|kompliment\w?|petje af|hut ab|hats off|chapeau|bravo|klasse|spitze"
    r"|tolle?[rs]?|wunderbar\w{0,2}|grossartig\w{0,2}|kostlich|lecker|begeistert|glucklich|froh|zufrieden"
    r"|freu\w{1,3}|ein hoch|helden?|hero(?:es)?|angels?|engel|marvell?ous|impressed|lieb|delighted|happy|pleased"
    r"|thrilled|lovely|wonderful|brilliant|great|fantastic|excellent|amazing|good people\w?|kind|ravie?s?"
    r"|heureu\w{1,3}|contente?s?|formidables?|geniale?s?|meilleure?s?|best|beste[rn]?|impressionn\w{1,4}|helpful"
    r"|geholpen|geholfen|gered|gerettet|helped|sauve\w{0,3}|aidee?s?|tres bien|super|prima|top|perfect|perfekt"
    r"|parfait|geweldig|fantastisch|impeccable|no worries|keine sorge|ach|ah|oh|schade|jammer|dommage|pity|blimey"
    r"|wow|wauw|haha|schaam me|peinlich|beterschap|gute besserung|get well|bon retablissement|sterkte|succes"
    r"|weekend|week-end|wochenende|wishes|wenst|gewenst|gewunscht|bonne (?:journee|soiree|continuation)"
    r"|bon dimanche|mag ich|like it|love it|geniet\w{0,3}|enjoy\w{0,3}|nooit (?:aan )?gedacht|nooit gevonden"
    r"|never have|(?:doesn't|can't|cannot|couldn't|didn't) believe|gelooft? het niet|niet geloven|nicht glauben"
    r"|glaubt es nicht|croi\w{1,2} pas|incroyable|unglaublich|ongelooflijk|unbelievable|incredible|lach\w{0,3}"
    r"|laugh\w{0,3}|cried|huil\w{0,3}|strahl\w{0,3}|opgelucht|relieved|erleichtert|soulage\w{0,2}|aux anges"
    r"|over the moon|smil\w{1,3}|glimla\w{1,4}|grins\w{0,2}|hilft|helpt|helps|answers (?:all )?my questions?"
    r"|das (?:ging|war) (?:ja |aber )?schnell|that was (?:quick|fast)|dat (?:was|ging) snel|c'etait rapide|sorry"
    r"|desole\w{0,2}|pardon|entschuldig\w{1,4}|tant pis|pas de souci|goud waard|gold wert|worth (?:your|their"
    r"|its) weight|scheelt|spart mir|saves? me|stolz|trots|proud|fiere?s?|rentre dans l'ordre|tout (?:va"
    r"|est) (?:bien|clair|ok|bon)|alles (?:in orde|in ordnung|bestens)|did the trick|worked a treat|that worked"
    r"|(?:i|we) understand|je comprends|(?:ich|wir) verstehen?(?! nicht)|(?:ik|we) (?:begrijp|begrijpen"
    r"|snap)(?! niet)|n'en revien\w{1,3} pas|nicht fassen|get over it|plaisir|joie|gentils?|gentille\w?"
    r"|bon courage|bonne chance|viel (?:erfolg|gluck)|veel (?:plezier|geluk)|good luck|pleasure|joy"
    r"|keep (?:it )?up|weiter so|zo door|(?:volgende|next|nachstes?) (?:keer|time|mal)|obliged|spot on|well done"
    r"|goed gedaan|gut gemacht|beau travail|auf die (?:minute|sekunde)|op de (?:minuut|seconde)|to the (?:minute"
    r"|second)|a la minute|de hele|den ganzen|all day|the whole day|toute la journee|loved|geen probleem"
    r"|kein problem|no problem|pas de probleme|pas grave|macht nichts|geeft niet|never mind|dan weet ik genoeg"
    r"|dann weiss ich bescheid|fair enough|only needed|brauchte nur|fun|spass|lustig|grappig|drole|rigolo"
    r"|graag gedaan|greet\w{0,4}|groet\w{0,3}|gruss\w{0,2}|lust|(?:it|het|es|doch) geluk)\b"
)
# What one promises who comes as was said.
PROMISES: Final = re.compile(
    # somebody who stays with what was brought
    r"\b(?:brother|sister|husband|wife|son|daughter|friend|neighbour) will (?:sit|stay|wait)"
    r"|\b(?:broer|zus|man|vrouw|zoon|dochter|vriend|buurman) (?:blijft|wacht)"
    r"|\b(?:bruder|schwester|mann|frau|sohn|tochter|freund|nachbar) (?:bleibt|wartet)"
    r"|\b(?:frere|soeur|mari|femme|fils|fille|ami|voisin) (?:reste|restera|attendra)\b"
    r"|\b(?:\w{2,8}(?:dag|tag) (?:ben|bin|kom|komme) (?:ik|ich)|je (?:l'|le |la |les |me |m'en )?\w{3,12}rai"
    r"|dan sla ik|j'enleve\w?|je (?:retire|debranche|nettoie)|ich (?:werfe|kaufe|hole|nutze|benutze)|je (?:jette"
    r"|essaie|essaierai|achete|vide|lave))\b"
    r"|\b(?:(?:ik|wij|we|dan|dus) (?:dan |dus )?(?:kom|komen|zie|zien|zal|zullen|neem|nemen|breng|brengen"
    r"|zorg|zorgen|doe|doen|ga"
    r"|gaan|laat|zet|trek|bestel|kijk|kijken|pas|maak|wacht|gooi|koop|haal|probeer|gebruik)|laat ik"
    # but not “ich bin Elektriker”, who offers help
    r"|(?:ich|wir|ik|we|wij) (?:bin|sind|ben|zijn) (?:\w+ ){0,2}(?:da|dabei|er|erbij|bij|dort|daar|gespannt"
    r"|benieuwd|punktlich|rechtzeitig|op tijd)"
    r"|(?:de|het|die) \w{2,15} zal\b.{0,25}\b(?:zijn|worden)"
    r"|(?:ich|wir|dann) (?:dann )?(?:komme\w?|bringe\w?|nehme\w?|werde\w?|mache\w?|bestelle\w?|lasse\w?|schaue\w?"
    r"|achte\w?|denke\w?|sorge\w?|packe\w?)|so machen wir|(?:der|die|das) \w{2,15} wird\b.{0,25}\bsein"
    r"|(?:i|we)(?:'ll| will| shall) (?:\w+ )?\w{2,12}|will (?:do|try|keep|come|be there|bring)"
    r"|wir sehen uns|sehen wir uns|on se voit|ich (?:versuche|probiere|melde)|dann (?:versuche|probiere)"
    r"|looking forward|i'm coming"
    r"|the \w{2,15} will be"
    r"|je (?:l')?(?:viens|viendrais?|passe|passerai|serai|apporte|apporterai|prends|prendrai|commande|vais|ferai"
    r"|note|regarde|viderai|laverai|ne viendrai)|j'(?:y serai|apporte|apporterai|arrive|attendrai|amene|amenerai)"
    r"|nous (?:viendrons|serons la|apporterons|passerons)|on (?:sera la|viendra|passera))\b|(?<=\w )(?:(?:mache?"
    r"|packe?|bringe?|nehme?|lasse?|besorge?) ich|(?:doe|neem|breng|pak) ik)\b|^(?:ok |oke )?(?:dan|dann) (?!bel"
    r"|mail|app|stuur|schrijf|wil|heb|moet|kan|zou|hoor)\w{3,10} (?:ik|we|wij) (?:hem|haar|het|ze|die|dat)\b"
    r"|\bik meld (?:me|mij) (?:bij|aan)\b|^(?:mache?|doe) (?:ich|ik)(?: so| dat)?$|^(?:dan|then) (?:it )?(?:gaat"
    r"|goes) [^,.;]{1,25}\b(?:naar de|to the)\b|^(?:dann?|dan|then) (?:\w+ ){0,2}\d|^(?:bis|tot|a|until|till"
    r"|see you|jusqu'a)\b|^(?:ok )?dann\b|^(?:da|dan|then) (?:ist|is|hab\w?|heb|passt|past)\b(?!.*\b(?:nicht|niet"
    r"|not)\b)"
)
AS_TOLD: Final = re.compile(
    r"^(?:wie|zoals|as|comme) (?:du|ihr|sie|u|je|jullie|you|vous|tu|gewenst|besprochen)\b"
    r"|^(?:met|mit|with|avec) (?:\w+ ){1,2}(?:van|von|of|de|an|aan|to|a) (?:jullie|euch|you|vous|u|ihnen)\b"
)
