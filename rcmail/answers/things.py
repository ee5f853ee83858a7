"""What visitors bring, in words of four languages: a “fiets” is a “Fahrrad”, and what a setting calls “Bicycles”.

Each is one thing: words of it, folded, as they begin or, where they are short, with a common ending; ``*``
before one that may end another (German and Dutch compounds) and after one that may go on, ``=`` before a whole
word, ``_`` for a space.
"""

from typing import Final

THINGS: Final = {
    "bicycle": (
        "*fiets *fahrrad =rad *trekkingrad =bike =bikes bicycl cycle velo velos versnelling remblok *schaltung"
        " derailleur =rem =remmen velgrem achterrem *bremse =brake =brakes =frein =freins =ketting =chain =chaine"
        " lekke_band =platten puncture crevaison =wiel lekke bakfiets* roue_voilee"
    ),
    "battery": ("*accu *akku batteries_au_lithium batterie battery *batterij accupack lithium pack_lithium"),
    "e-bike": (
        "e-bike ebike elektrische_fiets elektrofahrrad pedelec velo_electrique velos_electriques"
        " electric_bike elektrofiets trapondersteuning"
    ),
    "scooter": (
        "scootmobiel e-step mijn_step de_step een_step elektrische_step *scooter e-scooter elektroroller"
        " trottinette mobility_scooter scootmobil"
    ),
    "walker": "rollator looprek walker deambulateur gehhilfe gehwagen",
    "toaster": "broodrooster *toaster grille-pain tosti",
    "coffee machine": (
        "koffiemachine koffiezet espresso* *espressomachine senseo volautomaat kaffeemaschine"
        " kaffeevollautomat vollautomat padmaschine coffee_machine coffee_maker cafetiere machine_a_cafe"
        " machine_a_expresso koffieapparaat kaffeeautomat kaffeemuhle koffiemolen nespresso percolateur"
    ),
    "microwave": "*magnetron microgolf* mikrowelle* microwave micro_onde microonde",
    "iron": "*strijkijzer *bugeleisen =iron steam_iron fer_a_repasser centrale_vapeur =fer strijkbout",
    "kettle": "waterkoker wasserkocher kettle bouilloire",
    "mixer": (
        "*mixer *blender *ruhrer handmixer food_processor batteur keukenmachine kuchenmaschine"
        " robot_de_cuisine smoothie staafmixer stabmixer"
    ),
    "bread machine": "broodbakmachine brotbackautomat brotbackmaschine bread_machine bread_maker machine_a_pain",
    "fryer": "frituur* *frietpan fritteuse* deep_fryer fryer friteuse airfryer",
    "oven": (
        "=oven *backofen =ofen mini-oven four_electrique mini-four mon_four le_four un_four notre_four du_four"
        " au_four"
    ),
    "vacuum cleaner": "*stofzuiger* *staubsauger* vacuum hoover aspirateur* kruimeldief",
    "sewing machine": "*naaimachine* *nahmaschine* sewing_machine machine_a_coudre lockmachine overlock serger",
    "zip": (
        "*rits *ritssluiting reissverschluss* zipper =zip =zips fermeture_eclair fermetures_eclair"
        " fermeture_de_mon fermeture_de_ma fermeture_du_sac"
    ),
    "clothes": (
        "*broek *broeken *jas =jurk =rok =rokken kleding trui *hose *jeans *jacke *kleid mantel"
        " pullover kleidung trousers pants jacket coat dress skirt sweater clothes pantalon manteau robe"
        " jupe veste vetement* pull zoom =zomen omzomen saum hemming ourlet pulli* spijkerbroek* overhemd"
        " hemd* bloes* bluse* shirt* chemise* pull_over"
    ),
    "clock": (
        "*klok *klokken *klokje =uhr =uhren *standuhr *wanduhr *armbanduhr *kuckucksuhr *taschenuhr *wecker"
        " wekker* pendule* regulator wandregulator clock* =watch =watches wristwatch reveil montre* coucou"
        " uhrmacher uhrenmann uhrenfachmann *horloge"
    ),
    "lamp": (
        "*lamp *lampen *lampje *lampe *leuchte lampadaire =light =lights zaklamp =torch torches taschenlampe"
    ),
    "radio": (
        "*radio *radios *versterker *verstarker amplifier ampli amplificateur *speaker *lautsprecher"
        " luidspreker* bluetooth* box_bluetooth enceinte haut-parleur hoofdtelefoon koptelefoon kopfhorer"
        " headphone* casque_audio cassette* kassette* tapedeck autoradio wekkerradio"
    ),
    "record player": (
        "platenspeler *plattenspieler turntable_player record_player tourne-disque platine pick-up"
        " platenwisselaar schallplatten lp-speler"
    ),
    "television": ("televisie* =tv *fernseher television televiseur beeldbuis tele poste_de_tele"),
    "computer": "*computer *laptop notebook ordinateur =pc tablet ipad",
    "phone": (
        "telefoon* *handy smartphone* mobiele_telefoon mobiltelefon mobile_phone =phone =phones telephone"
        " mon_portable le_portable un_portable son_portable notre_portable touchscreen ecran_de_telephone"
        " iphone handydisplay"
    ),
    "printer": "=printer =printers inktprinter drucker tintenstrahl* imprimante*",
    "3d print": (
        "3d 3-d 3d-print* print_such print_a_part printing_parts 3d-druck* impression_3d imprimer *geprint"
        " uitprinten ersatzteile_drucken nachdrucken ausdrucken sowas_drucken teile_drucken teil_drucken"
        " onderdeel_printen reimprimer"
    ),
    "toy": (
        "*speelgoed *spielzeug* toy jouet* de_pop een_pop deze_pop haar_pop zijn_pop mijn_pop =poppen *knuffel*"
        " kuscheltier* puppe* doll teddy* peluche poupee treintje telecommandee *eisenbahn"
    ),
    "chair": (
        "=stoel =stoelen keukenstoel* eetkamerstoel* schommelstoel* bureaustoel* tuinstoel* =stuhl =stuhle"
        " esszimmerstuhl* kuchenstuhl* burostuhl* gartenstuhl* chair chaise* =kruk *hocker stool tabouret"
    ),
    "furniture": (
        "*meubel* *mobel *tafeltje ladekast *kastje schrank* kommode* furniture cupboard drawer* meuble*"
        " tiroir* armoire* schublade* *esstisch eettafel* table_a_manger"
    ),
    "knife": (
        "*messen =mes =messer taschenmesser =scharen *schaar *schere knife knives scissors"
        " couteau* ciseaux slijpen schleifen sharpen* aiguis* affut*"
    ),
    "hearing aid": (
        "*hoorapparaat *hoorapparaten gehoor* hoortoestel* horgerat* hearing_aid* appareil_auditif"
        " appareils_auditifs prothese_auditive aide_auditive"
    ),
    "mower": "grasmaaier* *rasenmaher* lawn_mower lawnmower mower tondeuse",
    "petrol engine": "kettingzaag kettensage* benzin* petrol chainsaw essence tronconneuse",
    "hair dryer": "*fohn haardroger hair_dryer hairdryer seche-cheveux blow-dryer fohnkap",
    "shaver": "scheerapparaat *rasierer* rasierapparat* shaver razor rasoir trimmer tondeuse_a_barbe barttrimmer",
    "fridge": (
        "koelkast* vriezer* kuhlschrank* gefrier* fridge freezer refrigerator refrigerateur frigo congelateur"
    ),
    "washing machine": (
        "wasmachine* wasdroger =droger waschmaschine* trockner* spulmaschine* vaatwas* washing_machine"
        " dishwasher tumble_dryer lave-linge lave-vaisselle seche-linge machine_a_laver"
    ),
    "music instrument": (
        "*instrument gitaar* gitarre* guitar* akkordeon* accordeon* accordion* piano* klavier* viool* geige*"
        " violin* violon* trompet* fluit* flote* =flute =flutes keyboard"
    ),
    "umbrella": "paraplu* *regenschirm* =schirm umbrella*",
    "shoes": (
        "schoen* wandelschoen* sportschoen* schuh* wanderschuh* turnschuh* =shoe shoes =boots laarzen"
        " stiefel chaussure* bottes"
    ),
    "bag": (
        "*tas =tassen rugzak* rucksack* *koffer backpack* =bag =bags handtasche* suitcase* sac_a_dos"
        " valise* =tent zelt* tente*"
    ),
    "camera": "*camera *kamera appareil_photo fototoestel",
    "glasses": "*bril *brille spectacles eyeglasses lunettes",
    "jewellery": "sieraad* sieraden halsketting* schmuck* halskette* jewel* necklace bijou* collier",
    "ceramics": (
        "servies* =vaas porselein* keramiek geschirr* vase* porzellan* keramik bone_china ceramic* porcelaine"
        " ceramique vaisselle kopje theepot teapot =cup kanne =tasse teekanne theiere aardewerk"
    ),
    "tool": "boormachine* bohrmaschine* *bohrer =drill schuurmachine schleifmaschine perceuse* ponceuse",
    "heater": "kachel* heizlufter* heizung* heater* radiateur* chauffage*",
    "fan": "ventilator* ventilateur* =fan",
    "console": (
        "*spelcomputer spielkonsole* konsole* game_console controller* manette* playstation nintendo xbox"
        " joystick gamepad jeu_video game_controller"
    ),
    "sewing": "naaihoek* =naaien naaiwerk* nahecke* =nahen *textil *textiel sewing couture",
    "navigation": "=gps navigatie* navi navigationsgerat*",
}
PARTS: Final = {"sewing": frozenset(("sewing machine", "clothes", "zip"))}
"""Of what is offered by one word: what else is offered with it."""
KINDS: Final = {
    "electrical": (
        "electrical electric =electrics elektrisch* elektro* electrique electromenager household_appliance"
        " kitchen_appliance huishoudelijke_apparaten keukenapparaten haushaltsgerate kuchengerate"
        " appareils_menagers"
    ),
    "computing": "computing informati* edv",
    "audio": "audio hifi hi-fi",
    "wood": "=holz holzarbeit* holzwerk* =hout houtwerk* houtbewerking =wood woodwork* menuiserie =bois",
}
"""Words for a whole kind, as an offering has them."""
OF_A_KIND: Final = {
    "electrical": frozenset((
        "toaster", "coffee machine", "iron", "kettle", "mixer", "bread machine", "fryer", "vacuum cleaner", "lamp",
        "radio", "record player", "hair dryer", "shaver", "tool", "heater", "fan",
    )),
    "computing": frozenset(("computer",)),
    "audio": frozenset(("radio", "record player")),
    "wood": frozenset(("furniture", "chair")),
}  # fmt: skip
"""What most people mean by it; what is big or dangerous is asked about."""
GENERAL: Final = frozenset(("clothes", "bag", "furniture", "sewing"))
"""What is only told beside something that says more: the coat of a zip."""
PROCESSES: Final = frozenset(("3d print",))
"""What is asked for whatever thing it is for."""
CARRIED: Final = {"zip": frozenset(("clothes", "bag", "shoes"))}
"""What one thing is a part of: it comes with it."""
PARTS_OF_THINGS: Final = frozenset(("battery",))
"""What is part of many things, and each time another."""
