"""What stands around a request out of courtesy: greetings, thanks, wishes, closings; in nl, de, en, fr.

Every repetition has an end, so that no text takes long.
"""

import re
from typing import Final

_I: Final = re.IGNORECASE

# With one of these a mail begins, whatever follows.
HELLO: Final = re.compile(
    r"(?:hallo(?:chen|tjes)?|hoi(?:hoi)?|hai|he+y+|hé|hi+(?:ya)?|hello|moin(?:,? moin)?|servus|tach|yo|salut"
    r"|coucou|goe(?:de|ie)n?(?:morgen|middag|avond|dag)|goeie(?:morgen|middag|avond|dag)|goede?n? (?:morgen|middag"
    r"|avond)|gr(?:ü|ue)(?:ß|ss) (?:gott|euch|dich|sie)|gr(?:ü|ue)ezi|(?:sch(?:ö|oe)nen )?guten? ?(?:tag|morgen"
    r"|abend|mittag)|good ?(?:morning|afternoon|evening|day)|greetings"
    r"|(?:morning|afternoon|evening)(?=\s?[,.!\n])|bonjour|bonsoir|buongiorno|buonasera|hola|ciao)(?![\w-])",
    _I,
)
# With these only where somebody, and the end of the line or of the clause, follows.
DEAR: Final = re.compile(
    r"(?:beste[rn]?|geachte|lieve|waarde|dag|heren|dames|l\. ?s\.?|liebe[rs]?|(?:sehr )?(?:ge|ver)ehrte[rs]?"
    r"|werte[rs]?|dear(?:est)?|(?:good )?(?:morning|afternoon|evening)|to whom it may concern|chers?|chères?"
    r"|madame|monsieur"
    r"|messieurs|mesdames|aan wie dit leest|an alle|sirs?|morgen|mahlzeit)(?![\w-])",
    _I,
)
# Whoever is greeted, beside names.
SOMEBODY: Final = re.compile(
    r"(?:there|all|everyone|everybody|allemaal|allen|iedereen|zusammen|alle|(?:\w+-){0,3}teams?|mensen|people"
    r"|folks|guys|dames?|heren?|heer/mevrouw|heer|mevrouw|mevr|mijnheer|meneer|herrn?|frau|damen|leute|menschen"
    r"|freunde|vrienden|friends|vrijwilligers?|volunteers?|freiwilligen?|ehrenamtlichen?|helfer(?:innen)?"
    r"|bénévoles?|repairers?|fixers?|reparateurs?|tous|toutes|équipe|l['’]équipe|madame|monsieur|messieurs"
    r"|mesdames|sirs?|madam|sir/madam|mr|mrs|ms|mme|dhr|repair|repair-?caf[eé]s?|repaircafe?|repaircaf[eé]|caf[eé]"
    r"|café-team|reparatie-?caf[eé]|reparaturcaf[eé]|reparaturtreff|reparateure|handige|handwerker|knutselaars"
    r"|techneuten"
    r"|organisator(?:en|s)?|organisatie|beheerder|lezer|leser|buren|nachbarn|neighbours|amis)",
    _I,
)
# Between them.
_BETWEEN: Final = """
    van het de der die das vom von den des du of the at a à en und and et oder or liebe liebes lieber lieve beste
    geachte geehrte sehr ihr jullie u dear our la le les toute toutes chers wonderful kind nice guten tag dag
    morgen goede bij
"""
BETWEEN: Final = frozenset(_BETWEEN.split())

_THANKS: Final = (
    r"(?:(?:alvast|heel|erg|hartelijk|hartstikke|bij voorbaat|nogmaals|ontzettend|super|in elk geval|vriendelijk"
    r"|schon mal|schonmal|vorab|im voraus|ganz|vielen|herzlichen|lieben|besten|tausend|nochmals?|schönen|many"
    r"|thank|much|big|thanks|grand|un grand|mille|déjà|d['’]avance|encore|en tout cas|anyway|with) ){0,4}"
    r"(?:bedankt|bedankje|dank(?:jewel|jullie|uwel|e|eschön|bar)?|dank (?:je|u|jullie)(?: wel)?|thanks|thanx|thx"
    r"|thank you(?: so much)?|cheers|merci|remerciements|mercis|tack|grazie|gracias)\b"
)
# “Thanks in advance”, “thanks for your answer”: the sentence asks and tells nothing.
_AFTER_THANKS: Final = (
    r"(?![^?]{0,90}\b(?:maar|aber|mais|but|jedoch|alleen|seulement|however|toch|doch)\b)[^?,;:]{0,90}"
    r"(?:, [^\W\d_]+)?"
)

# That there is a question: of the request itself it tells nothing.
_ASKS: Final = (
    r"(?:(?:ik|wij|we) (?:heb|hebben|had|zit met) (?:nog )?(?:even )?(?:een|één|wat|twee|drie|enkele"
    r"|paar) (?:(?:kort|korte|klein|kleine|snelle|andere|paar|volgende) ){0,2}(?:vraag|vraagje"
    r"|vragen)(?: voor jullie| aan u)?|(?:een |nog een )?(?:kort |klein |snel )?(?:vraagje|vraag)|(?:ich"
    r"|wir) (?:habe?n?|hätten?) (?:da )?(?:noch )?(?:mal )?(?:eine|ein paar|zwei|drei|folgende) (?:(?:kurze|kleine"
    r"|schnelle|andere) ){0,2}(?:fragen?|anfrage)(?: an (?:euch|sie))?|(?:eine |kurze "
    r"|kleine ){0,2}fragen?(?: an euch| an sie)?|(?:i|we) (?:have|had|'ve got|’ve got) (?:a|an|one|two|three|some"
    r"|a few|a couple of) (?:(?:quick|short|small|little|other|more) ){0,2}questions?(?: for you)?|(?:just )?(?:a "
    r"|one )?(?:quick )?questions?|(?:j['’]ai|j['’]aurais|nous avons) (?:encore )?(?:une|deux|trois"
    r"|quelques) (?:(?:petites?|simples?|autres?) ){0,2}questions?(?: pour vous| à vous poser)?|(?:petite "
    r"|une )?questions?)"
)
LEAD: Final = re.compile(rf"^\W{{0,3}}{_ASKS}\s?:\s*", _I)

# Sentences that are no part of a request, from their first letter to their last.
COURTESY: Final = re.compile(
    r"\W*(?:"
    rf"{_THANKS}{_AFTER_THANKS}"
    # waiting for an answer
    r"|(?:ik|wij|we) (?:hoor|horen|verneem|vernemen|lees|zie|zien|kijk|kijken|wacht)\b[^?]{0,12}"
    r"\b(?:graag|gauw|uit naar|reactie|antwoord|van (?:u|je|jullie))[^?]{0,60}"
    r"|graag (?:hoor|horen|verneem|vernemen|zie)[^?]{0,12}\b(?:van|uw|jullie|je|uit)\b[^?]{0,50}"
    r"|(?:ik|wij) (?:kijk|kijken|zie|zien) (?:er )?(?:naar )?uit[^?]{0,60}"
    r"|(?:ich|wir) (?:freue?n?|würde?n?) (?:mich|uns)[^?]{0,80}"
    r"|über (?:eine|ihre|eure) (?:kurze )?(?:rück|antwort|nachricht)[^?]{0,70}"
    r"|(?:je|nous) vous (?:en )?remerci\w+[^?,;:]{0,60}|(?:i |we )?look(?:ing)? forward[^?]{0,60}"
    r"|(?:i )?hope to hear[^?]{0,40}|hoping to hear[^?]{0,40}"
    r"|(?:dans l['’]attente|en attendant|au plaisir|en espérant|j['’]espère avoir|j['’]attends)[^?]{0,90}"
    r"|hopelijk (?:hoor|tot)[^?]{0,50}|hoffentlich bis[^?]{0,30}"
    # how one is, and praise
    r"|(?:ik|wij|we) (?:hoop|hopen) dat (?:alles|het|u|jullie|je)\b[^?]{0,40}\b(?:goed|gezond|wel)\b[^?]{0,20}"
    r"|(?:ich|wir) hoffen?,? (?:dass )?(?:es|ihnen|euch|alles|sie|ihr)\b[^?]{0,40}\bgut\b[^?]{0,20}"
    r"|(?:i |we )?hope (?:this|you|all|everything|that you)\b[^?]{0,40}\b(?:well|good|fine|ok)\b[^?]{0,20}"
    r"|j['’]espère que (?:vous|tout)\b[^?]{0,40}\bbien\b[^?]{0,20}"
    r"|(?:wat (?:een|zijn jullie|doen jullie)|mooi|leuk|geweldig|fantastisch|goed|fijn|prachtig|heel)\b[^?,]{0,25}"
    r"\b(?:initiatief|idee|werk|project|dat jullie (?:er zijn|dit doen|bestaan))[^?]{0,30}"
    r"|(?:was für|echt|toll(?:e[rs]?)?|super|schöne[rs]?|klasse|großartige?[rs]?|eine?)\b[^?,]{0,25}"
    r"\b(?:initiative|idee|sache|projekt|dass es euch gibt|was ihr (?:da )?macht)[^?]{0,30}"
    r"|(?:what|great|lovely|wonderful|fantastic|brilliant|such|love)\b[^?,]{0,25}"
    r"\b(?:initiative|idea|project|what you (?:are doing|do)|work you do)[^?]{0,30}"
    r"|(?:quelle|belle|super|bravo|excellente|c['’]est une)\b[^?,]{0,25}\b(?:initiative|idée|projet"
    r"|travail)[^?]{0,30}"
    rf"|{_ASKS}"
    r")[\s.!:,;…)(☺️🙂😊👍🙏-]*",
    _I,
)

_GREETINGS: Final = (
    r"(?:(?:met|mit|with|mit den|meine|mijn|de|en|und|and|avec|mes|bien|nos|et|een|alvast|my|very|most) ){0,3}"
    r"(?:(?:heel )?(?:vriendelijke?|hartelijke?|warme|zonnige|lieve|beste|veel|dikke|freundliche[nmr]?"
    r"|herzliche[nmr]?|besten?|liebe[nr]?|viele[n]?|schöne[n]?|sonnige[n]?|kind|kindest|best|warm|warmest|sincères"
    r"|cordiales|meilleures|amicales|respectueuses|vrl|vr) ){0,2}"
    r"(?:groet(?:en|jes|je)?|gr(?:ü|ue|u)(?:ß|ss|s)e?n?|regards|wishes|salutations|sentiments|amitiés)"
)
CLOSING: Final = re.compile(
    rf"\W*(?:{_GREETINGS}|(?:m\.?v\.?g|mvrgr|m\.?f\.?g|v\.?g|l\.?g|b\.?g|gr|grtz|grt|hgr|groetjes|rgds|kr|br|cdlt"
    r"|bàv|bav)\b\.?|hoogachtend|hochachtungsvoll|herzlichst|sincerely(?: yours)?|(?:yours|your) (?:sincerely"
    r"|faithfully|truly)|yours|best|all the best|cheers|take care|respectfully|(?:bien )?cordialement"
    r"|bien à (?:vous|toi)|amicalement|sincèrement|respectueusement|à (?:bientôt|samedi|dimanche|plus(?: tard)?"
    r"|la prochaine)|(?:je vous prie d['’]|veuillez |recevez)[^?]{0,140}|(?:een |nog )?(?:fijne|prettige|goede"
    r"|mooie) (?:dag|avond|week|middag|weekend|zondag|zaterdag)|fijn weekend|prettig weekend|(?:einen |noch "
    r"|ein )*(?:schönen?|guten) (?:tag|abend|woche|sonntag|wochenende)(?: noch| noch!)?|have a (?:nice|good|great"
    r"|lovely) (?:day|week|weekend|evening)|(?:bonne|belle|très bonne) (?:journée|soirée|semaine|fin de semaine)"
    r"|bon (?:week-?end|dimanche)|tot (?:dan|ziens|zaterdag|zondag|gauw|snel|horens|de volgende keer)|bis (?:dann"
    r"|bald|samstag|sonntag|demnächst|zum nächsten mal)|see you(?: then| soon| saturday| on saturday)?"
    r"|speak soon|thanks again|grüßle|ciao|doei|tschüss|tschüß)(?![\w-])(?P<rest>.{0,90})",
    _I | re.DOTALL,
)
THANKS: Final = re.compile(rf"\W*{_THANKS}(?P<rest>.{{0,60}})", _I | re.DOTALL)
POSTSCRIPT: Final = re.compile(r"\W*(?:p\.? ?s\.?|n\.? ?b\.?|oh ja|oja|ach ja|oh and)(?![\w])", _I)
