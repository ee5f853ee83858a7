"""Appointments: one that is said to be made, which nothing here knows of, and one that is said to be needed."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.drafting.checks.clauses import NO, clauses, said
from rcmail.drafting.checks.draft import Draft
from rcmail.drafting.proposal import Objection
from rcmail.mail.words import fold

_MADE_HERE: Final = "Nothing here knows of this appointment: see whether it is made, or take it out."
_NOT_NEEDED: Final = "The settings or a past answer say that no appointment is needed: put it right."
_MADE: Final = re.compile(
    r"\b(?:(?:have|'ve) (?:booked|registered|reserved|pencilled) (?:you|your|a (?:place|slot|spot))|(?:put"
    r"|booked) you (?:in|down)|your (?:place|slot|spot|appointment|booking)\b.{0,60}\b(?:reserved|booked|confirmed"
    r"|noted|fixed)|(?:at|for) your (?:appointment|slot|booking)|(?:uw|je|jouw) (?:afspraak|plek|plekje"
    r"|plaats)\b.{0,60}\b(?:genoteerd|bevestigd|ingepland|geboekt|gereserveerd)|(?:(?:we|wij|ik) heb(?:ben)?"
    r"|heb(?:ben)? (?:we|wij|ik)) (?:u|je|jou)\b.{0,60}\b(?:ingeschreven|ingepland|ingeboekt|genoteerd"
    r"|opgeschreven)|(?:u|je) (?:staat|bent)\b.{0,40}\bin(?:geschreven|gepland)|(?:(?:wir|ich) haben?"
    r"|haben? (?:wir|ich)) (?:sie|dich|euch|ihnen|dir)\b.{0,80}\b(?:eingetragen|vorgemerkt|angemeldet|eingeplant"
    r"|gebucht|reserviert|freigehalten)|(?:sie sind|du bist)\b.{0,40}\b(?:eingetragen|vorgemerkt|angemeldet"
    r"|eingeplant)|(?:ihr|dein) (?:termin|platz)\b.{0,60}\b(?:reserviert|bestatigt|notiert|gebucht|vorgemerkt"
    r"|eingetragen)|(?:votre|ton) (?:rendez-vous|place|inscription)\b.{0,60}\b(?:confirme|reserve|note"
    r"|enregistre)e?|(?:vous|t') ?(?:ai|avons) (?:\w+ ){0,2}(?:inscrit|note|reserve|fixe)e?|(?:vous etes"
    r"|tu es) (?:bien |deja )?(?:inscrit|enregistre)e?|(?:you are|you're) (?:all )?(?:booked|down for|signed up"
    r"|on the list)|(?:i|we)(?:'ve| have)? put your name down|have you down|(?:uw|je"
    r"|jouw) afspraak\b.{0,60}\b(?:staat vast|geregeld)|(?:plek|plekje|plaats|plaatsje) voor (?:u|je"
    r"|jou) (?:vrijgehouden|gereserveerd)|(?:zet|zetten) (?:u|je|jou) op de lijst|(?:ihr|dein"
    r"|euer) termin\b.{0,60}\b(?:steht(?: fest)?(?! nicht| im| in| auf| unter)|fix|fest)|(?:setze"
    r"|setzen wir) (?:sie|dich|euch) auf die liste|(?:votre|ton) (?:rendez-vous|place)\b.{0,60}\bfixee?|(?:vous"
    r"|te) (?:garde|gardons|reserve|reservons) une place|(?:je|nous|on) (?:vous|te) (?:mets|mettons"
    r"|met) sur la liste)\b"
)
_MUST: Final = re.compile(
    r"\b(?:appointments? (?:is|are) (?:\w+ )?(?:required|necessary|needed|essential)|(?:only )?by appointment"
    r"|(?:need to|have to|must|please) (?:\w+ )?(?:book|reserve|make an appointment)|need an appointment"
    r"|afspraak (?:is|blijft) (?:\w+ )?(?:nodig|verplicht|noodzakelijk|vereist)|(?:alleen|enkel"
    r"|uitsluitend) op afspraak|(?:moet|moeten|dient|gelieve|graag|eerst)\b.{0,30}\b(?:afspraak|reserveren)"
    r"|maak (?:\w+ ){0,3}afspraak|(?:termin|anmeldung|reservierung) ist (?:\w+ )?(?:notig|erforderlich|notwendig"
    r"|pflicht)|brauch(?:en|st) (?:\w+ ){0,2}(?:einen termin|eine (?:vor)?anmeldung)|(?:mussen|musst"
    r"|bitte)\b.{0,40}\b(?:termin (?:aus)?machen|termin vereinbaren|reservieren)|nur (?:mit|nach) (?:termin"
    r"|(?:vor)?anmeldung|vereinbarung)|vereinbaren sie\b.{0,30}\btermin|rendez-vous (?:est )?(?:obligatoire"
    r"|necessaire|requis|indispensable)|uniquement sur (?:rendez-vous|reservation)|(?:faut|devez|veuillez|merci de"
    r"|priere de) (?:\w+ ){0,2}(?:prendre (?:un )?rendez-vous|reserver))\b"
)
_BOOKING: Final = re.compile(
    r"\b(?:afspra\w+|reserv\w+|anmeld\w+|voranmeld\w+|termin|appointments?|book(?:ing)?|rendez-vous)\b"
)
_WITHOUT: Final = re.compile(r"\b(?:zonder|ohne|without|sans)\b")
_IF: Final = re.compile(r"\b(?:if|once|when|als|zodra|wenn|sobald|lorsque|quand|des que)\b")


def look(draft: Draft) -> Iterator[Objection]:
    """Each sentence of it. That one was made was told to somebody else, where a past answer says so."""
    is_free = _is_free(draft)
    for start, end in draft.sentences:
        sentence = fold(draft.text[start:end])
        if _is_made(sentence):
            yield Objection("appointment", _MADE_HERE, start, end)
        elif is_free and not sentence.endswith("?") and any(map(_is_demanded, clauses(sentence))):
            yield Objection("appointment", _NOT_NEEDED, start, end)


def _is_made(sentence: str) -> bool:
    """Whether it says that one is made, and not when it is."""
    part = said(_MADE, sentence)
    if not part or sentence.endswith("?"):
        return False
    rest = sentence.partition(part)[2].partition(",")[0]
    return not NO.search(part) and not _IF.search(part + rest)


def _is_free(draft: Draft) -> bool:
    """Whether it is told that nobody needs one, and nowhere that somebody does; the house facts first."""
    for texts in ([draft.house], [each.answer for each in draft.sources]):
        parts = [each for text in texts for each in clauses(fold(text))]
        if any(map(_is_demanded, parts)):
            return False
        if any(_BOOKING.search(each) and (NO.search(each) or _WITHOUT.search(each)) for each in parts):
            return True
    return False


def _is_demanded(clause: str) -> bool:
    return bool(_MUST.search(clause)) and not NO.search(clause) and not _WITHOUT.search(clause)
