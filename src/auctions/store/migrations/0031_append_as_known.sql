-- Appends a group of commands as `append` does, if what it was decided on besides its files still stands: keys that
-- hold, and offices that have changed their rules so many times and no more. Otherwise nothing is appended or told.
-- `leaf` is the hash of a command's first entry.
CREATE FUNCTION append_as_known(key_ids text[], office_ids uuid[], changes integer[],
                                command_ids uuid[], fingerprints bytea[], stream_ids uuid[], expected integer[],
                                sizes integer[], topics text[], payloads bytea[], envelopes bytea[])
RETURNS TABLE (outcome text, first_position bigint, version integer, leaf bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = auctions, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_variable
DECLARE
    told record;
BEGIN
    PERFORM pg_advisory_xact_lock(7283001);
    IF EXISTS (SELECT FROM unnest(key_ids) AS asked (key_id) LEFT JOIN keys k
                   ON k.key_id = asked.key_id AND k.revoked_at IS NULL AND k.expires_at > now()
               WHERE k.key_id IS NULL)
        OR EXISTS (SELECT FROM unnest(office_ids, changes) AS asked (office_id, changes)
                   CROSS JOIN LATERAL (SELECT e.entry_no FROM events e WHERE e.stream_id = asked.office_id
                                       ORDER BY e.entry_no DESC LIMIT 1) last
                   WHERE last.entry_no <> asked.changes) THEN
        RETURN;
    END IF;
    FOR told IN SELECT * FROM append(command_ids, fingerprints, stream_ids, expected, sizes, topics, payloads, envelopes)
    LOOP
        outcome := told.outcome;
        first_position := told.first_position;
        version := told.version;
        SELECT e.leaf INTO leaf FROM events e WHERE e.position = told.first_position;
        RETURN NEXT;
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION append_as_known FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_as_known TO auctions_service;
