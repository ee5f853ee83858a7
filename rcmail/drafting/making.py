"""Stand-in."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rcmail.drafting.compose import compose


def make(item: Mapping[str, Any]) -> dict[str, Any]:
    """A draft of what ``compose`` takes, as JSON can say it."""
    return asdict(compose(item["asked"], item["sources"], item["facts"], item["hint"]))
