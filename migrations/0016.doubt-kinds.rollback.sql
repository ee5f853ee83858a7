UPDATE conversations SET taught = NULL, taught_why = '' WHERE taught = 'unsure';
ALTER TABLE conversations DROP CONSTRAINT conversations_taught_check;
ALTER TABLE conversations ADD CONSTRAINT conversations_taught_check CHECK (taught IN ('visitor', 'other'));
