-- Room for the answering side, which makes and swaps its own tables, and for rows an import set aside.

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
GRANT ALL ON SCHEMA projections TO auctions_service;

CREATE TABLE quarantine (
    quarantine_id uuid PRIMARY KEY,
    source        text NOT NULL,
    row_no        integer NOT NULL,
    asset_ref     text,
    cells         json NOT NULL, -- not jsonb, which refuses some of what rows are refused for
    problems      json NOT NULL,
    set_aside_at  timestamptz NOT NULL DEFAULT now(),
    resolved_at   timestamptz
);
GRANT SELECT, INSERT, UPDATE ON quarantine TO auctions_service;

-- How far each read model has read, and where and why it stands still if it does.
CREATE TABLE projections.tracking (
    name       text PRIMARY KEY,
    version    text NOT NULL,
    position   bigint NOT NULL DEFAULT 0,
    stopped_at bigint,
    reason     text,
    moved_at   timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.tracking TO auctions_service;
