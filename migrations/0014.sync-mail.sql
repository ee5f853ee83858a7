-- Sync with a mailbox that is connected: docs/schema.md.
-- depends: 0013.connect-gmail

-- When all of the mailbox was listed, and not only what had changed.
ALTER TABLE cursors ADD COLUMN IF NOT EXISTS listed_at timestamptz NOT NULL DEFAULT '-infinity';
-- Whose drafts the one that was written lies among: the mail of a file may turn out to be Gmail's, too.
ALTER TABLE pushes ADD COLUMN IF NOT EXISTS provider text;
UPDATE pushes SET provider = (
    SELECT accounts.provider FROM drafts JOIN messages USING (conversation) JOIN accounts ON accounts.id = account
    WHERE drafts.id = draft ORDER BY sent_at DESC LIMIT 1
) WHERE key IS NOT NULL AND provider IS NULL;
