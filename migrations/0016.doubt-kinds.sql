-- What is heard in a mail may also be that its words are not to be trusted: docs/schema.md.
-- depends: 0015.forget-people

ALTER TABLE conversations DROP CONSTRAINT conversations_taught_check;
ALTER TABLE conversations ADD CONSTRAINT conversations_taught_check CHECK (taught IN ('visitor', 'other', 'unsure'));
