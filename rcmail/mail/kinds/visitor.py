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
    r"|deconnecte|erkennt kein\w{0,2}|silent|muet\w{0,2}|stumm|nur die halfte|greift nicht|stays (?:red|on|off"
    r"|dark|cold|black)|bleibt (?:dunkel|kalt|rot|schwarz|aus|an)|blijft (?:donker|koud|zwart|rood|uit|aan|hangen)"
    r"|reste (?:noire?|froide?|allumee?|eteinte?)|kapot\w{0,2}|stuk(?:gegaan)?|defect\w{0,2}|defekt\w{0,2}"
    r"|kaputt?\w{0,2}|broken?|broke|busted|cass\w{1,3}|foutue?|hs|(?:tomb\w{0,2}|est|en) (?:de nouveau "
    r"|encore )?en panne|panne|doet (?:het|'t|t|niks|niets|raar|vreemd|ie)|werkt niet|nie(?:t|ts)? meer|niks meer"
    r"|nog maar|alleen nog|niet goed|niet warm|geen (?:\w{2,20} ){1,2}meer|geen (?:kik|geluid|beeld|stroom|kracht"
    r"|druk|licht|krimp|water|sjoege)|start niet|stopt (?:steeds|ermee|er)|valt (?:steeds )?uit|slaat (?:af|over"
    r"|door)|gaat (?:steeds )?uit|(?:loopt|zit|zitten) vast|nicht mehr|nur noch|kein\w{0,2} (?:\w{2,20} ){1,2}mehr"
    r"|geht (?:nicht|immer wieder|aus)|funktionier\w{1,3} nicht|spinnt|streikt|ohne funktion|den geist aufgegeben"
    r"|hinuber|verheddert|schaltet sich (?:ab|aus)|won'?t|doesn'?t (?:work|turn|start|go|charge|heat|spin|stay"
    r"|move|close|play|run|switch|print|hold|lock)|does not (?:work|turn|\w{2,9})|isn'?t working|not working"
    r"|no longer|stop(?:ped|s)\b|keeps \w+ing|(?:has|have) died|died|dead|dies|cuts? out|trips|packed (?:up|in)"
    r"|given up|playing up|fails?|failed|faulty|came off|come off|coming off|fell (?:off|apart)"
    r"|n[e'].{1,25}\bplus\b|ne .{1,20} pas\b|charge plus|marche (?:plus|pas)|fonctionne (?:plus|pas)|s'arrete"
    r"|s'eteint|disjoncter?|lek(?:t|ke|ken)?|leckt?|leak(?:s|ing|ed)?|fuit|druppelt|drupt|tropf\w{0,2}|drips?"
    r"|goutte|piept?|piepen|quietsch\w{0,2}|squeaks?|squeaky|squeal\w{0,3}|grince\w{0,2}|kraakt|kraken|knarst"
    r"|rammelt|klappert|rattles?|wiebel\w{0,2}|wackel\w{0,3}|wobbl\w{1,3}|branle\w{0,2}|bancale?|los(?:se|e[nrs]?"
    r"|geraakt|gelaten)?|loose|gescheurd|scheur|gerissen|riss|torn|tear|ripped|dechire\w{0,2}|gebroken|gebrochen"
    r"|zerbrochen|afgebroken|abgebrochen|snapped|cracked|crack|gebarsten|gesprungen|fissure\w{0,2}|fele\w{0,2}"
    r"|brise\w{0,2}|verstopt|verstopft|clogged|blocked|bouche\w{0,2}|versleten|verschlissen|worn|vergaan|perished"
    r"|roest\w{0,3}|rostig|rusty|rouille\w{0,2}|verbrand|verschmort|verbrannt|burn\w{0,3}|brule\w{0,2}|stinkt"
    r"|smells?|smelling|riecht|ruikt|sent (?:le )?bru\w+|rookt?|raucht?|smok\w{1,3}|fume|vonkt?|vonken|funken"
    r"|sparks?|etincelles?|flikkert|flackert|flickers?|clignote|knippert|blinkt|grille|gresille\w{0,2}"
    r"|haper\w{0,2}|klem(?:t|men)|klemmt|stuck|jam(?:s|med)|coince\w{0,2}|bloque\w{0,2}|lekke band|platter?"
    r"|plattfuss|platten|flat tyre|puncture\w{0,2}|creve\w{0,2}|gat(?:en)?|loch|locher|holes?|trous?|motten|moths?"
    r"|heel heet|gloeiend|sehr heiss|uberhitzt|overheat\w{0,3}|chauffe\w{0,2}|surchauffe|wobbel\w{0,2}|stroef"
    r"|schleift|rub(?:s|bing)|frotte|springt|drift\w{0,2}|leeg|leer na|empty after|traag|langsam|slow|tres lent\w?"
    r"|bromt|brummt|hums|ronronne|rafelig|rauscht|crackl\w{1,3}|stil(?:staat)?|steht still|bleibt stehen|stiff"
    r"|surrt|surren|slips|lussen|boucles|schlaufen|loops|leiert|pleure|(?:gains|loses) \w+ minutes|avance de"
    r"|retarde|te langzaam|zu langsam|too slow|ist hin|foutu|ruckelt|ratelt|rattert|spinnt|hin und wieder"
    r"|afgesleten|roussi)\b"
)
# What one wants done.
REPAIR: Final = re.compile(
    r"\b(?:reparer(?:en|bar)\w{0,2}|repareer\w?|gerepareerd|reparabel|reparier\w{1,4}|repariert|(?:you|to|they|u"
    r"|be|get|anyone|somebody|someone|people|can|could|also|still|please) (?:\w+ )?repair\b|repair(?:ed|ing|able"
    r"|s)\b|(?:een|deze|mijn|eine|diese|meine|une|cette|la|a|the) (?:reparatie|reparatur|reparation"
    r"|repair)\b(?!-? ?(?:caf|group|day|event))|iets voor (?:jullie|u)\b|(?:et)?was fur (?:euch|sie)\b"
    r"|ware das was|geht das bei|fall fur (?:euch|sie)|dans vos cordes|(?:sort|kind) of thing|past saving"
    r"|look over|kennt sich|verstand van|quelqu'un (?:pour|qui)|s'y connait|knows? about|refurbish\w{0,3}|fix(?:en"
    r"|t|ed|ing|bar)?|mend(?:s|ed|ing)?|herstel\w{0,5}|(?:te |laten |ge)?maken|gemaakt|nakijken|nagekeken|nazien"
    r"|doormeten|naar (?:te )?kijken|kijken jullie|ernaar kijken|daarnaar|opknappen|op(?:en|nieuw) (?:maken"
    r"|naaien)|red(?:den|baar)|vervangen|vernieuwen|solderen|lijmen|plakken|naaien|stoppen|stop(?:pen)? jullie"
    r"|slijp\w{1,4}|verstellen|innemen|korter maken|inkorten|zomen|schoonmaken|anschauen|ansehen|(?:mal )?(?:rein"
    r"|drauf|nach)(?:schauen|sehen|gucken|zuschauen)|retten|ersetzen|austausch\w{1,3}|wechseln|tausch(?:t|en)"
    r"|lot(?:en|et)|kleb(?:en|t)|leim(?:en|t)|nah(?:en|t)|flick(?:en|t)|stopf(?:en|t)|kurzen|schleif(?:en|t)"
    r"|umnahen|naht .{0,20}um|reinig(?:en|t)|warten|instand\w{0,8}|machbar|look (?:at|into)|have a look"
    r"|take a look|check (?:it|out|over)|put right|replac\w{1,4}|solder\w{0,3}|glue\w{0,2}|sew(?:s|n|ing)?"
    r"|patch\w{0,3}|darn\w{0,3}|sharpen\w{0,3}|shorten\w{0,3}|hem(?:s|med)?|rewire\w{0,2}|salvage\w{0,2}|saved"
    r"|worth (?:repairing|fixing|a visit|it|bringing)|repar(?:er|ez|e|able)\b|depann\w{1,4}|arranger|regarder"
    r"|jeter un (?:oeil|oeil)|remplace\w{0,2}|changer|souder|soudez|recoller|collez|coller|coudre|recoudre|cousez"
    r"|raccommod\w{1,3}|repris\w{1,3}|raccourcir|ourlets?|aiguis\w{1,3}|nettoyer|sauver|refaire|remettre en etat"
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
    r"|reicht das|jemand da|(?:do|does) (?:you|anyone) (?:do|work)|is dat (?:een probleem|goed|ok)|gelijkvloers"
    r"|ebenerdig|plain-pied|one floor|level access|pushchair|al vol|nog plek|noch platz|zijn jullie (?:er|open)"
    r"|seid ihr (?:\w+ )?(?:da|offen)|(?:are|r) (?:you|u) (?:guys )?(?:on|open|there)|u guys on|vous etes la"
    r"|etes-vous (?:la|ouverts)|kost(?:en|et|te)?|gratis|betal\w{1,3}|prijs\w{0,5}|tarie\w{1,3}|pinnen|pin|contant"
    r"|(?:vrijwillige )?bijdrage|fooienpot|geld|kosten\w{0,4}|kostenlos|umsonst|bezahl\w{1,3}|zahl\w{1,3}"
    r"|preis\w{0,4}|spendenbasis|spende|bar(?:geld)?|mit karte|ec-karte|nehmt ihr|verlangt ihr|costs?|free|charge"
    r"|fees?|pay\w{0,3}|price\w{0,6}|donation|cash|by card|cards?|do i owe|cout\w{1,3}|gratuit\w{0,5}|pa(?:yer"
    r"|ie)\w{0,3}|prix|tarifs?|participation|combien|carte|especes|prendre\w{0,2} rendez|rendez-?vous|rdv|wanneer"
    r"|hoe laat|tot hoe laat|vanaf hoe laat|volgende (?:keer|datum|editie|bijeenkomst)|eerstvolgende"
    r"|open(?:ingstijd\w{0,3})?|geopend|dicht|gesloten|deze maand|(?:zijn|zit|weer) (?:jullie|open|er)|afspraak"
    r"|reserveren|tijdslot|inloop|wacht(?:tijd|en|rij)?|in de rij|hoelang|hoe lang|beurt|nummertje|wann"
    r"|um wie ?viel uhr|bis wie ?viel|ab wann|bis wann|nachste[nrs]?(?: mal| termin)?|geoffnet|offnungszeiten"
    r"|offen|termin\w{0,2}|wartezeit|warten|dauert|wie lange|anstehen|when|what time|which (?:day|date|door)"
    r"|next (?:one|session|time|event|date|meeting)|opening|open|appointments?|slots?|queue|wait\w{0,3}|how long"
    r"|this month|quand|a partir de quelle heure|quelle heure|horaires?|prochaine?s?|quelle date|date suivante"
    r"|ouvert\w{0,2}|ouvrez|attend\w{1,3}|attente|file d'attente|duree|delai|\w{0,12}parkeer\w{0,10}"
    r"|\w{0,12}parkplatz|rolstoel\w{0,14}|rollstuhl\w{0,10}|wheelchair|fauteuil roulant|waar (?:is|zit|zijn"
    r"|precies|kan|moet|vind)|adres|parkeer\w{0,10}|parkeren|bus|halte|trein|bereik\w{1,9}|ingang|lift|trap\w{0,4}"
    r"|drempel\w{0,4}|toegankelijk\w{0,4}|toilet|straat|gebouw|verhuisd|wo (?:ist|seid|sind|genau|finde|kann|war)"
    r"|adresse|park\w{1,8}|haltestelle|eingang|aufzug|fahrstuhl|treppe\w{0,2}|stufen|barriere\w{0,6}|gebaude"
    r"|umgezogen|anfahrt|where|address|venue|parking|park|entrance|stairs|steps|lift|elevator|ramp|accessible"
    r"|step-?free|toilets?|moved|bus stop|ou (?:se|est|etes|puis|vous|exactement)|garer|stationn\w{1,6}|ascenseur"
    r"|escaliers?|marches|rampe|accessible|fauteuil|toilettes|demenage|comment (?:vient|venir|on)|hond(?:en)?"
    r"|kind(?:eren)?|kinder|hunde?|dogs?|kids|child(?:ren)?|chiens?|enfants|taart|kuchen|cake|gateaux?|koffie en"
    r"|catering|hoeveel (?:spullen|dingen|apparaten|stuks)|maximum|maximaal|limiet|wie ?viele (?:sachen|gerate"
    r"|dinge)|how many|limit|combien d'objets|plusieurs|garantie|aansprakelijk\w{0,4}|haft\w{1,4}|liab\w{1,5}"
    r"|warranty|gewahrleistung|pieces|spares|parts|onderdelen|ersatzteile|zelf (?:kopen|bestellen|meenemen)"
    r"|selbst (?:kaufen|besorgen)|vorratig|op voorraad|in stock|3d-?(?:print\w{0,5}|druck\w{0,3})|impression 3d"
    r"|aan huis|bij (?:mij|mensen) thuis|thuis komen|nach hause|ins haus|home visits?|a domicile|ophalen|abholen"
    r"|pick (?:it|them) up|collect|leren|lernen|learn\w{0,3}|apprendre|selber|zelf|myself|moi-meme|soi-meme)\b"
)
LOST: Final = re.compile(
    r"\b(?:(?:laten|blijven) (?:liggen|hangen|staan)|vergeten|gevonden|verloren|kwijt(?:geraakt)?"
    r"|liegen (?:lassen|gelassen|geblieben)|(?:hangen|stehen) (?:lassen|gelassen)|vergessen|gefunden"
    r"|liegt (?:die|der|das|sie|er|es) noch|eingesteckt|left (?:my|behind|it|a|something|an)|handed in"
    r"|picked (?:it |up)|ramasse\w{0,2}|aufgehoben|opgeraapt|turned up|forgot|lost|still on the table"
    r"|oublie\w{0,2}|laisse\w{0,2}|retrouve\w{0,2}|trouve\w{0,2})\b"
)
CANCEL: Final = re.compile(
    r"\b(?:(?:kan|kunnen|kom|komen)(?: \w+){0,4} (?:toch )?niet(?: komen)?|afzeggen|afmelden|annuleren|verzetten"
    r"|verhinderd|absagen|kann(?: \w+){0,4} nicht(?: kommen)?|verhindert|verschieben|abmelden|can'?t (?:make|come)"
    r"|cannot (?:make|come)|won'?t be able|unable to (?:make|come)|cancel\w{0,4}|reschedule|postpone"
    r"|ne (?:pourra\w{1,3}|peux|pouvons|viendra\w{1,3})|annul\w{1,3}|empechement|decaler|reporter)\b"
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
    r"\b(?:klacht\w{0,2}|ontevreden|teleurgesteld|reclame|beschwer\w{2,4}|reklam\w{2,7}|unzufrieden|enttauscht"
    r"|complain\w{0,3}|not happy|unhappy|disappointed|expected better|reclamation|mecontent\w{0,2}|decue?)\b"
)
SPEAKER: Final = re.compile(
    r"\b(?:ik|'k|wij|we|ich|wir|man|i|we|i'd|i'll|je|j'|on|nous|mij|mich|me|m'n|mijn|mein\w{0,2}|my|mon|ma"
    r"|puis-je|peut-on)\b|\bj'"
)
# Who writes for several people is more often no visitor.
WE: Final = re.compile(r"\b(?:wij|we|ons|onze|wir|uns|unser\w{0,2}|us|our|nous|notre|nos)\b")
