-- Version 4: which initiatives are one process. Described in docs/dossier.md.

-- Initiatives that have no keys yet.
CREATE TABLE initiative_arrivals (
    initiative INTEGER PRIMARY KEY
) STRICT;
INSERT INTO initiative_arrivals SELECT id FROM initiatives;

-- Kinds and sides by which initiatives meet.
CREATE TABLE process_sides (
    id     INTEGER PRIMARY KEY,
    family TEXT NOT NULL CHECK (family IN ('talks', 'ceasefire', 'peace_plan', 'investigation', 'other')),
    -- Codes in order, joined by blanks; NULL: of initiatives of which fewer than two sides are told.
    sides  TEXT,
    -- 1: initiatives came or went since they were last compared.
    stale  INTEGER NOT NULL,
    UNIQUE (family, sides)
) STRICT;

CREATE TABLE process_members (
    initiative INTEGER PRIMARY KEY REFERENCES initiatives,
    sides      INTEGER NOT NULL REFERENCES process_sides,
    first      TEXT,
    last       TEXT,
    -- The least of the process's initiatives of which the sides are told; NULL until compared.
    process    INTEGER
) STRICT;
CREATE INDEX process_members_sides ON process_members (sides, first);
CREATE INDEX process_members_process ON process_members (process);

-- Who takes part in an initiative, as initiatives are compared by.
CREATE TABLE process_tokens (
    token      TEXT NOT NULL,
    initiative INTEGER NOT NULL,
    -- 1: mediates. 0: a side.
    mediates   INTEGER NOT NULL,
    PRIMARY KEY (initiative, mediates, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX process_tokens_token ON process_tokens (token, mediates);
