import Akin
import AkinCore

/// A pair of texts with the id it was given, if any.
struct PairRecord {
    var id: JSONValue?
    var pair: TextPair

    /// Both texts for a person.
    var text: String { pair.first + " | " + pair.second }
}

/// Reads pairs of texts: JSON lines `{"id", "text_a", "text_b"}`, or lines with a tab between the two.
struct PairRecords {
    private var reader: LineReader

    init(_ reader: LineReader) { self.reader = reader }

    /// The next pairs, at most `records` of them; empty at the end. Blank lines are skipped.
    ///
    /// - Throws: `AkinError(.invalidData)`, naming the line, for one that is neither.
    mutating func nextBatch(records: Int) throws -> [PairRecord] {
        var batch: [PairRecord] = []
        while batch.count < records, let line = try reader.next() {
            guard let start = line.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else { continue }
            batch.append(try start == "{" ? object(line) : tabbed(line))
        }
        return batch
    }

    private func object(_ line: String) throws -> PairRecord {
        guard case .object(let members)? = try? JSONValue(json: Array(line.utf8)),
            case .string(let first)? = members["text_a"], case .string(let second)? = members["text_b"]
        else { throw malformed }
        return PairRecord(id: members.recordID, pair: TextPair(first, second))
    }

    private func tabbed(_ line: String) throws -> PairRecord {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw malformed }
        return PairRecord(id: nil, pair: TextPair(String(parts[0]), String(parts[1])))
    }

    private var malformed: AkinError {
        AkinError(
            .invalidData,
            "\(reader.name):\(reader.lineNumber): this line is neither two texts with a tab between them nor a JSON object "
                + "with the strings 'text_a' and 'text_b'.")
    }
}
