"""Words of mail that is no visitor's, in nl, de, en, fr, whatever it says about repairs; and who sends such mail.

All in lower case and without accents, as ``words.fold`` leaves a text; every repetition has an end.
"""

import re
from typing import Final

CAFE_WHY: Final = "it is from another Repair Café, or from somebody who studies them"
# Each with its reason. They hold against a visitor's words.
SURE: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "it can be unsubscribed from",
        re.compile(
            r"\b(?:unsubscribe(?! me)|se desabonner|desabonne\w{0,5}|(?:vous|se|s'y|lien de"
            r"|newsletter)[ -]desinscri\w{1,6}|abbestellen"
            r"|uitschrijven\b[.!]?\s*$"
            r"|(?:hier|klik|klick|cliquez|nieuwsbrief|newsletter|krant|mails?|mailing"
            r"|nachrichten).{0,40}\b(?:afmelden|af te melden|uitschrijven|uit te schrijven|abmelden|abzumelden)"
            r"|(?:afmelden|uitschrijven|abmelden)\W{1,3}(?:https?:|www|klik|hier|via de)"
            r"|geen \w{2,20} meer ontvangen|keine (?:weiteren )?(?:nachrichten|mails|newsletter)"
            r"|(?:bekijk|lees) (?:deze mail|de webversie|online)|im browser (?:ansehen|anzeigen|offnen)"
            r"|view (?:this email|in (?:your )?browser)|voir (?:la version|dans votre navigateur)"
            r"|you are receiving this|you received this (?:e-?mail|message) because|u ontvangt deze"
            r"|je ontvangt deze|sie erhalten diese|vous recevez ce"
            r"|in this (?:issue|edition|newsletter)|in deze (?:nieuwsbrief|editie|uitgave)|in dieser ausgabe"
            r"|dieser ausgabe|au sommaire|dans ce numero)\b"
        ),
    ),
    (
        "it offers help",
        re.compile(
            r"\b(?:(?:word|worde|als|een|aanmelden als|me opgeven als"
            r"|nieuwe) (?:een )?(?:nieuwe )?vrijwillig(?:er|ster)(?! (?:van|bij) jullie (?:zei|heeft"
            r"|had))(?: (?:worden|aanmelden|meedoen|meehelpen|helpen|aan de slag|zijn))?(?<=worden|melden"
            r"|eedoen|helpen|e slag)"
            r"|vrijwillig(?:er|ster) (?:te )?worden|vrijwilligerswerk|me (?:als vrijwillig\w+|bij (?:jullie"
            r"|het) team) (?:aan|op)\w+|(?:bij jullie|jullie) (?:team|ploeg|club) (?:aan(?:sluiten|vullen)"
            r"|versterken|komen versterken)"
            r"|aan de slag|(?:graag|wil|willen|kan|kunnen|zou|zouden|komen?) (?:\w+ ){0,7}(?:meehelpen"
            r"|mee ?te ?helpen|komen helpen|mee te doen|een handje helpen)|hulp aan(?:bieden|te bieden)"
            r"|mijn diensten aan"
            r"|(?:hebben jullie|zoeken jullie|zoekt u|heeft u|kunnen jullie)(?: \w+){0,3} (?:vrijwilligers"
            r"|hulp|mensen|reparateurs|handen|versterking)(?: (?:nodig|gebruiken))"
            r"|zoeken jullie(?: \w+){0,2} (?:vrijwilligers|reparateurs|mensen|versterking)"
            r"|ehrenamtlich(?:e[rn]?)? (?:\w+ ){0,4}(?:mit\w{3,12}|helfen|arbeiten|tatig|engagieren"
            r"|unterstutzen)|ehrenamt(?:lich)?(?: \w+){0,3} (?:bei (?:euch|ihnen))|mitreparieren"
            r"|mitzu(?:helfen|machen|arbeiten|reparieren)"
            r"|(?:wurde|mochte|konnte|kann|will|hatte)(?: \w+){0,8} (?:mithelfen|mitmachen|mitarbeiten"
            r"|unterstutzen|helfen kommen|am empfang helfen|einbringen)|(?:braucht|sucht|brauchen"
            r"|suchen) (?:ihr|sie)(?: \w+){0,2} (?:leute|helfer\w{0,5}|hilfe|jemanden|unterstutzung"
            r"|verstarkung|ehrenamtliche\w?|reparateure)"
            r"|(?:meine|unsere) (?:hilfe|mithilfe|unterstutzung) an(?:bieten|zubieten)|biete\w? (?:meine|euch"
            r"|ihnen|gerne)|schulerpraktikum|praktikum(?:splatz)?|stageplek|stageplaats|stage lopen"
            r"|work experience placement|internship"
            r"|(?:become|becoming|be|as|for|to) (?:a )?volunteer(?:ing)?(?! (?:look|help me|to look|fix))\b"
            r"|(?:would|i'd|we'd|could|can|happy|love|like|glad)(?: \w+){0,5} (?:to )?(?:volunteer|help out"
            r"|lend a hand|join (?:you|your|the)|pitch in|give a (?:few hours|hand))"
            r"|(?:how|can|could) (?:do |can |could |might )?i (?:join|volunteer|help out)|offer (?:of|my|our"
            r"|to|you my) (?:help|services|time|skills)|(?:do|are) you (?:need|looking for"
            r"|short of)(?: \w+){0,2} (?:people|volunteers|help|helpers|hands|repairers|fixers)"
            r"|(?:devenir|etre|comme|reparateur|reparatrice|nouveau) benevole|benevolat|(?:rejoindre|integrer"
            r"|renforcer) (?:votre|l'|l'equipe|vos|une)|(?:propose|proposer|offrir"
            r"|offre)(?: \w+){0,2} (?:mon aide|mes services|mes competences|de mon temps)"
            r"|(?:donner|preter|prete a donner|filer) un coup de main|(?:cherchez|recherchez|recrutez"
            r"|manquez)[- ](?:vous )?(?:\w+ ){0,2}(?:monde|benevoles?|de bras|reparateurs?|du renfort)"
            r"|besoin de (?:monde|benevoles|bras|renfort))\b"
        ),
    ),
    (
        "it is from the press, or wants to report",
        re.compile(
            r"\b(?:interview\w{0,4}|reportage\w{0,2}|journalist\w{0,4}|verslaggever|journaliste|redacteur"
            r"|redakteur\w{0,2}|reporter\w{0,2}|documentaire|documentary|dokumentation drehen|podcast\w{0,2}"
            r"|film(?:crew| crew|team|opnames?|ing)|filmen|drehtermin|drehen wir|tournage|press (?:enquiry"
            r"|request|release)|persbericht|persvraag|presseanfrage|pressemitteilung|communique de presse"
            r"|(?:artikel|stuk|stukje|verhaal|item|bericht|beitrag|article|story|piece|feature|sujet"
            r"|papier)(?: \w+){0,7} (?:schrijven|maken|plaatsen|wijden|schreiben|bringen|veroffentlichen"
            r"|machen|drehen|write|writing|publish\w{0,3}|run|ecrire|publier|consacrer)"
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
            r"|invoice|quot(?:e|ation)|facture|devis)"
            r"|(?:our|onze|unsere?|notre|die|de|the|la|openstaande|offene) (?:invoice|factuur|rechnung"
            r"|facture) (?:voor|for|fur|pour|over|uber|\d|staat|ist|is)|binnen \d+ dagen"
            r"|innerhalb von \d+ tagen|within \d+ days|sous \d+ jours|payment is due|zahlbar|te voldoen"
            r"|reglement sous|betalingsherinnering|zahlungserinnerung|mahnung"
            r"|(?:onze|unser|our|notre) (?:offerte|angebot|quotation|quote|devis)|zaalhuur|zaalgebruik"
            r"|saalmiete|raummiete|room hire|location de (?:la )?salle)\b"
        ),
    ),
    (
        "it is about a permit, a subsidy or a policy",
        re.compile(
            r"\b(?:subsidie\w{0,12}|(?:uw|de|een) vergunning (?:voor|is)|vergunningaanvraag"
            r"|fordera?n?t?r?\w{0,8}antrag\w{0,2}|forder(?:antrag|ung"
            r"|mittel|verein|bescheid)\w{0,2}|zuschuss\w{0,4}|(?:community )?grants? (?:scheme|application"
            r"|fund\w{0,3})|your application|subventions?|demande de subvention|evenementenmelding"
            r"|uw (?:aanvraag|melding)|ihr(?:em|en)? antrag"
            r"|kenmerk|aktenzeichen|dossiernummer|forum des associations|vie associative"
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
            r"|eerste maand gratis"
            r"|\d+ ?% (?:off|korting|rabatt|de reduction|discount|stromkosten)|korting|rabatt|discount"
            r"|sonderangebot|special offer|limited (?:time|offer)|offre limitee|nur noch (?:diese woche|heute"
            r"|bis)|jetzt (?:kaufen|bestellen|termin sichern|sichern|zugreifen)|sparen sie|nu bestellen"
            r"|order now|we offer|wir bieten (?:ihnen|euch)|wij bieden (?:u|jullie)|nous (?:vous )?proposons"
            r"|notre (?:robot|solution|offre|catalogue)|(?:onze|unsere|our) (?:app|software|tool|plattform"
            r"|platform|webshop|online shop|catalog\w{0,3}|producten|produkte|products|services)"
            r"|bitcoin|crypto\w{0,8}|casino|lotter\w{1,3}|jackpot|inheritance|erbschaft|erfenis|leguer"
            r"|(?:million|miljoen|millionen|millions)(?:en|s)?\b|de euros\b.{0,40}|verstorbenen klienten"
            r"|next of kin|gagner \d|doublez|verdien\w{1,3} \d|earn \d|investment|investir|investeer\w{0,2}"
            r"|kredit|krediet|credit rapide|pret (?:rapide|entre)|loan offer|rekeningnummer en|kontonummer)\b"
        ),
    ),
    (
        "it is about the group's own affairs",
        re.compile(
            r"\b(?:wie (?:kan|is|zijn|komt|neemt|doet|wil|heeft)(?: er| de| het| op)? (?:\w+ ){0,4}(?:de |op "
            r"|zaterdag|zondag|er\b|dec|jan|feb|mrt|nov|okt|verlengsnoeren|koffie|aanwezig|beschikbaar"
            r"|dienst)|(?:rooster|bezetting|dienstplan|rota|schichtplan|einsatzplan"
            r"|planning)\b(?: \w+){0,3}(?: (?:voor|fur|for|du|de|december|dezember|decembre|january|januari))?"
            r"|wer (?:kann|ist|kommt|ubernimmt|macht|hat|bringt|will)(?: am| den| die"
            r"| das)? (?:\w+ ){0,4}(?:am|den|die|dabei|empfang|zeit|dienst|schlussel|aufbau|kasse)|who (?:can"
            r"|is|could|will)(?: do| be| bring| make)? (?:\w+ ){0,4}(?:on the|the \d|saturday|there|desk"
            r"|setting|available|in)|qui (?:est|peut|sera|vient|s'occupe)(?: \w+){0,4} (?:disponible|le \d+"
            r"|samedi|present\w?|la|tenir|mise en place)"
            r"|notulen|bestuur(?:svergadering)?|ledenvergadering|vergadering|teamoverleg|vrijwilligersoverleg"
            r"|protokoll|vorstand\w{0,8}|mitgliederversammlung|teamsitzung|teamtreffen|agenda for|minutes of"
            r"|committee meeting|trustees|agm|compte rendu|assemblee generale|reunion (?:du|de|d')"
            r"|conseil d'administration|ik mis nog iemand|manque encore un|(?:two|twee|zwei"
            r"|deux) (?:reparateurs|repairers|fixers))\b"
        ),
    ),
    (
        CAFE_WHY,
        re.compile(
            r"\b(?:ervaring(?:en)? (?:uit te wisselen|uitwisselen|delen)|uitwisseling"
            r"|(?:erfahrungs)?austausch(?:en)?|vernetz\w{1,4}|netwerk(?:bijeenkomst|overleg|dag)?"
            r"|netzwerktreffen|echange (?:de pratiques|d'experience)|(?:beste|liebe|dear|chers?"
            r"|cheres?) (?:collega'?s|kolleg\w{3,7}|colleagues|collegues|nachbarn|neighbours"
            r"|reparateurs collegues)|hello neighbours"
            r"|(?:eigen|ons|onze|unser\w{0,2}|our|notre) (?:\w+ ){0,2}(?:repair[- ]?cafe\w{0,5}|reparaturcafe"
            r"|reparaturtreff|reparatiecafe|bezoekers|besucher|visitors|visiteurs)|(?:een|ein|a|un) (?:eigen "
            r"|eigenes |new )?(?:repair[- ]?cafe\w{0,3}|reparaturcafe) (?:op(?:richten|zetten|starten|te)"
            r"|starten|beginnen|grunden|eroffnen|aufbauen|setting up|start|creer|monter|ouvrir)|(?:starting"
            r"|setting up|set up|start|grunden|eroffnen|planen|creer|monter|ouvrir|beginnen"
            r"|starten)(?: \w+){0,3} (?:repair[- ]?cafe|reparaturcafe|reparatiecafe)"
            r"|scriptie|afstudeer\w{1,12}|onderzoek naar|enquete|vragenlijst|masterarbeit|bachelorarbeit"
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
            r"\b(?:samen ?(?:te )?werk\w{0,5}|kooperation\w{0,2}|kooperier\w{1,3}|cooperation"
            r"|collaborat\w{1,5}|partenariat|partnership"
            r"|partnerschaft|(?:open|offen|ouverts?|partants?|bereid|bereit)\b.{0,30}\b(?:gesprek|gesprach"
            r"|chat|discussion|echange|conversation)"
            r"|seriez-vous (?:partants?|interesses?|d'accord)|(?:met|mit|with|at|have|tenir|avoir|einen|einem"
            r"|een|un|a|eine) (?:een |einem |a |un )?(?:kraam|kraampje|infostand|marktstand|stand|stall"
            r"|stand d'information)\b"
            r"|(?:stallholder|standplaats|standgebuhr|stalls? (?:are|is)|stall at|stand beim|stand pour)"
            r"|(?:organiseren|organisieren|veranstalten|organise|organisons|are (?:organising|holding"
            r"|hosting)) (?:wij|we|wir|nous|our|een|ein|a|une?)\b"
            r"|(?:host|hosting|accueillir|ausrichten|te houden|houden)(?: \w+){0,6} (?:a repair|repair day"
            r"|repaircafe|repair cafe|journee de reparation|reparatiemiddag|reparaturtag)|(?:repaircafe"
            r"|repair cafe|repair day|repair event|reparaturkurs\w{0,2})(?: \w+){0,5} (?:te houden|library"
            r"|bibliotheek|bucherei|anbieten)"
            r"|(?:voor|fur|for|pour) (?:onze|unseren?|our|notre) (?:winkel|laden|shop|boutique|school|schule"
            r"|ecole|programma|\w{0,9}programm|programme|medewerkers|mitarbeiter|staff|deelnemers)"
            r"|jaarlijkse markt|jahrestreffen|annual (?:meeting|fair)|cijfers van|aantal(?:len)? reparaties"
            r"|repair log|figures from|jahreszahlen|statistik"
            r"|nombre d'objets repares|vos chiffres|your figures|bilan annuel|let'?s (?:meet|talk)"
            r"|telefonieren)\b"
        ),
    ),
    (
        "it tells of a parcel, an order or a contract",
        re.compile(
            r"\b(?:(?:uw|je|jouw|ihre?|dein\w?|your|votre|vos|ton) (?:pakket\w{0,2}|paket|sendung|bestelling"
            r"|bestellung|parcel|package|order|colis|commande|livraison|zending|vereinskonto"
            r"|verenigingsrekening|zakelijke rekening|vertrag|contract|contrat|abonnement|subscription"
            r"|account|compte|konto|lidmaatschap|mitgliedschaft|membership|polis|police|cover|liability)\b"
            r"|(?:track|volg|verfolgen|suivez)(?: \w+){0,3} (?:parcel|zending|sendung|livraison|colis|pakket)"
            r"|wirtschaftlich berechtigte\w?|public liability (?:cover|insurance)|renewal of|expires on"
            r"|les statuts|algemene voorwaarden|nieuwe (?:voorwaarden|tarieven)|neue (?:agb|tarife)|new terms)\b"
        ),
    ),
    (
        "it is about the group's own work",
        re.compile(
            r"\b(?:(?:mijn|de|my|the|die|meine[nr]?|den|la|ma|l') ?(?:tafel|tisch|dienst|beurt|shift|schicht"
            r"|turn|plek|accueil|table|bar|kassa|kasse|theke|empfang|\w{1,12} table|nahecke"
            r"|naaihoek)(?: \w+){0,3} (?:over ?nemen|waarnemen|ubernehmen|ubernimmt|take over|doen|machen)"
            r"|(?:overnemen|inspringen|invallen|einspringen|vertreten|ubernehmen|fill in|stand in"
            r"|cover for me|take over|me remplacer|remplacer samedi)\b|springt .{0,30}\bein\b|tenir l'accueil"
            r"|do the (?:\w+ ){0,2}(?:table|desk|door|tea|welcome)"
            r"|penningmeester|kassier|schatzmeister\w{0,2}|treasurer|tresori\w{1,4}|nachbestellen"
            r"|bijbestellen|bestel ik (?:weer|nog)|weer bestellen|(?:bijna|zijn|ist|sind) (?:op"
            r"|alle)\b.{0,60}\b(?:bestell\w{1,3}|kopen)|running out of|down to our last|ne reste presque plus"
            r"|je recommande|(?:bon|bonnetje|quittung|receipt|ticket)(?: \w+){0,5} (?:in de pot|tin|hin"
            r"|tresoriere|kas)"
            r"|sleutel van de kast|wie heeft de sleutel)\b"
        ),
    ),
)
# Who helps with a thing of his own is no volunteer.
KIN: Final = re.compile(
    r"\b(?:klein)?(?:zoon|zoontje|dochter\w{0,3}|kind|kinderen|kinderkids|man|vrouw|sohn|tochter|enkel\w{0,3}"
    r"|kinder|mann|frau|son|daughter"
    r"|grand(?:son|daughter|child\w{0,3})|husband|wife|boyfriend|girlfriend|fils|fille|petite?-f\w{3,4}|mari"
    r"|femme|hij|zij|er selbst|he|she)\b"
)
# Who gives something is neither the one nor the other: a person decides.
GIVES: Final = re.compile(
    r"\b(?:schenken|doneren|weg ?te ?geven|weggeven|over voor jullie|willen jullie (?:die|dat|deze|ze"
    r"|hem) hebben|hebben jullie (?:daar )?(?:interesse|belangstelling)|verschenken|abzugeben"
    r"|spenden mochte\w?|haben sie interesse|habt ihr interesse|interesse an"
    r"|donate|give (?:it |them )?away|giving away|would you like (?:his|her|my|our|the|them|these|it|to have)"
    r"|faire (?:un )?don|don de|donner a votre|souhaite donner|etes-vous interesses|interested in (?:it|them"
    r"|these))\b"
)
_ORGANISATION: Final = (
    r"redactie|redaktion|redaction|administratie|verwaltung|hausverwaltung|comptabilite|buchhaltung|accounts"
    r"|debiteuren|newsletter|nieuwsbrief|lettre|digest|service|klantenservice"
    r"|gemeente|stadt|stadtverwaltung|amt|mairie|council|ministerie|provincie|kreis|landkreis|bibliotheek"
    r"|bucherei|library|mediatheque|bank|sparkasse|verzekering\w*|versicherung\w*|assurance"
    r"|b\.?v\.?|gmbh|ltd|limited|sarl|inc|e\.?v\.?|groothandel|handel|verkoop|sales|vertrieb|marketing"
    r"|support|webmaster|wordpress|google|microsoft|paypal|facebook|linkedin|mailchimp"
    r"|radio|tv|krant|courant|zeitung|kurier|gazette|journal|nieuws|news|bode|universit\w+|university"
    r"|hogeschool|hochschule|lycee|college|repair[- ]?caf\w+|reparatur\w+|reparatiecaf\w+|repaircaf\w+|beheer"
    r"|recruitment|hr"
)
ORGANISATION: Final = re.compile(rf"\b(?:{_ORGANISATION})\b")
CAFE: Final = re.compile(
    r"\b(?:repair[- ]?caf\w{1,3}|repaircaf\w{1,3}|reparatur-?(?:treff|caf\w{1,3}|initiative)\b"
    r"|reparatiecaf\w{1,3})"
)
OFFICE: Final = re.compile(
    r"(?:newsletter|nieuwsbrief|lettre|news|redactie|redaktion|redaction|press?e?|pers|invoice|billing"
    r"|factur\w{1,5}|accounts|debiteuren|comptabilite|finan\w{1,9}|administratie|verkoop|sales|angebot"
    r"|offers?|marketing"
    r"|vergunningen|ehrenamt|clerk|vie\.associative|hr|service|support|beheer|hausverwaltung|wijken|gemeente"
    r"|info|contact|kontakt|mail|office|buero|secretari\w{1,4}|sekretariat|program\w{1,3}|events?|evenementen"
    r"|stalls?|markt|pakket|paket|tracking|suivi|direction|directie|leitung|manager|agence|firmenkunden"
    r"|renewals|netzwerk|netwerk|network|monitor|enquete|survey|comite|committee|animation|bookings|community"
    r"|cdi|hello|hallo|bonjour|board|admin|noreply\S{0,20}|no-reply|donotreply|bibliotheek|bank|clubs?|verein"
    r"|projecten|projekt\w{0,2}|projects?"
    r"|bounce\w{0,10})"
)
# Addresses that a group gives its own people.
VOLUNTEERS: Final = re.compile(
    r"(?:vrijwillig\w{0,6}|ehrenamt\w{0,6}|helfer|team|volunteers?|crew|benevoles?|bestuur|vorstand|committee"
    r"|bureau|leden|mitglieder|members|reparateurs?|fixers|lijst|list)(?:[-+.]\w+)?"
)
