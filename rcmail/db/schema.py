"""What this version needs of its database, looked at in one round trip."""

from typing import Final

from rcmail.db.migrations import applied, available, newer_sentence
from rcmail.db.pool import Database
from rcmail.errors import DatabaseDamaged, DatabaseRefused

NEEDED: Final = {
    "settings": ("id", "key", "value", "updated_at"),
    "jobs": (
        *("id", "kind", "account", "payload", "once", "priority", "state", "attempts", "deaths", "run_at"),
        *("owner", "stop_wanted", "progress", "error", "created_at", "started_at", "ended_at"),
    ),
    "accounts": ("id", "provider", "address", "created_at"),
    "cursors": ("account", "cursor", "updated_at", "listed_at"),
    "conversations": (
        *("id", "subject", "visitor_name", "visitor_address", "kind", "kind_why", "is_kind_decided", "language"),
        *("state", "state_why", "decision", "decided_for", "note", "messages", "last_at", "last_direction"),
        *("last_in_at", "taught", "taught_why"),
    ),
    "messages": (
        *("id", "conversation", "account", "fingerprint", "message_id", "reference_ids", "thread", "direction"),
        *("from_name", "from_address", "visitor_name", "visitor_address", "visitor_from", "visitor"),
        "participants",
        *("recipients", "sent_at", "sent_at_from", "subject", "subject_key", "whole_text", "is_cut", "new_text"),
        *("text_version", "language", "is_thanks", "machine", "attachments", "words", "says", "says_why"),
    ),
    "decisions": (
        *("id", "conversation", "decided_at", "kind", "state", "note", "was_kind", "was_kind_why"),
        *("was_kind_decided", "was_decision", "was_decided_for", "was_note"),
    ),
    "seen": ("account", "key", "message", "reason"),
    "demonstration": ("id", "day", "settings", "removed_at"),
    "past_requests": (
        *("id", "message", "asked", "answered", "question", "answer", "language", "answered_at", "grams"),
    ),
    "past_seen": ("conversation", "signature"),
    "past_grams": ("gram", "requests"),
    "past_vectors": ("number", "past", "model", "vector"),
    "similar_answers": ("conversation", "signature", "method", "found", "made_at"),
    "unhelpful_answers": ("conversation", "message"),
    "drafts": (
        *(
            "id",
            "conversation",
            "revision",
            "changed_in",
            "state",
            "text",
            "origin",
            "model",
            "sources",
            "warnings",
        ),
        *("is_edited", "made_text", "newest", "facts", "marked", "hint", "created_at", "changed_at"),
        *("to_write", "so_far", "seconds"),
    ),
    "draft_versions": ("id", "draft", "text", "made_by", "ended", "ended_at"),
    "pushes": ("draft", "name", "message_id", "dated", "key", "digest", "writing", "state", "told_in", "provider"),
    "push_results": ("job", "conversation", "state", "reason", "changed_in"),
    "sent_drafts": ("draft", "message", "sent_as"),
    "former_settings": ("id", "key", "value", "until"),
    "said_facts": ("id", "location", "said", "made_at"),
    "forgotten": ("address", "at", "made_with"),
    "connections": (
        *("provider", "number", "address", "token", "given_sha256", "connected_at", "expires_at", "used_at"),
        *("told", "why", "wait_until"),
    ),
    "consents": ("state_sha256", "made_at"),
    "door_password": ("id", "hash", "given", "changed_at"),
    "door_sessions": ("id", "token_sha256", "device", "created_at", "last_used_at"),
    "door_tries": ("id", "who", "at"),
}
"""The tables and their columns, beside yoyo's own."""
NOT_IN_BACKUPS: Final = (
    *("door_sessions", "door_tries", "consents"),
    *("past_requests", "past_seen", "past_grams", "past_vectors", "similar_answers", "said_facts"),
)
"""Tables of the moment: restored, they would let those in again who were signed out since. And what the worker
makes again from the mail."""

_LOOK: Final = ", ".join(
    (
        "SELECT current_setting('server_encoding') AS encoding",
        "ARRAY(SELECT migration_id::text FROM _yoyo_migration ORDER BY migration_id) AS applied",
        *(f"EXISTS (SELECT {', '.join(columns)} FROM {table}) AS {table}" for table, columns in NEEDED.items()),  # noqa: S608
    )
)
# Those of the version that runs, whatever a newer checkout puts beside it meanwhile: not read for each look.
_WANTED: Final = available()
_RESTART: Final = "the tables of this version of rcmail are not there yet; restart rcmail, and it makes them"
_RESTORE: Final = "a table of rcmail is missing, or not as rcmail made it; restore a backup (rcmail restore)"


async def look(database: Database) -> list[str]:
    """The migrations that the database has, in their order.

    Raises DatabaseRefused, with what to do, where this version of rcmail cannot work with it as it is.
    """
    try:
        [found] = await database.probe(_LOOK)
    except DatabaseDamaged as error:
        if set(_WANTED) - set(await applied(database)):
            raise DatabaseRefused(_RESTART) from error
        raise DatabaseDamaged(_RESTORE) from error
    if found.encoding != "UTF8":
        raise DatabaseRefused(
            f"the database is in {found.encoding}, which does not hold every letter; rcmail needs one in UTF8:"
            " docs/operating.md says how to change over"
        )
    if newer := [name for name in found.applied if name not in _WANTED]:
        raise DatabaseRefused(newer_sentence(newer))
    if found.applied != _WANTED:
        raise DatabaseRefused(_RESTART)
    return _WANTED
