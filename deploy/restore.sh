#!/bin/sh
# Restores a dump into an empty database `auctions`, as PostgreSQL's superuser: restore.sh FILE
#
# roles.sql comes before it; `auctions projections rebuild` after it, as a dump holds no rows of read models.
set -eu

cd "$(dirname "$1")"
dump=$(basename "$1")
sha256sum --check --quiet "$dump.sha256"
tables="SELECT count(*) FROM pg_tables WHERE schemaname IN ('auctions', 'projections')"
if [ "$(psql --no-psqlrc --tuples-only --no-align --dbname=auctions --command="$tables")" != 0 ]; then
    echo "restore.sh: the database auctions is not empty" >&2
    exit 1
fi
pg_restore --exit-on-error --single-transaction --dbname=auctions "$dump"
psql --no-psqlrc --quiet --dbname=auctions --command=ANALYZE
echo "restored: $1"
