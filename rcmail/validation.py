"""What a text from outside must be before anything is done with it. Bad input raises ValueError with a
sentence that says what to type instead and never repeats what was typed."""

import ipaddress
import re
import unicodedata
import urllib.parse
from typing import Final, TypeGuard

MAX_LENGTH: Final = 2000

# A tab is a space. Embeddings and overrides, which some address books copy along, go: they turn around what
# follows, unseen. Marks and isolates stay, Arabic and Hebrew need them: https://www.unicode.org/reports/tr9/
_REPLACED: Final = {ord("\t"): " ", **dict.fromkeys(range(0x202A, 0x202F))}
_UNSEEN: Final = ("Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp")
_BLANK: Final = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a symbol without ink
# What Ollama takes (https://github.com/ollama/ollama/blob/main/types/model/name.go), and the names of files, by
# which llama.cpp's server calls a model. Nothing in it that a shell, a terminal or a page obeys; and no option.
MODEL_NAME: Final = re.compile(r"[A-Za-z0-9._/][A-Za-z0-9._:/@+-]{0,199}")

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)


def clean_text(text: str) -> str:
    """``text`` trimmed, in NFC, its lines ended by ``\\n``; empty where it shows nothing.

    No control character is in it, none that turns around what follows, and nothing that PostgreSQL's TEXT cannot
    hold: NUL (docs, "Character Types") and lone surrogates.
    """
    text = text.translate(_REPLACED).strip()
    _check_length(text)  # before NFC, which takes seconds for ten thousand accents
    text = "\n".join(unicodedata.normalize("NFC", text).splitlines()).strip()
    _check_length(text)
    _check_characters(text)
    return text if shows(text) else ""


def clean_letter(text: str, most: int) -> str:
    """``text`` of ``most`` characters at most, as somebody wrote it, without blanks around it; its lines end with
    ``\\n``. Raises ValueError for what no mail and no table can hold.
    """
    text = "\n".join(text.translate(_REPLACED).splitlines()).strip()
    _check_length(text, most)
    _check_characters(text)
    return text


def shows(text: str) -> bool:
    """Whether there is anything in ``text`` that can be seen."""
    return any(unicodedata.category(c) not in _UNSEEN and c not in _BLANK for c in text)


def _check_length(text: str, most: int = MAX_LENGTH) -> None:
    if len(text) > most:
        raise ValueError(f"is too long: {most} characters are the most; shorten it")


def _check_characters(text: str) -> None:
    if any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in text):
        raise ValueError("holds a character that is no text; type it again by hand")


def is_hostname(name: str) -> bool:
    """Whether ``name`` is an IP address or reads like a host name (RFC 1123, and underscores)."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        labels = name.split(".")
        # A last label of digits is an IP address that went wrong (WHATWG URL, "ends in a number checker").
        is_number = len(labels) > 1 and labels[-1].isdigit()
        return 0 < len(name) <= 253 and not is_number and all(_LABEL.fullmatch(label) for label in labels)
    return True


def is_loopback(host: str) -> bool:
    """Whether ``host`` means this machine for certain: RFC 6761, 6.3, and the addresses."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_model_name(text: object) -> TypeGuard[str]:
    """Whether ``text`` can be the name of a language model, and stand in a command and in a sentence."""
    return isinstance(text, str) and MODEL_NAME.fullmatch(text) is not None


def clean_model_name(text: str) -> str:
    if not is_model_name(text):
        raise ValueError(
            "is no name as “ollama list” shows them: letters, digits and . _ : / @ + - without spaces, 200 at most"
        )
    return text


def clean_http_url(text: str) -> str:
    """``text`` as an ``http://`` or ``https://`` address without a trailing slash."""
    text = clean_text(text)
    example = "write it like http://127.0.0.1:11434"
    if any(c.isspace() or not c.isprintable() for c in text):
        raise ValueError(f"must not hold spaces; {example}")
    try:
        url = urllib.parse.urlsplit(text)
        host, _ = url.hostname, url.port
    except ValueError:
        raise ValueError(f"is not an address; {example}") from None
    if url.scheme not in ("http", "https"):
        raise ValueError(f"must begin with http:// or https://; {example}")
    try:
        ascii_host = (host or "").encode("idna").decode() if not (host or "").isascii() else host or ""
    except UnicodeError:
        ascii_host = ""
    if not is_hostname(ascii_host):
        raise ValueError(f"names no host; {example}")
    if url.username is not None or url.password is not None:
        raise ValueError("must not hold a user name or password")
    if "?" in text or "#" in text:
        raise ValueError(f"must end before any ? or #; {example}")
    return text.rstrip("/")


_MAIL_ADDRESS: Final = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z0-9-]{2,63}")


def clean_mail_address(text: str) -> str:
    """``text`` as an address of mail with a domain, without the name that may stand around it, in lower case.

    Raises ValueError with a sentence.
    """
    inner = re.fullmatch(r"[^<>]{0,200}<([^<>]{1,254})>", text.strip())
    address = (inner[1] if inner else text).strip().lower()
    if len(address) > 254 or not _MAIL_ADDRESS.fullmatch(address):
        raise ValueError("has something in it that is no mail address; write it like repaircafe@example.org")
    return address
