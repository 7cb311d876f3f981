-- The roles and the database, made once by PostgreSQL's superuser: psql --set ON_ERROR_STOP=1 --file roles.sql
-- What each may do inside, `auctions migrate` grants.

-- As whom the program acts; nobody logs in as these.
CREATE ROLE auctions_owner NOLOGIN;   -- owns tables and functions
CREATE ROLE auctions_service NOLOGIN; -- reads, and records by the append functions
CREATE ROLE auctions_runner NOLOGIN;  -- owns the read models, and reads the log
CREATE ROLE auctions_signer NOLOGIN;  -- reads the log, which it signs

-- Who logs in, by what it runs.
CREATE ROLE auctions_migrate LOGIN IN ROLE auctions_owner; -- migrations, keys and users
CREATE ROLE auctions_serve LOGIN IN ROLE auctions_service;
CREATE ROLE auctions_run LOGIN IN ROLE auctions_runner;
CREATE ROLE auctions_sign LOGIN IN ROLE auctions_signer;
CREATE ROLE auctions_operate LOGIN IN ROLE auctions_service, auctions_runner; -- people at the command line
CREATE ROLE auctions_dump LOGIN IN ROLE pg_read_all_data;
ALTER ROLE auctions_dump SET default_transaction_read_only = on;

CREATE DATABASE auctions OWNER auctions_owner TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE auctions FROM PUBLIC;
GRANT CONNECT ON DATABASE auctions TO auctions_owner, auctions_service, auctions_runner, auctions_signer,
    auctions_dump;
GRANT TEMPORARY ON DATABASE auctions TO auctions_service, auctions_runner;

-- A server of its own holds nothing else, but what PUBLIC could reach is closed to these logins too.
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
