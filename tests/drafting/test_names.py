"""Where a text names somebody who asked before, and where it only has a word that is a name, too."""

import pytest

from rcmail.drafting.names import named
from tests.drafting.room import source


def found(text: str, question: str, answer: str, language: str, name: str) -> list[str]:
    past = source(question, answer, language, visitor_name=name)
    return [text[start:end] for start, end in named(text, past)]


@pytest.mark.parametrize(
    ("language", "name", "told"),
    [
        ("de", "Birte Quandt", "Der Griff ist ab. Antwort bitte an quandt.b@post.example, danke."),
        ("de", "Birte Quandt", "Der Griff ist ab. Mehr Bilder auf www.tischlerei-quandt.example zu sehen."),
        ("de", "Familie Quandt", "Der Griff ist ab. Wir sind die Familie Quandt aus dem zweiten Stock."),
        ("de", "Birte Quandt", "mein Name ist birte quandt und der griff ist ab, was nun?"),
        ("nl", "Sjoukje van der Quandt", "De knop is eraf. Ik ben sjoukje van der quandt van de buurtapp."),
        ("nl", "Sjoukje Quandt", "De knop is eraf. U kunt mailen naar sjoukje_quandt (at) post.example hoor."),
        ("en", "Lettice Quandt", "The knob is off. Our page is https://quandt.example/radio if that helps."),
        ("en", "Lettice Quandt", "The knob is off. Ask for mrs. quandt at the door, please."),
        ("fr", "Odile Quandt", "Le bouton est parti. Répondez à odile.quandt@poste.example, merci."),
        ("fr", "Odile Quandt", "Le bouton est parti. C'est pour madame quandt, ma mère."),
        ("fr", "Odile Quandt", "Le bouton est parti, que faire ?\nquandt"),
    ],
)
def test_a_name_is_one_where_the_mail_has_it_in_small_letters(language: str, name: str, told: str) -> None:
    assert found("As with the one of Quandt.", told, "We do that.", language, name) == ["Quandt"]


def test_a_name_is_one_where_the_answer_says_it_in_a_sentence() -> None:
    answer = "Liebe Frau Quandt,\n\nden Griff leimen wir, Frau Quandt, das hält dann wieder."
    said = "Den Griff leimen wir, Frau Quandt."
    assert found(said, "Der Griff ist ab.", answer, "de", "Birte Quandt") == ["Quandt"]


@pytest.mark.parametrize(
    ("language", "name", "told", "text"),
    [
        ("de", "Birte Zahnrad", "Frau Zahnrad hier. Am Mixer ist das Zahnrad hin.", "Das Zahnrad drucken wir."),
        ("de", "Birte Kessel", "Der Kessel leckt, birte.kessel@post.example.", "Den Kessel sehen wir uns an."),
        ("nl", "Sjoukje Kast", "De deur van de kast klemt, groetjes aan allen.", "Kasten doen we. Kast mee!"),
        ("en", "Lettice Cooper", "Is it a cooper who mends a barrel, or you?", "Cooper is a trade we have not."),
        ("fr", "Odile Marteau", "Le marteau de la pendule est tordu.", "Marteau et clé, apportez tout."),
    ],
)
def test_a_name_that_is_a_word_of_the_mails_is_none(language: str, name: str, told: str, text: str) -> None:
    assert found(text, told, "Ja.", language, name) == []
