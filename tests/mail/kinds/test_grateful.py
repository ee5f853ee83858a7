"""A first mail that is nothing but thanks needs no answer; one that may want something waits."""

import pytest

from rcmail.mail.kinds.cold import Mail, verdict
from rcmail.mail.kinds.grateful import only_thanks
from rcmail.mail.kinds.verdict import ONLY_THANKS


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Staubsauger", "Hallo zusammen,\n\nmein Staubsauger saugt wieder, vielen Dank! Weiter so.\nIngrid"),
        ("", "Guten Tag, die Stehlampe leuchtet wieder wie am ersten Tag. Herzlichen Dank!\nViele Grüße"
              "\nJutta Ebel"),
        ("Danke schön", "Liebes Team, danke für die Hilfe am Samstag. Ihr seid klasse, weiter so!\nEure Pia"),
        ("", "Ich war gestern mit meinem Mixer bei Ihnen. Er läuft wieder! Tausend Dank."),
        ("Bedankt", "Hoi, de klok tikt weer. Heel erg bedankt en ga zo door!\nGroetjes, Mia"),
        ("", "Beste mensen,\nmijn naaimachine doet het weer als nieuw, hartelijk dank voor jullie hulp!"
              "\nWillem Bos"),
        ("zaterdag", "Hallo, bedankt voor zaterdag. Wat een fijne middag was dat.\n\nGroet, Els"),
        ("Thank you", "Hi all,\n\nthe radio works again, thank you so much! Keep up the great work.\n"
                       "\nBest,\nSue"),
        ("", "Hello, many thanks for mending my kettle on Saturday. You are heroes!\nKind regards\nTom Reed"),
        ("Merci", "Bonjour, ma lampe fonctionne à nouveau, un grand merci à toute l'équipe !"
                   "\nCordialement\nAnne Roy"),
        ("", "Bonjour,"
              "\nmerci pour votre aide samedi, la bouilloire chauffe comme au premier jour. Continuez !\nPaul"),
    ],
)  # fmt: skip
def test_thanks_for_what_was_done_are_known_in_a_first_mail(subject: str, text: str) -> None:
    assert only_thanks(text, subject)
    assert verdict(Mail(text, subject, "Somebody")).why == ONLY_THANKS


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        # in advance
        ("Toaster", "Hallo, vielen Dank!"),
        ("", "Ich komme am Samstag mit dem Toaster vorbei, danke für die Hilfe!"),
        ("", "Alvast hartelijk bedankt voor jullie hulp zaterdag."),
        ("", "Thanks in advance for your help on Saturday."),
        ("", "Merci d'avance pour votre aide."), ("Toaster am 12.?", "Danke für die Hilfe!"),
        # one thing more
        ("", "Danke für die Hilfe am Samstag, die Lampe leuchtet wieder. Am Föhn ist das Kabel locker."),
        ("", "Danke, die Lampe leuchtet wieder. Jetzt wartet der Mixer auf euch."),
        ("", "Danke, die Lampe leuchtet wieder, der Mixer wartet schon auf euch."),
        ("", "Bedankt, de klok tikt weer. Mijn buurvrouw heeft een broodrooster die raar ruikt."),
        ("", "Many thanks, the radio plays again. My sister has a lamp that flickers."),
        ("", "Un grand merci, la lampe éclaire de nouveau. Ma voisine a un aspirateur qui siffle."),
        ("", "Danke für Samstag! Schickt mir doch die Rechnung für das Ersatzteil."),
        ("", "Thanks for Saturday. I left my umbrella at your place."),
        ("", "Bedankt voor zaterdag, ik wil jullie graag iets geven."),
        # but
        ("", "Danke für die Hilfe am Samstag, aber die Lampe flackert wieder."),
        ("", "Dank für die Reparatur. Die Maschine näht wieder, nur der Rückwärtsgang klemmt."),
        ("", "Bedankt voor de hulp, helaas lekt de waterkoker weer."),
        ("", "Thanks for the help on Saturday. The kettle is leaking again."),
        ("", "Merci pour la réparation, mais la lampe clignote encore."),
        ("", "Vielen Dank auch, seit eurer Reparatur geht gar nichts mehr!"),
        ("", "Danke für die Reparatur am Samstag, nach zwei Tagen war Schluss."),
        ("", "Thanks for fixing my lamp on Saturday and it went out again yesterday."),
        ("", "Dank voor de hulp van zaterdag, de lamp brandt weer en hij knettert."),
        ("", "Merci pour samedi, au bout d'une heure plus personne ne rit."),
        ("", "Many thanks for the repair on Saturday, looking forward to hearing about the cable."),
        ("", "Danke für die tolle Reparatur gestern, jetzt ist das Ding ganz hin!"),
        ("", "Merci pour la réparation, il manque une vis."),
        # no thanks at all
        ("", "Mein Radio spielt wieder."), ("", "Tolle Idee, super!"), ("", "Ik heb een lamp, bedankt."),
    ],
)  # fmt: skip
def test_a_first_mail_that_may_want_something_is_not_only_thanks(subject: str, text: str) -> None:
    assert not only_thanks(text, subject)


def test_somebody_elses_words_stay_somebody_elses() -> None:
    text = "Danke für die Hilfe am Samstag! Ich bin Elektriker und helfe ab jetzt mit."
    assert verdict(Mail(text)).why != ONLY_THANKS
