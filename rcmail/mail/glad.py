"""Words of who is glad, agrees, or tells that it works, after an answer; in nl, de, en, fr.

All in lower case and without accents, as ``words.fold`` leaves a text; every repetition has an end.
"""

import re
from typing import Final

_AGAIN: Final = r"(?:weer|wieder|again|(?:a|de) nouveau)"
_SINCE: Final = r"(?:nu|nun|jetzt|now|maintenant|seitdem|sindsdien|sinds|seit|since|depuis)"
# What things do that are well, without their endings.
_RUNS: Final = (
    r"(?:doe|werk|loop|loopt|draai|speel|brand|tik|naai|zuig|rij|rijd|print|snij|sluit|blaas|kook|roer"
    r"|schrijf|laad"
    r"|zeg|rem|sla|slaa|schommel|gaat|klink|lauf|geh|funktionier|spiel|brenn|leucht|dreh|tick|nah|saug"
    r"|fahr|heiz"
    r"|roll|kling|druck|koch|schneid|schliess|ruhr|schreib|lad|blas|brems|schaukel|schlag|work|run|play"
    r"|turn|sew"
    r"|glow|shine|light|heat|spin|ride|boil|brew|stir|cut|charge|blow|live|brake|chime|strike|pull|marche"
    r"|fonctionne"
    r"|joue|tourne|roule|eclaire|coud|chauffe|allume|imprime|aspire|sonne|coupe|ferme|freine|charge|tient"
    r"|pas|passt|fit|hold|houd|halt|schnurr|snor|purr|ronronne|centrifugeer|smaak|schmeck|taste|bak|toast"
    r"|hum|sing|zing|chante|start|schein|schijn|strijk|bugel"
    r"|iron|repasse"
    r"|demarre|wasch|wash|lave|mahl|maal|grind|ring|klingel|rinkel|mow|maai|mah)"
    r"(?:e|en|s|t|et|st|es|ing|ed)?"
)
# It works, or has worked since.
WORKS: Final = re.compile(
    rf"\b{_RUNS}\b[^,.!;]{{0,40}}\b(?:{_AGAIN}|{_SINCE}|als een|nicely|along|like a|wie ein\w{{0,2}}"
    rf"|sehr gut|heel goed|very well|als nieuw|as new|like|wie (?:neu"
    rf"|geschmiert)|comme"
    r"|perfect\w{0,2}|perfekt|prima|smoothly|beautifully|einwandfrei|parfaitement|tres bien|sans)\b"
    rf"|\b(?:{_AGAIN}|{_SINCE})\b[^,.!;]{{0,30}}\b{_RUNS}\b|\bdoet het\b(?! (?:niet|nog|nooit|maar))"
    rf"|^(?:(?:er|es|sie|hij|ze|zij|het|it|he|she|il|elle|ca) )?{_RUNS}$"
    rf"|\b(?:the|de|het|die|der|das|la|le|mon|ma|son|sa|mijn|haar|zijn|mein\w?|my|her"
    rf"|his)(?: \w+){{1,2}} {_RUNS}(?: (?:en|und|and|et) \w+)?$"
    rf"|\b(?:now|nu|jetzt|maintenant) (?:it|he|she|hij|er|sie|es|il|elle) {_RUNS}\b"
    rf"|\b(?:sinds|seit|since|depuis) \w+ {_AGAIN} (?:\d|goed|gut|alles|prima|warm|licht|ruhe|rust|quiet|bien)"
    rf"|\balles (?:is |ist )?{_AGAIN} (?:gut|goed|in \w+)\b|\b(?:wird|wordt|gets"
    rf"|devient) {_AGAIN} (?:heiss|warm|heet|hot"
    rf"|kalt|koud|cold|chaude?|froide?)\b|\b{_AGAIN} (?:helemaal |heel |ganz |sehr |very )?(?:blij"
    rf"|gelukkig|glucklich|froh"
    rf"|happy|heureu\w{{1,3}})\b|\ball (?:is )?(?:well|fine|good) again\b"
    rf"|\b(?:hat|heeft|has) {_AGAIN} (?:alle|beide|all|both|strom|stroom|geluid|ton|licht|beeld|power|sound)\b"
    rf"|\b(?:is|ist|est|zit|sitzt) {_AGAIN} (?:heel|helemaal|ganz|dicht|stil|leise|warm|fest|vast"
    rf"|entiere?|comme neuf)\b"
    rf"|\b(?:ik|we|wij|ich|wir|i|on|nous) (?:can |kan |kann )?(?!hoor|ruik|zie|heb|hor|riech|habe|hear"
    rf"|smell|see|have|need"
    rf"|wil|want|brauch)\w{{2,12}} {_AGAIN}\b"
    r"|\b(?:stuk|viel|much|beaucoup|bien) (?:beter|besser|better|mieux)\b"
)
# What the fault was, or what came of it: it is over.
WAS: Final = re.compile(
    r"\b(?:war|waren|wart|were|had|hadden|hatte\w{0,2}|etait|etaient|avait|bleek|bleken|zat|lag|turned out"
    r"|was(?! (?:kostet|kosten|ich|muss|soll|kann|mach\w{0,2}|ihr|du|sie|brauch\w{0,2}|man|wir|ist)\b))\b"
)
_DONE: Final = (
    r"(?!about\b|best\b|abend\b|avond\b|gegen\b|eben\b|invite\b)(?:ge\w{2,15}[dtn]|(?:be|ver|er|ont|her"
    r"|af|op|aan|uit|in|vor|aus|auf|an|ein|ab)\w{2,15}(?:d|t|en)"
    r"|\w{2,12}iert"
    r"|\w{2,12}ed|found|told|done|got|made|bought|put|taken|been|seen|kept|read|given|mis|fait|pris|vu|eu|ete"
    r"|decouvert|resolu|compris)"
)
# What has been done since; ``DONE_FR`` of a text that has its accents.
HAS: Final = re.compile(
    r"\b(?:heb|hebt|heeft|hebben|hab|habe|haben|hat|habt|have|has|ist|is|sind|zijn)\b"
    rf"[^,.!;]{{0,60}}\b{_DONE}\b|\w'(?:ve|s|ai|a) (?:\w+ ){{0,3}}{_DONE}\b|^(?:\w+ )?{_DONE}$"
    r"|\b(?:found you|been (?:running|working)|(?<!we )(?<!wij )(?:is|are|zijn|ist|sind|sont) (?:weg|gone"
    r"|fort|toutes? la"
    r"|er|alle da|over"
    r"|voorbei|vorbei))\b|\b(?:hebben|heeft) het er\b|\bnow (?:it|he|she)\b|\b(?:it's|it is) \w.{0,40}\bnow\b"
    r"|\bbenutze ich jetzt\b|\bc'est (?:marque|fait|repare|regle|bon|ecrit|note)\b"
    r"|\b(?:nu|now|jetzt|maintenant) (?:wil|wants|will|veut) (?:hij|zij|ze|er|sie)\b"
    r"|\bnach nichts\b|\b\w+ (?:heures?|uur|stunden?|hours?|minu\w{2,4}) (?:de |of |van )?(?:travail|work"
    r"|werk|arbeit)\b|\b(?:now|nu|jetzt) (?:he|she) wants\b"
)
HAS_FR: Final = re.compile(
    r"\b(?:j['’]ai|l['’]ai|l['’]a|il a|elle a|ils ont|avez|avons|ont) (?:\w+ ){0,2}\w{2,15}(?:é|ée|és|ées)\b"
)
# Praise, joy, good wishes, and thanks passed on.
PRAISE: Final = re.compile(
    r"\b(?:wat (?:een|fijn|lief|leuk|goed|aardig|mooi)|what an?|how (?:lovely|nice|kind|great|sweet)"
    r"|quel(?:le)?"
    r"|mooi|leuke?|lief|lieve|blij|gelukkig|dolgelukkig|dolblij|tevreden|heerlijk\w?|fijne?"
    r"|goed om te weten|gut zu"
    r" wissen|good to know|bon a savoir|knap|keurig|complimenten|compliments?|kompliment\w?|petje af"
    r"|hut ab|hats off"
    r"|chapeau|bravo|klasse|spitze|tolle?[rs]?|wunderbar\w{0,2}|grossartig\w{0,2}|kostlich|lecker|begeistert"
    r"|glucklich|froh|zufrieden|freu\w{1,3}|ein hoch|helden?|hero(?:es)?|angels?|engel|marvell?ous"
    r"|impressed|delighted"
    r"|happy|pleased|thrilled|lovely|wonderful|brilliant|great|fantastic|excellent|amazing|good people\w?|kind"
    r"|ravie?s?|heureu\w{1,3}|contente?s?|content|formidables?|geniale?s?|genial|meilleure?s?|best"
    r"|beste[rn]?|impressionn\w{1,4}"
    r"|helpful|geholpen|geholfen|gered|gerettet|helped|sauve\w{0,3}|aidee?s?|tres bien|super|prima|top"
    r"|perfect|perfekt"
    r"|parfait|geweldig|fantastisch|impeccable|no worries|keine sorge|ach|ah|oh|schade|jammer|dommage"
    r"|pity|blimey|wow"
    r"|wauw|haha|schaam me|peinlich|beterschap|gute besserung|get well|bon retablissement|sterkte|succes"
    r"|weekend"
    r"|week-end|wochenende|wishes|wenst|gewenst|gewunscht|bonne (?:journee|soiree|continuation)|bon dimanche"
    r"|mag ich|like it|love it|geniet\w{0,3}|enjoy\w{0,3}|nooit (?:aan )?gedacht|nooit gevonden|never have"
    r"|(?:doesn't|can't|cannot|couldn't|didn't) believe|gelooft? het niet|niet geloven|nicht glauben"
    r"|glaubt es nicht"
    r"|croi\w{1,2} pas|incroyable|unglaublich|ongelooflijk|unbelievable|incredible"
    r"|lach\w{0,3}|laugh\w{0,3}|cried|huil\w{0,3}|strahl\w{0,3}|opgelucht|relieved|erleichtert|soulage\w{0,2}"
    r"|aux anges|over the moon|smil\w{1,3}|glimla\w{1,4}|grins\w{0,2}|hilft|helpt|helps|m'aide"
    r"|answers (?:all )?my questions?"
    r"|das (?:ging|war) (?:ja |aber )?schnell|that was (?:quick|fast)|dat (?:was|ging) snel"
    r"|c'etait rapide|sorry|desole\w{0,2}"
    r"|pardon|entschuldig\w{1,4}|tant pis|pas de souci"
    r"|goud waard|gold wert|worth (?:your|their|its) weight|scheelt|spart mir|saves? me|stolz|trots|proud"
    r"|fiere?s?"
    r"|rentre dans l'ordre|tout (?:va|est) (?:bien|clair|ok|bon)|alles (?:in orde|in ordnung|bestens)"
    r"|did the trick"
    r"|worked a treat|that worked|(?:i|we) understand|je comprends|(?:ich|wir) verstehen?(?! nicht)"
    r"|(?:ik|we) (?:begrijp|begrijpen|snap)(?! niet)|n'en revien\w{1,3} pas|nicht fassen|get over it"
    r"|plaisir|joie|gentils?"
    r"|gentille\w?|bon courage|bonne chance|viel (?:erfolg|gluck|spass)|veel (?:succes|plezier|geluk)"
    r"|good luck|freude"
    r"|pleasure|joy|keep (?:it )?up|weiter so|zo door|(?:volgende|next|nachstes?) (?:keer|time|mal)"
    r"|obliged|spot on"
    r"|well done|goed gedaan|gut gemacht|beau travail"
    r"|auf die (?:minute|sekunde)|op de (?:minuut|seconde)|to the (?:minute|second)|a la minute"
    r"|de hele|den ganzen|all day|the whole day|toute la journee"
    r"|loved|geen probleem|kein problem|no problem|pas de probleme|pas grave|macht nichts|geeft niet|never mind"
    r"|dan weet ik genoeg|dann weiss ich bescheid|fair enough|only needed|brauchte nur"
    r"|fun|spass|lustig|grappig|drole|rigolo"
    r"|graag gedaan|greet\w{0,4}|groet\w{0,3}|gruss\w{0,2}|lust|doe(?:n)? de groeten|(?:it|het|es"
    r"|doch) geluk)\b"
)
# What one promises who comes as was said.
PROMISES: Final = re.compile(
    # somebody who stays with what was brought
    r"\b(?:brother|sister|husband|wife|son|daughter|friend|neighbour) will (?:sit|stay|wait)"
    r"|\b(?:broer|zus|man|vrouw|zoon|dochter|vriend|buurman) (?:blijft|wacht)"
    r"|\b(?:bruder|schwester|mann|frau|sohn|tochter|freund|nachbar) (?:bleibt|wartet)"
    r"|\b(?:frere|soeur|mari|femme|fils|fille|ami|voisin) (?:reste|restera|attendra)\b"
    r"|\b(?:\w{2,8}(?:dag|tag) (?:ben|bin|kom|komme) (?:ik|ich)|je (?:l'|le |la |les |m'en )?\w{3,12}rai"
    r"|ik (?:gooi|koop|haal|probeer|gebruik)|ich (?:werfe|kaufe|hole|nutze|benutze)|je (?:jette"
    r"|essaie|essaierai"
    r"|achete|vide|lave))\b"
    r"|\b(?:(?:ik|wij|we|dan|dus) (?:dan |dus )?(?:kom|komen|zie|zien|zal|zullen|neem|nemen|breng|brengen"
    r"|zorg|zorgen|doe|doen|ga"
    r"|gaan|ben|zijn|laat|zet|trek|bestel|kijk|pas|maak|wacht)|laat ik|(?:de|het"
    r"|die) \w{2,15} zal\b.{0,25}\b(?:zijn|worden)"
    r"|(?:ich|wir|dann) (?:dann )?(?:komme\w?|bringe\w?|nehme\w?|werde\w?|mache\w?|bin|sind|bestelle\w?"
    r"|lasse\w?|schaue\w?"
    r"|achte\w?|denke\w?|sorge\w?|packe\w?)|so machen wir|(?:der|die|das) \w{2,15} wird\b.{0,25}\bsein"
    r"|(?:i|we)(?:'ll| will| shall) (?:\w+ )?\w{2,12}|will (?:do|try|keep|come|be there|bring)"
    r"|wir sehen uns|sehen wir uns|on se voit|ich (?:versuche|probiere|melde)|dann (?:versuche|probiere)"
    r"|looking forward|i'm coming"
    r"|the \w{2,15} will be"
    r"|je (?:l')?(?:viens|viendrais?|passe|passerai|serai|apporte|apporterai|prends|prendrai|commande"
    r"|vais|ferai|note"
    r"|regarde|viderai|laverai|ne viendrai)|j'(?:y serai|apporte|apporterai|arrive|attendrai|amene|amenerai)"
    r"|nous (?:viendrons|serons la|apporterons|passerons)|on (?:sera la|viendra|passera))\b"
    r"|^(?:dann?|dan|then) (?:\w+ ){0,2}\d|^(?:bis|tot|a|until|till|see you|jusqu'a)\b|^(?:ok )?dann\b"
    r"|^(?:da|dan|then) (?:ist|is|hab\w?|heb|passt|past)\b(?!.*\b(?:nicht|niet|not)\b)"
)
AS_TOLD: Final = re.compile(
    r"^(?:wie|zoals|as|comme) (?:du|ihr|sie|u|je|jullie|you|vous|tu|gewenst|besprochen)\b"
    r"|^(?:met|mit|with|avec) (?:\w+ ){1,2}(?:van|von|of|de|an|aan|to|a) (?:jullie|euch|you|vous|u|ihnen)\b"
)
