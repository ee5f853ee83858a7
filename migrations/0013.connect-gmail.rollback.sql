-- Nobody has to connect anew after a step back and forth: the table is put aside under another name.
DROP TABLE consents;
ALTER TABLE connections RENAME TO put_aside_connections;
