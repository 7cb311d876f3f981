-- What append does, for a group of one command with one entry: as a clerk at a keyboard brings them.
CREATE FUNCTION append_one(command_id uuid, fingerprint bytea, stream_id uuid, expected integer,
                           topic text, payload bytea, envelope bytea,
                           OUT outcome text, OUT first_position bigint, OUT version integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = auctions, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    moment timestamptz;
    place bigint;
    done bytea;
    hash bytea;
    leaf bytea;
    name bytea := convert_to(topic, 'UTF8');
BEGIN
    PERFORM pg_advisory_xact_lock(7283001);
    SELECT e.fingerprint, e.position INTO done, first_position FROM events e WHERE e.command_id = command_id;
    IF FOUND THEN
        outcome := CASE WHEN done = fingerprint THEN 'already' ELSE 'mismatch' END;
        RETURN;
    END IF;
    SELECT e.entry_no, e.leaf INTO version, hash FROM events e WHERE e.stream_id = stream_id
        ORDER BY e.entry_no DESC LIMIT 1;
    IF NOT FOUND THEN
        version := 0;
        hash := decode(repeat('00', 32), 'hex');
    END IF;
    IF version <> expected THEN
        outcome := 'stale';
        RETURN;
    END IF;
    SELECT e.position, e.recorded_at INTO place, moment FROM events e ORDER BY e.position DESC LIMIT 1;
    outcome := 'recorded';
    first_position := coalesce(place, 0) + 1;
    version := version + 1;
    moment := greatest(clock_timestamp(), moment);
    leaf := sha256('\x00'::bytea || 'auctions-entry-1'::bytea || uuid_send(stream_id) || int4send(version)
        || hash || int8send((extract(epoch FROM moment) * 1000000)::bigint) || int4send(length(name)) || name
        || int4send(length(envelope)) || envelope || int4send(length(payload)) || payload);
    INSERT INTO events (position, stream_id, entry_no, topic, payload, envelope, recorded_at, prev, leaf,
                        command_id, fingerprint)
        VALUES (first_position, stream_id, version, topic, payload, envelope, moment, hash, leaf,
                command_id, fingerprint);
    PERFORM pg_notify('auctions_entries', first_position::text);
END $$;
REVOKE EXECUTE ON FUNCTION append_one FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_one TO auctions_service;
