-- Both follow from the mail and from what volunteers marked, and are made again.
ALTER TABLE conversations DROP COLUMN taught_why;
ALTER TABLE conversations DROP COLUMN taught;
ALTER TABLE messages DROP COLUMN says_why;
ALTER TABLE messages DROP COLUMN says;
-- The version before compares with its own number, and has every mail read again by the next one.
UPDATE messages SET text_version = 1;
