"""Which past sentences answer which question."""

from collections.abc import Sequence

import pytest

from rcmail.drafting.checks import check
from rcmail.drafting.compose import compose
from rcmail.drafting.proposal import Proposal, Source
from rcmail.drafting.question import Question
from rcmail.drafting.sentences import sentences
from rcmail.drafting.today import Today
from tests.drafting.room import asked, facts, source

LINES = "de: Annahmeschluss ist um 15.45 Uhr.\nen: Last admission is at 3.45 pm."


def says(line: str, text: str) -> bool:
    """Whether it is there; German goes on in small letters after the comma of a greeting."""
    return line.casefold() in text.casefold()


def made(text: str, before: Sequence[Source], language: str, **settings: str) -> Proposal:
    return compose(asked(text, language), before, facts(**settings))


def gaps(proposal: Proposal) -> int:
    return sum(each.kind == "unanswered" for each in proposal.warnings)


ORDERS = [
    ("nl", "De dynamo is binnengekomen, hij kost 9 euro."),
    ("nl", "Uw lamp ligt hier voor u klaar."),
    ("nl", "We hebben u voor elf uur ingeschreven."),
    ("nl", "U staat op de lijst voor de naaihoek."),
    ("de", "Das Netzteil ist angekommen."),
    ("de", "Die Sicherung liegt an der Theke bereit, sie kostet 2 €."),
    ("de", "Wir haben Sie für elf Uhr eingetragen."),
    ("de", "Du stehst schon auf der Liste."),
    ("en", "Your zip has arrived and costs £4."),
    ("en", "The clock is ready for collection."),
    ("en", "We've put you down for eleven."),
    ("en", "You’re on the list for Joke."),
    ("fr", "Le moteur est arrivé, il coûte 12 €."),
    ("fr", "Votre lampe vous attend."),
    ("fr", "Nous vous avons inscrite pour onze heures."),
]


@pytest.mark.parametrize(("language", "said"), ORDERS)
def test_what_became_of_one_visitors_order_is_never_said_again(language: str, said: str) -> None:
    assert sentences(source("?", said, language), Today(facts())) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Als het onderdeel binnengekomen is, komt u ermee terug."),
        ("nl", "Er ligt gereedschap klaar voor iedereen."),
        ("de", "Sobald das Ersatzteil angekommen ist, kommen Sie wieder."),
        ("de", "Nähmaschinen müssen vorher angemeldet werden."),
        ("en", "Once the part has arrived, come back with it."),
        ("en", "The kettle is always ready, and coffee is free."),
        ("fr", "Quand la pièce est arrivée, revenez avec elle."),
    ],
)
def test_what_is_so_for_everybody_is_no_order(language: str, said: str) -> None:
    assert sentences(source("?", said, language), Today(facts())) == [said]


def test_of_an_answer_with_somebodys_place_the_amount_goes_and_the_advice_stays() -> None:
    said = "Sie stehen auf unserer Liste. Das macht 3 Euro. Bringen Sie bitte das Pedal mit."
    assert sentences(source("?", said, "de"), Today(facts())) == ["Bringen Sie bitte das Pedal mit."]


UNTIL_WHEN = [
    ("de", "Bis wann muss ich spätestens kommen, damit mein Toaster noch drankommt?", "Toaster"),
    ("en", "Until when can I come in with my toaster?", "toaster"),
]


@pytest.mark.parametrize(("language", "question", "thing"), UNTIL_WHEN)
def test_until_when_one_may_come_with_a_thing_is_answered_by_the_hour_alone(
    language: str, question: str, thing: str
) -> None:
    hint = {"de": "Den Toaster bitte leeren.", "en": "Please empty the toaster."}[language]
    before = source({"de": "Mein Toaster klemmt.", "en": "My toaster sticks."}[language], hint, language)
    text = made(question, [before], language, house_facts=LINES).text
    assert says("45", text)
    assert not says(hint, text)


def test_how_many_is_no_answer_to_whether_it_is_repaired() -> None:
    before = source("Mag ik twee dingen meenemen, een strijkijzer en een broodrooster?", "Eén ding graag.", "nl")
    both = [before, source("Mijn strijkijzer lekt.", "Een strijkijzer lekt vaak door kalk.", "nl", message=2)]
    text = made("Mijn strijkijzer lekt. Kunnen jullie dat maken?", both, "nl").text
    assert says("kalk", text)
    assert not says("Eén ding", text)


def test_what_was_answered_to_a_past_visitors_other_question_is_not_said() -> None:
    before = source(
        "Unser Bügeleisen tropft, können Sie es reparieren? Wir sind Studenten aus Enschede, ist das erlaubt?",
        "Studenten sind uns immer willkommen. Bügeleisen bitte leer mitbringen.",
        "de",
    )
    text = made("Mein Bügeleisen tropft. Können Sie es reparieren?", [before], "de").text
    assert says("leer mitbringen", text)
    assert not says("Studenten", text)


def test_a_thing_that_was_lost_is_not_one_to_be_repaired() -> None:
    before = [
        source("Mein Fahrrad quietscht.", "Fahrräder ölen wir gern.", "de"),
        source("Mein Mixer steht still.", "Beim Mixer ist es oft die Kupplung.", "de", message=2),
    ]
    text = "Mein Mixer steht still. Reparieren Sie ihn? Ich habe meinen Fahrradhelm liegen lassen. Ist er da?"
    done = made(text, before, "de")
    assert says("Kupplung", done.text)
    assert not says("ölen", done.text)
    assert gaps(done) == 1


def test_an_indicator_light_is_no_lamp() -> None:
    before = source("Mijn lamp flikkert.", "Een lamp flikkert door een los contact.", "nl")
    done = made("Mijn waterkoker wordt niet warm, het lampje brandt wel. Maken jullie die?", [before], "nl")
    assert not says("contact", done.text)


def test_sentences_of_one_answer_stand_as_they_were_written() -> None:
    before = source(
        "Can I donate a broken radio?",
        "A radio is kindly meant, but we take nothing. Take it to the recycling yard.",
    )
    text = made("We have an old radio. May we donate it?", [before], "en").text
    assert text.find("kindly") < text.find("recycling")


def test_what_a_house_fact_says_goes_first_and_is_not_said_twice() -> None:
    before = source(
        "Schleifen Sie Messer?", "Messer schleift Herr Lohmann nur vormittags. Bitte in ein Tuch wickeln.", "de"
    )
    line = "Messer werden nur vormittags geschliffen, von Herrn Lohmann."
    text = made("Schleifen Sie Messer?", [before], "de", house_facts=f"de: {line}").text
    assert f"{line} Bitte in ein Tuch wickeln." in text
    assert not says("schleift Herr", text)


SEVERAL = [
    ("nl", "Mag ik allebei meenemen, een mixer en een waterkoker?", "Dat doen we"),
    ("de", "Darf ich zwei Geräte mitbringen, einen Mixer und einen Wasserkocher?", "Das machen wir"),
    ("en", "Could I bring both a kettle and an iron?", "We do that"),
    ("en", "May I take along a second lamp?", "We do that"),
    ("fr", "Puis-je apporter plusieurs appareils : une bouilloire et un fer à repasser ?", "Nous faisons cela"),
]
ELSE = [
    ("nl", "Mijn lamp is door de bliksem stuk. Kunt u een verklaring voor de verzekering schrijven?"),
    ("nl", "Kunnen jullie mijn stofzuiger ophalen?"),
    ("de", "Können Sie mir einen Mixer leihen?"),
    ("de", "Kommen Sie für meine Lampe auch zu mir nach Hause?"),
    ("en", "Can you order a new belt for my vacuum cleaner?"),
    ("en", "Could you write down what is wrong with my microwave?"),
    ("fr", "Pouvez-vous m'envoyer un aspirateur ?"),
    ("fr", "Puis-je emprunter une bouilloire ?"),
]
WHETHER = [
    ("nl", "Kunnen jullie mijn lamp repareren?", "Dat doen we"),
    ("nl", "Mag ik met mijn waterkoker langskomen?", "Dat doen we"),
    ("de", "Mein Mixer steht. Könnt ihr helfen?", "Das machen wir"),
    ("de", "Kann man bei Ihnen eine Lampe löten?", "Das machen wir"),
    ("en", "My kettle does not boil. Can you replace the switch?", "We do that"),
    ("en", "Could I bring my iron?", "We do that"),
    ("fr", "Ma bouilloire est en panne, pouvez-vous la réparer ?", "Nous faisons cela"),
    ("fr", "Puis-je apporter une lampe ?", "Nous faisons cela"),
]
REFUSED = ("Dat doen we helaas niet", "Das machen wir leider nicht", "afraid we do not", "ne faisons pas cela")
DONE = ("Dat doen we:", "Das machen wir:", "We do that:", "Nous faisons cela :")


@pytest.mark.parametrize(("language", "question", "line"), SEVERAL)
def test_whether_one_may_bring_more_than_one_is_not_answered_by_we_do_that(
    language: str, question: str, line: str
) -> None:
    done = made(question, [], language, event_offerings="Electrical appliances")
    assert not says(line, done.text)
    assert gaps(done) == 1


@pytest.mark.parametrize(("language", "question"), ELSE)
def test_what_else_is_asked_of_a_thing_is_answered_neither_by_yes_nor_by_no(language: str, question: str) -> None:
    done = made(question, [], language, event_offerings="Electrical appliances")
    assert not [each for each in (*REFUSED, *DONE) if says(each, done.text)]
    assert gaps(done) == 1


@pytest.mark.parametrize(("language", "question", "line"), WHETHER)
def test_whether_a_thing_is_repaired_is_answered_by_what_is_offered(
    language: str, question: str, line: str
) -> None:
    done = made(question, [], language, event_offerings="Electrical appliances")
    assert says(line, done.text)
    assert gaps(done) == 0


@pytest.mark.parametrize(
    ("item", "question", "language", "is_no"),
    [
        ("Röhrenfernseher", "Repariert ihr Fernseher?", "de", False),
        ("Röhrenfernseher", "Repariert ihr Röhrenfernseher?", "de", True),
        ("Tube televisions", "Do you repair televisions?", "en", False),
        ("Tube televisions", "Do you repair a CRT television?", "en", True),
        ("Einbaubacköfen", "Réparez-vous un four ?", "fr", False),
        ("Televisies", "Repareren jullie beeldbuistelevisies?", "nl", True),
    ],
)
def test_one_kind_that_is_not_repaired_does_not_refuse_the_others(
    item: str, question: str, language: str, *, is_no: bool
) -> None:
    text = made(question, [], language, event_offerings="Televisions, Ovens", not_repaired=item).text
    assert any(says(each, text) for each in REFUSED) == is_no
    assert not [each for each in DONE if says(each, text)]


def test_how_many_one_may_bring_is_answered_without_naming_the_things() -> None:
    line = "nl: Eén voorwerp per persoon."
    done = made("Mag ik twee dingen meenemen, een strijkijzer en een leeslamp?", [], "nl", house_facts=line)
    assert done.warnings == []


FOLLOWING = [
    ("nl", "Kan ik mijn messen laten slijpen? Zo ja, hoeveel?", "Hoogstens vier messen per persoon."),
    ("de", "Schleift ihr Messer? Falls ja, wie viele darf ich bringen?", "Höchstens vier Messer pro Person."),
    ("en", "Do you sharpen knives? If so, how many may I bring?", "Four knives per person at most."),
    ("fr", "Aiguisez-vous les couteaux ? Si oui, combien puis-je en apporter ?", "Quatre couteaux par personne."),
]
SAMPLES = {"nl": "Slijpen jullie messen?", "de": "Schleift ihr Messer?", "en": "Do you sharpen knives?"}
SAMPLES["fr"] = "Aiguisez-vous les couteaux ?"


@pytest.mark.parametrize(("language", "question", "said"), FOLLOWING)
def test_what_asks_on_belongs_to_the_question_before_it(language: str, question: str, said: str) -> None:
    done = made(question, [source(SAMPLES[language], said, language)], language)
    assert says(said, done.text)
    assert gaps(done) == 0


OTHERS_CHILDREN = [
    ("nl", "Mag mijn kleindochter mee?", "Mag mijn kind mee?", "Kinderen zijn welkom."),
    ("de", "Darf ich meinen Enkel mitbringen?", "Dürfen Kinder mit?", "Kinder sind willkommen."),
    ("en", "May I bring my grandson?", "May children come?", "Children are welcome."),
    ("fr", "Puis-je venir avec ma petite-fille ?", "Les enfants sont admis ?", "Les enfants sont bienvenus."),
    ("nl", "Is er koffie bij jullie?", "Kun je iets te drinken krijgen?", "In de koffiehoek is er thee."),
    ("de", "Gibt es Kaffee bei euch?", "Gibt es etwas zu trinken?", "In der Kaffee-Ecke gibt es Tee."),
    ("en", "Is there any coffee?", "Can one get something to drink?", "The coffee corner has tea."),
    ("de", "Wer haftet für Schäden?", "Wie ist es mit der Haftung?", "Eine Garantie geben wir nicht."),
    ("en", "Who is liable?", "What about liability?", "We give no guarantee."),
]


@pytest.mark.parametrize(("language", "question", "before", "said"), OTHERS_CHILDREN)
def test_the_same_matter_in_other_words_is_answered(language: str, question: str, before: str, said: str) -> None:
    done = made(question, [source(before, said, language)], language)
    assert says(said, done.text)
    assert gaps(done) == 0


def test_coffee_is_not_gluten_free_cake() -> None:
    before = source("Is there any coffee?", "The coffee corner has tea and coffee.")
    assert gaps(made("Is there any gluten-free cake?", [before], "en")) == 1


def test_what_another_sentence_answers_is_not_left_open() -> None:
    before = source(
        "Mijn achterband is lek.",
        "Ja hoor, neem je fiets mee. Is de binnenband versleten, koop dan vooraf een passende binnenband.",
        "nl",
    )
    done = made(
        "Mijn fiets heeft een lekke band. Maken jullie dat, en moet ik vooraf een binnenband kopen?",
        [before],
        "nl",
    )
    assert says("passende binnenband", done.text)
    assert gaps(done) == 0


REGISTRATION = [
    ("nl", "Moet ik me aanmelden voor mijn radio?", "Aanmelden is niet nodig, behalve voor naaimachines."),
    ("de", "Muss ich mich mit dem Radio anmelden?", "Eine Anmeldung ist nicht nötig, außer für Nähmaschinen."),
    ("en", "Do I need an appointment for a radio?", "No appointment needed, except for sewing machines."),
    ("fr", "Faut-il un rendez-vous pour une radio ?", "Pas de rendez-vous, sauf pour les machines à coudre."),
]
LIMITED = {
    "nl": "Naaimachines graag aanmelden.",
    "de": "Nähmaschinen bitte anmelden.",
    "en": "Sewing machines need an appointment.",
    "fr": "Machines à coudre sur rendez-vous.",
}
BARE = {
    "nl": "Moet ik me aanmelden?",
    "de": "Muss ich mich anmelden?",
    "en": "Do I need an appointment?",
    "fr": "Faut-il un rendez-vous ?",
}


@pytest.mark.parametrize(("language", "question", "said"), REGISTRATION)
def test_a_fact_of_one_thing_is_no_answer_about_another_and_what_excepts_it_is(
    language: str, question: str, said: str
) -> None:
    line = LIMITED[language]
    house = f"{language}: {line}"
    of_another = made(question, [], language, house_facts=house)
    assert not says(line, of_another.text)
    assert gaps(of_another) == 1
    assert "house facts" not in of_another.warnings[0].sentence
    known = made(question, [source(BARE[language], said, language)], language, house_facts=house)
    assert says(said, known.text)
    assert not says(line, known.text)
    assert gaps(known) == 0


@pytest.mark.parametrize(("language", "question", "said"), REGISTRATION)
def test_a_fact_of_one_thing_stands_after_the_general_answer(language: str, question: str, said: str) -> None:
    done = made(
        BARE[language],
        [source(question, said, language)],
        language,
        house_facts=f"{language}: {LIMITED[language]}",
    )
    text = done.text.casefold()
    assert 0 < text.find(said.casefold()) < text.find(LIMITED[language].casefold())
    assert gaps(made(BARE[language], [], language, house_facts=f"{language}: {LIMITED[language]}")) == 1


def test_until_when_one_was_let_in_is_not_when_it_ends_today() -> None:
    before = source("Bis wann kann ich kommen?", "Einlass ist bis 16.30 Uhr, um 17 Uhr ist Schluss.", "de")
    assert not says("Einlass", made("Bis wann kann ich kommen?", [before], "de", house_facts="").text)


def test_an_hour_is_no_clock() -> None:
    line = "Annahmeschluss ist um 15.45 Uhr."
    assert not says(line, made("Repariert ihr Uhren?", [], "de", house_facts=f"de: {line}").text)


def test_an_answer_on_how_many_is_none_on_the_things_that_were_named_for_it() -> None:
    before = source(
        "Darf ich mehrere Sachen mitbringen, einen Föhn und eine Lampe?",
        "Eines bitte. Nehmen Sie das mit, was Ihnen am wichtigsten ist!",
        "de",
    )
    text = made("Meine Lampe flackert. Kann ich damit kommen?", [before], "de").text
    assert not says("wichtigsten", text)
    assert says("Das machen wir", text)


@pytest.mark.parametrize(
    ("language", "question", "is_on_many"),
    [
        ("de", "Ich habe zwei Lampen. Darf ich alle drei mitbringen?", True),
        ("en", "I have a lamp and a kettle. Can I bring all of it?", True),
        ("de", "Was soll ich zur Lampe alles mitbringen?", False),
        ("nl", "Wat moet ik bij mijn lamp allemaal meenemen?", False),
    ],
)
def test_all_of_it_is_more_than_one_and_what_all_is_not(language: str, question: str, *, is_on_many: bool) -> None:
    line = {"de": "Ein Teil pro Person.", "en": "One item per person.", "nl": "Eén ding per persoon."}[language]
    text = made(question, [], language, house_facts=f"{language}: {line}").text
    assert says(line, text) == is_on_many


def test_after_a_no_of_ours_no_past_answer_says_yes() -> None:
    before = source("My bike brakes squeal.", "Yes, bring your bike. Our pads are used up, so bring some.")
    done = made("Can I bring the battery of my bike?", [before], "en", not_repaired="Batteries of bicycles")
    assert says("afraid", done.text)
    assert not says("Yes", done.text)


def test_where_no_date_fits_a_house_fact_on_that_month_says_why() -> None:
    line = "We are closed in August."
    done = made("Are you open in August?", [], "en", house_facts=f"en: {line}")
    assert says(line, done.text)
    assert gaps(done) == 0


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("nl", "Kan iemand mij leren solderen aan mijn lamp?"),
        ("de", "Was muss ich zur Lampe mitbringen?"),
        ("en", "What do I need to bring for a kettle?"),
        ("fr", "Pouvez-vous m'apprendre à réparer une lampe ?"),
    ],
)
def test_what_to_bring_and_how_to_learn_it_are_not_answered_by_we_do_that(language: str, question: str) -> None:
    done = made(question, [], language, event_offerings="Electrical appliances")
    assert not [each for each in DONE if says(each, done.text)]
    assert gaps(done) == 1


def test_a_child_that_is_only_told_of_is_no_question() -> None:
    before = source("Dürfen Kinder mit?", "Kinder sind willkommen.", "de")
    text = made("Meine Tochter hat unseren Mixer fallen lassen. Könnt ihr ihn reparieren?", [before], "de").text
    assert not says("willkommen", text)


def test_another_date_is_no_appointment_where_one_word_is_both() -> None:
    before = source("Brauche ich einen Termin?", "Kein Termin nötig.", "de")
    done = made(
        "Am 5. Dezember kann ich nicht. Gibt es danach noch einen Termin?",
        [before],
        "de",
        event_further_dates="2027-01-16",
    )
    assert says("16. Januar", done.text)
    assert not says("Kein Termin", done.text)
    assert done.warnings == []


def test_mes_enfants_is_no_knife() -> None:
    line = "Les couteaux sont aiguisés le matin."
    assert not says(line, made("Puis-je venir avec mes enfants ?", [], "fr", house_facts=f"fr: {line}").text)


def test_whoever_asks_for_an_appointment_is_told_whether_one_is_needed() -> None:
    found = check(
        "Hallo Jelmer,\n\nDas machen wir.\n\nGruß",
        asked("Kann ich mit meiner Lampe einen Termin bekommen?", "de"),
        [],
        facts(),
    )
    assert any("appointment" in each.sentence for each in found if each.kind == "missing")


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("nl", "Gaat het door op zaterdag 5 december?"),
        ("de", "Bleibt es beim 5. Dezember?"),
        ("en", "Is it still on Saturday 5 December?"),
        ("fr", "C'est toujours le 5 décembre ?"),
    ],
)
def test_whether_it_is_still_that_day_is_answered_by_the_event(language: str, question: str) -> None:
    assert gaps(made(question, [], language)) == 0


def test_a_question_that_shares_its_mark_with_the_next_is_one() -> None:
    done = made("My lamp is dead. Can you repair it and when is the next session?", [], "en")
    assert says("We do that", done.text)
    assert gaps(done) == 0


@pytest.mark.parametrize(
    ("language", "question"),
    [("nl", "Is mijn oude lamp het maken nog waard?"), ("de", "Lohnt sich bei meiner Lampe eine Reparatur?")],
)
def test_whether_it_is_worth_it_is_not_answered_by_we_do_that(language: str, question: str) -> None:
    assert gaps(made(question, [], language)) == 1


@pytest.mark.parametrize(
    ("question", "is_on_many"),
    [
        ("How many lamps can I bring?", True),
        ("Wie viele Geräte darf ich mitbringen?", True),
        ("How many people come on a Saturday?", False),
        ("Combien de personnes viennent ?", False),
        ("Hoeveel mensen komen er?", False),
    ],
)
def test_how_many_people_is_not_how_many_things(question: str, *, is_on_many: bool) -> None:
    assert Question(question, is_only=True).asks_how_many == is_on_many


def test_whoever_tells_of_a_thing_and_asks_for_the_date_alone_has_no_gap() -> None:
    assert gaps(made("My accordion is out of tune. When is the next one?", [], "en")) == 0
    assert gaps(made("My accordion is out of tune. Can you tune it?", [], "en")) == 1


def test_a_doll_that_lost_an_arm_is_not_lost() -> None:
    before = source("The doll's arm came off.", "Dolls are our joy, a doll's arm hangs on a rubber band.")
    assert says("rubber band", made("My daughter's doll lost an arm, can you fix it?", [before], "en").text)


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("nl", "Ik heb mijn sjaal bij jullie laten liggen. Is die gevonden?",
         "Ja, die ligt in de bak met gevonden voorwerpen in de hal."),
        ("de", "Ich habe meinen Schal bei euch vergessen. Wurde er gefunden?",
         "Ja, er liegt bei den Fundsachen im Flur."),
        ("en", "I left my umbrella at your place. Was it found?",
         "Yes, it's with the lost property in the corridor."),
        ("fr", "J'ai oublié mon écharpe chez vous. L'avez-vous retrouvée ?",
         "Oui, elle est avec les objets trouvés dans le couloir."),
    ],
)  # fmt: skip
def test_where_another_visitors_lost_thing_is_says_nothing_of_this_ones(
    language: str, question: str, answer: str
) -> None:
    before = source(question, answer, language)
    draft = compose(asked(question, language), [before], facts())
    assert answer.split(",")[-1].casefold() not in draft.text.casefold()
    assert [each.kind for each in draft.warnings] == ["unanswered"]


def test_where_all_lost_things_are_kept_is_said() -> None:
    before = source("I lost a glove with you.", "Lost property is kept in the box beside the door.")
    text = compose(asked("I left my hat at your place. Was it found?"), [before], facts()).text
    assert "beside the door" in text


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("nl", "Mijn lamp knippert. Mag ik die meenemen?", "Ja hoor. Graag zonder kap."),
        ("de", "Meine Lampe flackert. Darf ich sie mitbringen?", "Ja, gern. Bitte ohne Birne."),
        ("en", "My lamp flickers. May I bring it?", "Yes. Without the shade, please."),
        ("fr", "Ma lampe clignote. Puis-je l'apporter ?", "Oui. Sans l'abat-jour de préférence."),
    ],
)
def test_a_leading_yes_stays_with_the_sentence_after_it(language: str, question: str, answer: str) -> None:
    draft = made(question, [source(question, answer, language)], language)
    assert says(answer, draft.text)
    assert not draft.warnings


def test_what_stands_behind_a_yes_is_said_once() -> None:
    before = source("My lamp flickers. Do I need to book?", "Yes. Please book a slot for lamps.")
    draft = made("My lamp is dark. Do I need to book?", [before], "en", house_facts="")
    assert draft.text.count("book a slot") == 1


def test_a_gap_beside_a_house_fact_in_its_language_is_not_said_to_be_told_in_another() -> None:
    house = "en: Last entry is at 3.45 pm.\nnl: Binnenkomen kan tot 15.45 uur."
    asks = "I'd like to book a slot on 5 December at 4 pm for a carving knife. Is that all right?"
    done = made(asks, [], "en", house_facts=house)
    assert says("Last entry is at 3.45 pm.", done.text)
    assert not [each for each in done.warnings if "another language" in each.sentence]
    [told] = made(asks, [], "en", house_facts="nl: Binnenkomen kan tot 15.45 uur.").warnings[-1:]
    assert "another language" in told.sentence
