"""Every variable of the environment and of the TOML files, with what makes a value valid.

A converter raises ValueError with the rest of a sentence that begins with the variable's name and that
never holds the value: it may be a secret in the wrong place.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from rcmail.log.redaction import Secret
from rcmail.validation import clean_http_url, is_hostname, is_loopback

PLACEHOLDER_SECRET_KEY: Final = "replace-this-with-the-output-of-openssl-rand-hex-32"  # noqa: S105
MIN_SECRET_KEY_LENGTH: Final = 32


def _whole_number(low: int, high: int) -> Callable[[object], int]:
    def convert(value: object) -> int:
        try:
            number = int(value.strip()) if isinstance(value, str) else value
        except ValueError:
            number = None
        if not isinstance(number, int) or isinstance(number, bool) or not low <= number <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return number

    return convert


def _seconds(value: object) -> float:
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else -1
    except ValueError:
        number = -1
    if not 0 <= number <= 60:
        raise ValueError("must be a number of seconds from 0 to 60")
    return number


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text in quotes")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("is not UTF-8 text") from None
    if "\0" in value:
        raise ValueError("holds a NUL character")
    return value.strip()


def _filled(value: object) -> str:
    text = _text(value)
    if not text:
        raise ValueError("must not be empty")
    return text


def _secret(value: object) -> Secret:
    # Not trimmed: a password may begin or end with a space.
    _text(value)
    return Secret(str(value))


def _secret_key(value: object) -> Secret:
    key = _text(value)
    advice = "make one with: openssl rand -hex 32"
    if not key:
        raise ValueError(f"is required; {advice}")
    if key == PLACEHOLDER_SECRET_KEY:
        raise ValueError(f"is still the placeholder of .env.example; {advice}")
    if len(key) < MIN_SECRET_KEY_LENGTH:
        raise ValueError(f"is shorter than {MIN_SECRET_KEY_LENGTH} characters; {advice}")
    return Secret(key)


def _optional_url(value: object) -> str:
    text = _text(value)
    return clean_http_url(text) if text else ""


def _guarded_url(value: object) -> str:
    """The address of a service that is given secrets."""
    text = clean_http_url(_filled(value))
    url = urlsplit(text)
    if url.scheme != "https" and not is_loopback(url.hostname or ""):
        raise ValueError("must begin with https://, because secrets go there; http:// is for this machine itself")
    return text


def _host(value: object) -> str:
    host = _filled(value).removeprefix("[").removesuffix("]")
    if not is_hostname(host):
        raise ValueError("must be an IP address or a host name")
    return host


def _hosts(value: object) -> frozenset[str]:
    names = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and is_hostname(name) for name in names):
        raise ValueError("must be host names with commas between, without http:// and without a port")
    return frozenset(name.lower().rstrip(".") for name in names)


def _one_of(*choices: str, fold: Callable[[str], str]) -> Callable[[object], str]:
    def convert(value: object) -> str:
        text = fold(_text(value))
        if text not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return text

    return convert


def _required(value: object) -> bool | None:
    """None where HTTP_HOST decides."""
    found = {"true": True, "false": False, "auto": None}
    text = str(value).strip().lower()
    if text not in found:
        raise ValueError(f"must be one of {', '.join(found)}")
    return found[text]


def _true_or_false(value: object) -> bool:
    text = str(value).strip().lower()  # in TOML it is no text
    if text not in ("true", "false"):
        raise ValueError("must be true or false")
    return text == "true"


# Every variable there is, with what makes it valid. The secret ones have no place in a TOML file.
SECRET_VARIABLES: Final[Mapping[str, Callable[[object], Any]]] = {
    "SECRET_KEY": _secret_key,
    "POSTGRES_PASSWORD": _secret,
    "GMAIL_CLIENT_ID": _secret,
    "GMAIL_CLIENT_SECRET": _secret,
    "GMAIL_REFRESH_TOKEN": _secret,
}
VARIABLES: Final[Mapping[str, Callable[[object], Any]]] = {
    **SECRET_VARIABLES,
    "POSTGRES_HOST": _filled,
    "POSTGRES_PORT": _whole_number(1, 65535),
    "POSTGRES_USER": _filled,
    "POSTGRES_DB": _filled,
    "OLLAMA_BASE_URL": _optional_url,
    "GMAIL_API_URL": _guarded_url,
    "GMAIL_CONSENT_URL": _guarded_url,
    "GMAIL_TOKEN_URL": _guarded_url,
    "GMAIL_REVOKE_URL": _guarded_url,
    "DB_CONNECT_ATTEMPTS": _whole_number(1, 1000),
    "DB_CONNECT_DELAY_SECONDS": _seconds,
    "HTTP_HOST": _host,
    "HTTP_PORT": _whole_number(1, 65535),
    "ALLOWED_HOSTS": _hosts,
    "PASSWORD_REQUIRED": _required,
    "DEMO": _true_or_false,
    "LOG_LEVEL": _one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", fold=str.upper),
    "LOG_FORMAT": _one_of("auto", "json", "console", fold=str.lower),
}
