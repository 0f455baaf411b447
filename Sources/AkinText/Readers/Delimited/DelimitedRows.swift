/// The rows of a file that are not blank, one after another. Holds one row.
final class DelimitedRows {
    let source: ByteReader
    let dialect: DelimitedDialect
    private let limit: Int

    /// - Parameters:
    ///   - usual: the separator that the file's extension stands for.
    ///   - limit: the most bytes of a row.
    convenience init(_ source: ByteReader, usual: UInt8, limit: Int) throws {
        try self.init(source, dialect: DelimitedDialect(of: source.lookahead, usual: usual), limit: limit)
    }

    init(_ source: ByteReader, dialect: DelimitedDialect, limit: Int) throws {
        (self.source, self.dialect, self.limit) = (source, dialect, limit)
        source.lineEnd = dialect.lineEnd
        if dialect.namesSeparator { _ = try source.nextLine(limit: limit) }
    }

    func next() throws -> DelimitedRow? {
        var begun: Int?
        do {
            while let line = try source.nextLine(limit: limit) {
                if line.isEmpty { continue }
                var row = DelimitedRow(line: source.lineNumber)
                begun = row.line
                row.feed(line, offset: source.lineOffset, dialect: dialect)
                while row.isOpen {
                    guard let next = try source.nextLine(limit: limit - row.byteCount) else {
                        row.endUnclosed()
                        break
                    }
                    row.feed(next, offset: source.lineOffset, dialect: dialect)
                }
                return row
            }
            return nil
        } catch is OversizedInput {
            var row = DelimitedRow(line: begun ?? source.lineNumber)
            let question = begun == nil ? "is this a file of rows?" : "is a quote in it never closed?"
            row.problem = "the row \(OversizedInput(limit: limit).reason); \(question) What follows was not read"
            return row
        }
    }
}
