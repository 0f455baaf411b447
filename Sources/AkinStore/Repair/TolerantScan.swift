import GRDB

/// Reads a table past its damaged pages.
struct TolerantScan {
    /// The number of keys that are tried one by one after a row behind which reading fails, before the steps double:
    /// more than the rows of a page.
    private static let patience: Int64 = 4_096

    let database: Database
    let table: String
    let columns: [String]

    /// A run of keys whose rows, if there were any, cannot be read.
    struct Gap: Equatable {
        let after: Int64?
        let before: Int64?
    }

    /// Calls `body` with each row that can be read, in ascending order of the row id.
    ///
    /// Where a page cannot be read its neighbours are looked up by their keys, which takes another way through the
    /// tree.
    ///
    /// - Returns: what had to be left out.
    func rows(_ body: ([DatabaseValue]) throws -> Void) throws -> [Gap] {
        var gaps: [Gap] = []
        var last: Int64?
        var start = Int64.min
        while true {
            do {
                let sql =
                    "SELECT rowid, \(columns.joined(separator: ", ")) FROM \(table) WHERE rowid >= ? ORDER BY rowid"
                let cursor = try Row.fetchCursor(database, sql: sql, arguments: [start])
                while let row = try cursor.next() {
                    let values = Array(row.databaseValues)
                    try body(Array(values.dropFirst()))
                    last = Int64.fromDatabaseValue(values[0]) ?? last
                }
                return gaps
            } catch let error as DatabaseError where error.isDamage {
                let next = nextReadable(after: last)
                gaps.append(Gap(after: last, before: next))
                guard let next else { return gaps }
                // The condition is not "> next - 1", because that looks up a key that may be on the damaged page.
                start = next
            }
        }
    }

    /// Calls `body` with the rows of a table without row ids, from both ends up to what cannot be read.
    ///
    /// - Returns: whether all could be read.
    func rowsFromBothEnds(orderedBy key: [String], _ body: ([DatabaseValue]) throws -> Void) throws -> Bool {
        func read(_ direction: String) throws -> Bool {
            let order = key.map { "\($0) \(direction)" }.joined(separator: ", ")
            do {
                let cursor = try Row.fetchCursor(
                    database, sql: "SELECT \(columns.joined(separator: ", ")) FROM \(table) ORDER BY \(order)")
                while let row = try cursor.next() { try body(Array(row.databaseValues)) }
                return true
            } catch let error as DatabaseError where error.isDamage {
                return false
            }
        }
        if try read("ASC") { return true }
        _ = try read("DESC")
        return false
    }

    /// The smallest key after `last` from which rows can be read again; nil when there is none.
    private func nextReadable(after last: Int64?) -> Int64? {
        var failed = last ?? 0
        var step: Int64 = 1
        while failed < Int64.max - step {
            let candidate = failed + step
            switch firstKey(from: candidate) {
            case .key(let key): return key
            case .none: return nil
            case .unreadable: failed = candidate
            }
            if failed - (last ?? 0) > Self.patience { step = step > Int64.max / 4 ? step : step * 2 }
        }
        return nil
    }

    private enum Probe {
        case key(Int64)
        case none, unreadable
    }

    private func firstKey(from key: Int64) -> Probe {
        let sql =
            "SELECT rowid, \(columns.joined(separator: ", ")) FROM \(table) WHERE rowid >= ? ORDER BY rowid LIMIT 1"
        do {
            // The whole row, since its text may be on pages of its own.
            guard let row = try Row.fetchOne(database, sql: sql, arguments: [key]) else { return .none }
            return .key(row[0])
        } catch {
            return .unreadable
        }
    }
}

extension DatabaseError {
    /// Whether the stored bytes are at fault.
    var isDamage: Bool { isMalformed || resultCode == .SQLITE_IOERR }
}
