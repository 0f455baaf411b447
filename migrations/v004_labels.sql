-- Adds what models say of the documents: labels of whole documents, and entities in their texts.

-- A model that labels the documents, and the field by which filters ask for what it says. path: the model's folder. settings: a JSON object.
-- filter: the condition that the documents meet (NULL: all).
CREATE TABLE labelling (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    field       TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('labels', 'entities')),
    model       TEXT NOT NULL,
    path        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    settings    TEXT NOT NULL,
    filter      TEXT,
    created     INTEGER NOT NULL,
    checksum    INTEGER
) STRICT;

-- The documents that a labelling has read, whether or not it found anything to say.
CREATE TABLE labelled_document (
    labelling INTEGER NOT NULL REFERENCES labelling (id) ON DELETE CASCADE,
    document  INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    created   INTEGER NOT NULL,
    PRIMARY KEY (labelling, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX labelled_document_document ON labelled_document (document);

-- A label of a document, or an entity: then with its text and where that stands, in Unicode scalars of the document's text.
CREATE TABLE annotation (
    labelling   INTEGER NOT NULL REFERENCES labelling (id) ON DELETE CASCADE,
    document    INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    label       TEXT NOT NULL,
    score       REAL NOT NULL,
    text        TEXT,
    range_start INTEGER,
    range_end   INTEGER,
    checksum    INTEGER,
    PRIMARY KEY (labelling, document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX annotation_document ON annotation (document);
CREATE INDEX annotation_label ON annotation (labelling, label);

-- Entries for filters that come from a labelling and not from the document's own metadata (NULL).
ALTER TABLE metadata ADD COLUMN labelling INTEGER;
CREATE INDEX metadata_labelling ON metadata (labelling) WHERE labelling IS NOT NULL;
