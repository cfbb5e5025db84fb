-- Version 3: which events are one happening. Described in docs/dossier.md.

-- Events are compared within one type and one month.
CREATE TABLE units (
    id         INTEGER PRIMARY KEY,
    event_type TEXT NOT NULL,
    month      TEXT NOT NULL,
    -- 1: events came or went since they were last compared.
    stale      INTEGER NOT NULL,
    UNIQUE (event_type, month)
) STRICT;
CREATE INDEX units_stale ON units (id) WHERE stale = 1;

-- What of an event is compared, by units so that one is read in one go.
CREATE TABLE profiles (
    unit    INTEGER NOT NULL,
    event   INTEGER NOT NULL,
    profile BLOB NOT NULL,
    PRIMARY KEY (unit, event)
) STRICT, WITHOUT ROWID;

-- Events that share their happening with others. An event that stands alone has no row.
CREATE TABLE incidents (
    event    INTEGER PRIMARY KEY REFERENCES events,
    incident INTEGER NOT NULL
) STRICT;
CREATE INDEX incidents_incident ON incidents (incident);
