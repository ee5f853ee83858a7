-- What the answers say is made again from them; what a volunteer had saved once is nowhere else.
ALTER TABLE former_settings RENAME TO put_aside_former_settings;
DROP TABLE said_facts;
