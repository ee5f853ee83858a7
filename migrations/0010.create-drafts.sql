-- What rcmail proposes to answer, and what volunteers make of it: docs/schema.md.
-- depends: 0009.create-former-settings

-- What a step back has put aside comes into use again.
ALTER TABLE IF EXISTS put_aside_drafts RENAME TO drafts;
ALTER TABLE IF EXISTS put_aside_draft_versions RENAME TO draft_versions;

CREATE TABLE IF NOT EXISTS drafts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation bigint NOT NULL REFERENCES conversations ON DELETE CASCADE,
    revision integer NOT NULL DEFAULT 1,
    changed_in integer NOT NULL DEFAULT 1,
    state text NOT NULL CHECK (
        state IN ('queued', 'writing', 'ready', 'approved', 'pushed', 'sent', 'discarded', 'failed')
    ),
    text text NOT NULL DEFAULT '',
    origin text CHECK (origin IN ('model', 'past answer', 'facts', 'volunteer')),
    model text,
    sources bigint[] NOT NULL DEFAULT '{}',
    warnings jsonb NOT NULL DEFAULT '[]',
    is_edited boolean NOT NULL DEFAULT false,
    made_text text NOT NULL DEFAULT '',
    newest bigint,
    facts text NOT NULL DEFAULT '',
    marked text NOT NULL DEFAULT '',
    hint text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX IF NOT EXISTS drafts_one_live ON drafts (conversation) WHERE state <> 'sent';
CREATE INDEX IF NOT EXISTS drafts_of_conversation ON drafts (conversation, id);

-- ended: what took its place: an edit, a draft that was made again, another text to start from, a merge.
CREATE TABLE IF NOT EXISTS draft_versions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    draft bigint NOT NULL REFERENCES drafts ON DELETE CASCADE,
    text text NOT NULL,
    made_by text NOT NULL CHECK (made_by IN ('rcmail', 'volunteer')),
    ended text NOT NULL CHECK (ended IN ('edited', 'made again', 'started anew', 'merged')),
    ended_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS draft_versions_of_draft ON draft_versions (draft, id);
