"""Which language a text is written in, by the words and letters that every text has."""

import re
from operator import itemgetter
from typing import Final

# Words without which nobody writes, and those with which mail begins and ends. What several languages have counts
# for each of them, by less.
_WORDS: Final = {
    "nl": """
        de het een en van ik is dat niet op te zijn die met voor er maar om je ze wij jullie ook als aan bij
        nog wel dan heb hebben heeft mijn deze dit naar uit kan kunnen wordt worden zou wat hoe waar wanneer
        geen door over was u uw we hij zij mag moet moeten wil graag zo meer al hier daar iets iemand omdat
        want dus toch even weer goed nu ons onze mij jij hem haar hun tot tegen zonder tussen alleen misschien
        bedankt dank beste hoi hallo groet groeten groetjes vriendelijke dag kom komen doet doen jou wie welke
        eens vraag of meteen bijna nieuwe oude""",
    "de": """
        der die das und ich ist nicht ein eine einen einem einer zu den dem des mit für auf von sie es auch
        sich wir ihr ihre ihren kann können könnte haben habe hat sind war wird werden wurde bei aus nach noch
        wie aber oder wenn dass mein meine meinen meiner ob im am zum zur um über vor durch nur schon sehr mehr
        hier da dann was wann wo bitte danke vielen dank grüße grüßen gruß hallo guten liebe lieber geehrte
        geehrter viele mal gerne gern uns euch ihnen unser unsere diese dieser dieses kein keine möchte muss
        etwas wäre er man du dir mich mir jetzt""",
    "en": """
        the and to of a is in it you that for on with as are be at this have from or my can not but we they
        your an if would could will do does there what when how where which i'm it's don't i've please thanks
        thank dear regards hi hello kind best has had was were been our me he she his her their them so about
        just any some more into out up also than then only very know like get need should here no yes by its
        who why i us am did bring""",
    "fr": """
        le la les de des du et est un une je vous nous que qui pas ne pour dans en sur avec ce cette ces il
        elle ils sont mon ma mes votre vos notre nos au aux ou mais si plus par être avoir ai avez avons a été
        fait faire peut peux pouvez bien très merci bonjour cordialement salutations aussi tout tous même quand
        comment où quoi quel quelle c'est j'ai n'est d'un d'une qu'il l'on y se sa son leur suis sans sous chez
        encore déjà peu trop c j l d n s qu bonsoir madame monsieur voici voilà car donc alors à moi lui là ça
        oui non on cela""",
    "it": """
        il lo la i gli le di che e è un una uno per non con del della dei delle degli nel nella al alla ai alle
        da dal dalla in su sul sulla si ho hai ha abbiamo avete hanno sono sei siamo mi ti ci vi mio mia vostro
        vostra nostro nostra questo questa quello anche ma se come quando dove cosa perché più molto grazie
        buongiorno salve ciao cordiali saluti gentile vorrei posso può potete essere fare c'è dell all l
        un'altra già ancora solo tutto buonasera suo sua loro quale quanto prima dopo senza qualcosa sapere
        portare""",
    "es": """
        el la los las de que y en un una por con no se es para lo mi su sus al del me le como más pero si ya o
        este esta esto ese esa hay muy también cuando dónde cómo qué yo nos nuestro nuestra he ha han tengo
        tiene tienen puedo puede pueden podría está están son soy ser estar hacer gracias hola saludos saludo
        buenos buenas días tardes estimado estimada cordial ustedes usted te tu porque sin sobre desde hasta
        todo todos algo quisiera gustaría era fue entre así bien mucho""",
    # Neighbours of the six that would pass for one of them, and what else is written in Latin letters.
    "pt": """
        o os as um uma de do da dos das em no na nos nas não que e é para com por se mais como mas eu você
        vocês meu minha seu sua ao à são está tem ter foi ser muito também já obrigado obrigada olá bom dia
        cumprimentos pode podem fazer nosso posso este esta isso quando onde nós""",
    "da": """
        og jeg er det en et at ikke på med for til den de har vi kan som af om men hvis hvor hvornår min mit
        jer os også være var hilsen hej tak venlig mange godt skal vil der fra""",
    "sv": """
        och jag är det en ett att inte på med för till den de har vi kan som av om men när var min mitt er oss
        också vara hälsningar hej tack vänliga mycket ska från eller""",
    "pl": """
        i w na nie się z do to że jest jak po co ale czy dla od mam mogę proszę dziękuję dzień dobry pozdrawiam
        jestem są być mój moja przez już tylko gdy kiedy gdzie o ze""",
    "tr": """
        bir ve bu için ile de da mi mı ben çok ama var yok ne nasıl merhaba teşekkürler teşekkür ederim
        saygılarımla iyi günler olarak daha gibi benim sizin zaman nerede""",
    "ro": """
        și de la în nu este un o pe cu să că mai din pentru sunt am ce se care dar bună ziua mulțumesc vă cum
        când unde meu mea fost poate""",
    "cs": """
        a je v na se to že s z do si o jak ale pro jsem by dobrý den děkuji prosím jsou mám můj moje kdy kde
        jako pozdravem nebo není""",
    "hu": """
        a az és hogy nem is egy van ez meg de ha csak már vagy kérem köszönöm üdvözlettel jó napot tisztelt
        mikor hol nagyon lehet mint""",
    "fi": """
        ja on ei se että en ole mutta kun niin kuin minä hei kiitos terveisin voi myös tai jos mitä missä
        milloin minun oli ovat""",
    "lb": """
        ech mir dir a mat net ass vun fir op den eng en déi dat hunn sinn och wéi wann moien merci gréiss kéint
        äre mäin meng""",
    "af": """
        ek jy ons hulle nie is die het en van dit vir wat by kan my jou baie dankie goeie groete asseblief
        wanneer waar hoe sal moet as ook""",
    "ca": """
        el la els les de i que no es per amb un una però com més molt moltes gràcies bon dia hola salutacions
        puc pot tinc és meu meva quan on si us també dissabte""",
}
# Letters (and pairs) that one of the languages has and its neighbours have not, or hardly.
_LETTERS: Final = {
    "nl": r"ij|aa|oe(?!u)|uu|\bsch|tje\b",
    "de": r"[äöüß]|cht|ung\b|tz|\bsch",
    "en": r"th|ing\b|\bwh|ould|ght",
    "fr": r"[çœèêàùûîô]|\b[cdjlmnst]['’]|eux\b|ez\b|oi|é",
    "it": r"[ìòàè]|zion|gli|\bche|tt[aoie]\b|ll['’]",
    "es": r"[ñ¿¡áíó]|ción|dad\b|ll[aeo]",
    "pt": r"[ãõ]|ção|nh[ao]",
    "da": r"[æøå]",
    "sv": r"[åäö]",
    "pl": r"[ąęłśźżćń]|cz|sz",
    "tr": r"[ğışİ]",
    "ro": r"[șțţăâ]",
    "cs": r"[ěřůčžšý]",
    "hu": r"[őűáö]",
    "fi": r"ää|kk|nn|ll|[äö]",
    "af": r"aa|oe|uu",
    "ca": r"[àèòç]|ny\b|l·l",
    "lb": r"[ëé]|éi|ää|mm\b",
}
_KNOWN: Final = frozenset(["nl", "de", "en", "fr", "it", "es"])
_MAX_LOOKED_AT: Final = 20_000

_NO_WORDS: Final = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@\S+|\d+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FOREIGN: Final = re.compile(r"[\u0370-\u1dff\u2c00-\ua7ff\uaa00-\uffef]")  # letters that are not Latin
_LETTER_RULES: Final = {name: re.compile(text) for name, text in _LETTERS.items()}

# Below so many points, or so little ahead of the second, it is a guess.
_MIN_POINTS: Final = 1.0
_MIN_LEAD: Final = 1.3
_LETTER_POINTS: Final = 0.25
_MIN_OF_BEST: Final = 0.25
# A text of so many words in one of the six has this share of words that are known.
_LONG: Final = 12
_MIN_SHARE: Final = 0.12
_BREAK: Final = re.compile(r"\n\s*\n")
# Letters to one of the beginning, from which on the end decides as well.
_MUCH: Final = 6


def _weighed() -> dict[str, list[tuple[str, float]]]:
    """Each word with the languages that have it, and what it counts for them."""
    owners: dict[str, list[str]] = {}
    for name, words in _WORDS.items():
        for word in set(words.split()):
            owners.setdefault(word, []).append(name)
    return {word: [(name, _points(name, names)) for name in names] for word, names in owners.items()}


def _points(name: str, names: list[str]) -> float:
    # The six share a whole point, whoever else has the word: nearly all mail is in one of them.
    return 1 / len(_KNOWN.intersection(names)) if name in _KNOWN else 1 / len(names)


_WEIGHED: Final = _weighed()
FUNCTION_WORDS: Final = frozenset(_WEIGHED)
"""What every text has, in small letters: of what one is about they tell nothing."""


def language(text: str) -> str | None:
    """``nl``, ``de``, ``en``, ``fr``, ``it``, ``es`` or, for any other, ``other``; None where it cannot be told.

    Meant for what somebody wrote, without quotes. Where a few words do not tell, the language of the conversation
    is the better guess. Somebody who begins in one language and does not end in another understands the first,
    whatever stands in between: an instruction to a machine, a label, a translation.
    """
    text = text[:_MAX_LOOKED_AT]
    whole = _guess(text)
    paragraphs = [each for each in _BREAK.split(text) if each.strip()]
    if whole is None or len(paragraphs) == 1:
        return whole
    first, rest = _beginning(paragraphs)
    begun = _guess(first)
    is_much = _MUCH * len(first) >= len(text) or _guess(rest[-1] if rest else "") != whole
    return begun if begun in _KNOWN and is_much else whole


def _beginning(paragraphs: list[str]) -> tuple[str, list[str]]:
    """The first paragraphs, as many as have words enough to tell, and the others."""
    for number in range(1, len(paragraphs) + 1):
        first = " ".join(paragraphs[:number])
        if len(first.split()) >= _LONG:
            return first, paragraphs[number:]
    return " ".join(paragraphs), []


def _guess(text: str) -> str | None:
    text = _NO_WORDS.sub(" ", text).lower().replace("’", "'")
    words = _WORD.findall(text)
    if 2 * len(_FOREIGN.findall(text)) > sum(map(len, words)):
        return "other"
    points = dict.fromkeys(_WORDS, 0.0)
    for word in words:
        for name, weight in _WEIGHED.get(word) or _WEIGHED.get(word.partition("'")[0]) or ():
            points[name] += weight
    if len(words) >= _LONG and max(points.values()) < _MIN_SHARE * len(words):
        return "other"
    # Letters decide between neighbours: in a long text with hardly a Finnish word nobody counts “nn”.
    least = max(points.values()) * _MIN_OF_BEST if len(words) >= _LONG else 0.0
    for name, rule in _LETTER_RULES.items():
        if points[name] >= least:
            points[name] += _LETTER_POINTS * len(rule.findall(text))
    (best, most), (_, second) = sorted(points.items(), key=itemgetter(1), reverse=True)[:2]
    if most < _MIN_POINTS or most < _MIN_LEAD * second:
        return None
    return best if best in _KNOWN else "other"
