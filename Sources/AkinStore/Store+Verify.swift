import AkinCore
import Foundation
import GRDB

extension Store {
    /// Looks for whatever is wrong with the store; each finding is one sentence, and a whole store has none.
    ///
    /// Checks SQLite's own structure, foreign keys, the keyword index, the hash chain of the change log against the texts and vectors it
    /// speaks of, vectors without a passage or space, of the wrong size, not finite or not of unit length, and metadata. The keyword index
    /// is compared word by word when the store was opened for writing, since FTS5 calls that a write; otherwise by passages only.
    ///
    /// - Complexity: reads everything once; memory for one number a logged vector.
    package func verify() throws -> [String] { try examine().findings }

    /// What `verify` finds, and the passages that the change log contradicts.
    package func examine() throws -> (findings: [String], suspects: Set<Int64>) {
        let findings = Findings()
        // SQLite refuses to end a transaction in which it met a damaged page, so what was found must not hang on its end.
        try noting(in: findings) { try read { StoreVerifier($0, findings).run() } }
        if isWriter { try keywordFindings().forEach(findings.add) }
        return (findings.sentences, findings.suspects)
    }

    /// Compares the keyword index with the passages word by word, for which the store must be open for writing.
    package func keywordFindings() throws -> [String] {
        let findings = Findings()
        try noting(in: findings) {
            do {
                try write { try $0.checkKeywordIndex() }
            } catch let error as AkinError where error.code == .invalidData {
                findings.add("The keyword index does not match the passages.")
            }
        }
        return findings.sentences
    }

    /// Turns an error of the stored bytes into a finding; others, such as a held lock, pass.
    private func noting(in findings: Findings, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as AkinError where error.code != .locked && error.cause != nil {
            findings.stop(error.cause ?? error)
        }
    }
}

/// What `Store.verify` has found so far.
private final class Findings {
    private(set) var sentences: [String] = []
    /// Passages that the change log contradicts.
    var suspects: Set<Int64> = []

    var isEmpty: Bool { sentences.isEmpty }

    func add(_ sentence: String) { sentences.append(sentence) }

    /// Notes what kept a check from going on, once for each reason.
    func stop(_ error: any Error) {
        let reason =
            switch error {
            case let error as DatabaseError: error.message ?? error.resultCode.description
            case let error as AkinError: error.message
            default: String(describing: error)
            }
        let sentence = "Reading stopped: \(reason)\(reason.hasSuffix(".") ? "" : ".")"
        if !sentences.contains(sentence) { add(sentence) }
    }
}

/// The checks of `Store.verify` that need no more than a snapshot.
private final class StoreVerifier {
    /// Findings of one kind that are told one by one; the rest are counted.
    private static let told = 10

    private let reader: StoreReader
    private let found: Findings

    init(_ reader: StoreReader, _ findings: Findings) {
        self.reader = reader
        found = findings
    }

    /// Runs every check, each as far as the damage lets it.
    func run() {
        for check in [structure, references, keywordIndex, vectors, metadata, changeLog] {
            do {
                try check()
            } catch {
                found.stop(error)
            }
        }
    }

    /// Adds the sentences of one kind, the first ones in full.
    private func report(_ count: Int, _ sentences: [String], of kind: String) {
        sentences.forEach(found.add)
        if count > sentences.count { found.add("There are \(count - sentences.count) more such findings (\(kind)).") }
    }

    /// Turns each row of a query, as texts, into a finding.
    private func report(_ sql: String, of kind: String, sentence: ([String]) -> String) throws {
        var (count, sentences) = (0, [String]())
        let cursor = try Row.fetchCursor(reader.database, sql: sql)
        while let row = try cursor.next() {
            count += 1
            if count <= Self.told { sentences.append(sentence(row.databaseValues.map { String.fromDatabaseValue($0) ?? $0.description })) }
        }
        report(count, sentences, of: kind)
    }

    private func structure() throws {
        let cursor = try String.fetchCursor(reader.database, sql: "PRAGMA integrity_check")
        while let line = try cursor.next() {
            if line != "ok" { found.add("SQLite's integrity check says: \(line).") }
        }
    }

    private func references() throws {
        try report("PRAGMA foreign_key_check", of: "foreign keys") { row in
            "Row \(row[1]) of table \(row[0]) refers to a row of \(row[2]) that is not there."
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

    private func keywordIndex() throws {
        try report(
            "SELECT id FROM passage WHERE id NOT IN (SELECT id FROM passage_search_docsize)", of: "passages keyword search cannot find"
        ) { row in
            "Passage \(row[0]) is missing from the keyword index."
        }
        try report(
            "SELECT id FROM passage_search_docsize WHERE id NOT IN (SELECT id FROM passage)", of: "ghosts of keyword search"
        ) { row in
            "The keyword index holds passage \(row[0]), which does not exist."
        }
    }

    private func vectors() throws {
        let spaces = Dictionary(try reader.spaces().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var (count, sentences) = (0, [String]())
        func add(_ sentence: String) {
            count += 1
            if count <= Self.told { sentences.append(sentence) }
        }
        for space in spaces.values.sorted(by: { $0.id < $1.id })
        where space.element == nil || DistanceMetric(rawValue: space.metric) == nil {
            add(
                "Space \(space.id) holds \(space.elementType) under \(space.metric), which this Akin does not know; its vectors are unchecked."
            )
        }
        let cursor = try Row.fetchCursor(
            reader.database,
            sql: "SELECT v.space, v.passage, v.data, p.id FROM vector AS v LEFT JOIN passage AS p ON p.id = v.passage ORDER BY v.id")
        while let row = try cursor.next() {
            let (space, passage): (Int64, Int64) = try (row.decode(atIndex: 0), row.decode(atIndex: 1))
            let name = "The vector of passage \(passage) in space \(space)"
            if row.hasNull(atIndex: 3) { add("\(name) belongs to a passage that does not exist.") }
            guard let known = spaces[space] else {
                add("\(name) belongs to a space that does not exist.")
                continue
            }
            try row.withUnsafeData(atIndex: 2) { data in
                guard let element = known.element, DistanceMetric(rawValue: known.metric) != nil else { return }
                let size = known.dimension * element.byteCount
                guard let data, data.count == size else { return add("\(name) has \(data?.count ?? 0) bytes instead of \(size).") }
                if let fault = VectorBytes.fault(VectorBytes.vector(data, as: element), in: known) { add("\(name) \(fault.reason).") }
            }
        }
        report(count, sentences, of: "vectors")
    }

    private func metadata() throws {
        try report(
            "SELECT external_id FROM document WHERE NOT json_valid(metadata) OR json_type(metadata) <> 'object'", of: "metadata"
        ) { row in
            "The metadata of document \(row[0]) is not a JSON object."
        }
        try report(
            """
            SELECT d.external_id, m.key FROM metadata AS m JOIN document AS d ON d.id = m.document
            WHERE (m.text IS NULL AND m.number IS NULL) OR (json_valid(d.metadata) AND NOT EXISTS (
                SELECT 1 FROM json_each(d.metadata) AS e
                WHERE e.key = m.key OR substr(m.key, 1, length(e.key) + 1) IN (e.key || '.', e.key || '[')))
            """, of: "metadata entries"
        ) { row in
            "The filter entry \(row[1]) of document \(row[0]) does not come from its metadata."
        }
    }

    /// Recomputes the chain. A row's texts and vectors may be gone (deleted or replaced since); its chain is then taken as written, and the
    /// rows after it still prove that it has not changed.
    private func changeLog() throws {
        let first = try reader.firstLoggedSequence()
        var lastVector: [Int64: Int64] = [:]
        var (added, deleted): (Set<Int64>, Set<Int64>) = ([], [])
        try forEachChange { change in
            if let space = change.space { lastVector[VectorKey.key(space: space, passage: change.passage)] = change.sequence }
            if change.operation == .add { added.insert(change.passage) }
            if change.operation == .delete { deleted.insert(change.passage) }
        }
        let known = Set(try reader.spaces().map(\.id))
        /// Whether all that went into a row's chain is still there.
        func isProvable(_ change: ChangeRow) -> Bool {
            if change.operation == .delete { return true }
            if deleted.contains(change.passage) { return false }
            guard let space = change.space else { return true }
            return known.contains(space) && lastVector[VectorKey.key(space: space, passage: change.passage)] == change.sequence
        }

        var (count, sentences) = (0, [String]())
        func add(_ sentence: String) {
            count += 1
            if count <= Self.told { sentences.append(sentence) }
        }
        var (expected, previous): (Int64, ChangeRow?) = (first, nil)
        try forEachChange { change in
            if change.sequence != expected { add("The change log jumps from \(expected - 1) to \(change.sequence).") }
            let before = previous?.chain ?? (change.sequence == 1 ? ChangeChain.origin : nil)
            if let before, isProvable(change), try chain(of: change, after: before) != change.chain {
                found.suspects.insert(change.passage)
                add("Change \(change.sequence) does not match passage \(change.passage): text, vector or change log was altered.")
            }
            (expected, previous) = (change.sequence + 1, change)
        }
        report(count, sentences, of: "change log")
        try membership(added: added, deleted: deleted, lastVector: lastVector, isComplete: first == 1)
    }

    /// Compares the log with what is there: each living passage and vector was logged, no deleted one lives.
    private func membership(added: Set<Int64>, deleted: Set<Int64>, lastVector: [Int64: Int64], isComplete: Bool) throws {
        var (count, sentences) = (0, [String]())
        func add(_ sentence: String) {
            count += 1
            if count <= Self.told { sentences.append(sentence) }
        }
        var gone = added.subtracting(deleted)
        let passages = try Int64.fetchCursor(reader.database, sql: "SELECT id FROM passage ORDER BY id")
        while let passage = try passages.next() {
            gone.remove(passage)
            if deleted.contains(passage) { add("Passage \(passage) is there although the change log deleted it.") }
            if isComplete, !added.contains(passage) { add("Passage \(passage) is not in the change log.") }
        }
        for passage in gone.sorted() { add("Passage \(passage) is gone, but the change log did not delete it.") }
        if isComplete {
            let keys = try Int64.fetchCursor(reader.database, sql: "SELECT id FROM vector ORDER BY id")
            while let key = try keys.next() {
                if lastVector[key] == nil { add("The vector of passage \(VectorKey.passage(key)) is not in the change log.") }
            }
        }
        report(count, sentences, of: "passages against the change log")
    }

    private func chain(of change: ChangeRow, after previous: Data) throws -> Data {
        guard change.operation != .delete else {
            return ChangeChain.next(
                after: previous, sequence: change.sequence, operation: .delete, passage: change.passage, vector: Data(), textHash: Data())
        }
        let text = try reader.passage(id: change.passage)?.text ?? ""
        let vector = try change.space.flatMap { try reader.vectorData(space: $0, passage: change.passage) }
        return ChangeChain.next(
            after: previous, sequence: change.sequence, operation: change.operation, passage: change.passage,
            vector: vector ?? Data(), textHash: ChangeChain.textHash(text))
    }

    private func forEachChange(_ body: (ChangeRow) throws -> Void) throws {
        let cursor = try Row.fetchCursor(
            reader.database, sql: "SELECT sequence, op, passage, space, chain FROM change ORDER BY sequence")
        while let row = try cursor.next() { try body(StoreReader.change(row)) }
    }
}
