-- Version 1: documents, their sentences, and the three kinds of record. Described column by column in docs/dossier.md.

CREATE TABLE runs (
    id           INTEGER PRIMARY KEY,
    key          BLOB NOT NULL UNIQUE,
    program      TEXT NOT NULL,
    version      TEXT NOT NULL,
    model        TEXT NOT NULL,
    data         TEXT NOT NULL,
    dictionaries TEXT NOT NULL,
    command      TEXT NOT NULL
) STRICT;

CREATE TABLE documents (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE,
    hash      BLOB NOT NULL CHECK (length(hash) = 32),
    length    INTEGER NOT NULL,
    publisher TEXT,
    url       TEXT,
    title     TEXT,
    date      TEXT,
    language  TEXT,
    genre     TEXT,
    kept      TEXT NOT NULL CHECK (kept IN ('text', 'index', 'spans')),
    run       INTEGER NOT NULL REFERENCES runs
) STRICT;
CREATE INDEX documents_publisher ON documents (publisher);

CREATE TABLE sentences (
    id         INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES documents,
    sequence   INTEGER NOT NULL,
    field      TEXT NOT NULL CHECK (field IN ('title', 'text')),
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end   INTEGER NOT NULL,
    text       TEXT,
    UNIQUE (document, sequence)
) STRICT;

-- The words of sentences by rowid. It holds no text: that stands once, in `sentences`, or nowhere.
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
-- What a transaction adds is sorted in memory, up to these bytes, and written once.
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);

CREATE TABLE actors (
    id              INTEGER PRIMARY KEY,
    key             BLOB NOT NULL UNIQUE,
    code            TEXT,
    sectors         TEXT NOT NULL,
    identifier_id   TEXT,
    identifier_text TEXT,
    name            TEXT,
    office          TEXT,
    religion        TEXT,
    ethnicity       TEXT
) STRICT;
CREATE INDEX actors_code ON actors (code);
CREATE INDEX actors_identifier ON actors (identifier_id) WHERE identifier_id IS NOT NULL;

CREATE TABLE places (
    id             INTEGER PRIMARY KEY,
    key            BLOB NOT NULL UNIQUE,
    resolved_place TEXT,
    geonameid      INTEGER,
    lat            REAL,
    lon            REAL,
    city           TEXT,
    district       TEXT,
    province       TEXT,
    country        TEXT,
    country_code   TEXT,
    feature_class  TEXT,
    feature_code   TEXT,
    resolution     INTEGER
) STRICT;
CREATE INDEX places_country ON places (country_code);

CREATE TABLE events (
    id              INTEGER PRIMARY KEY,
    document        INTEGER NOT NULL REFERENCES documents,
    number          INTEGER NOT NULL,
    sentence        INTEGER,
    date            TEXT,
    enddate         TEXT,
    date_precision  TEXT,
    event_type      TEXT NOT NULL,
    quad_code       INTEGER,
    event_scale     REAL,
    cameo           TEXT,
    goldstein       REAL,
    status          TEXT NOT NULL,
    place           INTEGER REFERENCES places,
    extracted_place TEXT,
    dead            INTEGER,
    injured         INTEGER,
    arrested        INTEGER,
    size            INTEGER,
    confidence      REAL NOT NULL,
    trigger_start   INTEGER NOT NULL,
    trigger_end     INTEGER NOT NULL,
    frame           TEXT,
    decided_by      TEXT NOT NULL,
    rest            TEXT NOT NULL,
    UNIQUE (document, number),
    FOREIGN KEY (document, sentence) REFERENCES sentences (document, sequence)
) STRICT;
CREATE INDEX events_date ON events (date, event_type);
CREATE INDEX events_place ON events (place) WHERE place IS NOT NULL;

CREATE TABLE event_actors (
    event    INTEGER NOT NULL REFERENCES events,
    role     TEXT NOT NULL CHECK (role IN ('actor', 'recipient', 'attributed_to')),
    position INTEGER NOT NULL,
    actor    INTEGER NOT NULL REFERENCES actors,
    text     TEXT NOT NULL,
    start    INTEGER,
    end      INTEGER,
    PRIMARY KEY (event, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actors_actor ON event_actors (actor, role);

CREATE TABLE event_modes (
    event    INTEGER NOT NULL REFERENCES events,
    position INTEGER NOT NULL,
    mode     TEXT NOT NULL,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_modes_mode ON event_modes (mode);

CREATE TABLE event_contexts (
    event    INTEGER NOT NULL REFERENCES events,
    position INTEGER NOT NULL,
    context  TEXT NOT NULL,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_contexts_context ON event_contexts (context);

CREATE TABLE event_counts (
    event    INTEGER NOT NULL REFERENCES events,
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    low      INTEGER NOT NULL,
    high     INTEGER,
    text     TEXT NOT NULL,
    start    INTEGER,
    end      INTEGER,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
    id                INTEGER PRIMARY KEY,
    document          INTEGER NOT NULL REFERENCES documents,
    number            INTEGER NOT NULL,
    sentence          INTEGER,
    date              TEXT,
    date_precision    TEXT,
    act               TEXT NOT NULL,
    stance            TEXT NOT NULL,
    quotation         TEXT NOT NULL,
    status            TEXT NOT NULL,
    proposition       TEXT,
    proposition_start INTEGER NOT NULL,
    proposition_end   INTEGER NOT NULL,
    cue_start         INTEGER NOT NULL,
    cue_end           INTEGER NOT NULL,
    confidence        REAL NOT NULL,
    frame             TEXT,
    decided_by        TEXT NOT NULL,
    rest              TEXT NOT NULL,
    UNIQUE (document, number),
    FOREIGN KEY (document, sentence) REFERENCES sentences (document, sequence)
) STRICT;
CREATE INDEX statements_date ON statements (date);

CREATE TABLE statement_actors (
    statement INTEGER NOT NULL REFERENCES statements,
    role      TEXT NOT NULL CHECK (role IN ('speaker', 'audience', 'toward')),
    position  INTEGER NOT NULL,
    actor     INTEGER NOT NULL REFERENCES actors,
    text      TEXT NOT NULL,
    start     INTEGER,
    end       INTEGER,
    PRIMARY KEY (statement, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_actors_actor ON statement_actors (actor, role);

CREATE TABLE statement_issues (
    statement INTEGER NOT NULL REFERENCES statements,
    position  INTEGER NOT NULL,
    issue     TEXT NOT NULL,
    PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_issues_issue ON statement_issues (issue);

CREATE TABLE initiatives (
    id              INTEGER PRIMARY KEY,
    document        INTEGER NOT NULL REFERENCES documents,
    number          INTEGER NOT NULL,
    kind            TEXT NOT NULL,
    stage           TEXT NOT NULL,
    venue           INTEGER REFERENCES places,
    extracted_venue TEXT,
    conflict        TEXT,
    confidence      REAL NOT NULL,
    frame           TEXT,
    decided_by      TEXT NOT NULL,
    rest            TEXT NOT NULL,
    UNIQUE (document, number)
) STRICT;

CREATE TABLE initiative_actors (
    initiative INTEGER NOT NULL REFERENCES initiatives,
    role       TEXT NOT NULL CHECK (role IN ('party', 'mediator', 'host')),
    position   INTEGER NOT NULL,
    actor      INTEGER NOT NULL REFERENCES actors,
    text       TEXT NOT NULL,
    start      INTEGER,
    end        INTEGER,
    PRIMARY KEY (initiative, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX initiative_actors_actor ON initiative_actors (actor, role);

CREATE TABLE initiative_stages (
    initiative INTEGER NOT NULL REFERENCES initiatives,
    position   INTEGER NOT NULL,
    stage      TEXT NOT NULL,
    date       TEXT,
    record     TEXT,
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    PRIMARY KEY (initiative, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE initiative_sides (
    initiative INTEGER NOT NULL REFERENCES initiatives,
    position   INTEGER NOT NULL,
    code       TEXT NOT NULL,
    PRIMARY KEY (initiative, position)
) STRICT, WITHOUT ROWID;

-- Who did it to whom, by country. Those who do something together, without a recipient, are a pair both ways.
CREATE VIEW event_dyads (event, source, target) AS
    SELECT DISTINCT one.event, source.code, target.code
    FROM event_actors AS one
    JOIN event_actors AS other ON other.event = one.event AND other.role = 'recipient'
    JOIN actors AS source ON source.id = one.actor
    JOIN actors AS target ON target.id = other.actor
    WHERE one.role = 'actor' AND source.code IS NOT NULL AND target.code IS NOT NULL
    UNION
    SELECT DISTINCT one.event, source.code, target.code
    FROM event_actors AS one
    JOIN event_actors AS other ON other.event = one.event AND other.role = 'actor'
    JOIN actors AS source ON source.id = one.actor
    JOIN actors AS target ON target.id = other.actor
    WHERE one.role = 'actor' AND source.code <> target.code
      AND NOT EXISTS (SELECT 1 FROM event_actors AS whom WHERE whom.event = one.event AND whom.role = 'recipient');
