"""What a website's form calls its fields, in nl, de, en, fr, it, es, for all who look at one.

Patterns, to be matched in full and without regard to case.
"""

from typing import Final

WHOSE: Final = r"(?:(?:uw|je|jouw|your|ihre?|dein|votre|vos|il tuo|la tua|su|tu) )?"
"""What may stand before each of them."""
FROM: Final = r"van|von|from|de|da|afzender|absender|sender|expéditeur"
NAME: Final = r"(?:(?:volledige |full )?(?:naam|name|nom|nome|nombre)|voornaam|vorname|prénom|first name)"
SURNAME: Final = r"achternaam|nachname|last name|cognome|apellidos?"
ADDRESS: Final = (
    r"(?:e-?)?mail(?:[ -]?(?:address|adress?e?))?|adresse (?:e-?)?mail|adresse électronique|courriel"
    r"|indirizzo e-?mail|correo(?: electrónico)?"
)
PHONE: Final = (
    r"telefoon(?:nummer)?|tel\.?|phone(?: number)?|telefon(?:nummer)?|téléphone|telefono|teléfono"
    r"|mobiel|mobile|handy"
)
SUBJECT: Final = r"onderwerp|betreff|subject|sujet|objet|asunto|oggetto"
MESSAGE: Final = (
    r"bericht|bericht ?tekst|berichtinhoud|inhoud (?:van het )?bericht|vraag|opmerking(?:en)?"
    r"|vraag of opmerking|opmerking of bericht|reactie of bericht|message|message body|comments?(?: or message)?"
    r"|question|nachricht|nachrichtentext|nachrichten-?inhalt|mitteilung|kommentar(?: oder nachricht)?|anfrage"
    r"|frage|corps du message|contenu du message|commentaire(?: ou message)?|demande|messaggio|mensaje"
    r"|corpo del messaggio|cuerpo del mensaje"
)
