"""The voice that is shipped, beside the mails that it was trained on."""

import base64

import numpy as np
import pytest

from eval.voice import trained_on_all
from rcmail.answers import voice

meaning = pytest.importorskip("rcmail.answers.meaning", reason="the encoder is not installed")


def heard(texts: list[str]) -> list[float]:
    found = meaning.alike({"known": [], "mails": [{"text": each, "subject": ""} for each in texts]})
    assert [near for _, near in found] == [[]] * len(texts)
    return [told for told, _ in found]


def test_a_direction_has_a_byte_for_each_number_of_a_vector() -> None:
    assert len(base64.b64decode(voice.DIRECTION)) == meaning.SIZE


def test_visitors_sound_otherwise_than_people_who_offer_help_in_every_language() -> None:
    visitors = heard(
        [
            "Mijn stofzuiger zuigt niet meer. Kan ik zaterdag langskomen?",
            "Mein Wasserkocher schaltet nicht mehr ab. Kann ich am Samstag vorbeikommen?",
            "My kettle won't switch off any more. Can I come on Saturday?",
            "Ma bouilloire ne s'arrête plus. Puis-je venir samedi ?",
        ]
    )
    others = heard(
        [
            "Ik ben met pensioen en zou graag als reparateur meedoen. Zoeken jullie nog mensen?",
            "Ich bin Rentner und würde gern bei euch mitmachen. Sucht ihr noch Leute?",
            "I am retired and would like to join as a repairer. Do you need people?",
            "Je suis retraité et j'aimerais rejoindre vos bénévoles. Cherchez-vous du monde ?",
        ]
    )
    assert min(visitors) > 0.2 > -0.2 > max(others)


def test_of_a_mail_that_asks_nothing_no_voice_is_heard() -> None:
    assert heard(["", "\n \n", "Met vriendelijke groet,\nAnna"]) == [0.0, 0.0, 0.0]


def test_the_voice_that_is_shipped_is_what_the_mails_that_may_be_tuned_on_teach() -> None:
    direction, zero = trained_on_all()
    shipped = np.frombuffer(base64.b64decode(voice.DIRECTION), np.int8) * voice.SCALE
    assert abs(shipped - direction).max() < 2 * voice.SCALE
    assert abs(voice.ZERO - zero) < 0.01
