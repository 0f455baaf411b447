import AkinCore
import AkinMigrations
import Crypto
import Foundation
import GRDB

/// Copies what can be read of a damaged store into a new one, and rebuilds what is derived.
///
/// Row ids stay the same, so that passages keep their identity and ids of deleted ones are not used again. The change
/// log is not copied: the new one goes on after the old with an anchor of its own, so that no index file made before
/// fits the store any more.
struct StoreSalvage {
    /// What is rebuilt instead of being copied: the log, and what triggers and `metadata` rows derive from passages and
    /// documents.
    private static let derived: Set<String> = ["change", "metadata", "passage_search", "sqlite_sequence"]

    /// The tables that should be copied and cannot be read: those without the columns, keys and kinds of values that
    /// they have in a whole store. All else in their definitions is restored.
    static func unreadableTables(of source: Database) throws -> [String] {
        try DatabaseQueue().write { whole in
            for migration in Migrations.all { try whole.execute(sql: migration.sql) }
            return try tables(of: whole).filter { try Columns(of: $0, in: source) != Columns(of: $0, in: whole) }
        }
    }

    /// What the reading of a table relies on.
    private struct Columns: Equatable {
        private let table: Row?
        private let columns: [Row]

        init(of table: String, in database: Database) throws {
            self.table = try Row.fetchOne(
                database, sql: "SELECT type, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = ?",
                arguments: [table])
            columns = try Row.fetchAll(
                database,
                sql:
                    "SELECT name, type, pk, hidden FROM pragma_table_xinfo(?) WHERE name <> 'checksum' AND hidden = 0 ORDER BY cid",
                arguments: [table])
        }

        static func == (one: Columns, other: Columns) -> Bool {
            // Columns that are not Akin's come after Akin's.
            one.table == other.table && Array(one.columns.prefix(other.columns.count)) == other.columns
        }
    }

    /// The tables that are copied.
    private static func tables(of whole: Database) throws -> [String] {
        let tables = try String.fetchAll(
            whole,
            sql:
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'passage_search%'"
        )
        return tables.filter { !derived.contains($0) }
    }

    let source: Database
    let target: Database
    /// The entries for filters of a document's metadata; nil when the JSON is no object.
    let metadataEntries: (String) -> [MetadataEntry]?

    /// Passages that the damaged store's change log contradicts. The log counts where there is no checksum.
    var contradicted: Set<Int64>
    /// New ids of documents that had impossible ones.
    var documentIDs: [Int64: Int64] = [:]

    /// What could not be saved as it was, a sentence each.
    var losses: [Note] = []
    /// Where passages are missing.
    var passageGaps: [TolerantScan.Gap] = []
    /// Passages that do not match their checksums.
    var altered: Set<Int64> = []
    /// Whether anything that was read proves that Akin wrote it: a uuid, or a row with its checksum.
    private(set) var hasFoundRowsOfAkin = false

    init(
        from source: Database, to target: Database, contradicted: Set<Int64>,
        metadataEntries: @escaping (String) -> [MetadataEntry]?
    ) {
        self.source = source
        self.target = target
        self.contradicted = contradicted
        self.metadataEntries = metadataEntries
    }

    /// Runs in the caller's transaction of `target`, whose foreign keys must be off.
    mutating func run() throws {
        try target.execute(sql: "DELETE FROM store")
        for table in try Self.tables(of: target) { try copy(table) }
        try dropImpossibleRows()
        hasFoundRowsOfAkin = try holdsRowsOfAkin()
        try restoreSequences()
        try restoreSettings()
        try checkSpaces()
        try tellOfAlterations()
        try dropDoubtfulPlaces()
        try checkClusters()
        try checkLabels()
        try checkCollections()
        try findMissingPassages()
        try adoptOrphans()
        try dropWhatBelongsNowhere()
        try checkVectors()
        try deriveMetadata()
        try target.execute(sql: LabelEntries.insertion(where: "1"))
        try forgetFilesOfLostDocuments()
        try startChangeLog()
        for table in RowChecksum.allCases { try target.execute(sql: table.sealing(where: table.isUnsealed)) }
    }

    private func holdsRowsOfAkin() throws -> Bool {
        let uuid = try String.fetchOne(target, sql: "SELECT value FROM store WHERE key = 'uuid'")
        if uuid.flatMap(UUID.init(uuidString:)) != nil { return true }
        return try RowChecksum.allCases.contains { table in
            try Bool.fetchOne(
                target, sql: "SELECT EXISTS (SELECT 1 FROM \(table.rawValue) WHERE checksum = \(table.sql))") ?? false
        }
    }

    private mutating func copy(_ table: String) throws {
        // Hidden columns are computed; the primary key of a table without row ids orders it.
        let columns = try String.fetchAll(
            target, sql: "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid", arguments: [table])
        let key = try String.fetchAll(
            target, sql: "SELECT name FROM pragma_table_xinfo(?) WHERE pk > 0 ORDER BY pk", arguments: [table])
        let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let insertion = try target.makeStatement(
            sql: "INSERT OR IGNORE INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(places))")
        var refused = 0
        let target = target
        func add(_ values: [DatabaseValue]) -> Bool {
            do {
                try insertion.execute(arguments: StatementArguments(values))
                if target.changesCount > 0 { return true }
            } catch {}
            refused += 1
            return false
        }
        var salvage = self
        var late: [[DatabaseValue]] = []
        func insert(_ values: [DatabaseValue]) throws {
            switch try salvage.admitted(values, of: table, columns: columns) {
            case .now(let values): _ = add(values)
            case .later(let values): late.append(values)
            }
        }
        let scan = TolerantScan(database: source, table: table, columns: columns)
        let hasRowIDs =
            try Bool.fetchOne(target, sql: "SELECT NOT wr FROM pragma_table_list WHERE name = ?", arguments: [table])
            ?? true
        if hasRowIDs {
            for gap in try scan.rows(insert) {
                if table == "passage" { passageGaps.append(gap) }
                // Missing vectors are reported where they cannot be made again: see `checkVectors`.
                if table == "vector" { continue }
                let (after, before) = (gap.after.map { "after row \($0)" }, gap.before.map { "before row \($0)" })
                let place = [after, before].compactMap(\.self).joined(separator: " and ")
                losses.append("Table \(table): what stood \(place.isEmpty ? "in it" : place) cannot be read.")
            }
            (contradicted, documentIDs) = (salvage.contradicted, salvage.documentIDs)
            try copyUnderNewIDs(late, columns: columns, of: table, add)
        } else if try !scan.rowsFromBothEnds(orderedBy: key, { _ = add($0) }) {
            refused = 0
            losses.append("Table \(table): rows in the middle cannot be read.")
        }
        if refused > 0 {
            losses.append("Table \(table): \(refused) rows hold impossible values and were left out.")
        }
    }

    /// Ids of deleted rows must not be used again.
    private func restoreSequences() throws {
        guard try isTable("sqlite_sequence"),
            let rows = try? Row.fetchAll(source, sql: "SELECT name, seq FROM sqlite_sequence")
        else { return }
        for row in rows {
            guard let name = String.fromDatabaseValue(row[0]), let value = Int64.fromDatabaseValue(row[1]),
                RowLimits.sequences[name]?.contains(value) == true
            else { continue }
            try target.execute(
                sql: "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", arguments: [value, name])
            if target.changesCount == 0 {
                try target.execute(
                    sql: "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", arguments: [name, value])
            }
        }
    }

    private mutating func restoreSettings() throws {
        let altered = try String.fetchAll(
            target, sql: "SELECT key FROM store WHERE \(RowChecksum.store.isAltered) ORDER BY key")
        for key in altered { try target.execute(sql: "DELETE FROM store WHERE key = ?", arguments: [key]) }
        losses += altered.filter { !["uuid", StoreReader.anchorKey].contains($0) }.map {
            Note("The setting \($0) was altered and is gone.")
        }
        let known = try String.fetchOne(target, sql: "SELECT value FROM store WHERE key = 'uuid'")
        guard known.flatMap(UUID.init(uuidString:)) == nil else { return }
        losses.append("The store's uuid cannot be read: it was given a new one.")
        try target.execute(
            sql: "INSERT OR REPLACE INTO store (key, value) VALUES ('uuid', ?)", arguments: [UUID().uuidString])
    }

    /// Rows that refer to missing rows.
    private mutating func dropWhatBelongsNowhere() throws {
        for _ in 0..<2 {
            let rows = try Row.fetchAll(target, sql: "PRAGMA foreign_key_check")
            for row in rows {
                let table: String = row[0]
                if let rowID = Int64.fromDatabaseValue(row[1]) {
                    try target.execute(sql: "DELETE FROM \(table) WHERE rowid = ?", arguments: [rowID])
                }
            }
        }
        // Tables without row ids have no number to delete by.
        try target.execute(
            sql: """
                DELETE FROM cluster_assignment
                WHERE run NOT IN (SELECT id FROM cluster_run) OR document NOT IN (SELECT id FROM document);
                DELETE FROM cluster WHERE run NOT IN (SELECT id FROM cluster_run);
                DELETE FROM labelled_document
                WHERE labelling NOT IN (SELECT id FROM labelling) OR document NOT IN (SELECT id FROM document);
                DELETE FROM annotation
                WHERE NOT EXISTS (SELECT 1 FROM labelled_document AS l
                    WHERE l.labelling = annotation.labelling AND l.document = annotation.document);
                DELETE FROM collection_file WHERE collection NOT IN (SELECT id FROM collection);
                DELETE FROM word_model WHERE space NOT IN (SELECT id FROM vector_space);
                """)
    }

    /// Goes on after the last number the damaged log can have used, with a chain that no other history has.
    private func startChangeLog() throws {
        let used = try Int64.fetchOne(target, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'change'") ?? 0
        let logged =
            try isTable("change")
            ? (try? Int64.fetchOne(
                source, sql: "SELECT max(sequence) FROM change WHERE sequence <= \(RowLimits.row.upperBound / 2)"))
                ?? nil : nil
        let anchor = max(min(used, RowLimits.row.upperBound / 2), logged ?? 0, 1) + 1
        try target.execute(sql: "DELETE FROM sqlite_sequence WHERE name = 'change'")
        let chain = Data(SHA256.hash(data: Data(UUID().uuidString.utf8)))
        try target.execute(sql: "DELETE FROM change")
        try target.execute(
            sql: "INSERT INTO change (sequence, op, passage, space, chain) VALUES (?, 3, 0, NULL, ?)",
            arguments: [anchor, chain])
        try target.execute(
            sql: "INSERT OR REPLACE INTO store (key, value) VALUES (?, ?)",
            arguments: [StoreReader.anchorKey, String(anchor)])
    }
}
