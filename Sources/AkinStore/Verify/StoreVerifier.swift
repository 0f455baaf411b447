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
            structure, limits, sequences, references, settings, documents, passages, places, vectors, clusters, labels,
            collections, keywordIndex, metadata, changeLog,
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
        private var (count, first) = (0, [StoreFinding]())

        init(_ name: String) { self.name = name }

        mutating func add(_ subject: StoreFinding.Subject, _ fault: StoreFinding.Fault, _ message: String) {
            count += 1
            if count <= Self.most { first.append(StoreFinding(subject, fault, message)) }
        }

        func report(to found: Findings) {
            first.forEach(found.add)
            let others = count - first.count
            if others > 0, let last = first.last {
                found.add(.others(others), last.fault, "There are \(others) more such findings (\(name)).")
            }
        }
    }

    /// Turns each row of a query, as texts, into a finding.
    func report(
        _ sql: String, of name: String, _ fault: StoreFinding.Fault,
        finding: ([String]) -> (subject: StoreFinding.Subject, message: String)
    ) throws {
        var kind = Kind(name)
        defer { kind.report(to: found) }
        let cursor = try Row.fetchCursor(reader.database, sql: sql)
        while let row = try cursor.next() {
            let (subject, message) = finding(
                row.databaseValues.map { String.fromDatabaseValue($0) ?? $0.description })
            kind.add(subject, fault, message)
        }
    }

    /// What a row's number names; the file where a damaged row holds something else in its place.
    static func subject(
        _ number: String, _ make: (Int64) -> StoreFinding.Subject
    ) -> StoreFinding.Subject {
        Int64(number).map(make) ?? .file
    }

    private func structure() throws {
        for name in try Schema(of: reader.database).differences(from: Schema(format: Store.formatVersion)) {
            found.add(
                .definition(name), .altered, "The definition of \(name) is not that of format \(Store.formatVersion).")
        }
        let cursor = try String.fetchCursor(reader.database, sql: "PRAGMA integrity_check")
        while let line = try cursor.next() {
            if line != "ok" { found.add(.file, .invalid, "SQLite's integrity check says: \(line).") }
        }
    }

    /// Looks for impossible numbers.
    private func limits() throws {
        for limit in RowLimits.conditions {
            try report(
                "SELECT \(limit.key) FROM \(limit.table) WHERE NOT (\(limit.sql))", of: "numbers in \(limit.table)",
                .invalid
            ) { row in
                (
                    .row(table: limit.table, id: row[0]),
                    "Row \(row[0]) of table \(limit.table) holds an impossible number."
                )
            }
        }
    }

    /// Makes sure that ids of deleted rows are not used again.
    private func sequences() throws {
        for table in try RowSequences.faults(reader.database) {
            found.add(.sequence(table: table), .invalid, RowSequences.message(table))
        }
        let (given, logged) = try (
            Int64.fetchOne(reader.database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'passage'"),
            Int64.fetchOne(reader.database, sql: "SELECT max(passage) FROM change")
        )
        if let logged, logged > given ?? 0 {
            found.add(
                .sequence(table: "passage"), .invalid, "The next passage would get an id that the change log knows.")
        }
    }

    private func references() throws {
        try report("PRAGMA foreign_key_check", of: "foreign keys", .dangling) { row in
            (
                .row(table: row[0], id: row[1]),
                "Row \(row[1]) of table \(row[0]) refers to a row of \(row[2]) that does not exist."
            )
        }
        try report(
            """
            SELECT document, count(*), max(ordinal) FROM passage
            GROUP BY document HAVING min(ordinal) <> 0 OR max(ordinal) <> count(*) - 1
            """,
            of: "passage order", .invalid
        ) { row in
            (
                .row(table: "document", id: row[0]),
                "Document row \(row[0]) has \(row[1]) passages but numbers them up to \(row[2])."
            )
        }
    }

    /// Turns each row that does not have its checksum into a finding, of the columns that name it.
    func reportAltered(
        _ table: RowChecksum, naming columns: String, of name: String,
        finding: ([String]) -> (subject: StoreFinding.Subject, message: String)
    ) throws {
        try report(
            "SELECT \(columns) FROM \(table.rawValue) WHERE \(table.isAltered)", of: name, .altered, finding: finding)
    }

    private func settings() throws {
        try reportAltered(.store, naming: "key", of: "altered settings") { row in
            (.setting(row[0]), "The setting \(row[0]) does not match its checksum: it was altered.")
        }
        try reportAltered(.vectorSpace, naming: "id", of: "altered spaces") { row in
            (
                Self.subject(row[0], StoreFinding.Subject.space),
                "Vector space \(row[0]) does not match its checksum: what it says about its vectors was altered."
            )
        }
    }

    private func documents() throws {
        try reportAltered(.document, naming: "external_id", of: "altered documents") { row in
            (
                .document(id: row[0]),
                "Document \(row[0]) does not match its checksum: its id, source, title, metadata or times were altered."
            )
        }
    }

    private func passages() throws {
        try report(
            """
            SELECT p.id, d.external_id FROM (SELECT * FROM passage WHERE \(RowChecksum.passage.isAltered)) AS p
            LEFT JOIN document AS d ON d.id = p.document
            """, of: "altered passages", .altered
        ) { row in
            if let id = Int64(row[0]) { found.altered.insert(id) }
            return (
                Self.subject(row[0], StoreFinding.Subject.passage),
                "Passage \(row[0]) of document \(row[1]) does not match its checksum: its text was altered."
            )
        }
    }

    private func clusters() throws {
        try reportAltered(.clusterRun, naming: "id", of: "altered cluster runs") { row in
            (
                Self.subject(row[0], StoreFinding.Subject.clusterRun),
                "Cluster run \(row[0]) does not match its checksum: it was altered."
            )
        }
        try reportAltered(.cluster, naming: "run, number", of: "altered clusters") { row in
            (
                Self.subject(row[0]) { run in Self.subject(row[1]) { .cluster(run: run, number: Int($0)) } },
                "Cluster \(row[1]) of run \(row[0]) does not match its checksum: its label or centroid was altered."
            )
        }
    }

    private func keywordIndex() throws {
        try report(
            "SELECT id FROM passage WHERE id NOT IN (SELECT id FROM passage_search_docsize)",
            of: "passages that keyword search cannot find", .missing
        ) { row in
            (.keywordIndex, "Passage \(row[0]) is missing from the keyword index.")
        }
        try report(
            "SELECT id FROM passage_search_docsize WHERE id NOT IN (SELECT id FROM passage)",
            of: "passages that keyword search invents", .unexpected
        ) { row in
            (.keywordIndex, "The keyword index holds passage \(row[0]), which does not exist.")
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
            reader.database,
            sql: "SELECT document, key, text, number FROM metadata WHERE labelling IS NULL ORDER BY document, rowid")
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
                kind.add(
                    .document(id: name), .invalid, "The metadata of document \(name) is not a JSON object.")
                continue
            }
            if entries != expected.map(Self.asRead) {
                kind.add(
                    .document(id: name), .outdated,
                    "The entries for filters of document \(name) are not those of its metadata.")
            }
        }
    }
}
