"""Names and addresses that no visitor has, in nl, de, en, fr: offices, other cafés, the group's own lists.

In lower case and without accents, as ``words.fold`` leaves a text; every repetition has an end.
"""

import re
from typing import Final

CAFE_WHY: Final = "it is from another Repair Café, or from somebody who studies them"
_ORGANISATION: Final = (
    r"redactie|redaktion|redaction|administratie|verwaltung|hausverwaltung|comptabilite|buchhaltung|accounts"
    r"|debiteuren|newsletter|nieuwsbrief|lettre|digest|service|klantenservice"
    r"|gemeente|stadt|stadtverwaltung|amt|mairie|council|ministerie|provincie|kreis|landkreis|bibliotheek"
    r"|bucherei|library|mediatheque|bank|sparkasse|verzekering\w*|versicherung\w*|assurance"
    r"|b\.?v\.?|gmbh|ltd|limited|sarl|inc|e\.?v\.?|groothandel|handel|verkoop|sales|vertrieb|marketing"
    r"|support|webmaster|wordpress|google|microsoft|paypal|facebook|linkedin|mailchimp"
    r"|radio|tv|krant|courant|zeitung|kurier|gazette|journal|nieuws|news|bode|universit\w+|university"
    r"|hogeschool|hochschule|lycee|college|repair[- ]?caf\w+|reparatur\w+|reparatiecaf\w+|repaircaf\w+|beheer"
    r"|recruitment|hr"
)
ORGANISATION: Final = re.compile(rf"\b(?:{_ORGANISATION})\b")
CAFE: Final = re.compile(
    r"\b(?:repair[- ]?caf\w{1,3}|repaircaf\w{1,3}|reparatur-?(?:treff|caf\w{1,3}|initiative)\b"
    r"|reparatiecaf\w{1,3})"
)
OFFICE: Final = re.compile(
    r"(?:newsletter|nieuwsbrief|lettre|news|redactie|redaktion|redaction|press?e?|pers|invoice|billing"
    r"|factur\w{1,5}|accounts|debiteuren|comptabilite|finan\w{1,9}|administratie|verkoop|sales|angebot|offers?"
    r"|marketing|vergunningen|ehrenamt|clerk|vie\.associative|hr|service|support|beheer|hausverwaltung|wijken"
    r"|gemeente|info|contact|kontakt|mail|office|buero|secretari\w{1,4}|sekretariat|program\w{1,3}|events?"
    r"|evenementen|stalls?|markt|pakket|paket|tracking|suivi|direction|directie|leitung|manager|agence"
    r"|firmenkunden|renewals|netzwerk|netwerk|network|monitor|enquete|survey|comite|committee|animation|bookings"
    r"|community|cdi|hello|hallo|bonjour|board|admin|noreply\S{0,20}|no-reply|donotreply|bibliotheek|bank|clubs?"
    r"|verein|projecten|projekt\w{0,2}|projects?|bounce\w{0,10})"
)
# Addresses that a group gives its own people.
VOLUNTEERS: Final = re.compile(
    r"(?:vrijwillig\w{0,6}|ehrenamt\w{0,6}|helfer|team|volunteers?|crew|benevoles?|bestuur|vorstand|committee"
    r"|bureau|leden|mitglieder|members|reparateurs?|fixers|lijst|list)(?:[-+.]\w+)?"
)
