-- Format 1 of an Akin store. application_id and page_size are set before the first table; user_version is the format.

-- What the store knows of itself: its uuid and settings, one row a key.
CREATE TABLE store (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What made a family of comparable vectors. Ids are never reused, so a vector's space cannot change its meaning.
CREATE TABLE vector_space (
    id           INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id < 8388608),
    kind         TEXT NOT NULL,
    encoder_name TEXT NOT NULL,
    fingerprint  TEXT NOT NULL,
    precision    TEXT NOT NULL,
    dimension    INTEGER NOT NULL CHECK (dimension > 0),
    metric       TEXT NOT NULL,
    element_type TEXT NOT NULL,
    details      TEXT NOT NULL,
    status       TEXT NOT NULL CHECK (status IN ('active', 'building', 'retired')),
    created      INTEGER NOT NULL
) STRICT;

-- Times are seconds since 1970. The row outlives updates, so ascending id is the order of first insertion.
CREATE TABLE document (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    external_id  TEXT NOT NULL UNIQUE,
    source       TEXT NOT NULL,
    title        TEXT,
    metadata     TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    created      INTEGER NOT NULL,
    updated      INTEGER NOT NULL
) STRICT;

CREATE INDEX document_source ON document (source);

-- The scalars of a document's metadata, for filters: each either a text or a number.
CREATE TABLE metadata (
    document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    key      TEXT NOT NULL,
    text     TEXT,
    number   REAL
) STRICT;

CREATE INDEX metadata_document ON metadata (document);
CREATE INDEX metadata_text ON metadata (key, text, document);
CREATE INDEX metadata_number ON metadata (key, number, document) WHERE number IS NOT NULL;

-- Passages are immutable and their ids never reused: a changed document has new passages.
-- search_text is what keyword search reads in place of text; NULL when they are the same.
CREATE TABLE passage (
    id          INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id < 1099511627776),
    document    INTEGER NOT NULL REFERENCES document (id),
    ordinal     INTEGER NOT NULL,
    text        TEXT NOT NULL,
    search_text TEXT,
    range_start INTEGER NOT NULL,
    range_end   INTEGER NOT NULL,
    token_count INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX passage_document ON passage (document, ordinal);

CREATE TRIGGER passage_is_immutable BEFORE UPDATE ON passage BEGIN
    SELECT RAISE(ABORT, 'a passage is never updated: delete it and insert another');
END;

CREATE VIEW passage_search_text AS SELECT id, COALESCE(search_text, text) AS text FROM passage;

CREATE VIRTUAL TABLE passage_search USING fts5 (
    text, content = 'passage_search_text', content_rowid = 'id', tokenize = 'porter unicode61'
);

CREATE TRIGGER passage_search_insert AFTER INSERT ON passage BEGIN
    INSERT INTO passage_search (rowid, text) VALUES (new.id, COALESCE(new.search_text, new.text));
END;

CREATE TRIGGER passage_search_delete AFTER DELETE ON passage BEGIN
    INSERT INTO passage_search (passage_search, rowid, text) VALUES ('delete', old.id, COALESCE(old.search_text, old.text));
END;

-- One b-tree in the order (space, passage): id = space * 2^40 + passage. A scan of a space reads its pages in order and needs no second
-- index; a foreign key on passage would need one, so `verify` looks for orphans instead. data: little-endian components.
CREATE TABLE vector (
    id      INTEGER PRIMARY KEY,
    data    BLOB NOT NULL,
    space   INTEGER NOT NULL GENERATED ALWAYS AS (id >> 40) VIRTUAL,
    passage INTEGER NOT NULL GENERATED ALWAYS AS (id & 1099511627775) VIRTUAL
) STRICT;

-- The change log. op: 1 = passage added (with its first vector, when space is set), 2 = vector set, 3 = passage deleted.
CREATE TABLE change (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    op       INTEGER NOT NULL CHECK (op IN (1, 2, 3)),
    passage  INTEGER NOT NULL,
    space    INTEGER,
    chain    BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;

-- A clustering of the documents. seed holds the bits of an unsigned number.
CREATE TABLE cluster_run (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    created INTEGER NOT NULL,
    name    TEXT UNIQUE,
    k       INTEGER NOT NULL,
    seed    INTEGER NOT NULL,
    unit    TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT;

CREATE TABLE cluster_assignment (
    run      INTEGER NOT NULL REFERENCES cluster_run (id) ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    cluster  INTEGER NOT NULL,
    PRIMARY KEY (run, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX cluster_assignment_document ON cluster_assignment (document);

-- The model behind a space of word vectors, in pieces: a model may be larger than SQLite's longest blob.
CREATE TABLE word_model (
    space INTEGER NOT NULL REFERENCES vector_space (id) ON DELETE CASCADE,
    piece INTEGER NOT NULL,
    data  BLOB NOT NULL,
    PRIMARY KEY (space, piece)
) STRICT;
