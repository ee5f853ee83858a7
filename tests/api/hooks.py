"""Loaded by schemathesis: an address it makes up for the language model is turned to this machine."""

import re
from typing import Any

import schemathesis
import yaml

from tests.support import ROOT

_DOCUMENT = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text())
_ADDRESS = _DOCUMENT["components"]["schemas"]["Changes"]["properties"]["llm_endpoint"]["pattern"]


def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """The service looks up and calls whatever it is told to: here no stranger's name."""
    body = case.body
    address = body.get("llm_endpoint") if isinstance(body, dict) else None
    if isinstance(address, str) and re.search(_ADDRESS, address):
        body["llm_endpoint"] = re.sub(r"(https?://)[a-z0-9.:-]*", r"\g<1>localhost:9", address)


schemathesis.hook(before_call)
