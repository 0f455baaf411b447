import AkinStore
import Foundation
import GRDB

/// One to three values put into rows of a store by its seed.
struct RowEdits {
    private let seed: UInt64

    init(_ seed: UInt64) { self.seed = seed }

    private static let columns: [(table: String, columns: String)] = [
        ("store", "key value checksum"),
        (
            "vector_space",
            "id kind encoder_name fingerprint precision dimension metric element_type details status created checksum"
        ),
        ("document", "id external_id source title metadata content_hash created updated checksum"),
        ("metadata", "document key text number"),
        ("passage", "id document ordinal text search_text range_start range_end token_count checksum"),
        ("vector", "id data checksum"),
        ("change", "sequence op passage space chain"),
        ("cluster_run", "id created name k seed unit body space filter checksum"),
        ("cluster", "run number label given_label centroid checksum"), ("cluster_assignment", "run document cluster"),
        ("word_model", "space piece data"), ("sqlite_sequence", "name seq"), ("passage_search_config", "k v"),
        ("passage_search_data", "id block"), ("passage_search_docsize", "id sz"),
    ]

    /// Applies the edits, or only the kept ones; returns what was done, a line each.
    func apply(to path: String, keeping kept: Set<Int>?) throws -> [String] {
        var random = TrialRandom(seed)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { $0.add(function: RowChecksum.function) }
        var done: [String] = []
        for number in 0..<(random.chance(70) ? 1 : 2 + random.below(2)) {
            let edit = try DatabaseQueue(path: path, configuration: configuration).read {
                try RowEdit(&random, columns: Self.columns, $0)
            }
            guard let edit, kept?.contains(number) ?? true else { continue }
            if try edit.apply(to: path, configuration) { done.append(edit.description) }
        }
        return done
    }
}

/// One value put into one row.
private struct RowEdit: CustomStringConvertible {
    private let table: String
    private let column: String
    private let place: Int
    private let value: DatabaseValue
    /// Bytes that SQLite is to take for a text, whatever they are.
    private let isRawText: Bool
    /// Whether the row gets the checksum that it should have.
    private let isSealed: Bool
    /// Whether the value's type may be one that the column does not hold.
    private let isLoose: Bool

    var description: String {
        "\(table).\(column), row \(place): \(String(value.description.prefix(200)))\(isRawText ? " as text" : "")"
            + "\(isSealed ? ", sealed" : "")\(isLoose ? ", of any type" : "")"
    }

    /// Nil for tables without rows.
    init?(_ random: inout TrialRandom, columns: [(table: String, columns: String)], _ database: Database) throws {
        let (table, names) = columns[random.below(columns.count)]
        let candidates = names.split(separator: " ").map(String.init)
        (self.table, column) = (table, candidates[random.below(candidates.count)])
        let (choice, sealing, looseness, first, second) = (
            random.below(100), random.chance(60), random.chance(40), random.next() >> 1, random.next() >> 1
        )
        isSealed = sealing
        isLoose = looseness && !table.hasPrefix("passage_search_") && table != "sqlite_sequence"
        guard let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)"), count > 0 else {
            return nil
        }
        place = Int(first % UInt64(count))
        let name = column
        func stored(_ place: Int) throws -> DatabaseValue {
            try DatabaseValue.fetchOne(
                database, sql: "SELECT \(name) FROM \(table) LIMIT 1 OFFSET ?", arguments: [place]) ?? .null
        }
        let old = try stored(place)
        let chosen: (DatabaseValue, isRawText: Bool) =
            switch choice {
            case ..<55: (Self.extremes[Int(second % UInt64(Self.extremes.count))], false)
            case ..<60: (Data([0x66, 0xFF, 0xFE, 0xC3, 0x28]).databaseValue, true)
            case ..<72: (try stored(Int(second % UInt64(count))), false)
            default: Self.changed(old, &random)
            }
        (value, isRawText) = chosen
    }

    private static let extremes: [DatabaseValue] = {
        let numbers: [Int64] = [
            .min, .min + 1, .max, .max - 1, 0, -1, 1, 1 << 23, 1 << 23 - 1, 1 << 31, 1 << 32, 1 << 40, 1 << 40 - 1,
            -1 << 40, 1 << 53, 1 << 61, 1 << 62,
        ]
        let texts = [
            "", String(repeating: "x", count: 5_000), "-5", "9223372036854775807", "99999999999999999999", "{}", "[]",
            "null", "{\"a\":1e999}", "{\"a\":",
            "nan", "inf", "0", "active", "building", "retired", "user", "words", "static", "bert", "cosine", "dot",
            "l2", "f32", "f16", "int8", "uint8",
            "passage", "document", "n > 1", "active_space",
        ]
        let blobs: [Data] = [
            Data(), Data([0xFF, 0xFE, 0]), Data(count: 32), Data(repeating: 0xFF, count: 32),
            Data((0..<8).flatMap { _ in [0, 0, 0xC0, 0x7F] as [UInt8] }),
            Data((0..<6).flatMap { _ in [0, 0, 0x80, 0x7F] as [UInt8] }),
        ]
        let others: [DatabaseValue] = [
            .null, Double.infinity.databaseValue, (-Double.infinity).databaseValue, 1e300.databaseValue,
            0.5.databaseValue,
        ]
        return numbers.map(\.databaseValue) + texts.map(\.databaseValue) + blobs.map(\.databaseValue) + others
    }()

    /// A value with a part of it changed: bytes cut, added or replaced, numbers in a JSON text put to their extremes.
    private static func changed(_ old: DatabaseValue, _ random: inout TrialRandom) -> (DatabaseValue, isRawText: Bool) {
        let (way, place, other) = (random.below(5), random.next() >> 1, random.next() >> 1)
        switch old.storage {
        case .int64(let number):
            let steps: [Int64] = [1, -1, 1 << 40, 1 << 32, .max]
            return ((number &+ steps[way]).databaseValue, false)
        case .string(let text): return (bytes(Data(text.utf8), way, place, other).databaseValue, true)
        case .blob(let data): return (bytes(data, way, place, other).databaseValue, false)
        case .double, .null: return (extremes[Int(other % UInt64(extremes.count))], false)
        }
    }

    private static func bytes(_ old: Data, _ way: Int, _ place: UInt64, _ other: UInt64) -> Data {
        var data = old
        guard !data.isEmpty else { return Data([UInt8(truncatingIfNeeded: other)]) }
        let index = data.startIndex + Int(place % UInt64(data.count))
        switch way {
        case 0: return data.prefix(upTo: index)
        case 1: return data + Data([UInt8(truncatingIfNeeded: other), 0])
        case 2: data[index] = UInt8(truncatingIfNeeded: other)
        default:
            let digits = data[index...].prefix(4_000).firstIndex { (0x30...0x39).contains($0) }
            guard let digits else {
                data[index] ^= 1
                return data
            }
            let end = data[digits...].firstIndex { !(0x30...0x39).contains($0) } ?? data.endIndex
            let numbers = ["-1", "9223372036854775807", "1e300", "99999999", "-9223372036854775808", "0"]
            data.replaceSubrange(digits..<end, with: Data(numbers[Int(other % UInt64(numbers.count))].utf8))
        }
        return data
    }

    /// - Returns: whether SQLite took it.
    func apply(to path: String, _ configuration: Configuration) throws -> Bool {
        do {
            try DatabaseQueue(path: path, configuration: configuration).writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
                let guardian = try String.fetchOne(
                    database, sql: "SELECT sql FROM sqlite_schema WHERE name = 'passage_is_immutable'")
                try database.execute(sql: "DROP TRIGGER IF EXISTS passage_is_immutable")
                defer { if let guardian { try? database.execute(sql: guardian) } }
                let definition =
                    try String.fetchOne(
                        database, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [table]) ?? ""
                if isLoose {
                    try define(
                        definition.replacing(" NOT NULL", with: "").replacing("STRICT, ", with: "").replacing(
                            ") STRICT", with: ")"), database)
                }
                defer { if isLoose { try? define(definition, database) } }
                try edit(database)
            }
            return true
        } catch is DatabaseError {
            return false
        }
    }

    /// Makes SQLite read a table by another definition.
    private func define(_ sql: String, _ database: Database) throws {
        let version = try Int.fetchOne(database, sql: "PRAGMA schema_version") ?? 0
        try database.execute(sql: "PRAGMA writable_schema = ON")
        try database.execute(sql: "UPDATE sqlite_schema SET sql = ? WHERE name = ?", arguments: [sql, table])
        try database.execute(sql: "PRAGMA schema_version = \(version + 1); PRAGMA writable_schema = RESET")
    }

    private func edit(_ database: Database) throws {
        let keys =
            switch table {
            case "store": "key"
            case "cluster": "run, number"
            case "cluster_assignment": "run, document"
            case "passage_search_config": "k"
            default: "rowid"
            }
        let row = "(\(keys)) = (SELECT \(keys) FROM \(table) LIMIT 1 OFFSET \(place))"
        try database.execute(
            sql: "UPDATE OR REPLACE \(table) SET \(column) = \(isRawText ? "CAST(? AS TEXT)" : "?") WHERE \(row)",
            arguments: [value])
        guard isSealed, column != "checksum", let checksum = RowChecksum(rawValue: table) else { return }
        try database.execute(sql: checksum.sealing(where: checksum.isAltered))
    }
}
