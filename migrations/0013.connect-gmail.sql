-- The mailbox that is connected, and who is on the way to Google's page: docs/schema.md.
-- depends: 0012.write-drafts

-- What a step back has put aside comes into use again.
ALTER TABLE IF EXISTS put_aside_connections RENAME TO connections;

CREATE TABLE IF NOT EXISTS connections (
    provider text PRIMARY KEY,
    number integer NOT NULL DEFAULT 0, -- grows with each connecting: what an older one told no longer counts
    address text, -- NULL: none is connected
    token bytea, -- encrypted (SecretBox) by a key that is derived from SECRET_KEY
    given_sha256 bytea, -- of the GMAIL_REFRESH_TOKEN that is not taken over again
    connected_at timestamptz,
    expires_at timestamptz, -- where Google says so
    used_at timestamptz,
    told text NOT NULL DEFAULT '' CHECK (
        told IN ('', 'connected', 'connect again', 'scope missing', 'wrong client', 'unreachable', 'asked to wait')
    ),
    why text NOT NULL DEFAULT '',
    wait_until timestamptz
);

CREATE TABLE consents (
    state_sha256 bytea PRIMARY KEY,
    made_at timestamptz NOT NULL DEFAULT now()
);
