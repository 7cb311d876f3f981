-- Who signs in here with a password of a local account. No names: references.
CREATE TABLE users (
    user_name     text PRIMARY KEY,
    password_hash text NOT NULL, -- argon2id
    office        text NOT NULL,
    role          text NOT NULL,
    made_at       timestamptz NOT NULL DEFAULT now(),
    signed_in_at  timestamptz, -- last
    disabled_at   timestamptz
);
GRANT SELECT, UPDATE (signed_in_at) ON users TO auctions_service;

-- Whose a session is, so that it ends with the account or its password; none where a provider signed one in.
ALTER TABLE sessions ADD user_name text REFERENCES users;
