"""Reading what stands behind the question mark of an address."""

import re
from collections.abc import Mapping

from aiohttp import web


def parameters(request: web.Request, *known: str) -> dict[str, str]:
    """What the address gives, by the ``known`` names. Raises 400 with a sentence."""
    given: dict[str, str] = {}
    for name, value in request.query.items():
        if name not in known:
            there_are = f"Known are {', '.join(known)}." if known else "This address takes none."
            raise bad(f"There is no parameter of this name. {there_are}")
        if name in given:
            raise bad(f"“{name}” may be given once only.")
        given[name] = value.strip()
    return given


def number(given: Mapping[str, str], name: str, otherwise: int, *, least: int, most: int) -> int:
    text = given.get(name, str(otherwise))
    if not re.fullmatch(r"[0-9]{1,16}", text) or not least <= int(text) <= most:
        raise bad(f"“{name}” must be a whole number from {least} to {most}.")
    return int(text)


def bad(sentence: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=sentence)
