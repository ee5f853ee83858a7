"""A mail on its way from a mailbox into the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from rcmail.mail.identity import same


@dataclass(eq=False, slots=True)
class Message:
    """What the conversations are put together from. ``id`` is None as long as it is in no table.

    ``rest`` holds the further columns of one that is new, as ``reading.read`` gives them.
    """

    message_id: str | None
    reference_ids: Sequence[str]
    thread: str | None
    participants: Sequence[str]
    subject: str
    subject_key: str
    direction: str
    visitor_name: str
    visitor_address: str | None
    sent_at: datetime
    machine: str
    language: str | None = None
    is_thanks: bool = False
    says: str = "unsure"
    """Whose mail its words say that it is, because of ``says_why``."""
    says_why: str = ""
    new_text: str = ""
    whole_text: str = ""
    fingerprint: bytes = b""
    key: str = ""
    rest: Mapping[str, Any] = field(default_factory=dict)
    id: int | None = None
    conversation: int | None = None
    is_outdated: bool = False
    """Whether its new text has to be made again: a message that was written before it has come after it."""

    @property
    def visitor(self) -> str:
        """The visitor's address as it is compared, empty where there is none."""
        return same(self.visitor_address) if self.visitor_address else ""

    def take(self, made: Mapping[str, Any]) -> None:
        """What ``reading.make_text`` has made of it."""
        self.new_text, self.language, self.is_thanks = made["new_text"], made["language"], made["is_thanks"]
        self.says, self.says_why = made["says"], made["says_why"]

    @classmethod
    def new(cls, values: Mapping[str, Any], *, key: str, thread: str | None, otherwise: datetime) -> "Message":
        """From what ``reading.read`` returns; ``otherwise``, now or when the mailbox got it, is its
        moment where the mail gives none, or one that is still to come."""
        rest = dict(values)
        named = {name: rest.pop(name) for name in _NAMED}
        fingerprint, said = bytes.fromhex(rest.pop("fingerprint")), rest.pop("sent_at")
        sent_at = datetime.fromisoformat(said) if said else otherwise
        if sent_at > otherwise + _AHEAD:  # a clock that was wrong would keep it on top of every list for ever
            sent_at = otherwise
        if sent_at is otherwise:
            rest["sent_at_from"] = "import"
        return cls(**named, thread=thread, sent_at=sent_at, fingerprint=fingerprint, key=key, rest=rest)


_AHEAD: Final = timedelta(days=2)
_NAMED: Final = (
    "message_id", "reference_ids", "participants", "subject", "subject_key", "direction", "visitor_name",
    "visitor_address", "machine", "whole_text",
)  # fmt: skip
