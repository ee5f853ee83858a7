-- What volunteers decided of a conversation, so that each can be undone: docs/schema.md.
-- depends: 0004.create-mail

-- What a step back has put aside comes into use again.
ALTER TABLE IF EXISTS put_aside_decisions RENAME TO decisions;

-- kind, state, note: what was said, NULL where nothing was said of it. was_*: the columns of the conversation before.
CREATE TABLE IF NOT EXISTS decisions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation bigint NOT NULL REFERENCES conversations ON DELETE CASCADE,
    decided_at timestamptz NOT NULL DEFAULT now(),
    kind text,
    state text,
    note text,
    was_kind text NOT NULL,
    was_kind_why text NOT NULL,
    was_kind_decided boolean NOT NULL,
    was_decision text,
    was_decided_for timestamptz,
    was_note text NOT NULL
);
CREATE INDEX IF NOT EXISTS decisions_of_conversation ON decisions (conversation, id);
