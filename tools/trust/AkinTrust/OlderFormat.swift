import Foundation
import GRDB

/// Stores of the first format, made from present stores by undoing the migrations since then.
enum OlderFormat {
    private static let today = 6

    /// Undoes migrations v006 to v002, and deletes the rows that need them.
    static func make(of store: String) throws {
        try DatabaseQueue(path: store).writeWithoutTransaction { database in
            let format = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            // Not made yet, or older already.
            guard format > 1 else { return }
            guard format == today else {
                throw TrialFailure("a store has format \(format), and the trial undoes what led to \(today)")
            }
            try database.inTransaction {
                try database.execute(
                    sql: """
                        DROP TRIGGER passage_is_immutable;
                        UPDATE passage SET search_text = (SELECT text FROM passage_search_text AS s WHERE s.id = passage.id)
                        WHERE search_text IS NOT NULL;
                        DROP INDEX passage_owner;
                        DROP TRIGGER passage_search_insert;
                        DROP TRIGGER passage_search_delete;
                        DROP VIEW passage_search_text;
                        CREATE VIEW passage_search_text AS SELECT id, COALESCE(search_text, text) AS text FROM passage;
                        CREATE TRIGGER passage_search_insert AFTER INSERT ON passage BEGIN
                            INSERT INTO passage_search (rowid, text) VALUES (new.id, COALESCE(new.search_text, new.text));
                        END;
                        CREATE TRIGGER passage_search_delete AFTER DELETE ON passage BEGIN
                            INSERT INTO passage_search (passage_search, rowid, text) VALUES ('delete', old.id, COALESCE(old.search_text, old.text));
                        END;
                        DROP TABLE passage_place;
                        DROP TABLE collection_file;
                        DROP TABLE collection;
                        DROP TABLE annotation;
                        DROP TABLE labelled_document;
                        DROP TABLE labelling;
                        DELETE FROM metadata WHERE labelling IS NOT NULL;
                        DELETE FROM store WHERE key = 'labels_version';
                        DROP INDEX metadata_labelling;
                        ALTER TABLE metadata DROP COLUMN labelling;
                        ALTER TABLE store DROP COLUMN checksum;
                        ALTER TABLE vector_space DROP COLUMN checksum;
                        ALTER TABLE vector DROP COLUMN checksum;
                        ALTER TABLE passage DROP COLUMN checksum;
                        ALTER TABLE document DROP COLUMN checksum;
                        CREATE TRIGGER passage_is_immutable BEFORE UPDATE ON passage BEGIN
                            SELECT RAISE(ABORT, 'a passage is never updated: delete it and insert another');
                        END;
                        DROP TRIGGER cluster_assignment_is_outdated;
                        DROP TABLE cluster;
                        ALTER TABLE cluster_run DROP COLUMN checksum;
                        ALTER TABLE cluster_run DROP COLUMN space;
                        ALTER TABLE cluster_run DROP COLUMN filter;
                        PRAGMA user_version = 1;
                        """)
                return .commit
            }
            _ = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// Whether a store is still of an older format; looks without changing it.
    static func isOne(_ store: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: store) else { return false }
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: store, configuration: configuration).read {
            try Int.fetchOne($0, sql: "PRAGMA user_version") != today
        }
    }
}
