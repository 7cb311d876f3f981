-- Strikes that wait for a second person. The log alone tells which were approved: by the command they are recorded by.
CREATE TABLE strike_proposals (
    proposal_id uuid PRIMARY KEY,
    asset_id    uuid NOT NULL,
    office      text NOT NULL,
    version     integer NOT NULL, -- of the file on which it was decided
    as_found    boolean NOT NULL,
    entries     json NOT NULL, -- as they are recorded, but for who approves
    proposed_by text NOT NULL,
    role        text NOT NULL,
    proposed_at timestamptz NOT NULL DEFAULT now(),
    command_id  uuid NOT NULL DEFAULT gen_random_uuid(), -- told to nobody, so that nobody uses it for something else
    approved_by text, -- from before it is recorded on, so that what is under way is not dropped
    approved_at timestamptz,
    dropped_by  text, -- who proposed it has withdrawn it, or a supervisor refused it
    dropped_at  timestamptz,
    reason      text,
    CONSTRAINT strike_proposals_are_approved_or_dropped CHECK (approved_by IS NULL OR dropped_by IS NULL)
);
CREATE INDEX strike_proposals_of_office ON strike_proposals (office, proposed_at, proposal_id);
GRANT SELECT, INSERT ON strike_proposals TO auctions_service;
GRANT UPDATE (approved_by, approved_at, dropped_by, dropped_at, reason) ON strike_proposals TO auctions_service;
