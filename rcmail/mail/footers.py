"""What mail programs, lists and offices put below a text: “Sent from my …”, disclaimers, list footers, signature blocks.

A signature's delimiter is RFC 3676 §4.3's dash, dash, blank; many programs lose the blank.
"""

import re
from collections.abc import Sequence
from typing import Final

from rcmail.mail.header_block import is_rule
from rcmail.mail.lines import Lines

MOST_CHARACTERS: Final = 3_000  # of a paragraph; a longer one is looked at as far as here
SIGNATURE_LINES: Final = 15
RULED_LINES: Final = 8  # below a line of underscores, an address or a number among them
BANNER: Final = 500  # characters
SHORT: Final = 200  # characters of a line are looked at
FAR: Final = 200  # lines from the end, blank ones counted, no signature begins
WEAK_SIGNATURE: Final = 400  # characters: below two dashes without the blank

_THING: Final = (
    r"(?:i?phone|ipad|ipod|mac|mail|e-?mail|outlook|galaxy|samsung|android|yahoo|gmail|proton ?mail|gmx|web\.de"
    r"|t-online|huawei|xiaomi|redmi|oneplus|pixel|motorola|sony|nokia|fairphone|blackberry|windows|thunderbird|airmail"
    r"|mailbox|typeapp|spark|bluemail|k-9|tuta(?:nota)?|posteo|aol|orange|handy|mobile?|mobilgerät|smartphone|tablet"
    r"|telefoon|telefon|téléphone|telefonino|cellulare|teléfono|móvil|portable|phone|device|gerät|toestel|appareil"
    r"|dispositivo)"
)
_SENT: Final = r"(?:sent|verstuurd|verzonden|gesendet|verschickt|envoyé|inviat[oa]|enviado)"
_FROM: Final = (
    r"(?:from|with|via|using|by|vanaf|vanuit|van|met|von|mit|aus|über|de|depuis|du|avec|à partir d['’e]|par|da|dal|dalla"
    r"|con|tramite|desde|por|mediante)"
)
_MY: Final = r"(?:my|mijn|mein(?:em|er)|mon|ma|il mio|mio|mi)"
# Words without an end of a sentence among them, and then perhaps a link or an excuse for the typing.
_NAMES: Final = r"(?:[^\s,.;:!?<]+ ){0,6}"
_AFTER: Final = (
    r"[\s.]{0,3}(?:\W{0,2}https?://\S{1,200}|<[^<>]{1,200}>(?: (?:for|voor|für|pour|per|para|on) \w+(?: \d+)?)?"
    r"|[^\w\n]{0,3}(?:please |s'il vous plaît )?(?:excuse|sorry|pardon|forgive|désolé|entschuldig|verzeih|mijn excuses).{0,80})?[\s.]{0,3}"
)
_MOBILE: Final = re.compile(
    r"\W{0,4}(?:"
    rf"{_SENT} {_FROM} ?(?:{_MY} {_NAMES}[^\s,.;:!?<]+|{_NAMES}\[?{_THING}\b\]?(?:\(https?://[^()]{{1,200}}\))?(?: [^\s,.;:!?<]+){{0,5}}){_AFTER}"
    rf"|(?:vanaf|van|von) {_MY} {_NAMES}(?:verzonden|verstuurd|gesendet){_AFTER}"
    rf"|diese (?:nachricht|e-?mail|mail) wurde (?:von|mit) {_NAMES}.{{0,20}}{_THING}\b.{{0,40}} (?:gesendet|verschickt){_AFTER}"
    r"|(?:get|download|verkrijg|holen sie sich|laden sie|hier|télécharge[rz]|obtene[rz]|scarica|ottieni|descargar?|obtén)?\W{0,3}"
    r"outlook (?:for|voor|für|pour|per|para) (?:ios|android|mac|windows|mobile).{0,120}"
    r"|provenance : (?:courrier|mail) (?:pour|für) windows.{0,20}"
    r")\W{0,4}",
    re.IGNORECASE,
)
_TREES: Final = r"(?:milieu|environment|umwelt|environnement|ambiente|planet|natur|nature|bäume|bomen|trees)\b"
_THINK: Final = r"\b(?:consider|think|denkt?|denken|houd|spaar|prüfen|schonen|bitte|pense[zr]|préserve[zr]|rispett\w+|pensa\w*|piens[ae]|cuid\w+)\b"
_PRINT: Final = r"\b(?:before|voordat|voor|alvorens|bevor|vor dem|ob|ehe|avant|prima|antes)\b.{0,50}(?:print|druk|druck|imprim|stamp)"
_FORM: Final = (
    r"(?:contactformulier|contact ?form|kontaktformular|formulaire de contact|modulo (?:di )?contatt\w+"
    r"|formulario de contacto)\b"
)
# A paragraph with one of these is a footer wherever it is the last; the others only beside such a one.
_STRONG: Final = re.compile(
    r"^\W{0,4}(?:this|the|diese|dit|deze|die|le|ce|cet|questo|questa|este|esta)\b.{0,40}\b(?:e-?mails?|messages?|bericht"
    r"|nachricht|courriel|messaggio|mensaje|correo|communication|comunicazione)\b.{0,160}\b(?:confiden\w+|privileged"
    r"|vertrouwelijk\w*|vertraulich\w*|riservat\w+|uitsluitend (?:bestemd|bedoeld)|intended (?:only|solely)"
    r"|ausschließlich für|exclusive de|exclusivamente)"
    r"|\b(?:solely|only) for the (?:use of the )?(?:addressee|(?:intended )?recipient|individual)"
    r"|\bnot the intended recipient|\breceived this (?:e-?mail|message|communication) (?:in error|by mistake)"
    r"|\bgeen (?:enkele )?rechten (?:worden |kunnen worden )?ontle|\buitsluitend bestemd voor de geadresseerde"
    r"|\bniet de (?:beoogde|bedoelde) (?:ontvanger|geadresseerde)"
    r"|\bnicht der (?:richtige|beabsichtigte|angegebene|vorgesehene) (?:adressat|empfänger)"
    r"|\bpas le (?:véritable )?destinataire (?:prévu|de ce)|\bce (?:message|courriel|mail) par erreur"
    r"|^\W{0,4}(?:le informazioni|i dati) contenut[ei] (?:in|nel).{0,80}\b(?:riservat|confidenzial)"
    r"|\b(?:virus-?free|virenfrei|virusvrij|sans virus|libre de virus|privo di virus)\b\W{0,3}(?:www|http)"
    rf"|{_THINK}.{{0,60}}\b{_TREES}.{{0,60}}{_PRINT}|{_PRINT}.{{0,60}}{_THINK}.{{0,40}}\b{_TREES}"
    r"|^\W{0,4}(?:this (?:e-?mail|message) was|dit bericht (?:is|werd)|deze e-?mail (?:is|werd)|diese (?:e-?mail|nachricht) wurde"
    r"|(?:cet e-?mail|ce (?:message|mail|courriel)) a été|questa e-?mail è stata|questo messaggio è stato"
    rf"|este (?:mensaje|correo)(?: electrónico)? (?:se ha|ha sido|fue)) (?:{_SENT}\b.{{0,40}}|.{{0,40}})\b{_FORM}"
    rf"|^\W{{0,4}}(?:dit is een melding dat|this is a notification that|dies ist eine benachrichtigung|ceci est une notification)"
    rf".{{0,60}}\b{_FORM}"
    r"|^\W{0,4}(?:this|dit|deze|diese|ce|cet|questa|questo|este) .{0,40}\b(?:scanned|checked|gescand|gecontroleerd|geprüft"
    r"|überprüft|vérifié|analysé)\b.{0,60}\b(?:virus\w*|viren|malware|anti-?virus\w*)\b"
    r"|^\W{0,4}disclaimer\W{0,4}$"
    r"|\byou (?:received|are receiving) this (?:message|e-?mail) because you (?:are|have) subscribed",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
_WEAK: Final = re.compile(
    r"\b(?:confiden\w+|privileged|recipient|sender|addressee|disclos\w+|unauthori[sz]ed|in error|liab\w+|viruse?s?"
    r"|vertrouwelijk\w*|geadresseerde|afzender|aansprakelijk\w*|onbevoegd\w*|vertraulich\w*|empfänger|absender|haft\w+"
    r"|unbefugt\w*|adressat|destinataire|expéditeur|par erreur|destinatari\w*|mittente|remitente|riservat\w+|divulga\w+"
    r"|unsubscribe|disclaimer|confidentiality notice)\b",
    re.IGNORECASE,
)
# What an office's gateway puts above a mail from outside.
_BANNER: Final = re.compile(
    r"\W*(?:(?:caution|warning|attention|let op|waarschuwing|achtung|warnung|vorsicht|external|extern)\b.{0,80}"
    r"\b(?:external|outside|extern\w*|externe|buiten|außerhalb|extérieur)\b"
    r"|you don['’]t often get e?-?mail from|u ontvangt niet vaak e-?mail|sie erhalten nicht (?:häufig|oft) e-?mails"
    r"|vous n['’](?:obtenez|recevez) pas souvent d['’e])",
    re.IGNORECASE | re.DOTALL,
)
_LIST: Final = re.compile(r"\blistinfo\b|\bmailing ?list\b|\bmailman\b", re.IGNORECASE)
_UNDERSCORES: Final = re.compile(r"\s{0,9}(?:_{3,}|[—―]{3,})\s{0,9}")
_MARK: Final = re.compile(r"\s*(?:--|—|–)\s*")


def drop_banner(mail: Lines) -> None:
    """Drop a first paragraph in which an office's gateway warns of mail from outside."""
    first = stop = mail.next(0)
    while stop < len(mail) and mail.texts[stop].strip():
        stop += 1
    paragraph = "\n".join(mail.texts[first:stop])
    if stop < len(mail) and len(paragraph) < BANNER and _BANNER.match(paragraph):
        mail.drop(first, stop)


def drop_footers(mail: Lines) -> None:
    """Drop signature blocks, lists' footers, mail programs' lines and disclaimers, wherever quotations left a text's end."""
    for start, stop in mail.segments():
        for place in range(start, stop):
            if _is_mobile_line(mail.texts[place]):
                mail.drop(place, place + 1)
            elif _is_list_footer(mail.texts, place) or _is_signature(mail.texts, place, stop):
                mail.drop(place, stop)
                break
    for start, stop in mail.segments():
        cut = _disclaimers_from(mail.texts, start, stop)
        while cut > start and (not mail.texts[cut - 1].strip() or is_rule(mail.texts[cut - 1])):
            cut -= 1
        mail.drop(cut, stop)


def _is_mobile_line(line: str) -> bool:
    """Is it the whole line of a mail program about itself, such as “Sent from my iPhone”?"""
    return len(line) < 250 and len(line.split()) < 18 and _MOBILE.fullmatch(line) is not None


def _is_list_footer(lines: Sequence[str], start: int) -> bool:
    """Does a mailing list's footer begin here: a rule, and the list's name below it?"""
    return is_rule(lines[start]) and any(_LIST.search(line[:500]) for line in lines[start + 1 : start + 4])


def _is_signature(lines: Sequence[str], start: int, stop: int) -> bool:
    """Is it a delimiter with a signature? Below the RFC's it may be long, below another it is short and asks nothing."""
    has_rule = _UNDERSCORES.fullmatch(lines[start][:SHORT]) is not None
    if stop - start > FAR or not (has_rule or _MARK.fullmatch(lines[start][:SHORT])):
        return False
    below = [line.strip() for line in lines[start + 1 : stop] if line.strip()]
    text = "\n".join(below)
    if len(below) > SIGNATURE_LINES:
        return False
    return (
        lines[start] == "-- "
        or _STRONG.search(text) is not None
        or (len(text) <= WEAK_SIGNATURE and "?" not in text)
    )


def _disclaimers_from(lines: Sequence[str], start: int, stop: int) -> int:
    """Where the disclaimers begin that are the last paragraphs of ``lines[start:stop]``; ``stop`` where there are none."""
    cut = stop
    while stop > start:
        top = stop
        while top > start and lines[top - 1].strip():
            top -= 1
        paragraph = "\n".join(lines[top:stop])[:MOST_CHARACTERS]
        if found := _STRONG.search(paragraph):
            cut = _begins(
                lines, top, top + paragraph.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip()))
            )
            if cut > top:
                break
        elif not _is_weak(paragraph):
            break
        stop = top
        while stop > start and not lines[stop - 1].strip():
            stop -= 1
    return cut


def _begins(lines: Sequence[str], top: int, place: int) -> int:
    """The first line of a disclaimer known by its line ``place``: those above belong to it if a sentence runs on."""
    while (
        place > top and len(lines[place - 1]) > 50 and not lines[place - 1].rstrip().endswith((".", "!", "?", ":"))
    ):
        place -= 1
    return place


def _is_weak(paragraph: str) -> bool:
    """May it be part of a disclaimer, beside one that surely is?"""
    words = {word.casefold() for word in _WEAK.findall(paragraph)}
    return len(words) > 1 or paragraph.strip(" :*").casefold() in words or is_rule(paragraph)
