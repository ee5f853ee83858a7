"""Words of mail that is no visitor's, in nl, de, en, fr, whatever it says about repairs.

All in lower case and without accents, as ``words.fold`` leaves a text; every repetition has an end.
"""

import re
from typing import Final

from rcmail.mail.kinds.senders import CAFE_WHY

OWN_AFFAIRS: Final = "it is about the group's own affairs"
# Each with its reason. They hold against a visitor's words.
SURE: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "it can be unsubscribed from",
        re.compile(
            r"\b(?:unsubscribe(?! me)|se desabonner|desabonne\w{0,5}|(?:vous|se|s'y|lien de"
            r"|newsletter)[ -]desinscri\w{1,6}|abbestellen|uitschrijven\b[.!]?\s*$|(?:hier|klik|klick|cliquez"
            r"|nieuwsbrief|newsletter|krant|mails?|mailing|nachrichten).{0,40}\b(?:afmelden|af te melden"
            r"|uitschrijven|uit te schrijven|abmelden|abzumelden)|(?:afmelden|uitschrijven"
            r"|abmelden)\W{1,3}(?:https?:|www|klik|hier|via de)|geen \w{2,20} meer ontvangen"
            r"|keine (?:weiteren )?(?:nachrichten|mails|newsletter)|(?:bekijk|lees) (?:deze mail|de webversie"
            r"|online)|im browser (?:ansehen|anzeigen|offnen)|view (?:this email|in (?:your )?browser)"
            r"|voir (?:la version|dans votre navigateur)|you are receiving this|you received this (?:e-?mail"
            r"|message) because|u ontvangt deze|je ontvangt deze|sie erhalten diese|vous recevez ce"
            r"|in this (?:issue|edition|newsletter)|in deze (?:nieuwsbrief|editie|uitgave)|in dieser ausgabe"
            r"|dieser ausgabe|au sommaire|dans ce numero)\b"
        ),
    ),
    (
        "it offers help",
        re.compile(
            r"\b(?:(?:i|i'm|i'd|and)(?: \w+){0,10} (?:coming along|come along)(?: \w+){0,4} (?:and|to) help"
            r"|(?:j'aimerais|je voudrais|je peux|je pourrais)(?: \w+){0,4} (?:venir aider|aider une"
            r"|aider de temps)|(?:ich|und)(?: \w+){0,8} (?:einmal im monat|ab und zu|regelmassig"
            r"|samstags) (?:dabei sein|mithelfen|helfen)|time on my hands|tijd over|verveel me|m'ennuie"
            r"|langweile mich|zur seite stehen|(?:euch|ihnen|jullie|u|you|vous) (?:\w+ ){0,2}(?:etre utile"
            r"|nutzlich sein|van dienst zijn|be of (?:use|help|service)|behilflich sein)|(?:could"
            r"|can) you use me|(?:een keer |eens )?kennismaken|(?:rein)?schnuppern|verstarkung (?:gebrauchen"
            r"|braucht|sucht)|short of people|besoin de renfort|(?:word|worde|als|een|aanmelden als"
            r"|me opgeven als|nieuwe) (?:een )?(?:nieuwe )?vrijwillig(?:er|ster)(?! (?:van|bij) jullie (?:zei"
            r"|heeft|had))(?: (?:worden|aanmelden|meedoen|meehelpen|helpen|aan de slag|zijn))?(?<=worden"
            r"|melden|eedoen|helpen|e slag)|vrijwillig(?:er|ster) (?:te )?worden|vrijwilligerswerk"
            r"|me (?:als vrijwillig\w+|bij (?:jullie|het) team) (?:aan|op)\w+|(?:bij jullie|jullie) (?:team"
            r"|ploeg|club) (?:aan(?:sluiten|vullen)|versterken|komen versterken)|aan de slag|(?:ik|wij|we|'k"
            r"|en)(?: \w+){0,10} (?:meehelpen|mee ?te ?helpen|(?:te )?komen helpen|mee te doen"
            r"|een handje (?:te )?helpen)|hulp aan(?:bieden|te bieden)|mijn diensten aan|(?:hebben jullie"
            r"|zoeken jullie|zoekt u|heeft u|kunnen jullie)(?: \w+){0,3} (?:vrijwilligers|hulp|mensen"
            r"|reparateurs|handen|versterking)(?: (?:nodig|gebruiken))"
            r"|zoeken jullie(?: \w+){0,2} (?:vrijwilligers|reparateurs|mensen|versterking)"
            r"|ehrenamtlich(?:e[rn]?)? (?:\w+ ){0,4}(?:mit\w{3,12}|helfen|arbeiten|tatig|engagieren"
            r"|unterstutzen)|ehrenamt(?:lich)?(?: \w+){0,3} (?:bei (?:euch|ihnen))|mitreparieren"
            r"|mitzu(?:helfen|machen|arbeiten|reparieren)|(?:wurde|mochte|konnte|kann|will"
            r"|hatte)(?: \w+){0,8} (?:mithelfen|mitmachen|mitarbeiten|unterstutzen|helfen kommen"
            r"|am empfang helfen|einbringen)|(?:braucht|sucht|brauchen|suchen) (?:ihr"
            r"|sie)(?: \w+){0,2} (?:leute|helfer\w{0,5}|hilfe|jemanden|unterstutzung|verstarkung"
            r"|ehrenamtliche\w?|reparateure)|(?:meine|unsere) (?:hilfe|mithilfe|unterstutzung) an(?:bieten"
            r"|zubieten)|biete\w? (?:meine|euch|ihnen|gerne)|schulerpraktikum|praktikum(?:splatz)?|stageplek"
            r"|stageplaats|stage lopen|work experience placement|internship|(?:become|becoming|be|as|for"
            r"|to) (?:a )?volunteer(?:ing)?(?! (?:look|help me|to look|fix))\b|(?:would|i'd|we'd|could|can"
            r"|happy|love|like|glad)(?: \w+){0,5} (?:to )?(?:volunteer|help out|lend a hand|join (?:you|your"
            r"|the)|pitch in|give a (?:few hours|hand))|(?:how|can|could) (?:do |can |could "
            r"|might )?i (?:join|volunteer|help out)|offer (?:of|my|our|to|you my) (?:help|services|time"
            r"|skills)|(?:do|are) you (?:need|looking for|short of)(?: \w+){0,2} (?:people|volunteers|help"
            r"|helpers|hands|repairers|fixers)|(?:devenir|etre|comme|reparateur|reparatrice|nouveau) benevole"
            r"|benevolat|(?:rejoindre|integrer|renforcer) (?:votre|l'|l'equipe|vos|une)|(?:propose|proposer"
            r"|offrir|offre)(?: \w+){0,2} (?:mon aide|mes services|mes competences|de mon temps)|(?:donner"
            r"|preter|prete a donner|filer) un coup de main|(?:cherchez|recherchez|recrutez"
            r"|manquez)[- ](?:vous )?(?:\w+ ){0,2}(?:monde|benevoles?|de bras|reparateurs?|du renfort)"
            r"|besoin de (?:monde|benevoles|bras|renfort))\b"
        ),
    ),
    (
        "it is from the press, or wants to report",
        re.compile(
            r"\b(?:kopij|redaktionsschluss|copy deadline|copy for the|bouclage|opnames? (?:maken|te maken)"
            r"|o-tone|photographer|fotos? machen fur|few shots|features desk|(?:eine|unsere"
            r"|die) (?:radio)?sendung|(?:une|notre) (?:chronique|emission)"
            r"|enregistrer (?:\w+ ){0,2}(?:reparateurs?|benevoles?)|(?:onze|unsere?|our"
            r"|notre) (?:\w+ ){0,1}(?:programma|pagina|uitzending|zeitung|paper|readers|lezers|leser|lecteurs"
            r"|lecteurs)|interview\w{0,4}|reportage\w{0,2}|journalist\w{0,4}|verslaggever|journaliste"
            r"|redacteur|redakteur\w{0,2}|reporter\w{0,2}|documentaire|documentary|dokumentation drehen"
            r"|podcast\w{0,2}|film(?:crew| crew|team|opnames?|ing)|filmen|drehtermin|drehen wir|tournage"
            r"|press (?:enquiry|request|release)|persbericht|persvraag|presseanfrage|pressemitteilung"
            r"|communique de presse|(?:artikel|stuk|stukje|verhaal|item|bericht|beitrag|article|story|piece"
            r"|feature|sujet|papier)(?: \w+){0,7} (?:schrijven|maken|plaatsen|wijden|schreiben|bringen"
            r"|veroffentlichen|machen|drehen|write|writing|publish\w{0,3}|run|ecrire|publier|consacrer)"
            r"|(?:schrijven|schreiben|write|writing|ecrire|rediger|bringen|produce|recording|record"
            r"|do(?:ing)?)(?: \w+){0,4} (?:een artikel|een stuk(?:je)?|einen (?:artikel|bericht|beitrag)"
            r"|an? (?:article|piece|feature|story|segment|item)|a short segment|un (?:article|sujet|papier))"
            r"|uber (?:euch|sie|ihr|euer|ihre?)\w{0,2} (?:\w+ ){0,3}(?:berichten|schreiben)|fotograaf"
            r"|photographe|(?:come|komen|kommen|langskomen)(?: \w+){0,4} (?:with a camera|met een camera"
            r"|mit (?:einer )?kamera))\b"
        ),
    ),
    (
        "it is about an invoice or an offer",
        re.compile(
            r"\b(?:(?:factuur|facturen|rechnung|invoice|facture)(?: \w+){0,2}(?: (?:nr|no|n|nummer|number"
            r"|numero)\b|[ .:#n°]{1,4}\d+)|(?:bijgaand|bijgevoegd|in de bijlage|anbei|im anhang|attached"
            r"|enclosed|ci-joint\w?|ci-joint notre)(?: \w+){0,6} (?:factuur|offerte|rekening|rechnung|angebot"
            r"|invoice|quot(?:e|ation)|facture|devis)|(?:our|onze|unsere?|notre|die|de|the|la|openstaande"
            r"|offene) (?:invoice|factuur|rechnung|facture) (?:voor|for|fur|pour|over|uber|\d|staat|ist|is)"
            r"|binnen \d+ dagen|innerhalb von \d+ tagen|within \d+ days|sous \d+ jours|payment is due|zahlbar"
            r"|te voldoen|reglement sous|betalingsherinnering|zahlungserinnerung|mahnung|(?:onze|unser|our"
            r"|notre) (?:offerte|angebot|quotation|quote|devis)|zaalhuur|zaalgebruik|saalmiete|raummiete"
            r"|room hire|location de (?:la )?salle)\b"
        ),
    ),
    (
        "it is about a permit, a subsidy or a policy",
        re.compile(
            r"\b(?:huurcontract|huurovereenkomst|nutzungsvertrag|mietvertrag|hire agreement|rental agreement"
            r"|convention d'occupation|bail de|subsidie\w{0,12}|(?:uw|de|een) vergunning (?:voor|is)"
            r"|vergunningaanvraag|fordera?n?t?r?\w{0,8}antrag\w{0,2}|forder(?:antrag|ung|mittel|verein"
            r"|bescheid)\w{0,2}|zuschuss\w{0,4}|(?:community )?grants? (?:scheme|application|fund\w{0,3})"
            r"|your application|subventions?|demande de subvention|evenementenmelding|uw (?:aanvraag|melding)"
            r"|ihr(?:em|en)? antrag|kenmerk|aktenzeichen|dossiernummer|forum des associations|vie associative"
            r"|haftpflichtversicherung|verzekeringspolis|collectieve verzekering)\b"
        ),
    ),
    (
        "it sells something",
        re.compile(
            r"\b(?:seo|backlinks?|hoger in google|google[- ]?(?:ranking|positie)|first page|page ?rank"
            r"|search engine|more (?:traffic|visitors for|customers|leads)|visitors per month|webdesign"
            r"|web design|(?:book|plan|have|heb je)(?: \w+){0,3} (?:a |een )?demo|voor een demo|fur eine demo"
            r"|pour une demo|kosteloze proef|gratis proef|free (?:trial|sample)|kostenlose (?:beratung|probe)"
            r"|eerste maand gratis|\d+ ?% (?:off|korting|rabatt|de reduction|discount|stromkosten)|korting"
            r"|rabatt|discount|sonderangebot|special offer|limited (?:time|offer)|offre limitee"
            r"|nur noch (?:diese woche|heute|bis)|jetzt (?:kaufen|bestellen|termin sichern|sichern|zugreifen)"
            r"|sparen sie|nu bestellen|order now|we offer|wir bieten (?:ihnen|euch)|wij bieden (?:u|jullie)"
            r"|nous (?:vous )?proposons|notre (?:robot|solution|offre|catalogue)|(?:onze|unsere|our) (?:app"
            r"|software|tool|plattform|platform|webshop|online shop|catalog\w{0,3}|producten|produkte"
            r"|products|services)|bitcoin|crypto\w{0,8}|casino|lotter\w{1,3}|jackpot|inheritance|erbschaft"
            r"|erfenis|leguer|(?:million|miljoen|millionen|millions)(?:en|s)?\b|de euros\b.{0,40}"
            r"|verstorbenen klienten|next of kin|gagner \d|doublez|verdien\w{1,3} \d|earn \d|investment"
            r"|investir|investeer\w{0,2}|kredit|krediet|credit rapide|pret (?:rapide|entre)|loan offer"
            r"|rekeningnummer en|kontonummer)\b"
        ),
    ),
    (
        OWN_AFFAIRS,
        re.compile(
            r"\b(?:wie (?:kan|is|zijn|komt|neemt|doet|wil|heeft)(?: er| de| het| op)? (?:\w+ ){0,4}(?:de |op "
            r"|zaterdag|zondag|er\b|dec|jan|feb|mrt|nov|okt|verlengsnoeren|koffie|aanwezig|beschikbaar"
            r"|dienst)|(?:rooster|bezetting|dienstplan|rota|schichtplan|einsatzplan"
            r"|planning)\b(?: \w+){0,3}(?: (?:voor|fur|for|du|de|december|dezember|decembre|january"
            r"|januari))?|wer (?:kann|ist|kommt|ubernimmt|macht|hat|bringt|will)(?: am| den| die"
            r"| das)? (?:\w+ ){0,4}(?:am|den|die|dabei|empfang|zeit|dienst|schlussel|aufbau|kasse)|who (?:can"
            r"|is|could|will)(?: do| be| bring| make)? (?:\w+ ){0,4}(?:on the|the \d|saturday|there|desk"
            r"|setting|available|in)|qui (?:est|peut|sera|vient|s'occupe)(?: \w+){0,4} (?:disponible|le \d+"
            r"|samedi|present\w?|la|tenir|mise en place)|notulen|bestuur(?:svergadering)?|ledenvergadering"
            r"|vergadering|teamoverleg|vrijwilligersoverleg|protokoll|vorstand\w{0,8}|mitgliederversammlung"
            r"|teamsitzung|teamtreffen|agenda for|minutes of|committee meeting|trustees|agm|compte rendu"
            r"|assemblee generale|reunion (?:du|de|d')|conseil d'administration|ik mis nog iemand"
            r"|manque encore un|(?:two|twee|zwei|deux) (?:reparateurs|repairers|fixers))\b"
        ),
    ),
    (
        CAFE_WHY,
        re.compile(
            r"\b(?:versichert ihr|verzekeren jullie|(?:do you|you) insure|assurez-vous|(?:onze|unser|our"
            r"|notre) (?:verzekeraar|versicherer|insurer|assureur)|buurcafe|(?:van|of) jullie lenen"
            r"|borrow (?:yours|one of)|ervaring(?:en)? (?:uit te wisselen|uitwisselen|delen)|uitwisseling"
            r"|(?:erfahrungs)?austausch(?:en)?|vernetz\w{1,4}|netwerk(?:bijeenkomst|overleg|dag)?"
            r"|netzwerktreffen|echange (?:de pratiques|d'experience)|(?:beste|liebe|dear|chers?"
            r"|cheres?) (?:collega'?s|kolleg\w{3,7}|colleagues|collegues|nachbarn|neighbours"
            r"|reparateurs collegues)|hello neighbours|(?:eigen|ons|onze|unser\w{0,2}|our"
            r"|notre) (?:\w+ ){0,2}(?:repair[- ]?cafe\w{0,5}|reparaturcafe|reparaturtreff|reparatiecafe"
            r"|bezoekers|besucher|visitors|visiteurs)|(?:een|ein|a|un) (?:eigen |eigenes "
            r"|new )?(?:repair[- ]?cafe\w{0,3}|reparaturcafe) (?:op(?:richten|zetten|starten|te)|starten"
            r"|beginnen|grunden|eroffnen|aufbauen|setting up|start|creer|monter|ouvrir)|(?:starting"
            r"|setting up|set up|start|grunden|eroffnen|planen|creer|monter|ouvrir|beginnen"
            r"|starten)(?: \w+){0,3} (?:repair[- ]?cafe|reparaturcafe|reparatiecafe)|scriptie"
            r"|afstudeer\w{1,12}|onderzoek naar|enquete|vragenlijst|masterarbeit|bachelorarbeit"
            r"|forschungs\w{3,12}|umfrage|fragebogen|researcher|research(?:ing)?|survey|questionnaire"
            r"|dissertation|(?:my|our) thesis|memoire (?:de|sur)|sondage|questionnaire|entretien de|gastles"
            r"|presentatie (?:geven|over)|vortrag\w{0,2}|give a talk|animer un atelier|intervention dans"
            r"|teamuitje|bedrijfsuitje|team ?building|pat tester|apparatentester|repaircafes"
            r"|alle reparatur-?initiativen)\b"
        ),
    ),
    (
        "it invites the group, or wants to work with it",
        re.compile(
            r"\b(?:(?:doen|doet) (?:jullie|u)(?: \w+){0,4} mee (?:met|aan)|mee ?doen (?:met|aan)"
            r"|inscrire votre|lade\w? (?:ich |wir )?(?:sie|euch)(?: \w+){0,8} ein\b|nodig\w{0,2} (?:u|jullie"
            r"|wij|ik)\b.{0,40}\buit\b|uitnodig\w{2,4}|einladung|invit(?:e|ons|ation|er|ing)\b|be represented"
            r"|take part in|participer a|vorgesprach|bekend ?maken|(?:your|jullie|uw|ihre?[nr]?|eure?[nr]?"
            r"|vos|votre|the repair) (?:group|groep|vereniging|verein|gruppe|initiative|initiatief"
            r"|association|organisation|organisatie|bezoekers|besucher|visitors)\b|(?:an|in) (?:unserer|our"
            r"|onze|notre) (?:schule|school|ecole)|kommen sie auch in|in schulen|(?:come|komen|viendrait-il"
            r"|viendrait|kommen)(?: \w+){0,5} (?:show them|leur montrer|laten zien|zeigen)|viendrait-il"
            r"|maker badge|unsere \w+ klassen|projekttag|projectweek|projektwoche|samen ?(?:te )?werk\w{0,5}"
            r"|kooperation\w{0,2}|kooperier\w{1,3}|cooperation|collaborat\w{1,5}|partenariat|partnership"
            r"|partnerschaft|(?:open|offen|ouverts?|partants?|bereid|bereit)\b.{0,30}\b(?:gesprek|gesprach"
            r"|chat|discussion|echange|conversation)|seriez-vous (?:partants?|interesses?|d'accord)|(?:met"
            r"|mit|with|at|have|tenir|avoir|einen|einem|een|un|a|eine) (?:een |einem |a |un )?(?:kraam"
            r"|kraampje|infostand|marktstand|stand|stall|stand d'information)\b|(?:stallholder|standplaats"
            r"|standgebuhr|stalls? (?:are|is)|stall at|stand beim|stand pour)|(?:organiseren|organisieren"
            r"|veranstalten|organise|organisons|are (?:organising|holding|hosting)) (?:wij|we|wir|nous|our"
            r"|een|ein|a|une?)\b|(?:host|hosting|accueillir|ausrichten|te houden"
            r"|houden)(?: \w+){0,6} (?:a repair|repair day|repaircafe|repair cafe|journee de reparation"
            r"|reparatiemiddag|reparaturtag)|(?:repaircafe|repair cafe|repair day|repair event"
            r"|reparaturkurs\w{0,2})(?: \w+){0,5} (?:te houden|library|bibliotheek|bucherei|anbieten)|(?:voor"
            r"|fur|for|pour) (?:onze|unseren?|our|notre) (?:winkel|laden|shop|boutique|school|schule|ecole"
            r"|programma|\w{0,9}programm|programme|medewerkers|mitarbeiter|staff|deelnemers)|jaarlijkse markt"
            r"|jahrestreffen|annual (?:meeting|fair)|cijfers van|aantal(?:len)? reparaties|repair log"
            r"|figures from|jahreszahlen|statistik|nombre d'objets repares|vos chiffres|your figures"
            r"|bilan annuel|let'?s (?:meet|talk)|telefonieren)\b"
        ),
    ),
    (
        "it tells of a parcel, an order or a contract",
        re.compile(
            r"\b(?:meter reading|meterstand|zahlerstand|kundencenter|espace client|klantportaal|kundenportal"
            r"|abgebucht|echeancier|storing (?:op|is)|verholpen|start (?:dan )?het modem|(?:uw|je|jouw|ihre?"
            r"|dein\w?|your|votre|vos|ton) (?:pakket\w{0,2}|paket|sendung|bestelling|bestellung|parcel"
            r"|package|order|colis|(?<!je )commande|livraison|zending|vereinskonto|verenigingsrekening"
            r"|zakelijke rekening|vertrag|contract|contrat|abonnement|subscription|account|compte|konto"
            r"|lidmaatschap|mitgliedschaft|membership|polis|police|cover|liability)\b|(?:track|volg|verfolgen"
            r"|suivez)(?: \w+){0,3} (?:parcel|zending|sendung|livraison|colis|pakket)"
            r"|wirtschaftlich berechtigte\w?|public liability (?:cover|insurance)|renewal of|expires on"
            r"|les statuts|algemene voorwaarden|nieuwe (?:voorwaarden|tarieven)|neue (?:agb|tarife)"
            r"|new terms)\b"
        ),
    ),
    (
        "it is about the group's own work",
        re.compile(
            r"\b(?:(?:koffie|suiker|thee|kaffee|zucker|coffee|sugar|cafe|sucre|melk|milch|milk"
            r"|lait)(?: \w+){0,2} (?:is|zijn|ist|sind|est|has) (?:op|alle|leer|run out|fini)|wie haalt"
            r"|wer holt|who can (?:fetch|get)|qui va chercher|(?:wer|wie|who|whoever"
            r"|qui)(?: \w+){0,3} (?:backt|bakt|bakes?|fait|apporte|garde|gehouden|behalten)\b|(?:whoever|wie"
            r"|wer) (?:has|heeft|hat) (?:the|de|het|den|die|das)|qui a (?:garde|pris|le|la)|i'm on (?:cakes?"
            r"|teas?|coffee|the)|je fais (?:une|un|deux|trois) (?:tartes?|gateaux?|cakes?)|ich (?:mache"
            r"|backe) (?:\w+ ){0,2}(?:bleche?|kuchen|torten?)|ik (?:bak|maak) (?:\w+ ){0,2}(?:taart\w{0,2}"
            r"|cake|koek\w{0,4})|in (?:onze|unser\w{0,2}|our|notre) (?:kast|schrank|cupboard|placard|lager)"
            r"|(?:mijn|de|my|the|die|meine[nr]?|den|la|ma|l') ?(?:tafel|tisch|dienst|beurt|shift|schicht|turn"
            r"|plek|accueil|table|bar|kassa|kasse|theke|empfang|\w{1,12} table|nahecke"
            r"|naaihoek)(?: \w+){0,3} (?:over ?nemen|waarnemen|ubernehmen|ubernimmt|take over|doen|machen)"
            r"|(?:overnemen|inspringen|invallen|einspringen|vertreten|ubernehmen|fill in|stand in"
            r"|cover for me|take over|me remplacer|remplacer samedi)\b|springt .{0,30}\bein\b|tenir l'accueil"
            r"|do the (?:\w+ ){0,2}(?:table|desk|door|tea|welcome)|penningmeester|kassier"
            r"|schatzmeister\w{0,2}|treasurer|tresori\w{1,4}|nachbestellen|bijbestellen|bestel ik (?:weer"
            r"|nog)|weer bestellen|(?:bijna|zijn|ist|sind) (?:op|alle)\b.{0,60}\b(?:bestell\w{1,3}|kopen)"
            r"|running out of|down to our last|ne reste presque plus|je recommande|(?:bon|bonnetje|quittung"
            r"|receipt|ticket)(?: \w+){0,5} (?:in de pot|tin|hin|tresoriere|kas)|sleutel van de kast"
            r"|wie heeft de sleutel)\b"
        ),
    ),
)
# Who helps with a thing of his own is no volunteer.
KIN: Final = re.compile(
    r"\b(?:klein)?(?:zoon|zoontje|dochter\w{0,3}|kind|kinderen|kinderkids|man|vrouw|sohn|tochter|enkel\w{0,3}"
    r"|kinder|mann|frau|son|daughter"
    r"|grand(?:son|daughter|child\w{0,3})|husband|wife|boyfriend|girlfriend|fils|fille|petite?-f\w{3,4}|mari"
    r"|femme|hij|zij|er selbst|he|she|(?:groot|schoon)?(?:vader|moeder)|(?:gross|schwieger)?(?:vater|mutter)"
    r"|(?:grand-?|step)?(?:father|mother)|(?:grand-|beau-|belle-)?(?:pere|mere)|oma|opa|omi|grand(?:ma|pa)"
    r"|mum|dad|parents|ouders|eltern|broer|zus|bruder|schwester|brother|sister|frere|soeur|tante|aunt"
    r"|uncle|oncle"
    r"|onkel|buur(?:man|vrouw)|nachbar(?:in)?|neighbour|voisine?)\b"
)
# Who wants to come, or asks how a visit goes, is none of the group, though “who is in” stands there:
# “my aunt, who is in a wheelchair”.
VISITS: Final = re.compile(
    r"\b(?:(?:i|we)(?: (?:would|want|hope|plan|intend|wish)|'d)(?: \w+){0,3} (?:come|visit|bring|drop|pop|stop)"
    r"|(?:can|could|may) (?:i|we)(?: \w+){0,3} (?:come|visit|bring|drop|pop|stop|park|get in)"
    r"|(?:ik|wij|we)(?: \w+)? (?:wil|willen|zou|zouden)(?: \w+){0,9} (?:langs\w{0,6}|(?:mee)?komen|brengen"
    r"|meebrengen|meenemen)|(?:mag|kan|kunnen|mogen) (?:ik|wij|we)(?: \w+){0,6} (?:langs\w{0,6}|(?:mee"
    r"|binnen)?komen"
    r"|brengen|meebrengen|meenemen|parkeren)|(?:ich|wir) (?:mocht\w{1,3}|wurden?|will|wollen|wollten?)"
    r"(?: \w+){0,9} (?:(?:vorbei)?kommen|(?:mit|vorbei)?bringen|vorbeischauen|besuchen)"
    r"|(?:darf|kann|durfen|konnen|konnte) (?:ich|wir)(?: \w+){0,6} (?:(?:vorbei|rein|hinein)?kommen"
    r"|(?:mit)?bringen"
    r"|mitnehmen|parken)|(?:j'aimerais|je voudrais|je souhaite\w{0,4}|nous (?:aimerions|voudrions|souhaitons))"
    r"(?: \w+){0,3} (?:venir|passer|apporter|amener|visiter)"
    r"|(?:puis-je|peut-on|pouvons-nous|je peux|on peut)(?: \w+){0,4} (?:venir|passer|apporter|amener"
    r"|entrer|garer))\b"
    r"|\b(?:wheelchair|rolstoel|rollstuhl|fauteuil roulant|parking|parkeren|parken|stationner|drempel|schwelle"
    r"|step-?free)\b[^.!?]{0,60}\?|\b(?:leave|park|laten|kwijt|abstellen|lassen|laisser|garer)\b[^.!?]{0,20}"
    r"\b(?:car|auto|wagen|voiture|bike|fiets|fahrrad|velo)\b[^.!?]{0,20}\?"
)
