-- Who may ask as more than the public: keys for programs, of which only a digest is kept. No names: references.
CREATE TABLE keys (
    key_id     text PRIMARY KEY,
    digest     bytea NOT NULL,
    actor      text NOT NULL,
    office     text NOT NULL,
    role       text NOT NULL,
    made_at    timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
GRANT SELECT ON keys TO auctions_service;
