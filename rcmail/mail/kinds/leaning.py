"""Words that keep a visitor's from being believed, in nl, de, en, fr: a person decides whose the mail is.

All in lower case and without accents, as ``words.fold`` leaves a text; what repeats has an end, or is one word.
"""

import re
from typing import Final

# What people write of to other groups, and to one another: with no thing that could be repaired, a person decides.
ELSEWHERE: Final = re.compile(
    r"\b(?:training(?:en|s)?|entrainements?|wedstrijd\w{0,4}|spieltag|kick-? ?off|league|pitch|squad|elftal"
    r"|mannschaft|keeper|torwart|goalkeeper|gardien de but|kantine|vereinsheim|clubhouse|turnzaal|sporthalle"
    r"|\w{0,12}koor|koorrepetitie|\w{0,12}chor|chorproben?|choirs?|chorales?|choristes?|orkest|orchest\w{1,3}"
    r"|repetities?|rehearsals?|repetitions?|dirigent\w{0,2}|kerkdienst\w{0,2}|gottesdienst\w{0,2}"
    r"|church services?|messe|dominee|pfarrer\w{0,2}|vicar|cure de la|parochie\w{0,2}|pfarr\w{4,10}"
    r"|parish|paroisse|paroissiale?|boekenclub|leesclub|lesekreis|buchclub|book (?:club|group)|club de lecture"
    r"|kookclub|kookgroep|kochgruppe|kochkurs|cooking (?:club|class)|cours de \w{4,12}|yoga\w{0,6}|pilates"
    r"|zumba|dansles|tanzkurs|dance class|bridge(?:drive|club|rs)|klaverjas\w{0,6}|skat(?:abend|runde)?"
    r"|doppelkopf|belote|petanque|schaak\w{0,6}|schach\w{0,6}|chess|echecs|wandel(?:ing|tocht|club|groep)"
    r"|wanderung|wandergruppe|hik(?:e|ing)|ramblers?|randonnees?|marcheurs|schoolreis\w{0,2}|klassenfahrt"
    r"|school trip|sortie scolaire|ouderavond|elternabend|parents'? evening|reunion de parents|oppas\w{0,4}"
    r"|babysit\w{0,4}|baby-sitt\w{2,3}|tagesmutter|childmind\w{2,3}|nounou|garder (?:mon|ma|mes|notre)"
    r"|vermist|gechipt|entlaufen|vermisst|microchipped|missing (?:cat|dog)|dierenarts|tierarzt|veterinaire"
    r"|te koop|vraagprijs|marktplaats|zu verkaufen|selbstabholer|kleinanzeigen?|for sale|asking price|a vendre"
    r"|je vends|bezichtig\w{2,4}|besichtigung|viewings?|makelaar|makler|landlord|agence immobiliere"
    r"|(?:two|three|one|twee|drie|zwei|drei) (?:bedroom|kamer|zimmer)\w{0,8}|carpool\w{0,3}|meerijden"
    r"|mitfahrgelegenheit|fahrgemeinschaft|lift share|covoiturage|vakantiehuis\w{0,2}|ferien(?:wohnung|haus)"
    r"|holiday (?:cottage|home|let)|villa|gite|tandarts\w{0,8}|zahnarzt\w{0,8}|dentist\w{0,3}"
    r"|mondhygienist\w{0,2}|huisarts|hausarzt|medecin|fysio\w{0,9}|physio\w{0,9}|kinesitherapeute"
    r"|volkstuin\w{0,6}|schrebergarten|kleingarten|allotments?|jardins? (?:partages?|ouvriers?))\b"
)
# Who gives something away is neither the one nor the other, and tells of a thing of his own.
GIVES: Final = re.compile(
    r"\b(?:schenken|doneren|weg ?te ?geven|weggeven|over voor jullie|willen jullie (?:die|dat|deze|ze"
    r"|hem) hebben|hebben jullie (?:daar )?(?:interesse|belangstelling)"
    r"|jullie (?:het|hem|ze|die|deze) (?:willen )?(?:hebben|gebruiken)|(?:hebben|hebt) (?:jullie|u) er"
    r" (?:nog )?(?:\w+ )?aan\b|verschenken|abzugeben|spenden mochte\w?|haben sie interesse|habt ihr interesse"
    r"|interesse an|zum ausschlachten|(?:bei ihnen|bei euch) (?:jemand )?(?:brauchen|gebrauchen|verwenden)"
    r"|donat(?:e|ing)|give (?:it |them )?away|giving away|would you like (?:his|her|my|our|the|them|these|it"
    r"|to have)|welcome to (?:it|them|have)|do you want (?:my|our|his|her)|for (?:spares|bits)"
    r"|damit (?:et)?was anfangen|ha(?:s|ve) (?:a |any )?use for|er (?:vast |misschien )?(?:nog )?iets uit\b"
    r"|of use to (?:you|anyone|somebody)|(?:could|can) you (?:make )?use (?:of )?(?:it|them)"
    r"|(?:don't|do not) want it back|find (?:it|them) a (?:good|new) home|faire (?:un )?don|don de"
    r"|donner a votre|souhaite donner|etes-vous interesses|interested in (?:it|them|these))\b"
)
# Who writes more as one who repairs, organises, studies or reports than as one who brings something. A visitor
# tells such things too: they close nothing, and hold only where nothing of the writer's own is broken.
_ONE: Final = r"(?<!one of )(?<!een van )(?<!un de )(?<!une de )(?<!einer von )(?<!eine von )(?<!einem von )"
LEANS: Final = re.compile(
    r"\b(?:(?:de|uw|jullie|onze|die|der|den|ihre?[nr]?|eure?[nr]?|unsere?[nr]?|the|your|our|les|vos|nos|des"
    r"|meer|mehr|more|\d+) (?:bezoekers?|besucher\w{0,5}|gasten|gaste|visitors?|visiteurs?)"
    rf"|{_ONE}(?:jullie|uw|eure?[rn]?|ihre?[rn]?|your|vos|our|onze|unsere?[rn]?|nos) (?:\w+ )?(?:vrijwilligers"
    r"|mensen|leute|ehrenamtlich\w{0,3}|helfer\w{0,5}|people|volunteers|repairers|fixers|benevoles|reparateurs"
    r"|leerlingen|schuler\w{0,5}|vorschulkinder|pupils|students|eleves|leden|mitglieder|members|adherents|huurders"
    r"|bewoners|habitants|residents|families|familles)|(?:wie|twee) van jullie|zwei (?:von (?:euch|ihnen)|leute)"
    r"|(?:two|three|some) of you(?:r people)?|d'entre vous|(?:beste|liebe|dear|chers?|cheres?|hallo"
    r"|hi) (?:huurders?|reparateurs?|reparierende|repairers?|fixers?|lezers?|leser\w{0,5}|readers?|lect\w{2,6}"
    r"|both)|gepensioneerd|met pensioen|rentner\w{0,2}|im ruhestand|in rente|pensioniert|retired|(?:a la"
    r"|en) retraite|van beroep|von beruf|by trade|de (?:metier|formation)|gelernte[rn]?|(?:jaar|jahre|years"
    r"|ans)(?: lang)? (?:\w+ ){0,4}(?:gewerkt|gearbeitet|repariert|gerepareerd|worked|fixing|repairing|mending"
    r"|repare|travaille)|(?:ben|ben best|ben vrij|ben heel) handig|handwerklich\w{0,2}|schraube gern"
    r"|good with (?:my hands|tools)|handy with|je sais (?:\w+ )?(?:reparer|coudre|souder|accueillir)"
    r"|bricoleu\w{1,3}|mijn (?:eigen )?gereedschap|mein(?:em|en)? (?:eigene[sn] )?werkzeug|my (?:own )?tools"
    r"|ma caisse a outils|(?:leurs|vos|your|their|hun|jullie|eure[ms]?|ihre[ms]?) (?:outils|tools|gereedschap"
    r"|werkzeug)|(?:plek|plaats|place|platz) (?:voor mij|pour moi|fur mich|for me)|pair of hands"
    r"|met iemand praten over|who should i (?:talk|speak) to|(?:achter|hinter|behind) (?:de|der|die|den|the|votre"
    r"|ihrem|eurem|jullie) (?:tafel|tisch|table)|behoefte aan|bedarf an|ik studeer|studiere|im seminar|final year"
    r"|etudiante? en|etude sur|stageuren|sozialstunden|haushaltsauflosung|werkstattauflosung|(?:rondlopen"
    r"|meekijken|rondkijken|zuschauen|observer|sit in) (?:\w+ )?(?:en|und|et|and|on|mag|darf)|foto'?s (?:maken"
    r"|nemen)|(?:bilder|fotos|aufnahmen) (?:mache|machen)|take (?:some )?(?:pictures|photos)|prendre (?:des"
    r"|quelques) photos|fragen stellen|vragen stellen|ask (?:people|visitors)|poser (?:quelques|des) questions"
    r"|(?:was sie|what they|what people|wat ze|wat mensen)(?: \w+)? (?:mitgebracht|brought|meebrengen|bring)"
    r"|geven jullie|hoe (?:doen|regelen|organiseren) (?:jullie|u) (?:dat|het|de)|wie (?:macht|regelt"
    r"|organisiert) ihr|how do you (?:handle|organise|manage|deal|run)|what do you do (?:about|with)"
    r"|comment (?:gerez|faites|organisez)-vous|(?:wij|we|wir|nous|we're|we are) (?:draaien|beheren|organiseren"
    r"|verkopen|sell|run|manage|organise|take in|collect|verkaufen|sammeln|organisons|ouvrons|gerons|lancons)"
    r"|bei uns in \w+ (?:gibt|ist)|soldeer(?:bouten|stift\w{0,3})|lotkolben|soldering irons|fers a souder|(?:votre"
    r"|jullie|euer|your) (?:armoire|kast|schrank|cupboard)|(?:kunnen wij|wij kunnen|we can|we could|wir konnen"
    r"|konnen wir|nous pouvons|nous pourrions) (?:\w+ ){0,4}(?:voor (?:u|jullie)|fur (?:sie|euch)|for you"
    r"|pour vous)|mikrofon|microphone|micro|faire connaissance|aanschuiven|pot geteld|koffiegeld"
    r"|tot volgende maand|see you in \w+ber|im auftrag|wholesale|groothandel|grosshandel)\b"
)
