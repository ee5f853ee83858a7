"""What redaction costs: log records that are made into JSON in a second, with and without it."""

import logging
import time
from typing import Any

from rcmail.log.formatter import RedactingFormatter
from rcmail.log.redaction import Redactor

RECORDS = 10_000
SECRETS = ("bench-secret-bench-secret-bench-secret", "p@ss w/rd&é", "1//0bench-token-bench-token-bench-token")
RECORD = {"name": "rcmail.http", "levelno": logging.INFO, "msg": "http_request", "method": "GET", "status": 200}


class NoRedactor(Redactor):
    def redact(self, value: object) -> Any:
        return value


def per_second(redactor: Redactor) -> float:
    formatter = RedactingFormatter(redactor)
    began = time.perf_counter()
    for number in range(RECORDS):
        formatter.format(logging.makeLogRecord({**RECORD, "path": f"/config/{number}"}))
    return RECORDS / (time.perf_counter() - began)


def log_records() -> dict[str, int]:
    """Taking turns, so that a busy moment of the machine hits both; the best of each."""
    rounds = [(per_second(Redactor(SECRETS)), per_second(NoRedactor())) for _ in range(3)]
    redacted, plain = map(max, zip(*rounds, strict=True))
    return {"a second": round(redacted), "without redaction": round(plain)}
