-- What of the drafts lies in the mailbox, and what was sent of them: docs/schema.md.
-- depends: 0010.create-drafts

-- What a step back has put aside comes into use again.
ALTER TABLE IF EXISTS put_aside_pushes RENAME TO pushes;
ALTER TABLE IF EXISTS put_aside_sent_drafts RENAME TO sent_drafts;

-- The names are there before anything is written: name is X-Rcmail-Draft, message_id the Message-ID, key the mailbox's
-- own, digest of what we left there, writing of what was being written when we were last heard of.
CREATE TABLE IF NOT EXISTS pushes (
    draft bigint PRIMARY KEY REFERENCES drafts ON DELETE CASCADE,
    name text NOT NULL UNIQUE,
    message_id text NOT NULL UNIQUE,
    dated timestamptz NOT NULL DEFAULT date_trunc('second', now()),
    key text,
    digest text,
    writing text,
    state text NOT NULL DEFAULT 'begun' CHECK (state IN ('begun', 'there', 'edited', 'sent', 'gone')),
    told_in integer
);

-- sent_as: NULL where rcmail had made no text that it could be compared with.
CREATE TABLE IF NOT EXISTS sent_drafts (
    draft bigint PRIMARY KEY REFERENCES drafts ON DELETE CASCADE,
    message bigint UNIQUE REFERENCES messages ON DELETE SET NULL,
    sent_as text CHECK (sent_as IN ('unchanged', 'lightly edited', 'rewritten'))
);

CREATE INDEX IF NOT EXISTS drafts_of_the_mailbox ON drafts (state) WHERE state IN ('approved', 'pushed');

CREATE TABLE IF NOT EXISTS push_results (
    job bigint NOT NULL REFERENCES jobs ON DELETE CASCADE,
    conversation bigint NOT NULL REFERENCES conversations ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('pushed', 'stale', 'edited', 'sent', 'gone', 'failed')),
    reason text,
    changed_in integer NOT NULL,
    PRIMARY KEY (job, conversation)
);
CREATE INDEX IF NOT EXISTS push_results_of_conversation ON push_results (conversation);
