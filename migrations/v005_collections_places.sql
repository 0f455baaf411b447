-- Adds the folders that a store follows, what was found in their files, and where passages stand in them.

-- root: the real path. relative_root: the path from the folder that holds the store, where root lies below that; both may then be moved
-- together. settings: a JSON object.
CREATE TABLE collection (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL UNIQUE,
    root          TEXT NOT NULL UNIQUE,
    relative_root TEXT,
    settings      TEXT NOT NULL,
    created       INTEGER NOT NULL,
    checksum      INTEGER
) STRICT;

-- The files of a collection as they were when they were last read, so that what has not changed need not be opened. path: below the root.
-- modified: nanoseconds since 1970. reader: the versions of what read and cut it. records: of a file of records; else NULL.
CREATE TABLE collection_file (
    collection INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    path       TEXT NOT NULL,
    size       INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    hash       BLOB,
    reader     TEXT NOT NULL,
    records    INTEGER,
    PRIMARY KEY (collection, path)
) STRICT, WITHOUT ROWID;

-- Where a passage stands in its file. lines and pages: from 1, inclusive. headings: a JSON array, outermost first.
CREATE TABLE passage_place (
    passage    INTEGER PRIMARY KEY REFERENCES passage (id) ON DELETE CASCADE,
    line_start INTEGER,
    line_end   INTEGER,
    page       INTEGER,
    headings   TEXT,
    checksum   INTEGER
) STRICT;
