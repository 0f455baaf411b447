import AkinCore
import AkinVectors

/// Reads word2vec's text, fastText's `.vec` and GloVe's text: a line a word, the components counted from its end, so
/// that words may hold spaces.
struct TextVectorReader {
    let file: WordVectorFile

    /// - Parameter hasHeader: whether the first line is the number of words and of components.
    func read(hasHeader: Bool) throws -> ReadVectors {
        let bytes = file.bytes
        var start = file.textStart
        let (count, dimension): (Int, Int)
        if hasHeader {
            guard let header = WordVectorHeader(file) else {
                throw file.fault("it does not begin with the number of words and components")
            }
            try header.check(file) { 2 * $0 + 1 }
            (count, dimension, start) = (header.count, header.dimension, header.end)
        } else {
            (count, dimension) = try measure()
        }
        var vectors = Matrix(rows: count, columns: dimension)
        var table = WordTable()
        var row = [Float](repeating: 0, count: dimension)
        var (line, duplicates) = (file.blankLines + (hasHeader ? 1 : 0), 0)
        while start < bytes.count {
            let end = bytes.firstIndex(of: 0x0A, in: start..<bytes.count) ?? bytes.count
            defer { start = end + 1 }
            line += 1
            guard let word = try word(of: start..<end, line: line, into: &row) else { continue }
            guard table.count + duplicates < count else {
                throw file.fault("line \(line) is beyond the \(count) words that it claims")
            }
            if table.insertNew(word) { vectors.setRow(table.count - 1, row) } else { duplicates += 1 }
        }
        guard table.count + duplicates == count else {
            throw file.fault("it claims \(count) words and has \(table.count + duplicates); was it cut short?")
        }
        if duplicates > 0 { vectors = vectors.gathered(Array(0..<table.count)) }
        return try ReadVectors(file, WordEmbeddings(table: table, vectors: vectors), duplicates: duplicates)
    }

    /// The word of a line, its components put into `row`; nil for an empty line.
    private func word(of range: Range<Int>, line: Int, into row: inout [Float]) throws -> [UInt8]? {
        let bytes = file.bytes
        var end = range.upperBound
        while end > range.lowerBound, Self.isSpace(bytes[end - 1]) { end -= 1 }
        guard end > range.lowerBound else { return nil }
        var component = row.count
        while component > 0 {
            var first = end
            while first > range.lowerBound, !Self.isSpace(bytes[first - 1]) { first -= 1 }
            guard first > range.lowerBound else {
                throw file.fault("line \(line) has \(row.count - component) components in place of \(row.count)")
            }
            guard let value = DecimalFloat.parse(bytes, first..<end), value.isFinite else {
                let text = String(decoding: bytes[first..<min(end, first + 40)], as: UTF8.self)
                throw file.fault("component \(component) of line \(line), \"\(text)\", is not a finite number")
            }
            component -= 1
            row[component] = value
            end = first - 1
        }
        guard end - range.lowerBound <= WordVectorFile.longestWord else {
            throw file.fault("the word of line \(line) is too long")
        }
        return bytes[range.lowerBound..<end]
    }

    /// The number of lines that are not empty, and the components of the first of them.
    private func measure() throws -> (count: Int, dimension: Int) {
        let bytes = file.bytes
        var (start, count, dimension) = (file.textStart, 0, 0)
        while start < bytes.count {
            let end = bytes.firstIndex(of: 0x0A, in: start..<bytes.count) ?? bytes.count
            if (start..<end).contains(where: { !Self.isSpace(bytes[$0]) }) {
                if count == 0 {
                    var (first, inField) = (start, false)
                    // A line that begins with a space has an empty word.
                    if Self.isSpace(bytes[start]) { dimension += 1 }
                    while first < end {
                        let space = Self.isSpace(bytes[first])
                        if !space && !inField { dimension += 1 }
                        (inField, first) = (!space, first + 1)
                    }
                    dimension -= 1
                }
                count += 1
            }
            start = end + 1
        }
        guard (1...WordVectorFile.mostComponents).contains(dimension) else {
            throw file.fault(
                "its first line has \(max(0, dimension)) components, and 1 to \(WordVectorFile.mostComponents) are taken"
            )
        }
        guard count <= bytes.count / (2 * dimension + 1) + 1 else {
            throw file.fault("most of its lines are too short")
        }
        return (count, dimension)
    }

    @inline(__always)
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
