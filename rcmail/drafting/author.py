"""An answer by a language model: asked for, looked through, and asked for once more where it has mistakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rcmail.drafting import fitting, making
from rcmail.drafting.material import Material
from rcmail.drafting.prompt import Prompt, again
from rcmail.drafting.proposal import Objection
from rcmail.errors import PromptTooLong, RcmailError
from rcmail.llm.base import Limits, LLMAdapter, Message, Reason, Usage
from rcmail.process.child import Child

_LEFT_OUT: Final = "The model has not read {}: it has no room for all of it."
_GAP: Final = "unanswered"
# Seconds for a prompt, and for looking through an answer.
_CHILD: Final = 20.0


class NotTaken(RcmailError):
    """What the model wrote is not better than the draft without; the message says so by kinds alone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``sources`` are the numbers of the past questions that the model was shown."""

    text: str
    sources: Sequence[int]
    warnings: Sequence[Objection]


class Author:
    """Writes one answer at a time; ``so_far`` is what has come of it, which nobody has looked through."""

    def __init__(self, child: Child, limits: Limits) -> None:
        self._child = child
        self._limits = limits
        self.so_far = ""

    async def write(
        self,
        adapter: LLMAdapter,
        model: str,
        found: Material,
        *,
        hint: str = "",
        used: Sequence[int] = (),
        gaps: int = 0,
    ) -> Answer:
        """An answer to which the checks object nothing; ``used`` are the sources of the draft without a model, and
        ``gaps`` how many that has.

        Raises NotTaken, PromptTooLong, ChildFailed, and as ``LLMAdapter.generate``; KeyError, TypeError and
        ValueError where the child talks nonsense.
        """
        self.so_far = ""
        item = making.item(found.asked, found.sources, found.facts, hint=hint, used=used)
        whole = making.question(await self._child.call("rcmail.drafting.making:prompted", item, timeout=_CHILD))
        prompt = await fitting.fit(adapter, model, whole, self._limits.tokens)
        while True:
            try:
                text, objections = await self._twice(adapter, model, fitting.messages(prompt), found, gaps)
                break
            except PromptTooLong:
                prompt = fitting.without_oldest(prompt)
        return Answer(text, [each.message for each in prompt.examples], [*_left_out(whole, prompt), *objections])

    async def _twice(
        self, adapter: LLMAdapter, model: str, asked: Sequence[Message], found: Material, gaps: int
    ) -> tuple[str, Sequence[Objection]]:
        messages, kinds = list(asked), list[str]()
        for _ in range(2):
            is_whole = await self._generate(adapter, model, messages)
            text, objections = await self._judged(self.so_far, found)
            wrong = _wrong(objections, gaps)
            if not is_whole:
                wrong.append(Objection("endless", "It is far too long: be brief."))
            if not wrong:
                return text, objections
            kinds = sorted({each.kind for each in wrong})
            # What it wrote itself must not become a mark of its template either.
            messages = [*asked, Message("assistant", text.replace("<", "‹")), Message("user", again(text, wrong))]
        raise NotTaken(f"it was wrong twice: {', '.join(kinds)}")

    async def _generate(self, adapter: LLMAdapter, model: str, messages: Sequence[Message]) -> bool:
        """Whether it came to an end of its own."""
        self.so_far = ""
        async with adapter.generate(model, messages, self._limits) as writing:
            async for piece in writing:
                self.so_far += piece
            ending = writing.ending
        await self._insist_on_all(adapter, model, messages, ending.usage if ending else Usage())
        return ending is not None and ending.reason is Reason.DONE

    async def _insist_on_all(
        self, adapter: LLMAdapter, model: str, messages: Sequence[Message], usage: Usage
    ) -> None:
        """Raises PromptTooLong where a server that does not count beforehand may have left something out."""
        if not (await adapter.count_tokens(model, messages)).is_exact:
            context = await adapter.context_size(model)
            if fitting.was_cut(usage.prompt, context, self._limits.tokens):
                raise PromptTooLong(usage.prompt, context)

    async def _judged(self, text: str, found: Material) -> tuple[str, Sequence[Objection]]:
        item = making.item(found.asked, found.sources, found.facts, text=text)
        made = await self._child.call("rcmail.drafting.making:judged", item, timeout=_CHILD)
        return str(made["text"]), making.objections(made["objections"])


def _wrong(objections: Sequence[Objection], gaps: int) -> list[Objection]:
    """What a model has to do better: a gap only where the draft without has fewer of them."""
    own = [each for each in objections if each.kind == _GAP]
    return [*(each for each in objections if each.kind != _GAP), *(own if len(own) > gaps else [])]


def _left_out(whole: Prompt, given: Prompt) -> list[Objection]:
    missing = len(whole.examples) - len(given.examples)
    past = [f"{missing} of the past answers that are like it"] if missing else []
    letter = ["the end of the visitor’s long mail"] if whole.is_cut else []
    return [Objection("left out", _LEFT_OUT.format(" and ".join([*past, *letter])))] if past or letter else []
