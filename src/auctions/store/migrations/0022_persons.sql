-- Who stands behind a reference: names apart from the log, sealed by a key of the person's own. Entries hold references.
CREATE TABLE persons (
    office        text NOT NULL, -- that keeps the person; another office may use the same reference for somebody else
    reference     text NOT NULL,
    name          bytea, -- these three as store/sealing.py seals them
    identity_no   bytea,
    contact       bytea,
    made_at       timestamptz NOT NULL DEFAULT now(),
    made_by       text NOT NULL,
    erased_at     timestamptz,
    erased_by     text,
    erased_reason text,
    PRIMARY KEY (office, reference),
    CONSTRAINT persons_have_a_name_until_they_are_erased CHECK ((name IS NULL) = (erased_at IS NOT NULL)),
    CONSTRAINT persons_erased_leave_nothing CHECK (erased_at IS NULL OR identity_no IS NULL AND contact IS NULL)
);

-- The key of each person, sealed by the master key, which is in no database.
CREATE TABLE person_keys (
    office    text NOT NULL,
    reference text NOT NULL,
    key       bytea NOT NULL,
    PRIMARY KEY (office, reference),
    FOREIGN KEY (office, reference) REFERENCES persons
);

-- Who was shown a person: the answer that is owed to the person, kept after the person is erased.
CREATE TABLE person_reads (
    read_no      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    office       text NOT NULL, -- that keeps the person
    reference    text NOT NULL,
    read_at      timestamptz NOT NULL DEFAULT now(),
    actor        text NOT NULL,
    actor_office text NOT NULL,
    role         text NOT NULL,
    reason       text,
    request_id   text NOT NULL
);
CREATE INDEX person_reads_of ON person_reads (office, reference, read_no);

CREATE FUNCTION refuse_change_of_reads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who read of a person is never changed or deleted' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER person_reads_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON person_reads
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_reads();

GRANT SELECT, INSERT, UPDATE ON persons TO auctions_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON person_keys TO auctions_service;
GRANT SELECT, INSERT ON person_reads TO auctions_service;
