import GRDB

extension StoreReader {
    /// Calls `body` with the rows of a query over some keys, a batch of keys at a time: one statement costs less than
    /// as many look-ups.
    ///
    /// - Parameters:
    ///   - query: SQL up to the parenthesised list of keys, such as `SELECT … WHERE id IN`. It must give at most one row
    ///     for each key.
    ///   - body: Gets rows in no order; it may not use the reader.
    func forEachRow(_ query: String, keys: [Int64], _ body: (Row) throws -> Void) throws {
        var rest = keys[...]
        while let last = rest.last {
            let (long, short) = (Self.batchSizes.long, Self.batchSizes.short)
            let size = rest.count > short ? long : short
            let batch = rest.prefix(size)
            rest = rest.dropFirst(size)
            // A key that is there twice gives one row.
            let filled = batch + repeatElement(batch.last ?? last, count: size - batch.count)
            let cursor = try rows("\(query) (\(Self.places(size)))", StatementArguments(filled))
            while let row = try cursor.next() { try body(row) }
        }
    }

    /// How many keys one statement takes: few statements stay prepared, whatever is asked.
    private static let batchSizes = (short: 16, long: 128)

    private static func places(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ",") }
}
