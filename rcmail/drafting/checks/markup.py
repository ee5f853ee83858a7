"""What only a program writes: markup, a model's talk of itself, pieces of its prompt."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.drafting.checks.draft import Draft
from rcmail.drafting.proposal import Objection

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
            r"\b(?:as an? (?:ai|artificial|language model|assistant)|(?:i am|i'm) an? (?:ai|artificial"
            r"|language model)"
            r"|(?:ai|language) (?:language )?model\b|als (?:ki|ai|künstliche|sprachmodell|taalmodel)\b"
            r"|sprachmodell"
            r"|(?:ki|ai)-(?:assistent\w*|modell?)|taalmodel|ik ben een (?:ai|taalmodel|kunstmatige)"
            r"|ich bin eine? (?:ki|künstliche)"
            r"|kunstmatige intelligentie|künstliche intelligenz|en tant qu['’](?:ia|intelligence|assistant)"
            r"|je suis une? (?:ia|intelligence)|modèle de langage|intelligence artificielle"
            r"|artificial intelligence)\b"
            r"|<\|[a-z_]{1,30}\|>|^\s{0,3}(?:system|assistant|user|human|prompt)\s?:|\b(?:previous|above"
            r"|system) instructions?\b"
            r"|\bsystem ?prompt\b|\byou are (?:a helpful|an assistant)|\bhere(?: is|['’]s) (?:a|the|your"
            r"|my) (?:draft|reply|response)\b"
            r"|\bhier (?:is|ist) (?:een|ein|der|het) (?:concept|entwurf|antwoord|antwort)|\bvoici (?:une?|la"
            r"|le) (?:réponse|brouillon)"
            r"|^###|\b(?:past answers?|facts of today|untrusted text)\s?:",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
)


def look(draft: Draft) -> Iterator[Objection]:
    """Each place of it."""
    for kind, sentence, rule in _RULES:
        for each in rule.finditer(draft.text):
            yield Objection(kind, sentence, *each.span())
