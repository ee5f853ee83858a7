-- Without it the next import would bring back whom somebody asked to forget: it is put aside under another name.
ALTER TABLE forgotten RENAME TO put_aside_forgotten;
