/// Where the lines of a text end: each LF, that of CRLF too; in a text without LF each CR.
///
/// A bit a scalar says whether a line ends there, and a number for each 512 of them how many end before, so that a text
/// of short lines takes hardly more memory than one of long lines: an eighth of a byte a scalar.
package struct LineBreaks: Sendable {
    /// The words of a block, for which one number is kept.
    private static let blockWords = 8

    /// (scalars / 64, rounded up) a bit for each scalar, the lowest first.
    private var bits: [UInt64] = []
    /// (bits / blockWords, rounded up) breaks before each block.
    private var before: [Int] = []
    private var breakCount = 0
    package private(set) var scalarCount = 0

    /// - Complexity: O(n) in the scalars of the text.
    package init(of text: String) {
        let mark: Unicode.Scalar = text.utf8.contains(0x0A) ? "\n" : "\r"
        for scalar in text.unicodeScalars {
            if scalarCount & 63 == 0 {
                if bits.count % Self.blockWords == 0 { before.append(breakCount) }
                bits.append(0)
            }
            if scalar == mark {
                bits[bits.count - 1] |= 1 << UInt64(scalarCount & 63)
                breakCount += 1
            }
            scalarCount += 1
        }
    }

    /// A break at the very end begins no line; a text without anything is one line.
    package var lineCount: Int {
        let endsWithBreak = scalarCount > 0 && count(before: scalarCount - 1) < breakCount
        return breakCount + (endsWithBreak ? 0 : 1)
    }

    /// How many lines end before a scalar: the index, from 0, of the line that it stands on.
    ///
    /// - Complexity: O(1).
    package func count(before scalar: Int) -> Int {
        guard scalar > 0 else { return 0 }
        guard scalar < scalarCount else { return breakCount }
        let word = scalar >> 6
        let block = word / Self.blockWords
        let whole = bits[block * Self.blockWords..<word].reduce(before[block]) { $0 + $1.nonzeroBitCount }
        return whole + (bits[word] & ((1 << UInt64(scalar & 63)) - 1)).nonzeroBitCount
    }

    /// Where lines stand, their indexes counted from 0, without the break at the last one's end.
    ///
    /// - Complexity: O(log n).
    package func range(ofLines lines: ClosedRange<Int>) -> Range<Int> {
        let start = lines.lowerBound == 0 ? 0 : place(ofBreak: lines.lowerBound - 1) + 1
        return start..<(lines.upperBound < breakCount ? place(ofBreak: lines.upperBound) : scalarCount)
    }

    /// Where a break stands, in Unicode scalars.
    private func place(ofBreak number: Int) -> Int {
        let block = before.firstPlace { $0 > number } - 1
        var (word, left) = (block * Self.blockWords, number - before[block])
        while bits[word].nonzeroBitCount <= left {
            left -= bits[word].nonzeroBitCount
            word += 1
        }
        var rest = bits[word]
        for _ in 0..<left { rest &= rest - 1 }
        return word << 6 + rest.trailingZeroBitCount
    }
}

extension Array {
    /// The first index from which on a condition holds, in an array where it holds of no element before that.
    func firstPlace(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension String {
    /// Where what is between the white space at both ends stands, in Unicode scalars counted from `start`; nil for
    /// white space alone.
    package func visibleScalars(from start: Int) -> Range<Int>? {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.isWhiteSpaceOrBreak }),
            let last = scalars.lastIndex(where: { !$0.isWhiteSpaceOrBreak })
        else { return nil }
        let skipped = scalars.distance(from: scalars.startIndex, to: first)
        return start + skipped..<start + skipped + scalars.distance(from: first, to: last) + 1
    }
}
