"""The request in a mail: without what stands around it out of courtesy, and parted into its questions."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.mail.question import question, questions

ASKED = "De rits van mijn jas is stuk. Doen jullie dat?"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Hallo,\n\n", "\n\nGroetjes,\nFemke"),
        ("Beste mensen van het Repair Café, ", " Alvast bedankt!\n\nMvg, J. de Vries"),
        ("Hoi! ", " Loes"),
        ("Sehr geehrte Damen und Herren,\n\n", "\n\nMit freundlichen Grüßen\nDr. Ute Klein\n0555 0123"),
        (
            "Dear Mr Jansen,\n",
            "\n\nLooking forward to hearing from you.\n\nKind regards,\nTom\n\nSent from my iPhone",
        ),
        ("Bonjour à toute l'équipe,\n\nJ'ai une petite question : ", "\n\nMerci d'avance,\nSophie"),
        ("", "\n\nVerstuurd vanaf mijn iPhone"),
        (
            "",
            "\n\nThis e-mail is confidential and intended only for the addressee. If you are not the intended"
            " recipient, please tell the sender.",
        ),
        ("Van: Jo <jo@example.com>\nOnderwerp: rits\n\nBericht:\n", ""),
        ("Dag Gerrit,\n\nIk hoop dat het goed met jullie gaat. ", "\n\n"),
    ],
)
def test_what_stands_around_a_request_goes(before: str, after: str) -> None:
    assert question(before + ASKED + after) == ASKED


@pytest.mark.parametrize(
    "text",
    [
        "Merci pour la réparation, mais deux jours après, la panne est revenue.",
        "Hallo wasmachines, doen jullie die ook?"[6:],
        "Dank voor de hulp maar hij is weer stuk",
        "Mitbringen möchte ich:\nBügeleisen\nMixer",
        "Beste wasmachine voor weinig geld?",
        "Kosten?",
        "Ist am 15. November offen? Oder erst am 5. Dezember?",
    ],
)
def test_what_somebody_wants_stays(text: str) -> None:
    assert question(text) == " ".join(text.split())


def test_a_postscript_below_the_closing_stays() -> None:
    assert question(f"{ASKED}\n\nGroet,\nJan\n\nPS mag mijn hond mee?") == f"{ASKED} PS mag mijn hond mee?"


def test_a_line_that_a_program_wrapped_is_one_sentence() -> None:
    text = "Hallo, het snoer van mijn stofzuiger rolt sinds vorige week\nniet meer op. Kan dat?"
    assert question(text) == "het snoer van mijn stofzuiger rolt sinds vorige week niet meer op. Kan dat?"


def test_where_nothing_is_left_the_subject_asks_unless_it_is_an_answers() -> None:
    assert question("Groetjes,\nJan", "Doen jullie fietsen?") == "Doen jullie fietsen?"
    assert question("", "Repair Café: bericht via contactformulier – broodrooster") == "broodrooster"
    assert question("Bedankt!", "Re: fietsen") == ""


def test_each_question_has_what_was_told_for_it() -> None:
    text = (
        "Hallo,\nMijn fiets heeft een lekke band. Doen jullie dat? Waar kan ik parkeren? Mijn moeder zit in een"
        " rolstoel.\nMoet ik een afspraak maken en wat kost het?\nGroet, Jan"
    )
    assert questions(text) == [
        "Mijn fiets heeft een lekke band. Doen jullie dat?",
        "Waar kan ik parkeren? Mijn moeder zit in een rolstoel.",
        "Moet ik een afspraak maken",
        "en wat kost het?",
    ]


def test_a_question_that_is_nothing_without_the_one_before_stays_with_it() -> None:
    assert questions("Mag ik twee lampen brengen? Kan dat?") == ["Mag ik twee lampen brengen? Kan dat?"]


@pytest.mark.parametrize(
    "text",
    [
        "Wann und wo ist das nächste Treffen? Muss ich mich anmelden?",
        "Wanneer en waar is het? Moet ik mij aanmelden?",
        "When and where is it? Do I have to register?",
        "Quand et où a lieu l'atelier ? Faut-il s'inscrire pour une lampe ?",
    ],
)
def test_when_and_where_is_one_question_and_the_next_is_the_second(text: str) -> None:
    assert len(questions(text)) == 2


def test_of_a_mail_without_a_question_mark_there_is_one_request() -> None:
    assert questions("Hoi, mijn lamp doet het niet. Ik kom zaterdag.") == [
        "mijn lamp doet het niet. Ik kom zaterdag."
    ]


def test_there_are_six_questions_at_most_and_no_word_is_lost() -> None:
    text = " ".join(f"Doen jullie nummer {number} ook?" for number in "abcdefgh")
    assert len(questions(text)) == 6
    assert " ".join(questions(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "?" * 100_000,
        "Hallo " * 20_000,
        "a\n" * 50_000,
        "Met vriendelijke groet,\n" * 5_000,
        "groetjes Jan\n" * 7_000,
        "groetjes Jan\nPS: tot dan.\n" * 4_000,
        "thanks " * 15_000,
        "dank " * 20_000 + "?",
        "ik hoop dat " * 10_000,
        "1. " * 30_000,
        "A. " * 30_000,
        ". " * 50_000,
        "x" * 100_000,
        "en wat " * 15_000 + "?",
        "é" * 50_000 + "\n> " * 10_000,
        " " * 100_000,
        "Dear " + "Aa " * 30_000,
    ],
)
def test_hostile_text_takes_no_long(text: str) -> None:
    started = time.process_time()
    questions(text, text)
    question(text, text)
    assert time.process_time() - started < 1  # both, in a tenth here; what is quadratic takes minutes


@given(st.text(max_size=400))
def test_any_text_is_survived_and_each_word_was_in_it(text: str) -> None:
    assert set(question(text).split()) <= set(text.split())
    assert len(questions(text)) >= 1
