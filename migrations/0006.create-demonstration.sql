-- Whether the invented mailbox is here, and that it was: what was removed does not come back by itself.
-- depends: 0005.create-decisions
CREATE TABLE demonstration (
    id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    day date NOT NULL, -- the day that its mails are of; the group's
    settings jsonb NOT NULL, -- what it has filled in, by key: taken back with it where nobody has changed it
    removed_at timestamptz -- NULL: it is here
);
