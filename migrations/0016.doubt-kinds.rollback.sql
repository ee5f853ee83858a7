-- The reason stays: by it the version before this one sees that the row is to be made anew, and takes the doubt away.
UPDATE conversations SET taught = NULL WHERE taught = 'unsure';
ALTER TABLE conversations DROP CONSTRAINT conversations_taught_check;
ALTER TABLE conversations ADD CONSTRAINT conversations_taught_check CHECK (taught IN ('visitor', 'other'));
