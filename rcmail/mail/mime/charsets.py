"""From bytes to text, whatever the label says."""

import codecs
import re
from functools import lru_cache
from typing import Final

# What mail is written in. Python knows more codecs: some are no text (rot13, punycode), some import modules.
_SINGLE_NAMES: Final = """
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 iso8859-2 iso8859-3 iso8859-4 iso8859-5
    iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman
    mac-cyrillic mac-latin2 cp437 cp850 cp852 cp858 cp866 cp874"""
_MULTIPLE_NAMES: Final = """
    utf-8 utf-7 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be gb18030 hz big5 big5hkscs cp950 cp932 euc_jp
    iso2022_jp iso2022_kr cp949"""
_SINGLE: Final = frozenset(_SINGLE_NAMES.split())
_MULTIPLE: Final = frozenset(_MULTIPLE_NAMES.split())
# What is meant where a smaller set is named (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-8-sig": "utf-8",
}
_ALIASES: Final = {
    "ks_c_5601-1987": "cp949",
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-8-i": "iso8859-8",
    "x-mac-roman": "mac-roman",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
}
_LABEL: Final = re.compile(r"[a-z0-9][a-z0-9_.:+-]{1,38}")
_MARKS: Final = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_C1: Final = re.compile(rb"[\x80-\x9f]")


@lru_cache(maxsize=256)
def _codec(label: str) -> str:
    """The codec that is meant by ``label``, empty for none that mail is written in."""
    label = label.strip(" \t\"'").lower()
    if not _LABEL.fullmatch(label):
        return ""
    try:
        name = codecs.lookup(_ALIASES.get(label, label)).name
    except LookupError:
        return ""
    name = _MEANT.get(name, name)
    return name if name in _SINGLE or name in _MULTIPLE else ""


def decode(data: bytes, label: str = "") -> str:
    """``data`` as text; ``label`` is what the mail says of its charset. What cannot be read is U+FFFD.

    A text that is UTF-8 throughout is UTF-8 whatever single-byte charset is claimed, and Latin-1 is Windows' own.
    """
    for mark, codec in _MARKS.items():
        if data.startswith(mark):
            return data.decode(codec, "replace")
    if data.isascii() and (codec := _codec(label[:60])) not in _MULTIPLE:
        return data.decode("ascii")
    codec = _codec(label[:60]) or "utf-8"
    if codec == "utf-8" or codec in _SINGLE:
        return _of_europe(data, codec)
    return data.decode(codec, "replace")


def _of_europe(data: bytes, codec: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    # A broken character here and there is UTF-8 that was cut; more of them than whole ones are another charset.
    if codec == "utf-8" and 2 * text.count("\ufffd") < sum(character > "\x7f" for character in text):
        return text
    if codec == "utf-8" or (codec.startswith("iso8859-") and _C1.search(data)):
        codec = "cp1252"
    return data.decode(codec, "replace")
