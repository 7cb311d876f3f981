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
GRANT EXECUTE ON FUNCTION position_at TO auctions_service;
