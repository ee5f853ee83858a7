-- Without the names of what lies in the mailbox a second draft would be written, so they are put aside under another
-- name. What a run said goes.
DROP TABLE IF EXISTS push_results;
DROP INDEX IF EXISTS drafts_of_the_mailbox;
ALTER TABLE sent_drafts RENAME TO put_aside_sent_drafts;
ALTER TABLE pushes RENAME TO put_aside_pushes;
