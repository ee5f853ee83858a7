"""What visitors ask beside “do you repair it”, in words of four languages.

Of each: the words it is asked in, then the words that an answer has beside those; written as in ``things``.
"""

from typing import Final

MATTERS: Final = {
    # What settings answer.
    "date": (
        (
            "wanneer welke_dag volgende_keer volgende_bijeenkomst eerstvolgende welke_zaterdag =wann"
            " welcher_tag nachste_mal nachsten_mal nachste_termin nachster_termin nachsten_termin nachstes_mal"
            " der_nachste when_is when's when_are when_do when_will when_does when_can when_next which_day"
            " next_one next_event next_time next_date next_repair what_day what_date quand prochaine_fois"
            " prochain_rendez prochain_repair prochaine_date prochaine_seance quelle_date quel_jour"
            " welcher_samstag which_saturday quel_samedi welke_data de_data alle_data volgende_data"
            " welke_dagen welke_datum welche_tage welchen_tagen welchem_tag what_days which_days what_dates"
            " which_dates when_could_i_come when_should_i_come quels_jours quelles_dates"
        ),
        "",
    ),
    "time": (
        (
            "hoe_laat openingstijd* welke_tijd tot_wanneer wie_spat um_wie_viel_uhr bis_wie_viel_uhr wieviel_uhr"
            " um_wieviel offnungszeit* ab_wann bis_wann von_wann uhrzeit what_time which_time opening_hour*"
            " opening_times until_when how_late how_long_are_you_open hours_are quelle_heure horaire*"
            " jusqu’a_quand jusqu’a_quelle a_partir_de_quelle openingsuren hoelaat welke_uren wie_lange_habt_ihr"
            " wie_lange_haben_sie what_hours which_hours your_hours opening_time heures_d’ouverture quelles_heures"
        ),
        "",
    ),
    "last entry": (
        (
            "uiterlijk_binnen uiterlijk_komen laatste_keer_binnen te_laat nog_binnenlopen spatestens_kommen"
            " spatestens_da last_entry at_the_latest too_late late_can derniere_entree trop_tard"
            " letzter_einlass =einlass annahmeschluss bis_wann er_uiterlijk moet_uiterlijk uiterlijk_zijn"
            " muss_ich_spatestens spatestens_dort latest_i_can latest_time tot_hoe_laat tot_wanneer until_when"
            " au_plus_tard bis_wie_viel_uhr jusqu'a_quelle_heure"
        ),
        (
            "binnenkomen_kan tot_kwart einlass in_by let_people_in entree_jusqu annahme*"
            " uur_binnenlopen uur_binnenkomen uur_naar_binnen uur_nemen_we uur_nemen_wij uur_terecht"
            " uhr_nehmen_wir last_admission items_until things_until acceptons_jusqu"
        ),
    ),
    "place": (
        (
            "waar_zit waar_zijn waar_is waar_vind* adres* welk_gebouw =wo_ist =wo_seid wo_findet =wo_sind"
            " welchem_ort wo_genau where_are where_is where_do address* location venue ou_est ou_etes"
            " ou_se ou_avez ou_a_lieu quel_endroit verhuisd umgezogen moved demenage zit_u_daar zitten_jullie"
            " hoe_kom_ik how_to_get get_to_you wie_komme_ich comment_venir zit_ge and_where en_waar und_wo et_ou"
            " locatie waar_ergens waar_precies waar_moet_ik_zijn waar_moet_ik_heen waar_moeten_we_zijn"
            " waar_houden waar_jullie_zitten waar_jullie_zijn hoe_vind_ik_jullie hoe_vind_ik_u hoe_vinden_we"
            " welke_zaal welk_lokaal welke_ruimte welke_straat welke_kerk welke_school wo_trefft wo_treffen"
            " wo_befindet wo_finde_ich_euch wo_finde_ich_sie wie_finde_ich_euch wie_finde_ich_sie"
            " wie_finde_ich_hin wohin_muss wo_muss_ich_hin anfahrt anschrift veranstaltungsort welche_halle"
            " welcher_halle welchem_raum welchem_saal welchem_gebaude welcher_strasse welcher_kirche"
            " welcher_schule whereabouts where_exactly where_does_it_take where_should_i_come where_should_i_go"
            " how_do_i_find_you how_do_we_find_you how_can_i_find_you how_do_i_get_there how_do_i_get_to"
            " how_can_i_get_to which_hall which_building what_building which_room which_street which_church"
            " which_school quelle_salle quel_batiment quel_local quelle_rue quelle_ecole quelle_eglise"
            " comment_vous_trouver comment_y_aller comment_se_rendre ou_vous_trouver ou_vous_trouvez"
            " ou_puis-je_vous ou_peut-on_vous ou_dois-je_venir ou_faut-il_venir quel_lieu"
        ),
        "",
    ),
    "costs": (
        (
            "kost =kostet prijs* prijzen betalen betaal hoeveel_geld is_het_gratis tarief* vergoeding *kosten"
            " preis* bezahlen gebuhr* was_nehmt was_nehmen umsonst costs cost price* you_charge a_charge"
            " any_charge the_charges how_much =pay fee really_free is_it_free for_free coute* cout prix tarif*"
            " payer gratuit* combien_ca combien_cela combien_pour combien_demandez combien_est combien_faut"
            " combien_vous combien_dois rekenen_jullie berekenen voor_niks helemaal_gratis wat_vragen_jullie"
            " wat_vraagt_u rekent_u =gratis wie_teuer was_verlangt was_verlangen was_berechnet muss_ich_zahlen"
            " zahle_ich zahlen_wir set_me_back set_us_back how_expensive =payant =payante des_frais c’est_combien"
            " combien_prenez"
        ),
        (
            "gratis niets_kost bijdrage spaarpot donatie vrijwillige kostprijs nichts spende* ehrenamtlich"
            " selbstkosten* donation* =free jar gift* tirelire benevole* don prix_coutant euro =eur"
        ),
    ),
    "card": (
        (
            "pinnen =pin pinpas contactloos karte_zahlen kartenzahlung ec-karte mit_karte card_payment by_card"
            " take_cards pay_by contactless carte_bancaire par_carte =qr qr-code tikkie"
        ),
        "contant cash bar especes qr",
    ),
    "appointment": (
        (
            "afspraak afspraken aanmelding inschrijven inschrijving inschrijfformulier termin_vereinbaren"
            " einen_termin termin_machen brauche_ich_einen *anmeldung reservieren *anmelden a_termin appointment*"
            " book booking =slot register registration reservation* reserve rendez_vous inscription* inscrire"
            " intekenen tijdslot* voranmeld* termin_ausmachen termin_buchen sign_up preinscription* =rdv"
        ),
        (
            "nummertje nummer_ziehen =nummer vorbeikommen take_a_number =number numero binnenlopen ein_termin"
            " kein_termin ohne_termin formulier"
        ),
    ),
    # What only history or the house facts answer.
    "cancelling": (
        (
            "absagen abmelden afmelden afzeggen cancel annuler verhinderd verhindert in_mijn_plaats"
            " an_meiner_stelle a_ma_place instead_of_me in_my_place statt_mir toch_niet_komen doch_nicht"
            " kan_niet_komen"
        ),
        "",
    ),
    "parking": (
        (
            "park parken* *parkeren *parkplatz* parkeerplaats* parkier* parking* stationn*"
            " garer met_de_auto mit_dem_auto by_car en_voiture"
        ),
        "parkeerterrein laden_en_lossen",
    ),
    "access": (
        (
            "*rolstoel drempel* toegankelijk* *gelijkvloers =trap trappen =lift treden rollstuhl* barrierefrei*"
            " treppe* stufe* aufzug ebenerdig wheelchair* accessib* =step =steps stairs =ramp elevator"
            " fauteuil_roulant marches une_marche sans_marche escalier* ascenseur rampe plain-pied invaliden*"
            " behinderten* goed_in_komen bequilles krukken krucken crutches"
        ),
        "schuifdeuren automatikturen automatic_doors hellingbaan level_entrance portes_automatiques",
    ),
    "toilet": (
        "*toilet =wc lavatory restroom",
        "",
    ),
    "transport": (
        (
            "=bus =bussen *bushalte *haltestelle buslinie openbaar_vervoer treinstation bahnhof bus_stop"
            " public_transport railway train_station transport_en_commun arret_de_bus gare stalling"
        ),
        "",
    ),
    "leaving": (
        (
            "afgeven brengen_en_ophalen weer_ophalen later_ophalen later_weer achterlaten neerzetten"
            " laten_staan abgeben dalassen stehen_lassen stehenlassen spater_abholen wieder_abholen dort_lassen"
            " leave_it leave_my drop_off drop_it drop_my =drop pick_it_up collect_it pick_up_later deposer laisser"
            " recuperer_plus recuperer_apres brengen_dan vast_brengen"
        ),
        "opslag lager storage store dropping_off stockage halen_kan bewaart",
    ),
    "limit": (
        (
            "hoeveel_spullen hoeveel_dingen hoeveel_apparaten hoeveel_stuks maximum maximaal wieviele_gerate"
            " wie_viele_sachen wie_viele_teile drei_teile two_items three_items how_many_items how_many_things"
            " combien_d'objets plusieurs_objets beide_mitbringen =allebei all_three per_persoon de_max =max"
            " =limiet =limit pro_person mehrere_gerate mehrere_sachen auf_einmal several_things"
            " plusieurs_appareils plusieurs_choses meerdere_dingen meerdere_apparaten twee_dingen twee_spullen"
            " twee_apparaten zwei_sachen zwei_dinge zwei_gerate two_things two_appliances deux_objets deux_choses"
            " deux_appareils"
        ),
        ("per_keer obergrenze per_person per_visit par_personne par_visite"),
    ),
    "waiting": (
        (
            "hoe_lang wachttijd* wachten wie_lange wartezeit* how_long waiting_time =wait combien_de_temps"
            " attente duurt dauert"
        ),
        "minuten drie_kwartier stunde minutes heure",
    ),
    "parts": (
        (
            "onderdeel onderdelen ersatzteil* spare_part* =part =parts piece_de_rechange des_pieces les_pieces"
            " vos_pieces pieces_detachees zelf_kopen selbst_kaufen selbst_besorgen acheter buy"
        ),
        "kostprijs selbstkosten* at_cost prix_coutant",
    ),
    "bringing": (
        (
            "meenemen neem_ik meebrengen mitbringen mitnehmen what_to_bring should_i_bring"
            " bring_along apporter transport beachten voorbereiden vorbereiten prepare"
        ),
        "neem_mee breng bring apportez abnehmen leeren lege leer",
    ),
    "lost": (
        (
            "laten_liggen verloren gevonden vergeten_bij vergessen liegen_lassen liegengelassen liegen_gelassen"
            " gefunden lost_my lost_a left_behind left_a left_an left_my found_my anyone_found been_found"
            " lost_property oublie perdu retrouve objets_trouves hangen_lassen laten_hangen ligt_nog_bij"
            " heeft_hem_gezien heeft_ze_gezien liegt_noch reste_chez_vous laisse_chez"
        ),
        "gevonden_voorwerpen fundsache* fundburo lost_property objets_trouves lost_and_found",
    ),
    "pets": (
        (
            "=hond =honden hondje huisdier* =kat =hund =hunde haustier* =dog =dogs =pet =pets =chien =chiens"
            " animaux animal assistentiehond"
        ),
        "",
    ),
    "children": (
        "het_kind een_kind mijn_kind ons_kind klein_kind mein_kind ein_kind das_kind unser_kind kinder* =children"
        " =kids =child enfant* =zoon =dochter mein_sohn meine_tochter kleinzoon kleindochter kleinkind* neefje"
        " nichtje meinen_enkel mein_enkel unser_enkel unseren_enkel enkelin enkelkind* enkelsohn enkeltochter"
        " grandson granddaughter grandchild* my_son my_daughter petit-fils"
        " petite-fille mon_fils ma_fille",
        "",
    ),
    "catering": (
        ("=taart koffie_en gebak =kuchen =cake gluten* gateau restauration vegan*"),
        "",
    ),
    "drinks": (
        (
            "er_koffie koffie_te koffie_bij is_er_thee iets_te_drinken es_kaffee kaffee_bei"
            " etwas_zu_trinken was_zu_trinken any_coffee there_coffee get_coffee something_to_drink refreshments"
            " cup_of_coffee cup_of_tea du_cafe a_boire"
        ),
        (
            "koffie_thee koffiehoek kaffee_tee kaffeeecke kaffee-ecke coffee_tea tea_and_coffee coffee_and_tea"
            " coffee_corner cafe_the coin_cafe"
        ),
    ),
    "hearing": (
        (
            "ringleiding inductielus hoorlus induktions* horschleife induction_loop hearing_loop"
            " boucle_magnetique boucle_a_induction slechthorend gebarentaal gebardensprache sign_language"
        ),
        "",
    ),
    "guarantee": (
        (
            "garantie* guarantee warranty gewahr aansprakelijk* haftung liability mijn_rechten haftet haften"
            " haftbar liable who_is_responsible qui_est_responsable responsabilite noch_mehr_kaputt beschadig*"
            " verzekerd versichert assurance_si eigen_risico"
        ),
        "",
    ),
    "home": (
        (
            "aan_huis thuis_komen bij_mij_thuis nach_hause hausbesuch* zu_mir at_home home_visit come_to_my"
            " a_domicile ophalen_bij abholen_bei mensen_thuis komen_jullie_thuis bij_ons_thuis"
            " kommen_sie_zu kommt_ihr_zu pop_round come_round to_my_flat to_my_house chez_moi chez_les_gens"
        ),
        "",
    ),
    "giving": (
        (
            "doneren weggeven wegdoen schenken spenden_gerat donate give_away donner_un faire_don inleveren"
            " kringloop entsorgen recycl*"
        ),
        "",
    ),
    "learning": (
        ("zelf_leren cursus workshop* kurs lernen learn* show_me apprendre cours leren_hoe wil_leren meehelpen"),
        "",
    ),
    "language": (
        (
            "engels duits frans deutsch_sprechen sprechen_sie spricht_jemand englisch franzosisch speak_english"
            " speak_german speaks parlez parle_francais niederlandisch"
        ),
        "",
    ),
    "again": (
        (
            "weer_kapot weer_stuk opnieuw_kapot =alweer schon_wieder wieder_kaputt wieder_defekt again_already"
            " already_again broken_again stopped_again de_nouveau a_nouveau retombe* hetzelfde_euvel"
        ),
        "terug_komen kom_gerust_terug come_back kommen_sie_wieder revenez",
    ),
}
FREE: Final = "gratis kosteloos kostenlos kostenfrei umsonst =free gratuit* no_charge nothing"
"""Of an answer on costs the words that matter most."""
