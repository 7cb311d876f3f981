-- The runner owns the read models, and the service only reads them. What the service had built is built anew.
DO $$ DECLARE built record; BEGIN
    FOR built IN SELECT tablename FROM pg_tables WHERE schemaname = 'projections' AND tableowner = 'auctions_service' LOOP
        EXECUTE format('DROP TABLE projections.%I', built.tablename);
    END LOOP;
END $$;
DELETE FROM projections.tracking;

REVOKE CREATE ON SCHEMA projections FROM auctions_service;
REVOKE INSERT, UPDATE, DELETE ON projections.tracking FROM auctions_service;
GRANT USAGE, CREATE ON SCHEMA projections TO auctions_runner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.tracking TO auctions_runner;
GRANT SELECT ON events TO auctions_runner;
