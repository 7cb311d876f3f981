-- What holds on which legal days, as known at which positions: no two rows of one thing overlap in both.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

-- The position up to which the log was known at a moment. recorded_at never falls and positions have no holes.
CREATE FUNCTION position_at(moment timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = auctions, pg_temp AS $$
DECLARE
    known bigint := 0;
    beyond bigint := (SELECT coalesce(max(e.position), 0) + 1 FROM events e);
    middle bigint;
BEGIN
    WHILE beyond - known > 1 LOOP
        middle := (known + beyond) / 2;
        IF (SELECT e.recorded_at <= moment FROM events e WHERE e.position = middle) THEN
            known := middle;
        ELSE
            beyond := middle;
        END IF;
    END LOOP;
    RETURN known;
END $$;
REVOKE EXECUTE ON FUNCTION position_at FROM PUBLIC;
GRANT EXECUTE ON FUNCTION position_at TO auctions_service;

-- The last position up to there at which no command is half recorded: what one command records is known at once.
CREATE FUNCTION whole_commands(known bigint) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = auctions, pg_temp AS $$
    SELECT CASE WHEN EXISTS (SELECT FROM events e WHERE e.position = known + 1 AND e.command_id IS NULL AND e.entry_no > 1)
        THEN (SELECT max(e.position) - 1 FROM events e WHERE e.position <= known AND e.command_id IS NOT NULL)
        ELSE known END
$$;
REVOKE EXECUTE ON FUNCTION whole_commands FROM PUBLIC;
GRANT EXECUTE ON FUNCTION whole_commands TO auctions_service;
