-- The operator's settings, one row a key; a key without a row is unset.
CREATE TABLE settings (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key varchar(255) NOT NULL UNIQUE,
    value text NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);
