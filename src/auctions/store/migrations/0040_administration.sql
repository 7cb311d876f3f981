-- Administrators make accounts and keys by the service too, and let read models try again; nothing else of these tables.
GRANT INSERT (user_name, password_hash, office, role), UPDATE (password_hash, disabled_at) ON users TO auctions_service;
GRANT INSERT (key_id, digest, actor, office, role, expires_at), UPDATE (revoked_at) ON keys TO auctions_service;
GRANT UPDATE (stopped_at, reason) ON projections.tracking TO auctions_service;

-- The registers that an office has sent in, the last first.
CREATE INDEX imports_of_office ON imports (office, turn);
