"""What stands around a text and is nobody's words, in six languages: “Sent from my …”, disclaimers, forms.

One alternative a line, ordered en, nl, de, fr, it, es. Every repetition has an end, so that no text takes long.
"""

import re
from typing import Final

_FLAGS: Final = re.IGNORECASE | re.DOTALL | re.MULTILINE

_SENT: Final = r"(?:sent|verstuurd|verzonden|gesendet|verschickt|envoyé|inviat[oa]|enviado)"
_FROM: Final = (
    r"(?:from|with|via|using|by|vanaf|vanuit|van|met|von|mit|aus|über|de|depuis|du|avec|à partir d['’e]|par|da|dal"
    r"|dalla|con|tramite|desde|por|mediante)"
)
_MY: Final = r"(?:my|mijn|mein(?:em|er)|mon|ma|il mio|mio|mi)"
_THING: Final = (
    r"(?:i?phone|ipad|ipod|mac|mail|e-?mail|outlook|galaxy|samsung|android|yahoo|gmail|proton ?mail|gmx|web\.de"
    r"|t-online|huawei|xiaomi|redmi|oneplus|pixel|motorola|sony|nokia|fairphone|blackberry|windows|thunderbird"
    r"|airmail|mailbox|typeapp|spark|bluemail|k-9|tuta(?:nota)?|posteo|aol|orange|handy|mobile?|mobilgerät"
    r"|smartphone|tablet|telefoon|telefon|téléphone|telefonino|cellulare|teléfono|móvil|portable|device|gerät"
    r"|toestel|appareil|dispositivo)"
)
# Words without the end of a sentence among them; then perhaps a link, or an excuse for the typing.
_WORD: Final = r"[^\s,.;:!?<]+"
_WORDS: Final = rf"(?:{_WORD} ){{0,6}}"
_LINK: Final = r"(?:\W{0,2}https?://\S{1,200}|<[^<>]{1,200}>(?: (?:for|voor|für|pour|per|para|on) \w+(?: \d+)?)?)"
_EXCUSE: Final = (
    r"[^\w\n]{0,3}(?:please |s'il vous plaît )?(?:excuse|sorry|pardon|forgive|mijn excuses|entschuldig|verzeih"
    r"|désolé).{0,80}"
)
_END: Final = rf"[\s.]{{0,3}}(?:{_LINK}|{_EXCUSE})?\W{{0,4}}"

MOBILE: Final = re.compile(
    "|".join(
        (
            rf"\W{{0,4}}{_SENT} {_FROM} ?{_MY} {_WORDS}{_WORD}{_END}",
            rf"\W{{0,4}}{_SENT} {_FROM} ?{_WORDS}\[?{_THING}\b\]?(?:\(https?://[^()]{{1,200}}\))?"
            rf"(?: {_WORD}){{0,5}}{_END}",
            rf"\W{{0,4}}(?:vanaf|van|von) {_MY} {_WORDS}(?:verzonden|verstuurd|gesendet){_END}",
            rf"\W{{0,4}}diese (?:nachricht|e-?mail|mail) wurde (?:von|mit) {_WORDS}.{{0,20}}{_THING}\b.{{0,40}}"
            rf" (?:gesendet|verschickt){_END}",
            r"\W{0,4}(?:get|download|verkrijg|holen sie sich|laden sie|télécharge[rz]|obtene[rz]|scarica|ottieni"
            r"|descargar?|obtén)?\W{0,3}outlook (?:for|voor|für|pour|per|para) (?:ios|android|mac|windows|mobile)"
            r".{0,120}",
            r"\W{0,4}provenance : (?:courrier|mail) pour windows.{0,20}",
        )
    ),
    re.IGNORECASE,
)

_THIS: Final = (
    r"^\W{0,4}(?:this|the|dit|deze|de|diese|die|der|ce|cet|le|les|la|cette|questo|questa|il|este|esta|el)\b.{0,50}"
    r"\b(?:e-?mail|message|communication|\w{0,9}bericht|nachricht|courriel|messaggio|comunicazione|mensaje|correo)"
    r"\w{0,9}"
)
_NOT_FOR_ALL: Final = (
    r"\b(?:confiden\w+|privileged|intended (?:only|solely)|vertrouwelijk\w*|uitsluitend (?:bestemd|bedoeld)"
    r"|vertraulich\w*|ausschließlich für|exclusive de|riservat\w+|exclusivamente)"
)
_THINK: Final = (
    r"\b(?:consider|think|save|denkt?|houd|spaar|denken|prüfen|schonen|bitte|pense[zr]|préserve[zr]|rispett\w+"
    r"|pensa\w*|piens[ae]|cuid\w+)\b"
)
_TREES: Final = r"\b(?:environment|planet|trees|milieu|bomen|umwelt|natur|environnement|ambiente)\b"
_PRINT: Final = (
    r"\b(?:before (?:you )?print|voordat (?:u|je) .{0,30}(?:print|afdruk)|alvorens .{0,30}(?:printen|drukken)"
    r"|bevor sie .{0,30}druck|vor dem (?:aus)?druck|ob .{0,20}gedruckt|avant d['’]imprim|prima di stamp"
    r"|antes de imprim)"
)
_SCANNED: Final = (
    r"\b(?:scanned|checked|gescand|gecontroleerd|geprüft|überprüft|vérifié|analysé|controllat|analizad)"
)
_FORM: Final = (
    r"(?:contact ?form|contactformulier|kontaktformular|formulaire de contact|modulo (?:di )?contatt\w+"
    r"|formulario de contacto)\b"
)

# A last paragraph in which one of these stands is a footer.
FOOTER: Final = re.compile(
    "|".join(
        (
            rf"{_THIS}.{{0,160}}{_NOT_FOR_ALL}",
            r"\b(?:solely|only) for the (?:use of the )?(?:addressee|(?:intended )?recipient|individual)",
            r"\bnot the intended recipient",
            r"\breceived this (?:e-?mail|message|communication) (?:in error|by mistake)",
            r"\buitsluitend bestemd voor de geadresseerde",
            r"\bniet de (?:beoogde|bedoelde) (?:ontvanger|geadresseerde)",
            r"\bgeen (?:enkele )?rechten (?:worden |kunnen worden )?ontle",
            r"\balgemene voorwaarden.{0,60}van toepassing",
            r"\bnicht der (?:richtige|beabsichtigte|angegebene|vorgesehene) (?:adressat|empfänger)",
            r"\bpas le (?:véritable )?destinataire (?:prévu|de ce)|\bce (?:message|courriel|mail) par erreur",
            r"^\W{0,4}(?:le informazioni|i dati) contenut[ei] (?:in|nel).{0,80}\b(?:riservat|confidenzial)",
            rf"{_THINK}.{{0,60}}{_TREES}.{{0,60}}{_PRINT}|{_PRINT}.{{0,60}}{_THINK}.{{0,40}}{_TREES}",
            rf"{_THIS}(?=.{{0,120}}{_SCANNED}).{{0,120}}\b(?:viru|viren|malware|anti-?vir)",
            r"\b(?:virus-?free|virusvrij|virenfrei|sans virus|privo di virus|libre de virus)\b\W{0,3}(?:www|http)",
            rf"^\W{{0,4}}{_SENT} .{{0,30}}\b{_FORM}",
            r"^\W{0,4}(?:this (?:e-?mail|message) was|dit bericht (?:is|werd)|deze e-?mail (?:is|werd)"
            r"|diese (?:e-?mail|nachricht) wurde|(?:cet e-?mail|ce (?:message|mail|courriel)) a été"
            r"|quest(?:a e-?mail è stata|o messaggio è stato)"
            r"|este (?:mensaje|correo) (?:electrónico )?(?:se ha|ha sido|fue))"
            rf" (?:{_SENT} )?.{{0,40}}\b{_FORM}",
            r"^\W{0,4}(?:this is a notification that|dit is een melding dat|dies ist eine benachrichtigung"
            rf"|ceci est une notification).{{0,60}}\b{_FORM}",
            r"\byou (?:received|are receiving) this (?:message|e-?mail) because you (?:are|have) subscribed",
            r"^\W{0,4}disclaimer\W{0,4}$",
        )
    ),
    _FLAGS,
)
# Two of these words make another paragraph part of it.
DISCLAIMER_WORD: Final = re.compile(
    r"\b(?:confiden\w+|privileged|recipient|sender|addressee|disclos\w+|unauthori[sz]ed|in error|liab\w+|viruse?s?"
    r"|disclaimer|unsubscribe|vertrouwelijk\w*|geadresseerde|afzender|aansprakelijk\w*|onbevoegd\w*"
    r"|vertraulich\w*|empfänger|absender|haft\w+|unbefugt\w*|adressat|destinataire|expéditeur|par erreur"
    r"|destinatari\w*|mittente|remitente|riservat\w+|divulga\w+)\b",
    re.IGNORECASE,
)
# What an office's gateway puts above a mail from outside.
BANNER: Final = re.compile(
    r"\W*(?:(?:caution|warning|attention|let op|waarschuwing|achtung|warnung|vorsicht|external|extern)\b.{0,80}"
    r"\b(?:external|outside|extern\w*|buiten|außerhalb|extérieur)\b"
    r"|you don['’]t often get e?-?mail from|u ontvangt niet vaak e-?mail"
    r"|sie erhalten nicht (?:häufig|oft) e-?mails|vous n['’](?:obtenez|recevez) pas souvent d['’e])",
    re.IGNORECASE | re.DOTALL,
)
MAILING_LIST: Final = re.compile(r"\blistinfo\b|\bmailing ?list\b|\bmailman\b", re.IGNORECASE)
