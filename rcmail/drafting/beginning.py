"""How the first sentence of a German letter begins: small, for the greeting's comma ends no sentence."""

import re
from typing import Final

# What is no noun and no “Sie”, whatever follows. Who else begins keeps the capital: no table knows every noun.
_SMALL_WORDS: Final = """
    leider nein ja jawohl doch klar gern gerne natürlich selbstverständlich sicher bestimmt genau richtig
    schade super toll schön prima danke vielen herzlichen besten bitte ach oh gut wir es man das die der den
    dem ein eine einen einem einer eines kein keine keinen keiner keines dies diese dieser dieses diesen
    solche solcher solches alles alle allen beide beides beiden jede jeder jedes jeden jemand niemand einige
    mehrere viele manche wenige andere anderes etwas nichts unser unsere unseren unserem unserer unseres mein
    meine meinen am an ans auf aus außer bei beim bis durch für gegen hinter im in ins mit nach neben ohne
    seit trotz über um unter vom von vor während wegen zu zum zur zwischen und aber oder denn sondern wenn
    falls sofern sobald solange damit dass weil da ob obwohl bevor nachdem wer was wo wann wie warum weshalb
    welche welcher welches hier dort dann dafür dagegen dabei danach davor dazu daher darum deshalb deswegen
    jetzt nun so auch nur erst schon noch nicht nie immer oft meist meistens manchmal selten vielleicht
    wahrscheinlich vermutlich grundsätzlich normalerweise üblicherweise eigentlich allerdings zurzeit derzeit
    momentan heute bisher trotzdem außerdem übrigens sonst samstags sonntags vormittags nachmittags abends ist
    sind war waren kann können darf dürfen muss müssen soll sollte sollten wird werden hat haben gibt geht
    kostenlos gratis alte alter altes alten neue neuer neues neuen kleine kleiner kleines kleinen große großer
    großes großen gute guter gutes defekte defekter defektes kaputte kaputter kaputtes komm kommt bring bringt
    nimm nehmt schau schaut melde meldet schick schickt ruf ruft frag fragt klingt hört liegt lohnt hilft
    reicht passt stimmt kostet nimmt läuft lässt weiß geh lass lasst stell leg pack
"""
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_WORD: Final = re.compile(r"[A-ZÄÖÜ][a-zäöüß]*(?![^\W\d_])")
# “Kommen Sie”, “Schleifen wir”, but “Schleifen kostet nichts”.
_VERB: Final = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+en (?:Sie|wir|uns)\b")


def begun(text: str, language: str) -> str:
    """``text``, a letter, with the first word below its greeting as the language wants it; of the same length."""
    start = text.find(",\n\n") + 3
    word = _WORD.match(text, start) if language == "de" and start > 2 else None
    if word and (word[0].lower() in _SMALL or _VERB.match(text, start)):
        return text[:start] + text[start].lower() + text[start + 1 :]
    return text
