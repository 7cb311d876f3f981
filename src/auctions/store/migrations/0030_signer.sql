-- The signer reads the log and nothing else.
GRANT USAGE ON SCHEMA auctions TO auctions_signer;
GRANT SELECT ON events, migrations TO auctions_signer;
