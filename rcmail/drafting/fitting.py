"""How much of a prompt a model has room for: whole past answers are left out, never a rule or a fact."""

from dataclasses import replace
from typing import Final

from rcmail.drafting.prompt import Prompt
from rcmail.errors import PromptTooLong
from rcmail.llm.base import LLMAdapter, Message

# Tokens for what a model is told of its mistakes.
_OBJECTIONS: Final = 250


def messages(prompt: Prompt) -> list[Message]:
    """The prompt as a model is given it: what is the same for the next letter comes first."""
    parts = [*(each.text for each in prompt.examples), prompt.request]
    return [Message("system", prompt.fixed), Message("user", "\n\n".join(parts))]


def without_oldest(prompt: Prompt) -> Prompt:
    """Without the oldest of its past answers. Raises PromptTooLong where there is none left."""
    if not prompt.examples:
        raise PromptTooLong
    oldest = min(prompt.examples, key=lambda each: each.written)
    return replace(prompt, examples=[each for each in prompt.examples if each is not oldest])


async def fit(adapter: LLMAdapter, model: str, prompt: Prompt, answer: int) -> Prompt:
    """As much of ``prompt`` as there is room for beside two answers of so many tokens: the second one is for
    where the first has mistakes. Raises PromptTooLong, and as ``LLMAdapter.generate``."""
    room = await adapter.context_size(model) - 2 * answer - _OBJECTIONS
    while (await adapter.count_tokens(model, messages(prompt))).tokens > room:
        prompt = without_oldest(prompt)
    return prompt


def was_cut(read: int | None, context: int, answer: int) -> bool:
    """Whether a server that counts for nobody may have left something out, by the tokens that it has ``read``."""
    return read is not None and read + answer > context
