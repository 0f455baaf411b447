-- Adds what each row of settings, texts, vectors and clusters is proved by: 64 bits of SHA-256 over its other columns (NULL in rows of before
-- this migration, until akin optimize).
ALTER TABLE store ADD COLUMN checksum INTEGER;
ALTER TABLE vector_space ADD COLUMN checksum INTEGER;
ALTER TABLE document ADD COLUMN checksum INTEGER;
ALTER TABLE passage ADD COLUMN checksum INTEGER;
ALTER TABLE vector ADD COLUMN checksum INTEGER;
ALTER TABLE cluster_run ADD COLUMN checksum INTEGER;
ALTER TABLE cluster ADD COLUMN checksum INTEGER;

DROP TRIGGER passage_is_immutable;
CREATE TRIGGER passage_is_immutable
BEFORE UPDATE OF id, document, ordinal, text, search_text, range_start, range_end, token_count ON passage BEGIN
    SELECT RAISE(ABORT, 'a passage is never updated: delete it and insert another');
END;
