-- What settings were before, and what the group's answers say of the house today: docs/schema.md.
-- depends: 0008.create-answers

-- What a step back has put aside comes into use again.
ALTER TABLE IF EXISTS put_aside_former_settings RENAME TO former_settings;

CREATE TABLE IF NOT EXISTS former_settings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL,
    value text NOT NULL,
    until timestamptz NOT NULL DEFAULT now()
);
-- A value may be longer than an index takes.
CREATE UNIQUE INDEX IF NOT EXISTS former_settings_by_value ON former_settings (key, md5(value));

CREATE TABLE said_facts (
    id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    location text NOT NULL,
    said jsonb NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);
