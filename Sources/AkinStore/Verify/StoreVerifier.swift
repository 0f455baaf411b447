import AkinCore
import GRDB

/// The checks of `Store.verify` that need no more than a snapshot.
final class StoreVerifier {
    let reader: StoreReader
    let found: Findings
    private let metadataEntries: ((String) -> [MetadataEntry]?)?

    init(_ reader: StoreReader, _ findings: Findings, metadataEntries: ((String) -> [MetadataEntry]?)?) {
        self.reader = reader
        found = findings
        self.metadataEntries = metadataEntries
    }

    /// Runs every check, each as far as the damage lets it.
    func run() {
        for check in [
            structure, limits, sequences, references, settings, documents, passages, vectors, clusters, keywordIndex,
            metadata, changeLog,
        ] {
            do {
                try check()
            } catch {
                found.stop(error)
            }
        }
    }

    /// Findings of one kind: the first ten are reported in full, the rest counted.
    struct Kind {
        private static let most = 10
        private let name: String
        private var (count, sentences) = (0, [String]())

        init(_ name: String) { self.name = name }

        mutating func add(_ sentence: String) {
            count += 1
            if count <= Self.most { sentences.append(sentence) }
        }

        func report(to found: Findings) {
            sentences.forEach(found.add)
            if count > sentences.count {
                found.add("There are \(count - sentences.count) more such findings (\(name)).")
            }
        }
    }

    /// Turns each row of a query, as texts, into a finding.
    private func report(_ sql: String, of name: String, sentence: ([String]) -> String) throws {
        var kind = Kind(name)
        defer { kind.report(to: found) }
        let cursor = try Row.fetchCursor(reader.database, sql: sql)
        while let row = try cursor.next() {
            kind.add(sentence(row.databaseValues.map { String.fromDatabaseValue($0) ?? $0.description }))
        }
    }

    private func structure() throws {
        for name in try Schema(of: reader.database).differences(from: Schema(format: Store.formatVersion)) {
            found.add("The definition of \(name) is not that of format \(Store.formatVersion).")
        }
        let cursor = try String.fetchCursor(reader.database, sql: "PRAGMA integrity_check")
        while let line = try cursor.next() {
            if line != "ok" { found.add("SQLite's integrity check says: \(line).") }
        }
    }

    /// Looks for impossible numbers.
    private func limits() throws {
        for limit in RowLimits.conditions {
            try report(
                "SELECT \(limit.key) FROM \(limit.table) WHERE NOT (\(limit.sql))", of: "numbers in \(limit.table)"
            ) { row in
                "Row \(row[0]) of table \(limit.table) holds an impossible number."
            }
        }
    }

    /// Makes sure that ids of deleted rows are not used again.
    private func sequences() throws {
        for fault in try RowSequences.faults(reader.database) { found.add(fault) }
        let (given, logged) = try (
            Int64.fetchOne(reader.database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'passage'"),
            Int64.fetchOne(reader.database, sql: "SELECT max(passage) FROM change")
        )
        if let logged, logged > given ?? 0 { found.add("The next passage would get an id that the change log knows.") }
    }

    private func references() throws {
        try report("PRAGMA foreign_key_check", of: "foreign keys") { row in
            "Row \(row[1]) of table \(row[0]) refers to a row of \(row[2]) that does not exist."
        }
        try report(
            """
            SELECT document, count(*), max(ordinal) FROM passage
            GROUP BY document HAVING min(ordinal) <> 0 OR max(ordinal) <> count(*) - 1
            """,
            of: "passage order"
        ) { row in
            "Document row \(row[0]) has \(row[1]) passages but numbers them up to \(row[2])."
        }
    }

    /// Turns each row that does not have its checksum into a finding, of the columns that name it.
    private func reportAltered(
        _ table: RowChecksum, naming columns: String, of name: String, sentence: ([String]) -> String
    ) throws {
        try report("SELECT \(columns) FROM \(table.rawValue) WHERE \(table.isAltered)", of: name, sentence: sentence)
    }

    private func settings() throws {
        try reportAltered(.store, naming: "key", of: "altered settings") { row in
            "The setting \(row[0]) does not match its checksum: it was altered."
        }
        try reportAltered(.vectorSpace, naming: "id", of: "altered spaces") { row in
            "Vector space \(row[0]) does not match its checksum: what it says about its vectors was altered."
        }
    }

    private func documents() throws {
        try reportAltered(.document, naming: "external_id", of: "altered documents") { row in
            "Document \(row[0]) does not match its checksum: its id, source, title, metadata or times were altered."
        }
    }

    private func passages() throws {
        try report(
            """
            SELECT p.id, d.external_id FROM (SELECT * FROM passage WHERE \(RowChecksum.passage.isAltered)) AS p
            LEFT JOIN document AS d ON d.id = p.document
            """, of: "altered passages"
        ) { row in
            if let id = Int64(row[0]) { found.altered.insert(id) }
            return "Passage \(row[0]) of document \(row[1]) does not match its checksum: its text was altered."
        }
    }

    private func clusters() throws {
        try reportAltered(.clusterRun, naming: "id", of: "altered cluster runs") { row in
            "Cluster run \(row[0]) does not match its checksum: it was altered."
        }
        try reportAltered(.cluster, naming: "run, number", of: "altered clusters") { row in
            "Cluster \(row[1]) of run \(row[0]) does not match its checksum: its label or centroid was altered."
        }
    }

    private func keywordIndex() throws {
        try report(
            "SELECT id FROM passage WHERE id NOT IN (SELECT id FROM passage_search_docsize)",
            of: "passages that keyword search cannot find"
        ) { row in
            "Passage \(row[0]) is missing from the keyword index."
        }
        try report(
            "SELECT id FROM passage_search_docsize WHERE id NOT IN (SELECT id FROM passage)",
            of: "passages that keyword search invents"
        ) { row in
            "The keyword index holds passage \(row[0]), which does not exist."
        }
    }

    /// An entry as it is read back: SQLite's texts end at NUL.
    private static func asRead(_ entry: MetadataEntry) -> MetadataEntry {
        func cut(_ text: String) -> String {
            text.holdsNUL ? String(decoding: text.utf8.prefix { $0 != 0 }, as: UTF8.self) : text
        }
        return MetadataEntry(key: cut(entry.key), text: entry.text.map(cut), number: entry.number)
    }

    /// Compares the entries for filters with what each document's metadata gives.
    private func metadata() throws {
        guard let metadataEntries else { return }
        var kind = Kind("metadata")
        defer { kind.report(to: found) }
        let stored = try Row.fetchCursor(
            reader.database, sql: "SELECT document, key, text, number FROM metadata ORDER BY document, rowid")
        var next = try stored.next()
        let documents = try Row.fetchCursor(
            reader.database, sql: "SELECT id, external_id, metadata FROM document ORDER BY id")
        while let document = try documents.next() {
            let (id, name, json): (Int64, String, String) = try (
                document.decode(atIndex: 0), document.decode(atIndex: 1), document.decode(atIndex: 2)
            )
            var entries: [MetadataEntry] = []
            while let row = next {
                let owner: Int64 = try row.decode(atIndex: 0)
                guard owner <= id else { break }
                // Entries of a missing document are reported as a reference that leads nowhere.
                if owner == id {
                    entries.append(
                        try MetadataEntry(
                            key: row.decode(atIndex: 1), text: row.decode(atIndex: 2), number: row.decode(atIndex: 3)))
                }
                next = try stored.next()
            }
            if json == "{}", entries.isEmpty { continue }
            guard let expected = metadataEntries(json) else {
                kind.add("The metadata of document \(name) is not a JSON object.")
                continue
            }
            if entries != expected.map(Self.asRead) {
                kind.add("The entries for filters of document \(name) are not those of its metadata.")
            }
        }
    }
}
