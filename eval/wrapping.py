"""Ordinary mail around a bare question: greeting, courtesy, closing, name, what the telephone adds.

Which of each is picked follows from the case's number, so that each run measures the same mails.
"""

from typing import Final

_GREETINGS: Final = {
    "nl": ["Hallo,", "Hoi allemaal,", "Beste mensen van het Repair Café,", "Goedemiddag,", "Geachte heer/mevrouw,",
           "Dag Mieke,", "Hallo Repair Café Hilversum!", "Beste vrijwilligers,", "Lieve mensen,", "hoi"],
    "de": ["Hallo,", "Guten Tag,", "Sehr geehrte Damen und Herren,", "Liebes Repair-Café-Team,", "Moin zusammen!",
           "Liebe Frau Petersen,", "Hallo ihr Lieben,", "Guten Abend", "Hi Team,", "Servus,"],
    "en": ["Hello,", "Hi there,", "Dear Sir or Madam,", "Good morning,", "Dear Repair Café volunteers,", "Hey!",
           "Hi everyone", "Dear Mr Jansen,", "To whom it may concern,", "Hiya,"],
    "fr": ["Bonjour,", "Bonsoir,", "Madame, Monsieur,", "Bonjour à toutes et à tous,", "Salut !", "Chère Claire,",
           "Bonjour l'équipe du Repair Café,", "Chers bénévoles,", "bonjour", "Cher Monsieur Dupont,"],
}  # fmt: skip
_COURTESY: Final = {
    "nl": ["", "Ik heb een vraag.", "Ik hoop dat het goed met jullie gaat.", "Wat een mooi initiatief!", "",
           "Vraagje:"],
    "de": ["", "ich habe eine kurze Frage.", "ich hoffe, es geht Ihnen gut.", "Tolle Sache, was ihr da macht!", "",
           "Kurze Frage:"],
    "en": ["", "I have a quick question.", "I hope this email finds you well.", "What a great initiative!", "",
           "Just a quick question:"],
    "fr": ["", "J'ai une petite question.", "J'espère que vous allez bien.", "Quelle belle initiative !", "",
           "Petite question :"],
}  # fmt: skip
_THANKS: Final = {
    "nl": ["", "Alvast bedankt!", "Ik hoor het graag.", "Bij voorbaat hartelijk dank voor uw antwoord.", "",
           "Ik zie uit naar uw reactie.", "Bedankt voor de moeite."],
    "de": ["", "Vielen Dank im Voraus!", "Ich freue mich auf Ihre Antwort.", "Danke schon mal für die Hilfe.", "",
           "Über eine kurze Rückmeldung würde ich mich freuen.", "Besten Dank!"],
    "en": ["", "Thanks in advance!", "I look forward to hearing from you.", "Many thanks for your help.", "",
           "Looking forward to your reply.", "Thank you very much!"],
    "fr": ["", "Merci d'avance !", "Dans l'attente de votre réponse.", "Merci beaucoup pour votre aide.", "",
           "Je vous remercie par avance de votre réponse.", "Un grand merci."],
}  # fmt: skip
_CLOSINGS: Final = {
    "nl": ["Met vriendelijke groet,\nJan de Vries", "Groetjes,\nMarieke", "Mvg\nH. van den Berg", "gr. Loes",
           "Piet",
           "Hartelijke groeten van Els", "", "Hoogachtend,\nmevr. A. Bakker\n06-555 01 23"],
    "de": ["Mit freundlichen Grüßen\nHans Müller", "Viele Grüße\nAnna", "LG Sabine", "MfG, K. Schulz",
           "Jürgen",           "Herzliche Grüße aus Kleve, Ute", "",
           "Hochachtungsvoll\nDr. Ernst Weber\nTel. 0555 0123"],
    "en": ["Kind regards,\nJohn Smith", "Best wishes,\nMary", "Cheers, Tom", "Yours sincerely,\nMrs E. Brown",
           "Sue",           "Thanks,\nBill", "", "Best,\nDr Alan Turner\nTel. 0555 0199"],
    "fr": ["Cordialement,\nJean Martin", "Bien à vous,\nSophie", "Merci, Luc", "Bonne journée,\nM. Lefèvre",
           "Anne",
           "Salutations distinguées,\nP. Moreau", "", "Bien cordialement\nMarie Durand\n0555 01 23 45"],
}  # fmt: skip
_TELEPHONE: Final = {
    "nl": "Verstuurd vanaf mijn iPhone",
    "de": "Von meinem iPhone gesendet",
    "en": "Sent from my iPhone",
    "fr": "Envoyé de mon iPhone",
}


def wrap(text: str, language: str, number: int) -> str:
    """``text`` as mail comes; ``language`` is nl, de, en or fr, ``number`` says which of the forms."""
    forms = (_GREETINGS, _COURTESY, _THANKS, _CLOSINGS)
    greeting, courtesy, thanks, closing = (each[language][number % len(each[language])] for each in forms)
    end = " " if text.endswith((".", "!", "?")) else "\n"
    body = f"{courtesy} {text}{end}{thanks}".strip()
    telephone = _TELEPHONE[language] if number % 3 == 0 else ""
    return "\n\n".join(part for part in (greeting, body, closing, telephone) if part)
