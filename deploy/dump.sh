#!/bin/sh
# Dumps the database that AUCTIONS_DATABASE_URL names: dump.sh FOLDER [DAYS]
#
# Leaves FOLDER/auctions-TIME.dump (custom format) with its SHA-256 beside it, and removes dumps older than DAYS
# (30). The rows of the read models are left out: they follow from the log.
set -eu
umask 027

cd "$1"
dump="auctions-$(date -u +%Y%m%dT%H%M%SZ).dump"
pg_dump --format=custom --exclude-table-data='projections.*' --file="$dump.part" --dbname="$AUCTIONS_DATABASE_URL"
pg_restore --file=/dev/null "$dump.part" # it can be read to its end
sha256sum "$dump.part" | sed 's/\.part$//' > "$dump.sha256"
mv "$dump.part" "$dump"
find . -maxdepth 1 -name 'auctions-*.dump*' -mtime "+${2:-30}" -delete
echo "dumped: $1/$dump"
