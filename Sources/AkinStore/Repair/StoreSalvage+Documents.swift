import AkinCore
import Foundation
import GRDB

extension StoreSalvage {
    /// Reports the documents with rows that do not match their checksums.
    mutating func tellOfAlterations() throws {
        let documents = try Row.fetchAll(
            target, sql: "SELECT id, external_id FROM document WHERE \(RowChecksum.document.isAltered) ORDER BY id")
        for row in documents {
            losses.append(
                "Document \(row[1] as String) may have been altered in its id, source, title or metadata: index it again to be sure."
            )
            try forgetContent(of: row[0])
        }
        let passages = try Row.fetchAll(
            target,
            sql: """
                SELECT p.id, d.id, d.external_id FROM (SELECT * FROM passage WHERE \(RowChecksum.passage.isAltered)) AS p
                LEFT JOIN document AS d ON d.id = p.document ORDER BY p.id
                """)
        let contradicted = contradicted
        let unsealed =
            try contradicted.isEmpty
            ? []
            : Row.fetchAll(
                target,
                sql: """
                    SELECT p.id, d.id, d.external_id FROM passage AS p LEFT JOIN document AS d ON d.id = p.document
                    WHERE p.checksum IS NULL ORDER BY p.id
                    """
            ).filter { contradicted.contains($0[0]) }
        for row in passages + unsealed {
            altered.insert(row[0])
            guard let document = Int64.fromDatabaseValue(row[1]) else { continue }
            losses.append(
                "Document \(row[2] as String) may have been altered in passage \(row[0] as Int64): index it again to be sure."
            )
            try forgetContent(of: document)
        }
    }

    /// Adds to the gaps the passages that are not there although a vector, the keyword index or the change log knows
    /// them: a page with a changed number of rows reads as one of fewer rows, and nothing says so.
    mutating func findMissingPassages() throws {
        var known = Set(try Int64.fetchAll(target, sql: "SELECT DISTINCT passage FROM vector"))
        if try isTable("passage_search_docsize") {
            _ = try? TolerantScan(database: source, table: "passage_search_docsize", columns: ["id"]).rows { values in
                if let id = Int64.fromDatabaseValue(values[0]) { known.insert(id) }
            }
        }
        if try isTable("change") {
            let living =
                "SELECT passage FROM change WHERE op = 1 AND passage NOT IN (SELECT passage FROM change WHERE op = 3)"
            known.formUnion((try? Int64.fetchAll(source, sql: living)) ?? [])
        }
        known = known.filter(RowLimits.passage.contains)
        let there = try Int64.fetchAll(target, sql: "SELECT id FROM passage ORDER BY id")
        known.subtract(there)
        var (place, told) = (0, Set(passageGaps.map(\.after)))
        for missing in known.sorted() {
            while place < there.count, there[place] < missing { place += 1 }
            let gap = TolerantScan.Gap(
                after: place > 0 ? there[place - 1] : nil, before: place < there.count ? there[place] : nil)
            if told.insert(gap.after).inserted { passageGaps.append(gap) }
        }
    }

    /// Gives passages whose document cannot be read a substitute document, so that their text is still found.
    mutating func adoptOrphans() throws {
        let orphans = try Int64.fetchAll(
            target,
            sql:
                "SELECT DISTINCT document FROM passage WHERE document NOT IN (SELECT id FROM document) ORDER BY document"
        )
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
            losses.append("Document \(row[1] as String) has lost passages: index it again.")
            try renumberPassages(of: id)
            try forgetContent(of: id)
        }
        try tellOfLostPassages()
    }

    /// Reports the documents whose passages stood where nothing can be read: those without any, and the one whose end
    /// may have been there.
    private mutating func tellOfLostPassages() throws {
        guard !passageGaps.isEmpty else { return }
        let empty = try Row.fetchAll(
            target,
            sql: "SELECT id, external_id FROM document WHERE id NOT IN (SELECT document FROM passage) ORDER BY id")
        for row in empty {
            losses.append("Document \(row[1] as String) has lost its text: index it again.")
            try forgetContent(of: row[0])
        }
        for last in passageGaps.compactMap(\.after) {
            let sql =
                "SELECT d.id, d.external_id FROM passage AS p JOIN document AS d ON d.id = p.document WHERE p.id = ?"
            guard let row = try Row.fetchOne(target, sql: sql, arguments: [last]) else { continue }
            losses.append("Document \(row[1] as String) may have lost its end: index it again to be sure.")
            try forgetContent(of: row[0])
        }
    }

    /// Makes the next `akin index` store a document again, even if its text is the same.
    func forgetContent(of document: Int64) throws {
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

    mutating func deriveMetadata() throws {
        let documents = try Row.fetchCursor(target, sql: "SELECT id, external_id, metadata FROM document")
        let insertion = try target.makeStatement(
            sql: "INSERT INTO metadata (document, key, text, number) VALUES (?, ?, ?, ?)")
        var broken: [Int64] = []
        while let row = try documents.next() {
            let (id, name, json): (Int64, String, String) = (row[0], row[1], row[2])
            guard let entries = metadataEntries(json) else {
                broken.append(id)
                losses.append("The metadata of document \(name) is damaged and gone: index it again.")
                continue
            }
            for entry in entries { try insertion.execute(arguments: [id, entry.key, entry.text, entry.number]) }
        }
        for id in broken {
            try target.execute(
                sql: "UPDATE document SET metadata = '{}', content_hash = x'' WHERE id = ?", arguments: [id])
        }
    }
}
