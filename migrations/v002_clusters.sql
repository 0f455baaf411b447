-- Adds what a clustering is used by afterwards: the names and centroids of its clusters, and which vectors and documents it was made of.

-- The space whose vectors were clustered, and the condition that the documents meet (NULL: all). NULL in runs of before this migration.
ALTER TABLE cluster_run ADD COLUMN space INTEGER;
ALTER TABLE cluster_run ADD COLUMN filter TEXT;

-- label: made from the texts. given_label: what the user calls it. centroid: a unit vector of little-endian floats.
CREATE TABLE cluster (
    run         INTEGER NOT NULL REFERENCES cluster_run (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    label       TEXT NOT NULL,
    given_label TEXT,
    centroid    BLOB NOT NULL,
    PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

-- A document whose text changes leaves its cluster of the newest run, and is assigned anew with its new vectors.
CREATE TRIGGER cluster_assignment_is_outdated AFTER UPDATE OF content_hash ON document BEGIN
    DELETE FROM cluster_assignment
    WHERE document = new.id AND run = (SELECT max(id) FROM cluster_run WHERE unit = 'document');
END;
