-- Version 2: which documents tell the same story. Described in docs/dossier.md.

CREATE TABLE stories (
    id INTEGER PRIMARY KEY
) STRICT;

-- NULL until the document has been compared with the others.
ALTER TABLE documents ADD COLUMN story INTEGER REFERENCES stories;
CREATE INDEX documents_story ON documents (story);

CREATE TABLE fingerprints (
    document INTEGER PRIMARY KEY REFERENCES documents,
    shingles INTEGER NOT NULL,
    text     BLOB NOT NULL,
    names    INTEGER NOT NULL,
    named    BLOB NOT NULL
) STRICT;

CREATE TABLE bands (
    key      INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;
