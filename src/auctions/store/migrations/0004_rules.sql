-- What offices changed about their rules, which files an office has or had, and which assets share a lot.
CREATE INDEX events_of_offices ON events (position) WHERE topic LIKE 'office.%';
CREATE INDEX events_by_office ON events ((readable(payload) ->> 'office')) WHERE topic = 'asset.seized';
CREATE INDEX events_by_new_office ON events ((readable(payload) ->> 'to_office')) WHERE topic = 'asset.transferred';
CREATE INDEX events_by_lot ON events ((readable(payload) ->> 'lot_ref'))
    WHERE topic = 'asset.round_announced' AND position('"lot_ref"'::bytea IN payload) > 0;
