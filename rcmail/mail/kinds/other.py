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
            r"|nutzlich sein|van dienst zijn|be of (?:use|help|service)|behilflich sein)|(?:could|can) you use me"
            r"|(?:een keer |eens )?kennismaken|(?:rein)?schnuppern|verstarkung (?:gebrauchen|braucht|sucht)"
            r"|short of people|besoin de renfort|(?:word|worde|als|een|aanmelden als|me opgeven als"
            r"|nieuwe) (?:een )?(?:nieuwe )?vrijwillig(?:er|ster)(?! (?:van|bij) jullie (?:zei|heeft"
            r"|had))(?: (?:worden|aanmelden|meedoen|meehelpen|helpen|aan de slag|zijn))?(?<=worden|melden|eedoen"
            r"|helpen|e slag)|vrijwillig(?:er|ster) (?:te )?worden|vrijwilligerswerk|me (?:als vrijwillig\w+"
            r"|bij (?:jullie|het) team) (?:aan|op)\w+|(?:bij jullie|jullie) (?:team|ploeg|club) (?:aan(?:sluiten"
            r"|vullen)|versterken|komen versterken)|aan de slag|(?:ik|wij|we|'k|en)(?: \w+){0,10} (?:meehelpen"
            r"|mee ?te ?helpen|(?:te )?komen helpen|mee te doen|een handje (?:te )?helpen)|hulp aan(?:bieden"
            r"|te bieden)|mijn diensten aan|(?:hebben jullie|zoeken jullie|zoekt u|heeft u"
            r"|kunnen jullie)(?: \w+){0,3} (?:vrijwilligers|hulp|mensen|reparateurs|handen"
            r"|versterking)(?: (?:nodig|gebruiken))|zoeken jullie(?: \w+){0,2} (?:vrijwilligers|reparateurs|mensen"
            r"|versterking)|ehrenamtlich(?:e[rn]?)? (?:\w+ ){0,4}(?:mit\w{3,12}|helfen|arbeiten|tatig|engagieren"
            r"|unterstutzen)|ehrenamt(?:lich)?(?: \w+){0,3} (?:bei (?:euch|ihnen))|mitreparieren|mitzu(?:helfen"
            r"|machen|arbeiten|reparieren)|(?:wurde|mochte|konnte|kann|will|hatte)(?: \w+){0,8} (?:mithelfen"
            r"|mitmachen|mitarbeiten|unterstutzen|helfen kommen|am empfang helfen|einbringen)|(?:braucht|sucht"
            r"|brauchen|suchen) (?:ihr|sie)(?: \w+){0,2} (?:leute|helfer\w{0,5}|hilfe|jemanden|unterstutzung"
            r"|verstarkung|ehrenamtliche\w?|reparateure)|(?:meine|unsere) (?:hilfe|mithilfe"
            r"|unterstutzung) an(?:bieten|zubieten)|biete\w? (?:meine|euch|ihnen|gerne)|schulerpraktikum"
            r"|praktikum(?:splatz)?|stageplek|stageplaats|stage lopen|work experience placement|internship"
            r"|(?:become|becoming|be|as|for|to) (?:a )?volunteer(?:ing)?(?! (?:look|help me|to look|fix))\b"
            r"|(?:would|i'd|we'd|could|can|happy|love|like|glad)(?: \w+){0,5} (?:to )?(?:volunteer|help out"
            r"|lend a hand|join (?:you|your|the)|pitch in|give a (?:few hours|hand))|(?:how|can|could) (?:do |can "
            r"|could |might )?i (?:join|volunteer|help out)|offer (?:of|my|our|to|you my) (?:help|services|time"
            r"|skills)|(?:do|are) you (?:need|looking for|short of)(?: \w+){0,2} (?:people|volunteers|help|helpers"
            r"|hands|repairers|fixers)|(?:devenir|etre|comme|reparateur|reparatrice|nouveau) benevole|benevolat"
            r"|(?:rejoindre|integrer|renforcer) (?:votre|l'|l'equipe|vos|une)|(?:propose|proposer|offrir"
            r"|offre)(?: \w+){0,2} (?:mon aide|mes services|mes competences|de mon temps)|(?:donner|preter"
            r"|prete a donner|filer) un coup de main|(?:cherchez|recherchez|recrutez"
            r"|manquez)[- ](?:vous )?(?:\w+ ){0,2}(?:monde|benevoles?|de bras|reparateurs?|du renfort)"
            r"|besoin de (?:monde|benevoles|bras|renfort))\b"
        ),
    ),
    (
        "it is from the press, or wants to report",
        re.compile(
            r"\b(?:kopij|redaktionsschluss|copy deadline|copy for the|bouclage|opnames? (?:maken|te maken)|o-tone"
            r"|photographer|fotos? machen fur|few shots|features desk|(?:eine|unsere|die) (?:radio)?sendung|(?:une"
            r"|notre) (?:chronique|emission)|enregistrer (?:\w+ ){0,2}(?:reparateurs?|benevoles?)|(?:onze|unsere?"
            r"|our|notre) (?:\w+ ){0,1}(?:programma|pagina|uitzending|zeitung|paper|readers|lezers|leser|lecteurs"
            r"|lecteurs)|interview\w{0,4}|reportage\w{0,2}|journalist\w{0,4}|verslaggever|journaliste|redacteur"
            r"|redakteur\w{0,2}|reporter\w{0,2}|documentaire|documentary|dokumentation drehen|podcast\w{0,2}"
            r"|film(?:crew| crew|team|opnames?|ing)|filmen|drehtermin|drehen wir|tournage|press (?:enquiry|request"
            r"|release)|persbericht|persvraag|presseanfrage|pressemitteilung|communique de presse|(?:artikel|stuk"
            r"|stukje|verhaal|item|bericht|beitrag|article|story|piece|feature|sujet"
            r"|papier)(?: \w+){0,7} (?:schrijven|maken|plaatsen|wijden|schreiben|bringen|veroffentlichen|machen"
            r"|drehen|write|writing|publish\w{0,3}|run|ecrire|publier|consacrer)|(?:schrijven|schreiben|write"
            r"|writing|ecrire|rediger|bringen|produce|recording|record|do(?:ing)?)(?: \w+){0,4} (?:een artikel"
            r"|een stuk(?:je)?|einen (?:artikel|bericht|beitrag)|an? (?:article|piece|feature|story|segment|item)"
            r"|a short segment|un (?:article|sujet|papier))|uber (?:euch|sie|ihr|euer"
            r"|ihre?)\w{0,2} (?:\w+ ){0,3}(?:berichten|schreiben)|fotograaf|photographe|(?:come|komen|kommen"
            r"|langskomen)(?: \w+){0,4} (?:with a camera|met een camera|mit (?:einer )?kamera))\b"
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
            r"|search engine|more (?:traffic|visitors for|customers|leads)|visitors per month|webdesign|web design"
            r"|(?:book|plan|have|heb je)(?: \w+){0,3} (?:a |een )?demo|voor een demo|fur eine demo|pour une demo"
            r"|kosteloze proef|gratis proef|free (?:trial|sample)|kostenlose (?:beratung|probe)"
            r"|eerste maand gratis|\d+ ?% (?:off|korting|rabatt|de reduction|discount|stromkosten)|korting|rabatt"
            r"|discount|sonderangebot|special offer|limited (?:time|offer)|offre limitee|nur noch (?:diese woche"
            r"|heute|bis)|jetzt (?:kaufen|bestellen|termin sichern|sichern|zugreifen)|sparen sie|nu bestellen"
            r"|order now|we offer|wir bieten (?:ihnen|euch)|wij bieden (?:u|jullie)|nous (?:vous )?proposons"
            r"|notre (?:robot|solution|offre|catalogue)|(?:onze|unsere|our) (?:app|software|tool|plattform"
            r"|platform|webshop|online shop|catalog\w{0,3}|producten|produkte|products|services)|bitcoin"
            r"|crypto\w{0,8}|casino|lotter\w{1,3}|jackpot|inheritance|erbschaft|erfenis|leguer|(?:million|miljoen"
            r"|millionen|millions)(?:en|s)?\b|de euros\b.{0,40}|verstorbenen klienten|next of kin|gagner \d"
            r"|doublez|verdien\w{1,3} \d|earn \d|investment|investir|investeer\w{0,2}|kredit|krediet|credit rapide"
            r"|pret (?:rapide|entre)|loan offer|rekeningnummer en|kontonummer)\b"
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
            r"|(?:erfahrungs)?austausch(?:en)?|vernetz\w{1,4}|netwerk(?:bijeenkomst|overleg|dag)?|netzwerktreffen"
            r"|echange (?:de pratiques|d'experience)|(?:beste|liebe|dear|chers?|cheres?) (?:collega'?s"
            r"|kolleg\w{3,7}|colleagues|collegues|nachbarn|neighbours|reparateurs collegues)|hello neighbours"
            r"|(?:eigen|ons|onze|unser\w{0,2}|our|notre) (?:\w+ ){0,2}(?:repair[- ]?cafe\w{0,5}|reparaturcafe"
            r"|reparaturtreff|reparatiecafe|bezoekers|besucher|visitors|visiteurs)|(?:een|ein|a|un) (?:eigen "
            r"|eigenes |new )?(?:repair[- ]?cafe\w{0,3}|reparaturcafe) (?:op(?:richten|zetten|starten|te)|starten"
            r"|beginnen|grunden|eroffnen|aufbauen|setting up|start|creer|monter|ouvrir)|(?:starting|setting up"
            r"|set up|start|grunden|eroffnen|planen|creer|monter|ouvrir|beginnen"
            r"|starten)(?: \w+){0,3} (?:repair[- ]?cafe|reparaturcafe|reparatiecafe)|scriptie|afstudeer\w{1,12}"
            r"|onderzoek naar|enquete|vragenlijst|masterarbeit|bachelorarbeit|forschungs\w{3,12}|umfrage"
            r"|fragebogen|researcher|research(?:ing)?|survey|questionnaire|dissertation|(?:my|our) thesis"
            r"|memoire (?:de|sur)|sondage|questionnaire|entretien de|gastles|presentatie (?:geven|over)"
            r"|vortrag\w{0,2}|give a talk|animer un atelier|intervention dans|teamuitje|bedrijfsuitje"
            r"|team ?building|pat tester|apparatentester|repaircafes|alle reparatur-?initiativen)\b"
        ),
    ),
    (
        "it invites the group, or wants to work with it",
        re.compile(
            r"\b(?:(?:doen|doet) (?:jullie|u)(?: \w+){0,4} mee (?:met|aan)|mee ?doen (?:met|aan)|inscrire votre"
            r"|lade\w? (?:ich |wir )?(?:sie|euch)(?: \w+){0,8} ein\b|nodig\w{0,2} (?:u|jullie|wij"
            r"|ik)\b.{0,40}\buit\b|uitnodig\w{2,4}|einladung|invit(?:e|ons|ation|er|ing)\b|be represented"
            r"|take part in|participer a|vorgesprach|bekend ?maken|(?:your|jullie|uw|ihre?[nr]?|eure?[nr]?|vos"
            r"|votre|the repair) (?:group|groep|vereniging|verein|gruppe|initiative|initiatief|association"
            r"|organisation|organisatie|bezoekers|besucher|visitors)\b|(?:an|in) (?:unserer|our|onze"
            r"|notre) (?:schule|school|ecole)|kommen sie auch in|in schulen|(?:come|komen|viendrait-il|viendrait"
            r"|kommen)(?: \w+){0,5} (?:show them|leur montrer|laten zien|zeigen)|viendrait-il|maker badge"
            r"|unsere \w+ klassen|projekttag|projectweek|projektwoche|samen ?(?:te )?werk\w{0,5}"
            r"|kooperation\w{0,2}|kooperier\w{1,3}|cooperation|collaborat\w{1,5}|partenariat|partnership"
            r"|partnerschaft|(?:open|offen|ouverts?|partants?|bereid|bereit)\b.{0,30}\b(?:gesprek|gesprach|chat"
            r"|discussion|echange|conversation)|seriez-vous (?:partants?|interesses?|d'accord)|(?:met|mit|with|at"
            r"|have|tenir|avoir|einen|einem|een|un|a|eine) (?:een |einem |a |un )?(?:kraam|kraampje|infostand"
            r"|marktstand|stand|stall|stand d'information)\b|(?:stallholder|standplaats|standgebuhr|stalls? (?:are"
            r"|is)|stall at|stand beim|stand pour)|(?:organiseren|organisieren|veranstalten|organise|organisons"
            r"|are (?:organising|holding|hosting)) (?:wij|we|wir|nous|our|een|ein|a|une?)\b|(?:host|hosting"
            r"|accueillir|ausrichten|te houden|houden)(?: \w+){0,6} (?:a repair|repair day|repaircafe|repair cafe"
            r"|journee de reparation|reparatiemiddag|reparaturtag)|(?:repaircafe|repair cafe|repair day"
            r"|repair event|reparaturkurs\w{0,2})(?: \w+){0,5} (?:te houden|library|bibliotheek|bucherei|anbieten)"
            r"|(?:voor|fur|for|pour) (?:onze|unseren?|our|notre) (?:winkel|laden|shop|boutique|school|schule|ecole"
            r"|programma|\w{0,9}programm|programme|medewerkers|mitarbeiter|staff|deelnemers)|jaarlijkse markt"
            r"|jahrestreffen|annual (?:meeting|fair)|cijfers van|aantal(?:len)? reparaties|repair log|figures from"
            r"|jahreszahlen|statistik|nombre d'objets repares|vos chiffres|your figures|bilan annuel"
            r"|let'?s (?:meet|talk)|telefonieren)\b"
        ),
    ),
    (
        "it tells of a parcel, an order or a contract",
        re.compile(
            r"\b(?:meter reading|meterstand|zahlerstand|kundencenter|espace client|klantportaal|kundenportal"
            r"|abgebucht|echeancier|storing (?:op|is)|verholpen|start (?:dan )?het modem|(?:uw|je|jouw|ihre?"
            r"|dein\w?|your|votre|vos|ton) (?:pakket\w{0,2}|paket|sendung|bestelling|bestellung|parcel|package"
            r"|order|colis|(?<!je )commande|livraison|zending|vereinskonto|verenigingsrekening|zakelijke rekening"
            r"|vertrag|contract|contrat|abonnement|subscription|account|compte|konto|lidmaatschap|mitgliedschaft"
            r"|membership|polis|police|cover|liability)\b|(?:track|volg|verfolgen|suivez)(?: \w+){0,3} (?:parcel"
            r"|zending|sendung|livraison|colis|pakket)|wirtschaftlich berechtigte\w?|public liability (?:cover"
            r"|insurance)|renewal of|expires on|les statuts|algemene voorwaarden|nieuwe (?:voorwaarden|tarieven)"
            r"|neue (?:agb|tarife)|new terms)\b"
        ),
    ),
    (
        "it is about the group's own work",
        re.compile(
            r"\b(?:(?:koffie|suiker|thee|kaffee|zucker|coffee|sugar|cafe|sucre|melk|milch|milk"
            r"|lait)(?: \w+){0,2} (?:is|zijn|ist|sind|est|has) (?:op|alle|leer|run out|fini)|wie haalt|wer holt"
            r"|who can (?:fetch|get)|qui va chercher|(?:wer|wie|who|whoever|qui)(?: \w+){0,3} (?:backt|bakt|bakes?"
            r"|fait|apporte|garde|gehouden|behalten)\b|(?:whoever|wie|wer) (?:has|heeft|hat) (?:the|de|het|den|die"
            r"|das)|qui a (?:garde|pris|le|la)|i'm on (?:cakes?|teas?|coffee|the)|je fais (?:une|un|deux"
            r"|trois) (?:tartes?|gateaux?|cakes?)|ich (?:mache|backe) (?:\w+ ){0,2}(?:bleche?|kuchen|torten?)"
            r"|ik (?:bak|maak) (?:\w+ ){0,2}(?:taart\w{0,2}|cake|koek\w{0,4})|in (?:onze|unser\w{0,2}|our"
            r"|notre) (?:kast|schrank|cupboard|placard|lager)|(?:mijn|de|my|the|die|meine[nr]?|den|la|ma"
            r"|l') ?(?:tafel|tisch|dienst|beurt|shift|schicht|turn|plek|accueil|table|bar|kassa|kasse|theke"
            r"|empfang|\w{1,12} table|nahecke|naaihoek)(?: \w+){0,3} (?:over ?nemen|waarnemen|ubernehmen|ubernimmt"
            r"|take over|doen|machen)|(?:overnemen|inspringen|invallen|einspringen|vertreten|ubernehmen|fill in"
            r"|stand in|cover for me|take over|me remplacer|remplacer samedi)\b|springt .{0,30}\bein\b"
            r"|tenir l'accueil|do the (?:\w+ ){0,2}(?:table|desk|door|tea|welcome)|penningmeester|kassier"
            r"|schatzmeister\w{0,2}|treasurer|tresori\w{1,4}|nachbestellen|bijbestellen|bestel ik (?:weer|nog)"
            r"|weer bestellen|(?:bijna|zijn|ist|sind) (?:op|alle)\b.{0,60}\b(?:bestell\w{1,3}|kopen)"
            r"|running out of|down to our last|ne reste presque plus|je recommande|(?:bon|bonnetje|quittung"
            r"|receipt|ticket)(?: \w+){0,5} (?:in de pot|tin|hin|tresoriere|kas)|sleutel van de kast"
            r"|wie heeft de sleutel)\b"
        ),
    ),
)
# Who helps with a thing of his own is no volunteer.
KIN: Final = re.compile(
    r"\b(?:klein)?(?:zoon|zoontje|dochter\w{0,3}|kind|kinderen|kinderkids|man|vrouw|sohn|tochter|enkel\w{0,3}"
    r"|kinder|mann|frau|son|daughter|grand(?:son|daughter|child\w{0,3})|husband|wife|boyfriend|girlfriend|fils"
    r"|fille|petite?-f\w{3,4}|mari|femme|hij|zij|er selbst|he|she|(?:groot|schoon)?(?:vader|moeder)|(?:gross"
    r"|schwieger)?(?:vater|mutter)|(?:grand-?|step)?(?:father|mother)|(?:grand-|beau-|belle-)?(?:pere|mere)|oma"
    r"|opa|omi|grand(?:ma|pa)|mum|dad|parents|ouders|eltern|broer|zus|bruder|schwester|brother|sister|frere|soeur"
    r"|tante|aunt|uncle|oncle|onkel|buur(?:man|vrouw)|nachbar(?:in)?|neighbour|voisine?)\b"
)
# Who wants to come, or asks how a visit goes, is none of the group, though “who is in” stands there:
# “my aunt, who is in a wheelchair”.
VISITS: Final = re.compile(
    r"\b(?:(?:i|we)(?: (?:would|want|hope|plan|intend|wish)|'d)(?: \w+){0,3} (?:come|visit|bring|drop|pop|stop)"
    r"|(?:can|could|may) (?:i|we)(?: \w+){0,3} (?:come|visit|bring|drop|pop|stop|park|get in)|(?:ik|wij"
    r"|we)(?: \w+)? (?:wil|willen|zou|zouden)(?: \w+){0,9} (?:langs\w{0,6}|(?:mee)?komen|brengen|meebrengen"
    r"|meenemen)|(?:mag|kan|kunnen|mogen) (?:ik|wij|we)(?: \w+){0,6} (?:langs\w{0,6}|(?:mee|binnen)?komen|brengen"
    r"|meebrengen|meenemen|parkeren)|(?:ich|wir) (?:mocht\w{1,3}|wurden?|will|wollen"
    r"|wollten?)(?: \w+){0,9} (?:(?:vorbei)?kommen|(?:mit|vorbei)?bringen|vorbeischauen|besuchen)|(?:darf|kann"
    r"|durfen|konnen|konnte) (?:ich|wir)(?: \w+){0,6} (?:(?:vorbei|rein|hinein)?kommen|(?:mit)?bringen|mitnehmen"
    r"|parken)|(?:j'aimerais|je voudrais|je souhaite\w{0,4}|nous (?:aimerions|voudrions"
    r"|souhaitons))(?: \w+){0,3} (?:venir|passer|apporter|amener|visiter)|(?:puis-je|peut-on|pouvons-nous|je peux"
    r"|on peut)(?: \w+){0,4} (?:venir|passer|apporter|amener|entrer|garer))\b"
    r"|\b(?:wheelchair|rolstoel|rollstuhl|fauteuil roulant|parking|parkeren|parken|stationner|drempel|schwelle"
    r"|step-?free)\b[^.!?]{0,60}\?|\b(?:leave|park|laten|kwijt|abstellen|lassen|laisser|garer)\b[^.!?]{0,20}"
    r"\b(?:car|auto|wagen|voiture|bike|fiets|fahrrad|velo)\b[^.!?]{0,20}\?"
)
