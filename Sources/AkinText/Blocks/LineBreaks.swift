/// Where the lines of a text end: each LF, that of CRLF too; in a text without LF each CR.
package struct LineBreaks: Sendable {
    /// (ascending) where the breaks stand, in Unicode scalars.
    private var places: [Int] = []
    package private(set) var scalarCount = 0

    /// - Complexity: O(n) in the scalars of the text.
    package init(of text: String) {
        let mark: Unicode.Scalar = text.utf8.contains(0x0A) ? "\n" : "\r"
        for scalar in text.unicodeScalars {
            if scalar == mark { places.append(scalarCount) }
            scalarCount += 1
        }
    }

    /// A break at the very end begins no line; a text without anything is one line.
    package var lineCount: Int { places.count + (places.last == scalarCount - 1 ? 0 : 1) }

    /// How many lines end before a scalar: the index, from 0, of the line that it stands on.
    package func count(before scalar: Int) -> Int { places.firstPlace { $0 >= scalar } }

    /// Where lines stand, their indexes counted from 0, without the break at the last one's end.
    package func range(ofLines lines: ClosedRange<Int>) -> Range<Int> {
        let start = lines.lowerBound == 0 ? 0 : places[lines.lowerBound - 1] + 1
        return start..<(lines.upperBound < places.count ? places[lines.upperBound] : scalarCount)
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
