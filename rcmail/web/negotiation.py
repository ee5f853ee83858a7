"""What a caller wants to get back: a page for people, or JSON for programs."""

from functools import lru_cache

from aiohttp import web


def wants_html(request: web.BaseRequest) -> bool:
    """Whether the ``Accept`` header prefers ``text/html`` (RFC 9110, 12.5.1).

    ``*/*``, curl's, is no preference: JSON. htmx swaps HTML whatever it accepts.
    """
    if request.headers.get("HX-Request") == "true":
        return True
    html, json = _preference(_accept(request))
    return html > json


def wants_json(request: web.BaseRequest) -> bool:
    """Whether the ``Accept`` header prefers ``application/json``: who sends a form may get a page otherwise."""
    html, json = _preference(_accept(request))
    return json > html


def _accept(request: web.BaseRequest) -> str:
    return ",".join(request.headers.getall("Accept", ()))


@lru_cache(maxsize=64)  # a caller says the same each time
def _preference(accept: str) -> tuple[float, float]:
    """The qualities of ``text/html`` and ``application/json``, 0 where they are not named."""
    quality = {"text/html": 0.0, "application/json": 0.0}
    for part in accept.split(","):
        media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media_type in quality:
            quality[media_type] = max(quality[media_type], _quality(parameters))
    return quality["text/html"], quality["application/json"]


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
