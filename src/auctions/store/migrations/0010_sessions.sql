-- Who has signed in by a browser: a digest of the session's id, and who it is. No names: references.
CREATE TABLE sessions (
    digest  bytea PRIMARY KEY,
    actor   text NOT NULL,
    office  text NOT NULL,
    role    text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    used_at timestamptz NOT NULL DEFAULT now(),
    ends_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO auctions_service;
