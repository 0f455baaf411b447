import AkinText
import Testing

/// A block as tests compare it: its kind, the headings it stands under, its lines and its text.
struct ReadBlock: Equatable, CustomStringConvertible {
    var kind: TextBlock.Kind
    var headings: String
    var lines: ClosedRange<Int>?
    var text: String

    init(_ kind: TextBlock.Kind, _ headings: String = "", _ lines: ClosedRange<Int>? = nil, _ text: String) {
        (self.kind, self.headings, self.lines, self.text) = (kind, headings, lines, text)
    }

    var description: String { "\(kind) [\(headings)] \(lines.map { "\($0)" } ?? "-"): \(text.debugDescription)" }
}

extension TextRecord {
    /// The blocks with their texts; headings joined with `›`.
    var readBlocks: [ReadBlock] {
        let scalars = Array(text.unicodeScalars)
        return blocks.map { block in
            var part = String.UnicodeScalarView()
            part.append(contentsOf: scalars[block.range])
            return ReadBlock(block.kind, block.headings.joined(separator: " › "), block.lines, String(part))
        }
    }

    /// Blocks are in order, do not overlap, and leave nothing out but white space.
    func expectSoundBlocks(sourceLocation: SourceLocation = #_sourceLocation) {
        let scalars = Array(text.unicodeScalars)
        var place = 0
        for block in blocks {
            #expect(
                block.range.lowerBound >= place && block.range.upperBound <= scalars.count && !block.range.isEmpty,
                "\(block)", sourceLocation: sourceLocation)
            guard block.range.lowerBound >= place, block.range.upperBound <= scalars.count else { return }
            let isGapBlank = scalars[place..<block.range.lowerBound].allSatisfy { $0.properties.isWhitespace }
            #expect(isGapBlank, "before \(block)", sourceLocation: sourceLocation)
            place = block.range.upperBound
        }
        let isEndBlank = scalars[place...].allSatisfy { $0.properties.isWhitespace }
        #expect(blocks.isEmpty || isEndBlank, sourceLocation: sourceLocation)
    }
}

/// The one record of a file, its blocks checked.
func record(of name: String, _ contents: String) throws -> TextRecord {
    let record = try #require(try read(file: name, contents).records.first)
    record.expectSoundBlocks()
    return record
}

/// Reads a file whatever it holds, and checks the blocks of its records.
func readSoundly(_ name: String, _ contents: String) throws {
    for record in try read(file: name, contents).records { record.expectSoundBlocks() }
}
