-- The one password of the house: one row, or none before it is set.
CREATE TABLE door_password (
    id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    hash text NOT NULL, -- Argon2id
    given text, -- the same of the one that the playbook has set last: it does not set that one again
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- Browsers and programs that are signed in. Whoever reads this table gets in nowhere: the token itself is not here.
CREATE TABLE door_sessions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_sha256 bytea NOT NULL UNIQUE,
    device text NOT NULL, -- in words, such as "Firefox on Android"
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now()
);

-- Passwords that were wrong, or are being looked at: some minutes of them.
CREATE TABLE door_tries (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    who text NOT NULL, -- an address, a network, or a browser that was signed in before
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
