-- Every text stays: in the midst of writing a draft has the one without a model.
UPDATE drafts SET state = CASE WHEN text = '' THEN 'queued' ELSE 'ready' END, revision = revision + 1
WHERE state = 'writing';
DROP INDEX IF EXISTS drafts_to_write;
ALTER TABLE drafts DROP COLUMN IF EXISTS to_write, DROP COLUMN IF EXISTS so_far, DROP COLUMN IF EXISTS seconds;
ALTER TABLE draft_versions DROP CONSTRAINT IF EXISTS draft_versions_ended_check;
UPDATE draft_versions SET ended = 'made again' WHERE ended = 'written';
ALTER TABLE draft_versions ADD CONSTRAINT draft_versions_ended_check
    CHECK (ended IN ('edited', 'made again', 'started anew', 'merged'));
