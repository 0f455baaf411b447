import Foundation
import GRDB

/// Stores of the first format, made from present stores by undoing the migrations since then.
enum OlderFormat {
    private static let today = 4

    /// Undoes migrations v004, v003 and v002, and deletes the rows that need them.
    static func make(of store: String) throws {
        try DatabaseQueue(path: store).writeWithoutTransaction { database in
            guard try Int.fetchOne(database, sql: "PRAGMA user_version") == today else { return }
            try database.inTransaction {
                try database.execute(
                    sql: """
                        DROP TABLE annotation;
                        DROP TABLE labelled_document;
                        DROP TABLE labelling;
                        DELETE FROM metadata WHERE labelling IS NOT NULL;
                        DELETE FROM store WHERE key = 'labels_version';
                        DROP INDEX metadata_labelling;
                        ALTER TABLE metadata DROP COLUMN labelling;
                        DROP TRIGGER passage_is_immutable;
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
