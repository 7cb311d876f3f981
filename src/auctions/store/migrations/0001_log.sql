-- The log: every entry of every file, in the order of its recording, and the commands that brought them.

CREATE TABLE events (
    position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream_id   uuid NOT NULL,
    entry_no    integer NOT NULL,
    topic       text NOT NULL,
    payload     bytea NOT NULL,
    envelope    bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    prev        bytea NOT NULL,
    leaf        bytea NOT NULL,
    UNIQUE (stream_id, entry_no)
);

CREATE TABLE commands (
    command_id     uuid PRIMARY KEY,
    fingerprint    bytea NOT NULL,
    first_position bigint NOT NULL
);

-- A tripwire for everyone, the owner included: what is recorded stays.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries are never changed or deleted: strike the entry instead'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commands_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON commands
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- RFC 6962 leaf hash of an entry's bytes; every part whose length varies carries it.
CREATE FUNCTION leaf_hash(stream_id uuid, entry_no integer, prev bytea, recorded_at bytea,
                          topic bytea, envelope bytea, payload bytea)
RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256('\x00'::bytea || 'auctions-entry-1'::bytea || uuid_send(stream_id) || int4send(entry_no)
        || prev || recorded_at || int4send(length(topic)) || topic
        || int4send(length(envelope)) || envelope || int4send(length(payload)) || payload)
$$;

CREATE FUNCTION microseconds(moment timestamptz) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT int8send((extract(epoch FROM moment) * 1000000)::bigint)
$$;

-- Appends a group of commands in the caller's transaction, each answered for itself:
-- recorded, already (same id, same fingerprint), mismatch (same id, another fingerprint) or stale.
-- The advisory lock makes the order of positions the order of commits, so a tailing reader misses nothing.
CREATE FUNCTION append(command_ids uuid[], fingerprints bytea[], stream_ids uuid[], expected integer[],
                       sizes integer[], topics text[], payloads bytea[], envelopes bytea[])
RETURNS TABLE (outcome text, first_position bigint, version integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = auctions, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    moment timestamptz;
    micros bytea;
    hash bytea;
    previous bytea;
    done commands;
    at_entry integer := 0;
    place bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7283001);
    SELECT greatest(clock_timestamp(), e.recorded_at) INTO moment FROM events e ORDER BY e.position DESC LIMIT 1;
    moment := coalesce(moment, clock_timestamp());
    micros := microseconds(moment);
    FOR c IN 1 .. cardinality(command_ids) LOOP
        first_position := NULL;
        version := NULL;
        SELECT * INTO done FROM commands k WHERE k.command_id = command_ids[c];
        IF FOUND THEN
            outcome := CASE WHEN done.fingerprint = fingerprints[c] THEN 'already' ELSE 'mismatch' END;
            first_position := done.first_position;
            at_entry := at_entry + sizes[c];
            RETURN NEXT;
            CONTINUE;
        END IF;
        SELECT e.entry_no, e.leaf INTO version, hash FROM events e
            WHERE e.stream_id = stream_ids[c] ORDER BY e.entry_no DESC LIMIT 1;
        IF NOT FOUND THEN
            version := 0;
            hash := '\x0000000000000000000000000000000000000000000000000000000000000000';
        END IF;
        IF version <> expected[c] THEN
            outcome := 'stale';
            at_entry := at_entry + sizes[c];
            RETURN NEXT;
            CONTINUE;
        END IF;
        FOR i IN 1 .. sizes[c] LOOP
            at_entry := at_entry + 1;
            version := version + 1;
            previous := hash;
            hash := leaf_hash(stream_ids[c], version, previous, micros, convert_to(topics[at_entry], 'UTF8'),
                              envelopes[at_entry], payloads[at_entry]);
            INSERT INTO events (stream_id, entry_no, topic, payload, envelope, recorded_at, prev, leaf)
                VALUES (stream_ids[c], version, topics[at_entry], payloads[at_entry], envelopes[at_entry],
                        moment, previous, hash)
                RETURNING events.position INTO place;
            first_position := coalesce(first_position, place);
        END LOOP;
        INSERT INTO commands VALUES (command_ids[c], fingerprints[c], first_position);
        outcome := 'recorded';
        RETURN NEXT;
    END LOOP;
    PERFORM pg_notify('auctions_entries', place::text) WHERE place IS NOT NULL;
END $$;

-- For auditors: the log with its payload readable.
CREATE FUNCTION readable(payload bytea) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT convert_from(payload, 'UTF8')::jsonb
$$;
CREATE VIEW entries AS
    SELECT position, stream_id, entry_no, topic, readable(payload) AS payload, readable(envelope) AS envelope,
           recorded_at, prev, leaf
    FROM events;

GRANT SELECT ON events, commands, entries TO auctions_service;
REVOKE EXECUTE ON FUNCTION append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append TO auctions_service;
