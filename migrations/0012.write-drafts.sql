-- A language model writes drafts too: docs/schema.md.
-- depends: 0011.create-pushes

ALTER TABLE drafts ADD COLUMN IF NOT EXISTS to_write text NOT NULL DEFAULT '' CHECK (to_write IN ('', 'later', 'now'));
ALTER TABLE drafts ADD COLUMN IF NOT EXISTS so_far text NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN IF NOT EXISTS seconds real;
CREATE INDEX IF NOT EXISTS drafts_to_write ON drafts (id) WHERE to_write <> '';
ALTER TABLE draft_versions DROP CONSTRAINT IF EXISTS draft_versions_ended_check;
ALTER TABLE draft_versions ADD CONSTRAINT draft_versions_ended_check
    CHECK (ended IN ('edited', 'made again', 'started anew', 'merged', 'written'));
