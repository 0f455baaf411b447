import AkinCore
import Crypto
import Foundation
import GRDB

/// Copies what can be read of a damaged store into a new one, and makes what is derived anew.
///
/// Row ids stay what they were, so that passages keep their identity and ids of deleted ones are not used again. The change log is not
/// copied: the new one goes on after the old with an anchor of its own, so that no index file made before fits the store any more.
struct StoreSalvage {
    /// What is made anew instead of being copied: the log, and what triggers and `metadata` rows derive from passages and documents.
    private static let derived: Set<String> = ["change", "metadata", "sqlite_sequence"]

    let source: Database
    let target: Database
    /// The entries for filters of a document's metadata; nil when the JSON is no object.
    let metadataEntries: (String) -> [MetadataEntry]?

    /// What could not be saved as it was, a sentence each.
    private(set) var losses: [String] = []
    /// Where passages are gone.
    private var passageGaps: [TolerantScan.Gap] = []
    /// Passages that do not match their checksums.
    private var altered: Set<Int64> = []

    init(from source: Database, to target: Database, metadataEntries: @escaping (String) -> [MetadataEntry]?) {
        self.source = source
        self.target = target
        self.metadataEntries = metadataEntries
    }

    /// Runs in the caller's transaction of `target`, whose foreign keys must be off.
    mutating func run() throws {
        try target.execute(sql: "DELETE FROM store")
        let tables = try String.fetchAll(
            target,
            sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'passage_search%'")
        for table in tables where !Self.derived.contains(table) { try copy(table) }
        try restoreSequences()
        try restoreSettings()
        try tellOfAlterations()
        try tellOfAlteredClusters()
        try adoptOrphans()
        try dropWhatBelongsNowhere()
        try checkVectors()
        try deriveMetadata()
        for table in RowChecksum.allCases { try target.execute(sql: table.sealing(where: "checksum IS NOT \(table.sql)")) }
        try startChangeLog()
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
        func insert(_ values: [DatabaseValue]) {
            do {
                try insertion.execute(arguments: StatementArguments(values))
                if target.changesCount == 0 { refused += 1 }
            } catch {
                refused += 1
            }
        }
        let scan = TolerantScan(database: source, table: table, columns: columns)
        let hasRowIDs = try Bool.fetchOne(target, sql: "SELECT NOT wr FROM pragma_table_list WHERE name = ?", arguments: [table]) ?? true
        if hasRowIDs {
            for gap in try scan.rows(insert) {
                if table == "passage" { passageGaps.append(gap) }
                // Vectors are missed where they cannot be made again: see `checkVectors`.
                if table == "vector" { continue }
                let (after, before) = (gap.after.map { "after row \($0)" }, gap.before.map { "before row \($0)" })
                let place = [after, before].compactMap(\.self).joined(separator: " and ")
                losses.append("Table \(table): what stood \(place.isEmpty ? "in it" : place) cannot be read.")
            }
        } else if try !scan.rowsFromBothEnds(orderedBy: key, insert) {
            refused = 0
            losses.append("Table \(table): rows in the middle cannot be read.")
        }
        if refused > 0 { losses.append("Table \(table): \(refused) rows hold values that cannot be, and were left out.") }
    }

    /// Ids of rows that are gone must not be given again.
    private func restoreSequences() throws {
        guard let rows = try? Row.fetchAll(source, sql: "SELECT name, seq FROM sqlite_sequence") else { return }
        for row in rows {
            guard let name = String.fromDatabaseValue(row[0]), let value = Int64.fromDatabaseValue(row[1]) else { continue }
            try target.execute(sql: "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", arguments: [value, name])
            if target.changesCount == 0 {
                try target.execute(sql: "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", arguments: [name, value])
            }
        }
    }

    private mutating func restoreSettings() throws {
        let known = try String.fetchOne(target, sql: "SELECT value FROM store WHERE key = 'uuid'")
        guard known.flatMap(UUID.init(uuidString:)) == nil else { return }
        losses.append("The store's uuid cannot be read: it was given a new one.")
        try target.execute(
            sql: "INSERT OR REPLACE INTO store (key, value) VALUES ('uuid', ?)", arguments: [UUID().uuidString])
    }

    /// Names the documents with rows that do not match their checksums.
    private mutating func tellOfAlterations() throws {
        let documents = try Row.fetchAll(
            target, sql: "SELECT id, external_id FROM document WHERE checksum <> \(RowChecksum.document.sql) ORDER BY id")
        for row in documents {
            losses.append("Document \(row[1] as String) may have been altered in its id, source, title or metadata: index it anew to be sure.")
            try forgetContent(of: row[0])
        }
        let passages = try Row.fetchAll(
            target,
            sql: """
                SELECT p.id, d.id, d.external_id FROM (SELECT * FROM passage WHERE checksum <> \(RowChecksum.passage.sql)) AS p
                LEFT JOIN document AS d ON d.id = p.document ORDER BY p.id
                """)
        for row in passages {
            altered.insert(row[0])
            guard let document = Int64.fromDatabaseValue(row[1]) else { continue }
            losses.append("Document \(row[2] as String) may have been altered in passage \(row[0] as Int64): index it anew to be sure.")
            try forgetContent(of: document)
        }
    }

    /// Names the clusterings with rows that do not match their checksums.
    private mutating func tellOfAlteredClusters() throws {
        let runs = try Int64.fetchAll(
            target,
            sql: """
                SELECT id FROM cluster_run WHERE checksum <> \(RowChecksum.clusterRun.sql)
                UNION SELECT run FROM cluster WHERE checksum <> \(RowChecksum.cluster.sql)
                """)
        losses += runs.map { "Cluster run \($0) may have been altered: cluster anew to be sure." }
    }

    /// Gives passages whose document cannot be read one to stand in, so that their text is found all the same.
    private mutating func adoptOrphans() throws {
        let orphans = try Int64.fetchAll(
            target, sql: "SELECT DISTINCT document FROM passage WHERE document NOT IN (SELECT id FROM document) ORDER BY document")
        let now = Int64(Date().timeIntervalSince1970)
        for document in orphans {
            let id = "salvaged-\(document)"
            try target.execute(
                sql: """
                    INSERT INTO document (id, external_id, source, title, metadata, content_hash, created, updated)
                    VALUES (?, ?, '', NULL, '{}', x'', ?, ?)
                    """, arguments: [document, id, now, now])
            losses.append("A document's id, title and metadata cannot be read: its text is kept as document \(id).")
        }
        let incomplete = try Row.fetchAll(
            target,
            sql: """
                SELECT d.id, d.external_id FROM document AS d WHERE EXISTS (
                    SELECT 1 FROM passage AS p WHERE p.document = d.id
                    GROUP BY p.document HAVING min(p.ordinal) <> 0 OR max(p.ordinal) <> count(*) - 1)
                """)
        for row in incomplete {
            let id: Int64 = row[0]
            losses.append("Document \(row[1] as String) has lost passages: index it anew.")
            try renumberPassages(of: id)
            try forgetContent(of: id)
        }
        try tellOfLostPassages()
    }

    /// Names the documents whose passages stood where nothing can be read: those without any, and the one whose end may have been there.
    private mutating func tellOfLostPassages() throws {
        guard !passageGaps.isEmpty else { return }
        let empty = try Row.fetchAll(
            target,
            sql: "SELECT id, external_id FROM document WHERE id NOT IN (SELECT document FROM passage) ORDER BY id")
        for row in empty {
            losses.append("Document \(row[1] as String) has lost its text: index it anew.")
            try forgetContent(of: row[0])
        }
        for last in passageGaps.compactMap(\.after) {
            let sql = "SELECT d.id, d.external_id FROM passage AS p JOIN document AS d ON d.id = p.document WHERE p.id = ?"
            guard let row = try Row.fetchOne(target, sql: sql, arguments: [last]) else { continue }
            losses.append("Document \(row[1] as String) may have lost its end: index it anew to be sure.")
            try forgetContent(of: row[0])
        }
    }

    /// Makes the next `akin index` store a document again, whatever it held.
    private func forgetContent(of document: Int64) throws {
        try target.execute(sql: "UPDATE document SET content_hash = x'' WHERE id = ?", arguments: [document])
    }

    /// Closes the gaps between a document's passages; their ids stay.
    private func renumberPassages(of document: Int64) throws {
        let rows = try Row.fetchAll(
            target,
            sql: """
                SELECT id, text, search_text, range_start, range_end, token_count FROM passage WHERE document = ? ORDER BY ordinal
                """, arguments: [document])
        try target.execute(sql: "DELETE FROM passage WHERE document = ?", arguments: [document])
        for (ordinal, row) in rows.enumerated() {
            let values = Array(row.databaseValues)
            try target.execute(
                sql: """
                    INSERT INTO passage (document, ordinal, id, text, search_text, range_start, range_end, token_count)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """, arguments: StatementArguments([document.databaseValue, ordinal.databaseValue] + values))
        }
    }

    /// Rows that refer to rows that are gone.
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
        // Tables without row ids give no number to delete by.
        try target.execute(
            sql: """
                DELETE FROM cluster_assignment
                WHERE run NOT IN (SELECT id FROM cluster_run) OR document NOT IN (SELECT id FROM document);
                DELETE FROM cluster WHERE run NOT IN (SELECT id FROM cluster_run);
                DELETE FROM word_model WHERE space NOT IN (SELECT id FROM vector_space);
                """)
    }

    /// Drops vectors without a passage or space, and those that cannot be what was stored. An encoder makes its own again.
    private mutating func checkVectors() throws {
        let reader = StoreReader(target)
        let spaces = Dictionary(try reader.spaces().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var (dropped, broughtLost): ([Int64], Int) = ([], 0)
        let cursor = try Row.fetchCursor(
            target,
            sql: """
                SELECT v.id, v.space, v.passage, v.data, p.id, v.checksum <> akin_checksum(v.id, v.data)
                FROM vector AS v LEFT JOIN passage AS p ON p.id = v.passage
                """)
        while let row = try cursor.next() {
            let (key, space, passage): (Int64, Int64, Int64) = (row[0], row[1], row[2])
            let known = spaces[space]
            var isSound = known != nil && !row.hasNull(atIndex: 4) && Bool.fromDatabaseValue(row[5]) != true
            if let known, isSound, let element = known.element {
                let data: Data = row[3]
                isSound =
                    data.count == known.dimension * element.byteCount
                    && VectorBytes.fault(VectorBytes.vector(data, as: element), in: known) == nil
            }
            if let known, !known.isBrought, altered.contains(passage) { isSound = false }
            guard !isSound else { continue }
            dropped.append(key)
            if known?.isBrought == true { broughtLost += 1 }
        }
        for key in dropped { try target.execute(sql: "DELETE FROM vector WHERE id = ?", arguments: [key]) }
        for space in spaces.values where space.isBrought {
            let keys = VectorKey.all(of: space.id)
            let had = try Int.fetchOne(
                target,
                sql: "SELECT count(*) FROM passage WHERE id NOT IN (SELECT passage FROM vector WHERE id BETWEEN ? AND ?)",
                arguments: [keys.lowerBound, keys.upperBound])
            if let had, had > 0 { losses.append("\(had) passages have no vector of those that were brought: import them again.") }
        }
        if broughtLost > 0 { losses.append("\(broughtLost) vectors that were brought are damaged and gone: import them again.") }
    }

    private mutating func deriveMetadata() throws {
        let documents = try Row.fetchCursor(target, sql: "SELECT id, external_id, metadata FROM document")
        let insertion = try target.makeStatement(sql: "INSERT INTO metadata (document, key, text, number) VALUES (?, ?, ?, ?)")
        var broken: [Int64] = []
        while let row = try documents.next() {
            let (id, name, json): (Int64, String, String) = (row[0], row[1], row[2])
            guard let entries = metadataEntries(json) else {
                broken.append(id)
                losses.append("The metadata of document \(name) is damaged and gone: index it anew.")
                continue
            }
            for entry in entries { try insertion.execute(arguments: [id, entry.key, entry.text, entry.number]) }
        }
        for id in broken {
            try target.execute(sql: "UPDATE document SET metadata = '{}', content_hash = x'' WHERE id = ?", arguments: [id])
        }
    }

    /// Goes on after the last number the damaged log can have used, with a chain that no other history has.
    private func startChangeLog() throws {
        let used = try Int64.fetchOne(target, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'change'") ?? 0
        let logged = (try? Int64.fetchOne(source, sql: "SELECT max(sequence) FROM change")) ?? nil
        let anchor = max(used, logged ?? 0, 1) + 1
        let chain = Data(SHA256.hash(data: Data(UUID().uuidString.utf8)))
        try target.execute(sql: "DELETE FROM change")
        try target.execute(
            sql: "INSERT INTO change (sequence, op, passage, space, chain) VALUES (?, 3, 0, NULL, ?)", arguments: [anchor, chain])
        try target.execute(
            sql: "INSERT OR REPLACE INTO store (key, value) VALUES (?, ?)", arguments: [StoreReader.anchorKey, String(anchor)])
    }
}
