-- What tells, at any entry of a file, which office has it and of what kind it is, beside its first entry.
CREATE INDEX events_of_place ON events (stream_id, entry_no)
    WHERE topic = 'asset.transferred' OR topic = 'asset.entry_struck' OR topic = 'asset.seized' AND entry_no > 1;

-- Whom changes are delivered to. The secret signs each delivery and so stands here as it is.
CREATE TABLE webhooks (
    webhook_id    uuid PRIMARY KEY,
    url           text NOT NULL,
    secret        text NOT NULL,
    office        text,
    kind          text,
    entries       text[] NOT NULL,
    allow_private boolean NOT NULL,
    position      bigint NOT NULL, -- up to where the log was looked through for it
    added_at      timestamptz NOT NULL DEFAULT now()
);

-- What is not delivered yet, and the dead letters: what was tried to the last and is kept until it is retried.
CREATE TABLE deliveries (
    webhook_id uuid NOT NULL REFERENCES webhooks ON DELETE CASCADE,
    position   bigint NOT NULL,
    asset_id   uuid NOT NULL,
    tries      integer NOT NULL DEFAULT 0,
    next_try   timestamptz NOT NULL DEFAULT now(),
    reason     text,
    dead_at    timestamptz,
    PRIMARY KEY (webhook_id, position)
);
CREATE INDEX deliveries_waiting ON deliveries (webhook_id, asset_id, position) WHERE dead_at IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks, deliveries TO auctions_service;
