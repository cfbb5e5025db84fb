-- Version 2: which documents tell the same story. Described in docs/dossier.md.

CREATE TABLE stories (
    id INTEGER PRIMARY KEY
) STRICT;

-- NULL until the document has been compared with the others.
ALTER TABLE documents ADD COLUMN story INTEGER REFERENCES stories;
CREATE INDEX documents_story ON documents (story);
CREATE INDEX documents_undated ON documents (id) WHERE date IS NULL;

CREATE TABLE fingerprints (
    document INTEGER PRIMARY KEY REFERENCES documents,
    shingles INTEGER NOT NULL,
    text     BLOB NOT NULL,
    names    INTEGER NOT NULL,
    named    BLOB NOT NULL
) STRICT;

-- Keys under which near copies meet: each holds a band of a fingerprint and the week of publication. Under one key they
-- stand in an order that depends on their ids alone.
CREATE TABLE bands (
    key      INTEGER NOT NULL,
    rank     INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (key, rank, document)
) STRICT, WITHOUT ROWID;

-- Documents that have no keys yet.
CREATE TABLE arrivals (
    document INTEGER PRIMARY KEY
) STRICT;
INSERT INTO arrivals SELECT id FROM documents;
