-- Nobody's mail and no volunteer's decision goes with a step back: the tables are put aside under another name, and
-- the next way forward takes them back.
ALTER TABLE seen RENAME TO put_aside_seen;
ALTER TABLE messages RENAME TO put_aside_messages;
ALTER TABLE conversations RENAME TO put_aside_conversations;
ALTER TABLE cursors RENAME TO put_aside_cursors;
ALTER TABLE accounts RENAME TO put_aside_accounts;
