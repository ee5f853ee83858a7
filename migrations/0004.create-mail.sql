-- The mail: docs/schema.md says what each table is for.
-- depends: 0003.create-jobs

-- What a step back has put aside comes into use again.
ALTER TABLE IF EXISTS put_aside_accounts RENAME TO accounts;
ALTER TABLE IF EXISTS put_aside_cursors RENAME TO cursors;
ALTER TABLE IF EXISTS put_aside_conversations RENAME TO conversations;
ALTER TABLE IF EXISTS put_aside_messages RENAME TO messages;
ALTER TABLE IF EXISTS put_aside_seen RENAME TO seen;

CREATE TABLE IF NOT EXISTS accounts (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider text NOT NULL,
    address text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (provider, address)
);

-- How far a mailbox was read, in its own words: Gmail's history id.
CREATE TABLE IF NOT EXISTS cursors (
    account integer PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
    cursor text NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS conversations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject text NOT NULL,
    visitor_name text NOT NULL,
    visitor_address text,
    kind text NOT NULL CHECK (kind IN ('visitor', 'other', 'unsure')),
    kind_why text NOT NULL,
    is_kind_decided boolean NOT NULL DEFAULT false,
    language text,
    state text NOT NULL CHECK (state IN ('waiting', 'answered', 'closed')),
    state_why text NOT NULL,
    decision text CHECK (decision IN ('waiting', 'closed')),
    decided_for timestamptz,
    note text NOT NULL DEFAULT '',
    messages integer NOT NULL,
    last_at timestamptz NOT NULL,
    last_direction text NOT NULL CHECK (last_direction IN ('in', 'out')),
    last_in_at timestamptz
);
CREATE INDEX IF NOT EXISTS conversations_newest ON conversations (last_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS conversations_by_state ON conversations (state, last_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS conversations_made_to_wait ON conversations (last_at DESC, id DESC) WHERE decision = 'waiting';

CREATE TABLE IF NOT EXISTS messages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation bigint NOT NULL REFERENCES conversations ON DELETE CASCADE,
    account integer NOT NULL REFERENCES accounts,
    fingerprint bytea NOT NULL UNIQUE,
    message_id text,
    reference_ids text[] NOT NULL,
    thread text,
    direction text NOT NULL CHECK (direction IN ('in', 'out')),
    from_name text NOT NULL,
    from_address text NOT NULL,
    visitor_name text NOT NULL,
    visitor_address text,
    visitor_from text NOT NULL CHECK (visitor_from IN ('from', 'reply-to', 'form', 'to', 'none')),
    visitor text NOT NULL,
    participants text[] NOT NULL,
    recipients jsonb NOT NULL,
    sent_at timestamptz NOT NULL,
    sent_at_from text NOT NULL CHECK (sent_at_from IN ('date', 'received', 'import')),
    subject text NOT NULL,
    subject_key text NOT NULL,
    whole_text text NOT NULL,
    is_cut boolean NOT NULL,
    new_text text NOT NULL,
    text_version smallint NOT NULL,
    language text,
    is_thanks boolean NOT NULL,
    machine text NOT NULL,
    attachments jsonb NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_of_conversation ON messages (conversation, sent_at, id);
CREATE INDEX IF NOT EXISTS messages_by_message_id ON messages (message_id);
CREATE INDEX IF NOT EXISTS messages_by_visitor ON messages (visitor, subject_key);
CREATE INDEX IF NOT EXISTS messages_by_thread ON messages (thread) WHERE thread IS NOT NULL;
-- Without GIN's list of what is still to be sorted in: a search would have to go through it (gin-tips).
CREATE INDEX IF NOT EXISTS messages_by_reference ON messages USING gin (reference_ids) WITH (fastupdate = off);
CREATE INDEX IF NOT EXISTS messages_by_word ON messages USING gin (words) WITH (fastupdate = off);

-- What the mailbox calls each message that was read once; without a message what is not kept (a draft, a chat), with a
-- reason what could not be read.
CREATE TABLE IF NOT EXISTS seen (
    account integer NOT NULL REFERENCES accounts ON DELETE CASCADE,
    key text NOT NULL,
    message bigint REFERENCES messages ON DELETE SET NULL,
    reason text,
    PRIMARY KEY (account, key)
);
CREATE INDEX IF NOT EXISTS seen_by_message ON seen (message);
