"""What any language model server makes of the open questions of ``mailbox/``, as a volunteer would see it."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from eval import drafts
from eval.drafts import Drafted
from eval.line import Line
from rcmail.client import make_http_client
from rcmail.drafting.author import Author, NotTaken
from rcmail.errors import LLMUnreachable, PromptTooLong
from rcmail.llm.auto import AutoAdapter
from rcmail.llm.base import Limits
from rcmail.process.child import Child

_LIMITS: Final = Limits()


@dataclass(frozen=True)
class Wrote:
    """What came of one question; ``text`` is the draft without where the model's was not taken, for ``reason``."""

    asks: Drafted
    text: str
    has_gap: bool
    seconds: float
    reason: str = ""

    @property
    def missing(self) -> list[str]:
        return [each["fact"] for each in self.asks.asks["must_state"] if not drafts.found(each, self.text)]

    @property
    def wrong(self) -> list[str]:
        facts = self.asks.asks["must_not_state"]
        return [each["fact"] for each in facts if drafts.found(each, self.text)]


async def _all(url: str, model: str) -> list[Wrote]:
    async with make_http_client() as client, Child("rcmail.drafting") as child:
        adapter = AutoAdapter(client, url)
        questions = (await asyncio.to_thread(drafts.measured)).questions
        return [await _one(adapter, model, Author(child, _LIMITS), each) for each in questions]


async def _one(adapter: AutoAdapter, model: str, author: Author, asks: Drafted) -> Wrote:
    without = asks.proposal
    gaps = sum(each.kind == "unanswered" for each in without.warnings)
    began = time.monotonic()
    text, has_gap, reason = without.text, bool(gaps), ""
    try:
        answer = await author.write(adapter, model, asks.material, used=without.sources, gaps=gaps)
        text, has_gap = answer.text, any(each.kind == "unanswered" for each in answer.warnings)
    except (LLMUnreachable, PromptTooLong, NotTaken) as error:
        reason = str(error)
    return Wrote(asks, text, has_gap, time.monotonic() - began, reason)


def lines(url: str, model: str) -> Iterator[Line]:
    """What the server at ``url`` makes of the open questions."""
    return scored(asyncio.run(_all(url, model)))


def scored(found: Sequence[Wrote]) -> Iterator[Line]:
    """How many of its drafts are taken, what is right and wrong in what a volunteer sees, how long it takes."""
    refused = tuple(f"{each.asks.name} {each.reason}" for each in found if each.reason)
    taken = f"{len(found) - len(refused)} of {len(found)}"
    yield Line("drafts with a model: taken, the others are the draft without", taken, misses=refused)
    wrong = tuple(f"{each.asks.name} {fact}" for each in found for fact in each.wrong)
    yield Line("drafts with a model: wrong facts", str(len(wrong)), "0", not wrong, wrong)
    missing = tuple(f"{each.asks.name} {fact}" for each in found for fact in each.missing)
    whole = sum(len(each.asks.asks["must_state"]) for each in found)
    percent = 100 * (1 - len(missing) / whole)
    yield Line("drafts with a model: right facts", f"{percent:.0f} % of {whole}", misses=missing)
    open_ones = [each for each in found if not each.asks.asks["answerable"]]
    unmarked = tuple(each.asks.name for each in open_ones if not each.has_gap)
    value = f"{len(open_ones) - len(unmarked)} of {len(open_ones)}"
    yield Line("drafts with a model: unanswerable ones with a gap", value, "all", not unmarked, unmarked)
    seconds = [each.seconds for each in found]
    each_one = tuple(f"{each.asks.name} {each.seconds:.1f} s" for each in found)
    value = f"{median(seconds):.1f} s, {max(seconds):.1f} s at most"
    yield Line("drafts with a model: seconds each", value, misses=each_one)
