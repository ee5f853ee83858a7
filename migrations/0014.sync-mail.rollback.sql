-- Without them the mailbox is listed anew; nothing is doubled.
ALTER TABLE cursors DROP COLUMN IF EXISTS listed_at;
ALTER TABLE pushes DROP COLUMN IF EXISTS provider;
