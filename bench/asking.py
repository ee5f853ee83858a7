"""The pages of mail, asked for as a browser does: alone, and while mail comes in."""

import http.client
import itertools
import json
import random
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Final

from tests.support import Service

_HTML: Final = {"Accept": "text/html"}
_JSON: Final = {"Accept": "application/json"}
# Seconds between two asks while mail comes in: somebody who clicks, not a load test.
_PAUSE: Final = 0.05
_MEANWHILE: Final = ("/", "/mail", "/health")
_PAGES: Final = {
    "the page, waiting": "/mail",
    "the page, all": "/mail?state=all",
    "the page, closed": "/mail?state=closed",
    "100 of them, JSON": "/mail?limit=100",
    "from the middle on, JSON": "/mail?before=@",
    "search, a word of most mails": "/mail?state=all&q=repair",
    "search, a word of some": "/mail?state=all&q=naaimachine",
    "search, two words": "/mail?state=all&q=zaterdag+lamp",
    "search, two words that never meet": "/mail?state=all&q=naaimachine+bonjour",
    "search, in no mail": "/mail?state=all&q=xylofoon",
    "a conversation": "/mail/@",
}


class Client:
    """One kept connection, as a browser has it, with the service's session."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)

    def ask(self, path: str, headers: Mapping[str, str] = _HTML) -> tuple[float, bytes]:
        """Milliseconds until all of the answer was there, and the answer. Raises RuntimeError for any but 200."""
        began = time.perf_counter()
        self._connection.request("GET", path, headers=self._service.session | dict(headers))
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} was answered with {response.status}")
        return 1000 * (time.perf_counter() - began), body


@contextmanager
def asked_meanwhile(service: Service) -> Iterator[Mapping[str, Sequence[float]]]:
    """Somebody looks at one page after the other inside the block; their times in ms are there after it."""
    times: dict[str, list[float]] = {page: [] for page in _MEANWHILE}
    over = threading.Event()

    def look() -> None:
        client = Client(service)
        for page in itertools.cycle(_MEANWHILE):
            times[page].append(client.ask(page)[0])
            if over.wait(_PAUSE):
                return

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield times
    finally:
        over.set()
        thread.join()


def pages(service: Service, asks: int) -> dict[str, float]:
    """Milliseconds of each page, asked for ``asks`` times."""
    client, randomly = Client(service), random.Random(1)
    ids, middle = _some(client)
    found: dict[str, float] = {}
    for name, path in _PAGES.items():
        headers = _JSON if "JSON" in name else _HTML
        times = []
        for _ in range(asks):
            at = str(randomly.choice(ids)) if name == "a conversation" else middle
            times.append(client.ask(path.replace("@", at), headers)[0])
        found |= {f"{name}, p95 ms": p95(times), f"{name}, p50 ms": median(times)}
    return found


def _some(client: Client) -> tuple[list[int], str]:
    """The ids of conversations from all over the list, and a place in its middle."""
    ids: list[int] = []
    places: list[str] = []
    following: str | None = ""
    while following is not None:
        answer = json.loads(client.ask(f"/mail?limit=100{following and f'&before={following}'}", _JSON)[1])
        ids += [each["id"] for each in answer["conversations"]]
        following = answer["next"]
        places.append(following or "0-0")
    return ids, places[len(places) // 2]


def p95(times: Sequence[float]) -> float:
    """The time that 95 % do not exceed. Raises RuntimeError where there are not two."""
    if len(times) < 2:
        raise RuntimeError("too little was asked to measure anything")
    return quantiles(times, n=20, method="inclusive")[-1]
