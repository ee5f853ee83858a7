-- Whose mail it is: what a mail's words say of it, and what volunteers' marks teach: docs/schema.md.
-- depends: 0006.create-demonstration

ALTER TABLE messages ADD COLUMN says text NOT NULL DEFAULT 'unsure' CHECK (says IN ('visitor', 'other', 'unsure'));
ALTER TABLE messages ADD COLUMN says_why text NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN taught text CHECK (taught IN ('visitor', 'other'));
ALTER TABLE conversations ADD COLUMN taught_why text NOT NULL DEFAULT '';
