-- depends: 0002.create-door
-- What the worker has to do, does and has done, one row a job; rcmail/jobs says how. Times are this server's.
CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    account integer,
    payload jsonb NOT NULL DEFAULT '{}',
    once text,
    priority smallint NOT NULL,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'stopped', 'failed')),
    attempts smallint NOT NULL DEFAULT 0,
    deaths smallint NOT NULL DEFAULT 0,
    run_at timestamptz NOT NULL DEFAULT now(),
    owner integer,
    stop_wanted boolean NOT NULL DEFAULT false,
    progress jsonb NOT NULL DEFAULT '{}',
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at timestamptz,
    CHECK ((state = 'running') = (owner IS NOT NULL))
);
CREATE UNIQUE INDEX jobs_once ON jobs (once) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_open ON jobs (priority, id) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_newest ON jobs (kind, id);
