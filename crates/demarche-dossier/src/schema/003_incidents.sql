-- Version 3: which events are one happening. Described in docs/dossier.md.

ALTER TABLE events ADD COLUMN content_words BLOB;
-- NULL until the event has been compared with the others.
ALTER TABLE events ADD COLUMN cluster INTEGER;
ALTER TABLE events ADD COLUMN incident INTEGER;
CREATE INDEX events_cluster ON events (cluster);
CREATE INDEX events_inexact ON events (event_type, date) WHERE date_precision IN ('week', 'month');
