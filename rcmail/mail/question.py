"""The request in a mail: what its author asks and tells, without what stands around it out of courtesy.

This is what is compared with other mails, and where words of asking are looked for.
"""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.mail.courtesy import BETWEEN, CLOSING, COURTESY, DEAR, HELLO, LEAD, POSTSCRIPT, SOMEBODY, THANKS
from rcmail.mail.newtext.footers import drop_footers
from rcmail.mail.newtext.forms import message_of
from rcmail.mail.newtext.lines import CONTACT, Lines
from rcmail.mail.subject import bare_subject

# Letters of a text that are looked at: what comes later is no request.
MOST: Final = 20_000
# Questions of one mail that are told apart.
MOST_QUESTIONS: Final = 6
# A line that is shorter ended where its author ended it; a longer one may have been wrapped by a program.
_WRAPPED: Final = 50
# Words of somebody's name, letters of a line below a closing, and lines there.
_NAME_WORDS: Final = 4
_LINE: Final = 80
_BELOW: Final = 8

_END: Final = re.compile(r"(?<=[.!?…])[\"'”’)\]]{0,2}[ \t\u00a0]+")
# A dot that ends no sentence: an initial, a number, an abbreviation.
_NO_END: Final = re.compile(
    r"(?:^|[\s(])(?:\w|\d{1,4}|ca|bv|bijv|evt|nl|jl|dhr|mevr|mw|drs|ir|dr|prof|nr|str|st|etc|enz|z\.b|d\.h"
    r"|u\.a|bzw|ggf|usw"
    r"|inkl|max|min|mr|mrs|ms|vs|e\.g|i\.e|approx|env|ex|p\.ex|i\.p\.v|a\.u\.b|s\.v\.p|o\.a|tel|av|bd|vr|za"
    r"|zo|sa|so)\.$",
    re.IGNORECASE,
)
_NAME: Final = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,30}$|(?:van|von|de|der|den|du|le|la|ten|ter|zu|und|en|et|and|&)$"
)
_ITEM: Final = re.compile(r"^\s{0,8}(?:[-*•–]|\(?\d{1,2}[.):]|[a-d]\))\s{1,8}")
_POINTS_BACK: Final = re.compile(
    r"\b(?:dat|dit|die|deze|hem|haar|het ding|'m|m|daar\w*|hier\w*|ze|zoiets|zulke|das|dies\w*|den|ihn|sie"
    r"|sowas|so (?:et)?was"
    r"|damit|daran|beide[ns]?|it|that|this|them|these|those|one|both|ça|cela|celui|celle|ceux|le|la|les"
    r"|l['’]\w+)\b",
    re.IGNORECASE,
)
# Another question begins after “and”: “do I need an appointment and what does it cost?”
_AND: Final = re.compile(
    r"\s+(?=(?:en|und|and|et|&)\s(?:wat|hoe|hoeveel|waar|wanneer|moet|kan|mag|is er|zijn er|hebben jullie"
    r"|doen jullie"
    r"|was|wie|wo|wann|muss|kann|darf|gibt|habt|brauche|what|how|where|when|do|does|can|could|is there"
    r"|are there|may"
    r"|should|combien|quand|où|comment|quel\w*|faut-il|puis-je|peut-on|est-ce|y a-t-il|quels?)\b)",
    re.IGNORECASE,
)
# “Kan dat?” is nothing without what is before it, “What cost?” is.
_WORD: Final = re.compile(r"[^\S\n]{0,3}((?:[^\s,.!?:;]|\.(?=[\w.])){1,40})")
_SHORT: Final = 4
_STANDS_ALONE: Final = re.compile(
    r"\b(?:\w*kost\w*|costs?|prices?|prijs|preise?|coûte\w*|prix|tarifs?|wanneer|wann|when|quand|waar|wo"
    r"|where|où|park\w+"
    r"|afspraak|termin|appointment|rendez-vous|pin(?:nen)?|horaires?|adres\w*|address)\b",
    re.IGNORECASE,
)


def question(new_text: str, subject: str = "") -> str:
    """The request in ``new_text``, on one line: no greeting, courtesy, closing, name, form's frame or disclaimer.

    Of a mail that has nothing else it is what ``subject`` says; empty where that says nothing either.
    """
    return " ".join(statements(new_text)) or bare_subject(subject)


def questions(new_text: str, subject: str = "") -> list[str]:
    """The questions in a mail one by one, each with what was told for it; six at most, and one at least.

    What is no question belongs to the one after it, if that points back to it, else to the one before.
    """
    found: list[list[str]] = []
    told: list[str] = []
    for part, asks in _parts(statements(new_text)):
        if not asks:
            told.append(part)
        elif found and (_is_short(part) or len(found) == MOST_QUESTIONS):
            found[-1] += [*told, part]
            told = []
        elif found and told and not _POINTS_BACK.search(part):
            found[-1] += told
            found.append([part])
            told = []
        else:
            found.append([*told, part])
            told = []
    if not found:
        return [" ".join(told) or bare_subject(subject)]
    found[-1] += told
    return [" ".join(each) for each in found]


def _parts(sentences: list[str]) -> Iterator[tuple[str, bool]]:
    """Sentences, and the questions that are joined in one; each with whether it asks."""
    for sentence in sentences:
        if "?" in sentence:
            yield from ((part, True) for part in _apart(sentence))
        else:
            yield sentence, False


def _apart(sentence: str) -> list[str]:
    """The questions that are joined in one; “when and where is it?” is one."""
    first, *others = filter(None, _AND.split(sentence))
    if others and len(first.split()) == 1:
        first, others = f"{first} {others[0]}", others[1:]
    return [first, *others]


def _is_short(part: str) -> bool:
    """Is it nothing without what is before it: “Kan dat?”"""
    return len(part.split()) < _SHORT and not _STANDS_ALONE.search(part)


def statements(new_text: str) -> list[str]:
    """What a mail says, sentence by sentence: no greeting, courtesy, closing, name, form's frame or disclaimer."""
    lines = new_text[:MOST].replace("\r\n", "\n").split("\n")
    mail = Lines(message_of(lines) or lines, ())
    drop_footers(mail)
    text = _without_greeting(mail.left().strip())
    sentences = _without_closing(list(_sentences(text)))
    found = (LEAD.sub("", _ITEM.sub("", each, count=1), count=1).strip() for each, _ in sentences)
    return [each for each in found if each and not _is_courtesy(each)]


def _without_greeting(text: str) -> str:
    for _ in range(3):
        end = _greeting(text)
        if not end:
            break
        text = text[end:].lstrip(" \t,.!:;–—-\n…")
    return text


def _greeting(text: str) -> int:
    """Where the greeting ends with which ``text`` begins; 0 where there is none."""
    hello = HELLO.match(text)
    found = hello or DEAR.match(text)
    if found is None:
        return 0
    end, place, names = found.end(), found.end(), 0
    while word := _WORD.match(text, place):
        is_next, place = place == found.end(), word.end()
        name = word[1].strip("()\"'")
        if SOMEBODY.fullmatch(name):
            end, names = place, 0
        elif name.casefold() in BETWEEN:
            continue
        elif (
            _NAME.match(name) or (hello and name.isalpha() and is_next and _is_end(text, place))
        ) and names < _NAME_WORDS:
            names += 1
            if _is_end(text, place):
                end = place
        else:
            break
    return end if hello or (_is_end(text, end) and (end > found.end() or "\n" in text[end : end + 2])) else 0


def _is_end(text: str, place: int) -> bool:
    return not text[place:].strip() or re.match(r"\s*[,.!:;\n–—]| - ", text[place : place + 5]) is not None


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """The sentences, each with whether it begins a line."""
    for line in _unwrapped(text):
        start, is_first = 0, True
        for end in _END.finditer(line):
            if not _NO_END.search(line[max(start, end.start() - 8) : end.start()]):
                yield line[start : end.end()].strip(), is_first
                start, is_first = end.end(), False
        if line[start:].strip():
            yield line[start:].strip(), is_first


def _unwrapped(text: str) -> Iterator[str]:
    """The lines as the author ended them."""
    held: list[str] = []
    for line in text.split("\n"):
        if held and (not line.strip() or _ITEM.match(line) or _is_courtesy(line) or _is_closing(line)):
            yield " ".join(held)
            held = []
        if line.strip():
            held.append(line.strip())
            if len(line) < _WRAPPED or line.rstrip().endswith((".", "!", "?", ":", ";")):
                yield " ".join(held)
                held = []
    if held:
        yield " ".join(held)


def _without_closing(sentences: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Without a closing and the name below it, as often as there is one; a postscript stays."""
    left, postscript = list(sentences), list[tuple[str, bool]]()
    while found := _closing(left):
        place, after = found
        postscript = left[after:] + postscript
        del left[place:]
    return _without_name(left) + postscript


def _closing(sentences: list[tuple[str, bool]]) -> tuple[int, int] | None:
    """Where the last closing is, and where what is below it ends."""
    for place in range(len(sentences) - 1, max(-1, len(sentences) - 1 - _BELOW - 4), -1):
        below = sentences[place + 1 :]
        after = next((n for n, (text, _) in enumerate(below) if POSTSCRIPT.match(text) or "?" in text), len(below))
        if (
            after <= _BELOW
            and _is_closing(sentences[place][0])
            and all(_is_below(text) for text, _ in below[:after])
        ):
            return place, place + 1 + after
    return None


def _is_closing(text: str) -> bool:
    if found := CLOSING.match(text):
        rest = found["rest"]
    elif found := THANKS.match(text):
        rest = found["rest"]
        if "," not in rest[:40] and not all(_NAME.match(word) for word in rest.split()):
            return False
    else:
        return False
    return "?" not in rest and found.end() == len(text) and len(rest.split()) <= 2 * _NAME_WORDS


def _is_below(text: str) -> bool:
    """May it stand below a closing: a name, an address, a number, a wish?"""
    return len(text) <= _LINE and "?" not in text


def _without_name(sentences: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Without numbers and one name as the last lines."""
    while len(sentences) > 1 and _is_contact(sentences[-1][0]):
        sentences = sentences[:-1]
    while len(sentences) > 1 and _is_courtesy(sentences[-1][0]):
        sentences = sentences[:-1]
    # Below a colon, or another such line, it is more likely an item of a list: German nouns have capitals.
    if len(sentences) > 1 and _is_name(*sentences[-1]):
        above = sentences[-2]
        sentences = sentences if above[0].endswith((":", ",")) or _is_name(*above) else sentences[:-1]
    return sentences


def _is_contact(text: str) -> bool:
    found = CONTACT.search(text[:_LINE])
    return found is not None and len(text) <= _LINE and len(re.findall(r"[^\W\d_]{2,}", text)) <= _NAME_WORDS


def _is_name(text: str, is_line: bool) -> bool:
    words = re.sub(r"\(.{0,20}\)|[/,]", " ", text).split()
    most = _NAME_WORDS if is_line else 2
    return 0 < len(words) <= most and text[-1] not in "?!:" and all(_NAME.match(word) for word in words)


def _is_courtesy(text: str) -> bool:
    return len(text) < 200 and COURTESY.fullmatch(text) is not None
