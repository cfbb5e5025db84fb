-- Version 5: which documents were taken over from other data sets. Described in docs/dossier.md.

-- 1: a part of a file of another data set. Its events are never joined with others.
ALTER TABLE documents ADD COLUMN imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1));
