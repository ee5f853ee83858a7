-- Who was forgotten, so that old mail of theirs stays away: docs/schema.md.
-- depends: 0014.sync-mail

-- What a step back has put aside comes into use again.
ALTER TABLE IF EXISTS put_aside_forgotten RENAME TO forgotten;

-- No address: address is the HMAC-SHA-256 (RFC 2104) of one as it is compared, with a key made from SECRET_KEY, and
-- made_with tells that key from another.
CREATE TABLE IF NOT EXISTS forgotten (
    address bytea PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    made_with bytea NOT NULL
);
