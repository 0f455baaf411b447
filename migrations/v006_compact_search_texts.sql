-- Keeps what keyword search reads of a passage without a second copy of its text, and finds the documents of many passages in few pages.

-- search_text may begin with U+FFFFC. What follows is then what keyword search reads, with another U+FFFFC where the passage's text stands.
DROP TRIGGER passage_search_insert;
DROP TRIGGER passage_search_delete;
DROP VIEW passage_search_text;

CREATE VIEW passage_search_text AS SELECT id, CASE
    WHEN substr(search_text, 1, 1) = char(1048572) THEN replace(substr(search_text, 2), char(1048572), text)
    ELSE COALESCE(search_text, text)
END AS text FROM passage;

CREATE TRIGGER passage_search_insert AFTER INSERT ON passage BEGIN
    INSERT INTO passage_search (rowid, text) VALUES (new.id, CASE
        WHEN substr(new.search_text, 1, 1) = char(1048572) THEN replace(substr(new.search_text, 2), char(1048572), new.text)
        ELSE COALESCE(new.search_text, new.text)
    END);
END;

CREATE TRIGGER passage_search_delete AFTER DELETE ON passage BEGIN
    INSERT INTO passage_search (passage_search, rowid, text) VALUES ('delete', old.id, CASE
        WHEN substr(old.search_text, 1, 1) = char(1048572) THEN replace(substr(old.search_text, 2), char(1048572), old.text)
        ELSE COALESCE(old.search_text, old.text)
    END);
END;

CREATE INDEX passage_owner ON passage (id, document);
