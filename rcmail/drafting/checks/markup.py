"""What only a program writes: markup, a model's talk of itself, pieces of its prompt."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.drafting.checks.draft import Draft
from rcmail.drafting.proposal import Objection

# A program that says what it is, or what it was given and told.
_ITSELF: Final = (
    r"\b(?:(?:i am|i['’]m|as)(?: \w+){0,2} (?:an?|your) (?:\w+ )?(?:(?:digital|virtual) assistant|chatbot)"
    r"|(?:ik ben|als)(?: \w+){0,2} (?:een |jullie |uw )?(?:(?:digitale|virtuele) assistent|chatbot)"
    r"|(?:ich bin|als)(?: \w+){0,2} (?:eine? )?(?:(?:digital|virtuell)e[rs]? assistent\w*|chatbot)"
    r"|(?:je (?:ne )?suis|en tant qu['’])(?: ?\w+){0,3} (?:assistante? (?:virtuel|numérique)\w*|chatbot)"
    r"|(?:i am|i['’]m)(?: (?:just|only|merely|simply))? an? (?:\w+ )?(?:bot|program(?:me)?|robot)"
    r"|ik ben (?:maar |slechts |gewoon )?een (?:\w+ )?(?:bot|computer|(?:computer)?programma|robot)"
    r"|ich bin (?:nur |bloß |bloss |lediglich )?eine? (?:\w+ )?(?:bot|(?:computer)?programm|roboter)"
    r"|je (?:suis une?|ne suis qu['’]une?) (?:simple )?(?:bot|robot|programme|ordinateur)"
    r"|i(?:['’]ve| have)\b[^.\n]{0,60}\b(?:given|provided|supplied) (?:facts|information|instructions|answers)"
    r"|i(?:['’]ve| have)\b[^.\n]{0,60}\b(?:facts|information|answers) (?:you )?(?:gave|provided|given)"
    r"|ik heb\b[^.\n]{0,60}\b(?:gegeven|verstrekte|opgegeven) (?:feiten|informatie|instructies|antwoorden)"
    r"|ich habe\b[^.\n]{0,60}\b(?:gegebenen|vorgegebenen) (?:fakten|informationen|angaben|antworten)"
    r"|(?:je n['’]ai|j['’]ai)\b[^.\n]{0,60}\b(?:faits|informations|consignes|réponses) (?:fourni|donné)e?s"
    r"|(?:my|mijn|meinen?|mes) (?:instructions|instructies|anweisungen|consignes))\b"
)
_RULES: Final = (
    (
        "markup",
        "This is markup, which a plain mail shows as it is: take it out.",
        re.compile(
            r"</?[a-z][a-z0-9]{0,15}(?:\s[^<>\n]{0,300})?/?>|&(?:nbsp|lt|gt|amp|quot|#\d{1,6});"
            r"|\*\*[^*\n]{1,200}\*\*"
            r"|^#{1,6}\s|^\s{0,3}```|__[^_\n]{1,200}__|\[[^\[\]\n]{1,200}\]\([^()\n]{1,300}\)|^\|.{1,200}\|$",
            re.MULTILINE | re.IGNORECASE,
        ),
    ),
    (
        "machine",
        "A program speaks of itself or of its instructions here: take it out.",
        re.compile(
            rf"{_ITSELF}|"
            r"\b(?:as an? (?:ai|artificial|language model|assistant,? i)|(?:i am|i'm) an? (?:ai|artificial"
            r"|language model)|(?:ai|language) (?:language )?model\b|als (?:ki|ai|künstliche|sprachmodell"
            r"|taalmodel)\b|sprachmodell|(?:ki|ai)-(?:assistent\w*|modell?)|taalmodel|ik ben een (?:ai|taalmodel"
            r"|kunstmatige)|ich bin eine? (?:ki|künstliche)|kunstmatige intelligentie|künstliche intelligenz"
            r"|en tant qu['’](?:ia|intelligence|assistant)|je suis une? (?:ia|intelligence)|modèle de langage"
            r"|intelligence artificielle|artificial intelligence)\b"
            r"|<\|[a-z_]{1,30}\|>|^\s{0,3}(?:system|assistant|user|human|prompt)\s?:|\b(?:previous|above"
            r"|system) instructions?\b"
            r"|\bsystem ?prompt\b|\byou are (?:a helpful|an assistant)|\bhere(?: is|['’]s) (?:a|the|your"
            r"|my) (?:draft|reply|response)\b"
            r"|\bhier (?:is|ist) (?:een|ein|der|het) (?:concept|entwurf|antwoord|antwort)|\bvoici (?:une?|la"
            r"|le) (?:réponse|brouillon)"
            r"|^#{3,6}(?![#\s])|\b(?:past answers?|facts of today|untrusted text)\s?:",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
)


def look(draft: Draft) -> Iterator[Objection]:
    """Each place of it."""
    for kind, sentence, rule in _RULES:
        for each in rule.finditer(draft.text):
            yield Objection(kind, sentence, *each.span())
