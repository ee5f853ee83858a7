"""A helper in this process, with vectors of its own: the real one takes seconds to load."""

from collections.abc import Mapping, Sequence
from typing import Any

from rcmail.answers import request, vectors
from rcmail.answers.helper import Helper, Lists
from rcmail.db.pool import Database
from rcmail.errors import ChildFailed
from rcmail.mail.kinds.meaning import Heard


class HereHelper(Helper):
    """Reads in this process. Its vectors are counts of ``topics``: words that mean the same in any language."""

    topics = (("toaster", "broodrooster", "grille-pain"), ("fiets", "bike", "vélo"), ("parkeren", "park", "garer"))

    def __init__(self) -> None:
        super().__init__()
        self.failure: str | None = None
        self.stranger = "Zonnebloem"
        """A word of those whose voice is no visitor's."""
        self.nearer = ""
        """A word of mails that are nearer to one another than to others."""
        self.encoded = 0

    async def past(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any] | None]:
        return [request.past(item) for item in items]

    async def new(self, item: Mapping[str, Any]) -> Mapping[str, Any]:
        return request.new(item)

    async def encode(self, pairs: Sequence[tuple[str, str]]) -> list[bytes | None]:
        if self.failure:
            raise ChildFailed(self.failure)
        self.encoded += len(pairs)
        return [self.vector(" ".join(pair)) for pair in pairs]

    async def nearest(self, database: Database, texts: Sequence[str]) -> Lists:
        if self.failure:
            raise ChildFailed(self.failure)
        rows = await vectors.news(database, 0)
        return [[(past, self.cosine(text, vector)) for _, past, vector in rows] for text in texts]

    async def alike(
        self, known: Sequence[Mapping[str, Any]], mails: Sequence[Mapping[str, Any]]
    ) -> list[Heard | None]:
        if self.failure:
            raise ChildFailed(self.failure)
        lists = [
            [(place, self.likeness(mail["text"], each["text"])) for place, each in enumerate(known)]
            for mail in mails
        ]
        return [
            Heard(-1.0 if self.stranger in mail["text"] else 0.1, sorted(each, key=lambda pair: -pair[1])[:20])
            for mail, each in zip(mails, lists, strict=True)
        ]

    def vector(self, text: str) -> bytes:
        return bytes([100 * any(word in text.lower() for word in words) for words in self.topics] + [0] * 509)

    def cosine(self, text: str, vector: bytes) -> float:
        return 0.9 * any(a and b for a, b in zip(self.vector(text), vector, strict=True))

    def likeness(self, one: str, other: str) -> float:
        if one == other:
            return 1.0
        is_near = self.nearer and self.nearer in one and self.nearer in other
        return 0.95 if is_near else self.cosine(one, self.vector(other))
