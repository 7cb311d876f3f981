-- Registers that were sent in: each with its bytes until it has ended, so that one cut off is taken up again.
CREATE TABLE imports (
    import_id    uuid PRIMARY KEY, -- follows from who sent it under which key
    turn         bigint GENERATED ALWAYS AS IDENTITY,
    fingerprint  bytea NOT NULL, -- SHA-256 of what was sent under the key
    filename     text NOT NULL,
    suffix       text NOT NULL,
    mode         text NOT NULL,
    actor        text NOT NULL,
    office       text NOT NULL,
    role         text NOT NULL,
    state        text NOT NULL DEFAULT 'waiting',
    progress     float8 NOT NULL DEFAULT 0,
    runs         integer NOT NULL DEFAULT 0,
    rows         integer NOT NULL DEFAULT 0,
    assets       integer NOT NULL DEFAULT 0,
    recorded     integer NOT NULL DEFAULT 0, -- grows with what is recorded, in the same transaction
    already      integer NOT NULL DEFAULT 0,
    refused      integer NOT NULL DEFAULT 0,
    quarantined  integer NOT NULL DEFAULT 0,
    reason       text,
    sent_at      timestamptz NOT NULL DEFAULT now(),
    cancelled_at timestamptz,
    ended_at     timestamptz
);
CREATE INDEX imports_open ON imports (turn) WHERE ended_at IS NULL;

CREATE TABLE import_parts (
    import_id uuid NOT NULL REFERENCES imports,
    number    integer NOT NULL,
    part      bytea NOT NULL,
    PRIMARY KEY (import_id, number)
);
CREATE TABLE import_problems (
    import_id uuid NOT NULL REFERENCES imports,
    number    integer NOT NULL,
    problem   json NOT NULL, -- not jsonb, which refuses some of what rows are refused for
    PRIMARY KEY (import_id, number)
);
GRANT SELECT, INSERT, UPDATE ON imports TO auctions_service;
GRANT SELECT, INSERT, DELETE ON import_parts TO auctions_service;
GRANT SELECT, INSERT ON import_problems TO auctions_service;

-- Whose the rows are that an import set aside.
ALTER TABLE quarantine ADD office text NOT NULL DEFAULT '';
