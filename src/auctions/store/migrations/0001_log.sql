-- The log: every entry of every file, in the order of its recording. A command's id and the SHA-256 of what it
-- asked stand beside the first of its entries.

CREATE TABLE events (
    position    bigint PRIMARY KEY,
    stream_id   uuid NOT NULL,
    entry_no    integer NOT NULL,
    topic       text NOT NULL,
    payload     bytea NOT NULL,
    envelope    bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    prev        bytea NOT NULL,
    leaf        bytea NOT NULL,
    command_id  uuid,
    fingerprint bytea,
    UNIQUE (stream_id, entry_no)
);

CREATE UNIQUE INDEX events_by_command ON events (command_id) WHERE command_id IS NOT NULL;

-- A tripwire for everyone, the owner included: what is recorded stays.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries are never changed or deleted: strike the entry instead'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Appends a group of commands in the caller's transaction, each answered for itself:
-- recorded, already (same id, same fingerprint), mismatch (same id, another fingerprint) or stale.
-- The advisory lock makes the order of positions the order of commits, so a tailing reader misses nothing;
-- positions are dense. Commands of one file stand next to each other in a group, and no command id twice.
CREATE FUNCTION append(command_ids uuid[], fingerprints bytea[], stream_ids uuid[], expected integer[],
                       sizes integer[], topics text[], payloads bytea[], envelopes bytea[])
RETURNS TABLE (outcome text, first_position bigint, version integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = auctions, pg_temp
SET plan_cache_mode = force_generic_plan AS $$ -- planning anew costs more than the work
#variable_conflict use_variable
DECLARE
    moment timestamptz;
    micros bytea;
    place bigint := 0;
    start bigint;
    command record;
    stream uuid;
    at_entry integer := 0;
    topic bytea;
    hash bytea;
    taken integer[] := '{}';
    files uuid[] := '{}';
    numbers integer[] := '{}';
    prevs bytea[] := '{}';
    leaves bytea[] := '{}';
    firsts integer[] := '{}';
BEGIN
    PERFORM pg_advisory_xact_lock(7283001);
    SELECT e.position, e.recorded_at INTO place, moment FROM events e ORDER BY e.position DESC LIMIT 1;
    place := coalesce(place, 0);
    start := place;
    moment := greatest(clock_timestamp(), moment);
    micros := int8send((extract(epoch FROM moment) * 1000000)::bigint);
    -- LIMIT keeps the look-ups on their indexes, whatever the tables' sizes were when this was planned
    FOR command IN
        SELECT asked.*, done.fingerprint AS done_fingerprint, done.first_position AS done_position,
               coalesce(last.entry_no, 0) AS last_no, coalesce(last.leaf, decode(repeat('00', 32), 'hex')) AS last_leaf
        FROM unnest(command_ids, fingerprints, stream_ids, expected, sizes)
             WITH ORDINALITY AS asked (command_id, fingerprint, stream_id, expected, size, number)
        LEFT JOIN LATERAL (SELECT e.fingerprint, e.position AS first_position FROM events e
                           WHERE e.command_id = asked.command_id LIMIT 1) done ON true
        LEFT JOIN LATERAL (SELECT e.entry_no, e.leaf FROM events e WHERE e.stream_id = asked.stream_id
                           ORDER BY e.entry_no DESC LIMIT 1) last ON true
        ORDER BY asked.number
    LOOP
        IF stream IS DISTINCT FROM command.stream_id THEN
            stream := command.stream_id;
            version := command.last_no;
            hash := command.last_leaf;
        END IF;
        IF command.done_position IS NOT NULL THEN
            outcome := CASE WHEN command.done_fingerprint = command.fingerprint THEN 'already' ELSE 'mismatch' END;
            first_position := command.done_position;
            at_entry := at_entry + command.size;
        ELSIF version <> command.expected THEN
            outcome := 'stale';
            first_position := NULL;
            at_entry := at_entry + command.size;
        ELSE
            outcome := 'recorded';
            first_position := place + 1;
            FOR i IN 1 .. command.size LOOP
                at_entry := at_entry + 1;
                place := place + 1;
                version := version + 1;
                taken := taken || at_entry;
                files := files || stream;
                numbers := numbers || version;
                prevs := prevs || hash;
                topic := convert_to(topics[at_entry], 'UTF8');
                -- RFC 6962 leaf hash of the entry's bytes; every part whose length varies carries it
                hash := sha256('\x00'::bytea || 'auctions-entry-1'::bytea || uuid_send(stream) || int4send(version)
                    || hash || micros || int4send(length(topic)) || topic
                    || int4send(length(envelopes[at_entry])) || envelopes[at_entry]
                    || int4send(length(payloads[at_entry])) || payloads[at_entry]);
                leaves := leaves || hash;
                firsts := firsts || CASE WHEN i = 1 THEN command.number::integer END;
            END LOOP;
        END IF;
        RETURN NEXT;
    END LOOP;
    IF place > start THEN
        INSERT INTO events (position, stream_id, entry_no, topic, payload, envelope, recorded_at, prev, leaf,
                            command_id, fingerprint)
            SELECT start + line.place, line.file, line.number, topics[line.taken], payloads[line.taken],
                   envelopes[line.taken], moment, line.prev, line.leaf,
                   command_ids[line.first], fingerprints[line.first]
            FROM unnest(taken, files, numbers, prevs, leaves, firsts)
                 WITH ORDINALITY AS line (taken, file, number, prev, leaf, first, place);
        PERFORM pg_notify('auctions_entries', place::text);
    END IF;
END $$;

-- For auditors: the log with its payload readable.
CREATE FUNCTION readable(payload bytea) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT convert_from(payload, 'UTF8')::jsonb
$$;
CREATE VIEW entries AS
    SELECT position, stream_id, entry_no, topic, readable(payload) AS payload, readable(envelope) AS envelope,
           recorded_at, prev, leaf
    FROM events;

GRANT SELECT ON events, entries TO auctions_service;
REVOKE EXECUTE ON FUNCTION append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append TO auctions_service;
