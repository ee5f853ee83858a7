"""Words of visitors in nl, de, en, fr: of things that are broken, of coming, of what one asks before.

All in lower case and without accents, as ``words.fold`` leaves a text; every repetition has an end.
"""

import re
from typing import Final

# What is brought to a Repair Café. German and Dutch put words together: the last part counts.
_COMPOUND: Final = (
    r"gramm?o(?:f|ph)on\w{0,2}|projector\w{0,2}|projektor\w{0,2}|projecteur|barometre?|tonband\w{0,6}"
    r"|bandrecorder|magnetophone|tent|zelt|tente|kruimeldief|reveil|xbox|playstation|nintendo|stichsage"
    r"|kreissage|(?<!\bi )(?<!\bwe )(?<!\byou )saw|scie|dehumidifier|deshumidificateur|ontvochtiger|skelter"
    r"|trottinette|doll's house"
    r"|fernglas|verrekijker|binoculars|jumelles|piano|klavier|spieluhr|music box|muziekdoos|boite a musique"
    r"|machines?|maschinen?|apparatuur|automaat|automat|percolat\w{2,3}|toaster|rooster|tosti-?ijzer"
    r"|stofzuiger|staubsauger|vacuum|hoover|aspirateur|lamp(?:je|en|s|e|en)?|leuchte|luminaire|lampadaire"
    r"|koffie(?:zet)?(?:apparaat|machine)|senseo|nespresso|espresso\w{0,12}|kaffee\w{0,10}(?:automat"
    r"|maschine)|vollautomat|volautomaat|cafetiere|coffee ?(?:machine|maker)|machine a (?:cafe|coudre|laver"
    r"|pain)|grille-?pain|waterkoker|wasserkocher|kettle|bouilloire|mixeur|keukenmachine|kuchenmaschine"
    r"|food processor|robot (?:de cuisine|menager)|fohn|haardroger|haartrockner|hair ?dryer|seche-?cheveux"
    r"|strijkijzer|strijkbout|bugeleisen|fer a (?:repasser|vapeur)|magnetron|mikrowelle|microwave"
    r"|micro-?ondes?|wasmachine|waschmaschine|washing machine|lave-(?:linge|vaisselle)|vaatwasser|dishwasher"
    r"|geschirrspuler|koelkast|kuhlschrank|fridge|frigo|backofen|fornuis|ventilator|ventilateur|naaimachine"
    r"|lockmachine|nahmaschine|sewing machine|surjeteuse|wekker|wecker|televisie|fernseher|television"
    r"|televiseur|versterker|verstarker|amplifier|platenspeler|plattenspieler|turntable|record player"
    r"|tourne-?disque|draaitafel|cassette\w{0,10}|kassette\w{0,10}|luidspreker|lautsprecher|koptelefoon"
    r"|kopfhorer|headphones?|telefoon|mobieltje|iphone|smartphone|telephone|laptop|notebook|computer"
    r"|ordinateur|printer|drucker|imprimante|camera|kamera|appareil photo|konsole|gamepad|controller|joycons?"
    r"|scheerapparaat|rasierer|shaver|rasoir|tandenborstel|zahnburste|toothbrush|friteuse|fritteuse|airfryer"
    r"|heftruck|boormachine|bohrmaschine|perceuse|stekker|stecker|strimmer|grasmaaier|rasenmaher|lawn ?mower"
    r"|tondeuse|heggenschaar|heckenschere|kettingzaag|motorsage|gehoorapparaat|horgerat|hearing aid"
    r"|weegschaal|waage|kitchen scales?|kachel|heizlufter|radiateur|fiets(?:en)?|e-?bike|ebike|fahrrad(?:er)?"
    r"|bicycle|bakfiets|rollator|rolstoel|rollstuhl|wheelchair|kinderwagen|bollerwagen|bolderkar|poussette"
    r"|accu|akku|batterij|battery|batterie|ritsen|reissverschluss|zipper|fermeture (?:eclair)?|broek|broeken"
    r"|pantalon|jacke|mantel|manteau|veste|trui|pullover|pulli|jumper|sweater|cardigan|jurk|kleid|overhemd"
    r"|hemd|chemise|gordijn(?:en)?|vorhang\w{0,3}|curtains?|rideaux?|rugzak|rucksack|backpack|sac a dos"
    r"|schoen(?:en)?|schuhe?|shoes?|chaussures?|knuffel|teddy|peluche|doudou|stoel(?:en|tje)?|stuhle?|chairs?"
    r"|chaises?|kruk|hocker|tafel|tisch|kast|schrank|cupboard|armoire|clock|horloge|pendule|puppe|poupee"
    r"|speelgoed|spielzeug|treintje|modeltrein|eisenbahn|vaas|vase|teapot|theepot|beeldje|paraplu|umbrella"
    r"|regenschirm|parapluie|messen|messer|couteaux|schaar|scharen|scheren|ciseaux|gitaar|gitarre|guitar"
    r"|akkordeon|accordeon|apparaat|apparaten|apparaatje|gerat|geraten?|appliance|appareils?|toestel"
    r"|onderdeel|onderdelen|ersatzteile?|spare parts?|pieces detachees?|(?:armband|stand|wand|kuckucks"
    r"|taschen|kuchen|pendel|turm|kamin|auto)uhr\w{0,2}|klok"
)
# These end other words too.
_WHOLE: Final = (
    r"husqvarna|singer|pfaff|bernina|philips|miele|bosch|dyson|braun|samsung|kenwood|nilfisk|makita|siemens"
    r"|krups|delonghi|jura|moulinex|rowenta|tefal|gazelle|batavus|brompton|roller|urn|mixer|blender|oven|ofen"
    r"|herd|radio|tv|ampli|platine|pick-?up|speaker|enceinte|casque|mobiel|handy|phone|portable|tablet|pc"
    r"|console|manette|(?<=mon )four|(?<=eux )four|(?<=du )four|(?<=le )four|drill|balance|heater|rad|bike"
    r"|velo|velos|scooter|step|buggy|pram|rits|zip|hose|trousers|jeans|jas|coat|jacket|pull|rok|dress|robe"
    r"|shirt|tas|tasche|handbag|sac|table|lade|klok|watch|montre|pop|doll|toys?|jouets?|train|mes|knives"
    r"|scissors|gadget|ding|(?:die|der|eine?r?|meine?r?|unsere?r?|alte|deren) uhr|uhren|oma(?:fiets)?"
)
THING: Final = re.compile(rf"\b(?:\w{{0,20}}(?:{_COMPOUND})|{_WHOLE})(?:n|s|en|e|es|tje|je|jes|chen)?\b")
OWN: Final = re.compile(
    r"\b(?:mijn|m'n|mn|onze?|mein\w{0,2}|unser\w{0,2}|my|our|mon|ma|mes|notre|nos|ik heb (?:een|nog|twee"
    r"|drie)|ich hab(?:e)? (?:\w+ )?(?:ein\w{0,2}|zwei|drei)|i(?:'ve| have)(?: got)? (?:a|an|two|some)"
    r"|j'ai (?:un|une|deux|des))\b"
)
# Between “my” and a thing that is not mine: “mon aide pour les pendules”.
NOT_OWN: Final = re.compile(
    r"\b(?:de|het|die|der|das|dem|den|the|les|la|le|des|pour|for|voor|fur|votre|vos|your|uw|jullie"
    r"|euer\w{0,2}|ihr\w{0,2}|of|from|van|von|in|im|mit|met|with|on|bij|bei|et|and|und|en)\b|l'"
)
OF_MINE: Final = re.compile(
    r" (?:van|von|of|de|d'|from) (?:mijn|m'n|mn|onze|mein\w{0,2}|unser\w{0,2}|my|our|mon|ma|notre)\b| (?:mein"
    r"|unser)e[rs]\b"
)
# What is the matter with it.
FAULT: Final = re.compile(
    r"\b(?:split|gespleten|fendue?|trilt|bijna (?:niet|geen)|kaum noch|hardly|barely|presque plus|draait door"
    r"|dreht durch|dans le vide|tout le temps|error|fehlermeldung|foutcode|foutmelding|erreur|disconnects?"
    r"|deconnecte|erkennt kein\w{0,2}|silent|muet\w{0,2}|stumm|nur die halfte|greift nicht|stays (?:red|on"
    r"|off|dark|cold|black)|bleibt (?:dunkel|kalt|rot|schwarz|aus|an)|blijft (?:donker|koud|zwart|rood|uit"
    r"|aan|hangen)|reste (?:noire?|froide?|allumee?|eteinte?)|kapot\w{0,2}|stuk(?:gegaan)?|defect\w{0,2}"
    r"|defekt\w{0,2}|kaputt?\w{0,2}|broken?|broke|busted|cass\w{1,3}|foutue?|hs|(?:tomb\w{0,2}|est"
    r"|en) (?:de nouveau |encore )?en panne|panne|doet (?:het|'t|t|niks|niets|raar|vreemd|ie)|werkt niet"
    r"|nie(?:t|ts)? meer|niks meer|nog maar|alleen nog|niet goed|niet warm|geen (?:\w{2,20} ){1,2}meer|geen (?:kik"
    r"|geluid|beeld|stroom|kracht|druk|licht|krimp|water|sjoege)|start niet|stopt (?:steeds|ermee|er)"
    r"|valt (?:steeds )?uit|slaat (?:af|over|door)|gaat (?:steeds )?uit|(?:loopt|zit|zitten) vast|nicht mehr"
    r"|nur noch|kein\w{0,2} (?:\w{2,20} ){1,2}mehr|geht (?:nicht|immer wieder|aus)|funktionier\w{1,3} nicht"
    r"|spinnt|streikt|ohne funktion|den geist aufgegeben|hinuber|verheddert|schaltet sich (?:ab|aus)|won'?t"
    r"|doesn'?t (?:work|turn|start|go|charge|heat|spin|stay|move|close|play|run|switch|print|hold|lock)"
    r"|does not (?:work|turn|\w{2,9})|isn'?t working|not working|no longer|stop(?:ped|s)\b|keeps \w+ing"
    r"|(?:has|have) died|died|dead|dies|cuts? out|trips|packed (?:up|in)|given up|playing up|fails?|failed"
    r"|faulty|came off|come off|coming off|fell (?:off|apart)|n[e'].{1,25}\bplus\b|ne .{1,20} pas\b"
    r"|charge plus|marche (?:plus|pas)|fonctionne (?:plus|pas)|s'arrete|s'eteint|disjoncter?|lek(?:t|ke|ken)?"
    r"|leckt?|leak(?:s|ing|ed)?|fuit|druppelt|drupt|tropf\w{0,2}|drips?|goutte|piept?|piepen|quietsch\w{0,2}"
    r"|squeaks?|squeaky|squeal\w{0,3}|grince\w{0,2}|kraakt|kraken|knarst|rammelt|klappert|rattles?"
    r"|wiebel\w{0,2}|wackel\w{0,3}|wobbl\w{1,3}|branle\w{0,2}|bancale?|los(?:se|e[nrs]?|geraakt|gelaten)?"
    r"|loose|gescheurd|scheur|gerissen|riss|torn|tear|ripped|dechire\w{0,2}|gebroken|gebrochen|zerbrochen"
    r"|afgebroken|abgebrochen|snapped|cracked|crack|gebarsten|gesprungen|fissure\w{0,2}|fele\w{0,2}"
    r"|brise\w{0,2}|verstopt|verstopft|clogged|blocked|bouche\w{0,2}|versleten|verschlissen|worn|vergaan"
    r"|perished|roest\w{0,3}|rostig|rusty|rouille\w{0,2}|verbrand|verschmort|verbrannt|burn\w{0,3}"
    r"|brule\w{0,2}|stinkt|smells?|smelling|riecht|ruikt|sent (?:le )?bru\w+|rookt?|raucht?|smok\w{1,3}|fume"
    r"|vonkt?|vonken|funken|sparks?|etincelles?|flikkert|flackert|flickers?|clignote|knippert|blinkt|grille"
    r"|gresille\w{0,2}|haper\w{0,2}|klem(?:t|men)|klemmt|stuck|jam(?:s|med)|coince\w{0,2}|bloque\w{0,2}"
    r"|lekke band|platter?|plattfuss|platten|flat tyre|puncture\w{0,2}|creve\w{0,2}|gat(?:en)?|loch|locher"
    r"|holes?|trous?|motten|moths?|heel heet|gloeiend|sehr heiss|uberhitzt|overheat\w{0,3}|chauffe\w{0,2}"
    r"|surchauffe|wobbel\w{0,2}|stroef|schleift|rub(?:s|bing)|frotte|springt|drift\w{0,2}|leeg|leer na"
    r"|empty after|traag|langsam|slow|tres lent\w?|bromt|brummt|hums|ronronne|rafelig|rauscht|crackl\w{1,3}"
    r"|stil(?:staat)?|steht still|bleibt stehen|stiff|surrt|surren|slips|lussen|boucles|schlaufen|loops"
    r"|leiert|pleure|(?:gains|loses) \w+ minutes|avance de|retarde|te langzaam|zu langsam|too slow|ist hin"
    r"|foutu|ruckelt|ratelt|rattert|spinnt|hin und wieder|afgesleten|roussi)\b"
)
# What one wants done.
REPAIR: Final = re.compile(
    r"\b(?:reparer(?:en|bar)\w{0,2}|repareer\w?|gerepareerd|reparabel|reparier\w{1,4}|repariert|(?:you|to"
    r"|they|u|be|get|anyone|somebody|someone|people|can|could|also|still|please) (?:\w+ )?repair\b"
    r"|repair(?:ed|ing|able|s)\b|(?:een|deze|mijn|eine|diese|meine|une|cette|la|a|the) (?:reparatie|reparatur"
    r"|reparation|repair)\b(?!-? ?(?:caf|group|day|event))|iets voor (?:jullie|u)\b|(?:et)?was fur (?:euch"
    r"|sie)\b|ware das was|geht das bei|fall fur (?:euch|sie)|dans vos cordes|(?:sort|kind) of thing"
    r"|past saving|look over|kennt sich|verstand van|quelqu'un (?:pour|qui)|s'y connait|knows? about"
    r"|refurbish\w{0,3}|fix(?:en|t|ed|ing|bar)?|mend(?:s|ed|ing)?|herstel\w{0,5}|(?:te |laten |ge)?maken"
    r"|gemaakt|nakijken|nagekeken|nazien|doormeten|naar (?:te )?kijken|kijken jullie|ernaar kijken|daarnaar"
    r"|opknappen|op(?:en|nieuw) (?:maken|naaien)|red(?:den|baar)|vervangen|vernieuwen|solderen|lijmen|plakken"
    r"|naaien|stoppen|stop(?:pen)? jullie|slijp\w{1,4}|verstellen|innemen|korter maken|inkorten|zomen"
    r"|schoonmaken|anschauen|ansehen|(?:mal )?(?:rein|drauf|nach)(?:schauen|sehen|gucken|zuschauen)|retten"
    r"|ersetzen|austausch\w{1,3}|wechseln|tausch(?:t|en)|lot(?:en|et)|kleb(?:en|t)|leim(?:en|t)|nah(?:en|t)"
    r"|flick(?:en|t)|stopf(?:en|t)|kurzen|schleif(?:en|t)|umnahen|naht .{0,20}um|reinig(?:en|t)|warten"
    r"|instand\w{0,8}|machbar|look (?:at|into)|have a look|take a look|check (?:it|out|over)|put right"
    r"|replac\w{1,4}|solder\w{0,3}|glue\w{0,2}|sew(?:s|n|ing)?|patch\w{0,3}|darn\w{0,3}|sharpen\w{0,3}"
    r"|shorten\w{0,3}|hem(?:s|med)?|rewire\w{0,2}|salvage\w{0,2}|saved|worth (?:repairing|fixing|a visit|it"
    r"|bringing)|repar(?:er|ez|e|able)\b|depann\w{1,4}|arranger|regarder|jeter un (?:oeil|oeil)"
    r"|remplace\w{0,2}|changer|souder|soudez|recoller|collez|coller|coudre|recoudre|cousez|raccommod\w{1,3}"
    r"|repris\w{1,3}|raccourcir|ourlets?|aiguis\w{1,3}|nettoyer|sauver|refaire|remettre en etat"
    # a new part in an old thing, but nobody who “sich einsetzt”
    r"|(?<!fur )(?<!fur das )(?<!fur die )(?<!fur den )(?<!fur eine )neue[nr]? \w{2,20}"
    r" (?:einsetzen|einbauen|einnahen|anbringen)"
    r"|nieuwe? \w{2,20} (?:inzetten|inbouwen|plaatsen|(?:er)?in zetten|op zetten)"
    r"|(?:put|fit) (?:in )?(?:an? |some )?new \w{2,20}"
    r"|(?:mettre|poser|monter) (?:une? |des )?nouve\w{1,3} \w{2,20}"
    r"|de moeite waard|lohnt (?:sich|es)|vaut(?:-il| la| le|-elle))\b"
)
BRING: Final = re.compile(
    r"\b(?:langs\w{0,7}|binnen(?:lopen|komen|wippen|springen|vallen)|meebrengen|meenemen|mee(?:gebracht)?"
    r"|brengen|inleveren|afgeven|terecht|aanmelden|inschrijven|opgeven|komen|kom ik|ik kom|terugkom\w{0,2}"
    r"|vorbei\w{0,10}|mitbring\w{1,3}|mitnehmen|abgeben|bring\w{0,3}|kommen|anmeld\w{1,3}|vorbeischauen"
    r"|rein(?:schauen|schneien|kommen)|come (?:by|in|over|along|round|back|with|next|on|to)|drop (?:in|by|off"
    r"|it)|pop in|walk in|turn up|(?:can|could|may) i (?:\w+ )?come|book\w{0,3}|reserve\w{0,2}|apport\w{1,3}"
    r"|amen\w{1,3}|pass(?:er|e|ons)|ven(?:ir|ons|ez)|viens|viendra\w{0,2}|inscri(?:re|ption|vons)|deposer)\b"
)
# What one asks before one comes: cost, time, place, how it goes.
PRACTICAL: Final = re.compile(
    r"\b(?:(?:is|are) there (?:one|any|still|someone|somebody|anyone)|still be (?:someone|somebody|there)"
    r"|c'est quand|wann wieder|trop tard|te laat|zu spat|too late|running late|later komen|encore possible"
    r"|reicht das|jemand da|(?:do|does) (?:you|anyone) (?:do|work)|is dat (?:een probleem|goed|ok)"
    r"|gelijkvloers|ebenerdig|plain-pied|one floor|level access|pushchair|al vol|nog plek|noch platz"
    r"|zijn jullie (?:er|open)|seid ihr (?:\w+ )?(?:da|offen)|(?:are|r) (?:you|u) (?:guys )?(?:on|open|there)"
    r"|u guys on|vous etes la|etes-vous (?:la|ouverts)|kost(?:en|et|te)?|gratis|betal\w{1,3}|prijs\w{0,5}"
    r"|tarie\w{1,3}|pinnen|pin|contant|(?:vrijwillige )?bijdrage|fooienpot|geld|kosten\w{0,4}|kostenlos"
    r"|umsonst|bezahl\w{1,3}|zahl\w{1,3}|preis\w{0,4}|spendenbasis|spende|bar(?:geld)?|mit karte|ec-karte"
    r"|nehmt ihr|verlangt ihr|costs?|free|charge|fees?|pay\w{0,3}|price\w{0,6}|donation|cash|by card|cards?"
    r"|do i owe|cout\w{1,3}|gratuit\w{0,5}|pa(?:yer|ie)\w{0,3}|prix|tarifs?|participation|combien|carte"
    r"|especes|prendre\w{0,2} rendez|rendez-?vous|rdv|wanneer|hoe laat|tot hoe laat|vanaf hoe laat"
    r"|volgende (?:keer|datum|editie|bijeenkomst)|eerstvolgende|open(?:ingstijd\w{0,3})?|geopend|dicht"
    r"|gesloten|deze maand|(?:zijn|zit|weer) (?:jullie|open|er)|afspraak|reserveren|tijdslot|inloop"
    r"|wacht(?:tijd|en|rij)?|in de rij|hoelang|hoe lang|beurt|nummertje|wann|um wie ?viel uhr|bis wie ?viel"
    r"|ab wann|bis wann|nachste[nrs]?(?: mal| termin)?|geoffnet|offnungszeiten|offen|termin\w{0,2}|wartezeit"
    r"|warten|dauert|wie lange|anstehen|when|what time|which (?:day|date|door)|next (?:one|session|time|event"
    r"|date|meeting)|opening|open|appointments?|slots?|queue|wait\w{0,3}|how long|this month|quand"
    r"|a partir de quelle heure|quelle heure|horaires?|prochaine?s?|quelle date|date suivante|ouvert\w{0,2}"
    r"|ouvrez|attend\w{1,3}|attente|file d'attente|duree|delai|\w{0,12}parkeer\w{0,10}|\w{0,12}parkplatz"
    r"|rolstoel\w{0,14}|rollstuhl\w{0,10}|wheelchair|fauteuil roulant|waar (?:is|zit|zijn|precies|kan|moet"
    r"|vind)|adres|parkeer\w{0,10}|parkeren|bus|halte|trein|bereik\w{1,9}|ingang|lift|trap\w{0,4}"
    r"|drempel\w{0,4}|toegankelijk\w{0,4}|toilet|straat|gebouw|verhuisd|wo (?:ist|seid|sind|genau|finde|kann"
    r"|war)|adresse|park\w{1,8}|haltestelle|eingang|aufzug|fahrstuhl|treppe\w{0,2}|stufen|barriere\w{0,6}"
    r"|gebaude|umgezogen|anfahrt|where|address|venue|parking|park|entrance|stairs|steps|lift|elevator|ramp"
    r"|accessible|step-?free|toilets?|moved|bus stop|ou (?:se|est|etes|puis|vous|exactement)|garer"
    r"|stationn\w{1,6}|ascenseur|escaliers?|marches|rampe|accessible|fauteuil|toilettes|demenage"
    r"|comment (?:vient|venir|on)|hond(?:en)?|kind(?:eren)?|kinder|hunde?|dogs?|kids|child(?:ren)?|chiens?"
    r"|enfants|taart|kuchen|cake|gateaux?|koffie en|catering|hoeveel (?:spullen|dingen|apparaten|stuks)"
    r"|maximum|maximaal|limiet|wie ?viele (?:sachen|gerate|dinge)|how many|limit|combien d'objets|plusieurs"
    r"|garantie|aansprakelijk\w{0,4}|haft\w{1,4}|liab\w{1,5}|warranty|gewahrleistung|pieces|spares|parts"
    r"|onderdelen|ersatzteile|zelf (?:kopen|bestellen|meenemen)|selbst (?:kaufen|besorgen)|vorratig"
    r"|op voorraad|in stock|3d-?(?:print\w{0,5}|druck\w{0,3})|impression 3d|aan huis|bij (?:mij|mensen) thuis"
    r"|thuis komen|nach hause|ins haus|home visits?|a domicile|ophalen|abholen|pick (?:it|them) up|collect"
    r"|leren|lernen|learn\w{0,3}|apprendre|selber|zelf|myself|moi-meme|soi-meme)\b"
)
LOST: Final = re.compile(
    r"\b(?:(?:laten|blijven) (?:liggen|hangen|staan)|vergeten|gevonden|verloren|kwijt(?:geraakt)?"
    r"|liegen (?:lassen|gelassen|geblieben)|(?:hangen|stehen) (?:lassen|gelassen)|vergessen|gefunden"
    r"|liegt (?:die|der|das|sie|er|es) noch|eingesteckt|left (?:my|behind|it|a|something|an)|handed in"
    r"|picked (?:it |up)|ramasse\w{0,2}|aufgehoben|opgeraapt|turned up|forgot|lost|still on the table"
    r"|oublie\w{0,2}|laisse\w{0,2}|retrouve\w{0,2}|trouve\w{0,2})\b"
)
CANCEL: Final = re.compile(
    r"\b(?:(?:kan|kunnen|kom|komen)(?: \w+){0,4} (?:toch )?niet(?: komen)?|afzeggen|afmelden|annuleren"
    r"|verzetten|verhinderd|absagen|kann(?: \w+){0,4} nicht(?: kommen)?|verhindert|verschieben|abmelden"
    r"|can'?t (?:make|come)|cannot (?:make|come)|won'?t be able|unable to (?:make|come)|cancel\w{0,4}"
    r"|reschedule|postpone|ne (?:pourra\w{1,3}|peux|pouvons|viendra\w{1,3})|annul\w{1,3}|empechement|decaler"
    r"|reporter)\b"
)
DONE: Final = re.compile(
    r"\b(?:doet het (?:weer|nu)|werkt weer|weer als nieuw|gemaakt hebben|(?:loopt|tikt|speelt|brandt"
    r"|draait) (?:weer|nog)|lauft wieder|geht wieder|funktioniert wieder|repariert (?:habt|haben|wurde)"
    r"|gerettet|works? again|working again|good as new|(?:chimes|ticks|plays|runs|glows) again|(?:tickt"
    r"|spielt|brennt|dreht sich) wieder|sonne (?:de|a) nouveau|fixed (?:my|it|our)|for mending|for fixing"
    r"|for repairing|remarche|refonctionne|(?:re)?marche (?:a nouveau|de nouveau)|avez repare\w{0,2}"
    r"|pour la reparation|de la reparation|pour l'aide)\b"
)
# Whether a kind of thing is repaired at all.
WHETHER: Final = re.compile(
    r"\b(?:(?:repareren|maken|doen|fixen|kijken|herstellen) (?:jullie|u)|(?:kijkt|repareert|doet|maakt) u"
    r"|(?:repariert|macht) ihr|(?:reparieren|machen) sie|(?:do|can|could) (?:you|u)(?: guys)?(?: also)? (?:do|fix"
    r"|repair|mend|look at)|reparez[- ]vous|vous reparez|(?:est-ce que )?vous (?:faites|prenez))\b"
)
# That somebody asks for something at all.
ASKS: Final = re.compile(
    r"[?¿]|\b(?:(?:kun|kunt|kunnen|zou|zouden|mag|mogen|willen|wilt|moet|moeten|doen|hebben|zijn|repareren|is"
    r"|kan) (?:u|je|jij|jullie|ik|we|wij|dat|het|er|iemand|die|deze|hij|ze)|(?:konnen|konnt|konnte|konnten"
    r"|konntet|kann|kannst|durfen|darf|wurden|wurde|soll|sollen|sollte|muss|macht|habt|haben|gibt|nehmt"
    r"|repariert|ist|hatte|hatten|hattet) (?:sie|ihr|du|ich|wir|man|es|jemand|das|die|der)|(?:can|could|would"
    r"|may|shall|should|will|do|does|is|are|have) (?:you|i|we|it|there|they|someone|somebody|anyone|anybody|u"
    r"|one|your)|(?:pouvez|pourriez|peux|puis|peut|dois|est|avez|auriez|faites|reparez|serait|acceptez|prenez"
    r"|y a)[- ](?:vous|tu|je|on|ce|il|t-il)|vous (?:pouvez|faites|reparez|prenez|pourriez)|est-ce|graag"
    r"|zou(?:den)? willen|ik (?:vraag|vroeg|wil|zoek|wou)|laat (?:me|mij|maar)|a\.?u\.?b|s\.?v\.?p|bitte"
    r"|mochte\w{0,2}|wurde gern\w?|ich (?:suche|wollte|brauche|frage)|please|pls|i (?:would|need|want|wonder"
    r"|am (?:after|looking for)|was wondering)|i'd (?:like|love|rather)|let me know|je (?:voudrais"
    r"|souhaite\w{0,4}|cherche|veux|desire|me demande)|j'aimerais|merci de|hulp|help|helfen|hilfe|aide[rz]?"
    r"|wat (?:moet|kan)|was tun|que faire|what (?:to|should)|hoe\b|wie (?:kann|mache)|how\b|comment\b)\b"
)
COMPLAINS: Final = re.compile(
    r"\b(?:klacht\w{0,2}|ontevreden|teleurgesteld|reclame|beschwer\w{2,4}|reklam\w{2,7}|unzufrieden"
    r"|enttauscht|complain\w{0,3}|not happy|unhappy|disappointed|expected better|reclamation|mecontent\w{0,2}"
    r"|decue?)\b"
)
SPEAKER: Final = re.compile(
    r"\b(?:ik|'k|wij|we|ich|wir|man|i|we|i'd|i'll|je|j'|on|nous|mij|mich|me|m'n|mijn|mein\w{0,2}|my|mon|ma"
    r"|puis-je|peut-on)\b|\bj'"
)
# Who writes for several people is more often no visitor.
WE: Final = re.compile(r"\b(?:wij|we|ons|onze|wir|uns|unser\w{0,2}|us|our|nous|notre|nos)\b")
