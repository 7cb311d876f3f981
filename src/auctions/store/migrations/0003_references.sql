-- Which assets bear a reference, asked of the log itself.
CREATE INDEX events_by_reference ON events ((readable(payload) ->> 'asset_ref')) WHERE topic = 'asset.seized';
CREATE INDEX quarantine_open ON quarantine (source, row_no) WHERE resolved_at IS NULL;
