"""What was done here and went wrong is answered by no past answer."""

import pytest

from rcmail.drafting.complaints import complains
from rcmail.drafting.compose import compose
from tests.drafting.room import asked, facts, source

COMPLAINTS = [
    "Jullie hebben vorige maand mijn radio gemaakt, maar hij doet het nu helemaal niet meer.",
    "Sinds jullie reparatie lekt de waterkoker.",
    "Ik was zaterdag bij jullie met mijn lamp. Thuis ging hij weer niet aan.",
    "Uw vrijwilliger heeft mijn klok kapot gemaakt.",
    "Ik wil mijn geld terug voor het onderdeel.",
    "Nach eurer Reparatur brummt der Mixer nicht mehr leiser, er ist jetzt kaputt.",
    "Ihr habt meinen Toaster kaputtgemacht!",
    "Wir waren im Oktober bei euch mit der Nähmaschine. Seitdem näht sie gar nicht mehr.",
    "Wer ersetzt mir den Schaden? Wer bezahlt den Schaden an meinem Tisch?",
    "You repaired my kettle last month and now it's broken again.",
    "After your repair the drill no longer turns.",
    "I was at your café with my lamp on Saturday. It stopped working at home, now nothing.",
    "Your volunteer broke the handle of my teapot.",
    "I'd like a refund for the part.",
    "I want to make a complaint about Saturday.",
    "Vous avez réparé mon vélo en octobre, mais les freins ne marchent plus.",
    "Depuis votre réparation, la machine fuit.",
    "J'étais chez vous samedi avec mon aspirateur. Depuis, il ne démarre plus.",
    "Votre bénévole a cassé ma lampe.",
    "Je demande un remboursement.",
    "Since Saturday, when you fixed it, my iron leaks.",
    "Seit ich am Samstag bei Ihnen war, geht mein Föhn nicht mehr.",
    "Sinds ik zaterdag bij jullie was doet mijn mixer het niet meer.",
    "Ich war im Oktober bei Ihnen mit dem Radio, seitdem brummt es noch mehr als vorher.",
    "De lamp die jullie vorige maand repareerden doet het weer niet.",
    "Since you repaired my radio it hums. Can you have another look?",
    "Vous avez réparé ma lampe samedi, mais elle clignote encore.",
]
OTHERS = [
    "Ihr habt meinen Toaster repariert, er läuft seitdem super! Aber jetzt klemmt die Nähmaschine.",
    "You fixed my lamp, it works great. Can I come again?",
    "Jullie hebben mijn radio gemaakt, hij doet het nog steeds prima, bedankt!",
    "Ich war noch nie bei Ihnen. Seit gestern brummt mein Radio. Repariert ihr das?",
    "Sinds zaterdag lekt mijn waterkoker. Kunnen jullie die maken?",
    "Was passiert, wenn ihr meinen Toaster kaputt macht?",
    "What if you break it? Who is liable if something gets damaged?",
    "Geben Sie Garantie nach der Reparatur?",
    "Kan ik na de reparatie mijn fiets meteen meenemen, of kan dat niet?",
    "Vous avez réparé mon grille-pain l'an dernier, merci ! Maintenant mon aspirateur ne marche plus.",
    "Jullie hebben vorig jaar mijn lamp gemaakt, super! Nu is mijn stofzuiger stuk.",
    "Mein Staubsauger geht nicht mehr, der Hersteller hat ihn nicht repariert.",
    "I was disappointed that the shop would not repair my toaster. Can you?",
    "Mijn zoon heeft de radio kapot gemaakt. Kunnen jullie die repareren?",
    "Können Sie das Ersatzteil ersetzen?",
    "Habt ihr schon mal Plattenspieler repariert? Meiner läuft nicht.",
    "Have you ever repaired an accordion? Mine does not play.",
    "Avez-vous déjà réparé un accordéon ? Le mien ne joue plus.",
    "Ich war letzten Freitag bei Ihnen in der Alten Schule, da war aber alles abgesperrt. Wo finde ich Sie jetzt?",
    "Moet ik de onderdelen zelf betalen?",
    "Mein Handy ist kaputt, das Display ist gebrochen. Ihr habt doch mal Displays ausgetauscht?",
    "Ik was zaterdag bij jullie en heb mijn sjaal laten liggen.",
    "Mijn wasmachine is stuk, de schade is niet verzekerd.",
    "Mijn fiets heeft geen licht meer, u repareert toch fietsen?",
    "Mon voisin est venu chez vous, et mon vélo n'a plus de freins. Vous faites ça ?",
]


@pytest.mark.parametrize("text", COMPLAINTS)
def test_what_went_wrong_after_a_repair_here_is_a_complaint(text: str) -> None:
    assert complains(asked(text))


@pytest.mark.parametrize("text", OTHERS)
def test_what_only_looks_like_it_is_none(text: str) -> None:
    assert not complains(asked(text))


def test_the_subject_may_say_it() -> None:
    assert complains(asked("It is about my clock.", subject="Complaint"))


def test_a_complaint_has_one_gap_whatever_is_similar() -> None:
    before = source("My kettle leaks.", "A kettle leaks at its seal, how lovely. Bring it along!")
    made = compose(asked("After your repair my kettle leaks even more. What now? Who pays?"), [before], facts())
    assert [each.kind for each in made.warnings] == ["unanswered"]
    assert "something that was done here" in made.warnings[0].sentence
    assert "lovely" not in made.text
    assert made.sources == []
