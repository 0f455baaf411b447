import AkinCore

/// Finds the stretch of a text that best shows why it was found.
///
/// It is the sentence, or the line of code or of a table, that holds most of the question's words, each counted once by
/// its weight, and as much around it as there is room for: what follows, then what stands before. Only a sentence that is
/// longer than the room is cut, and a word never is unless it is longer by itself.
package struct SnippetFinder {
    /// A place that counts for the question.
    package struct Mark {
        package let range: Range<Int>
        let term: String
        let weight: Double

        package init(range: Range<Int>, term: String, weight: Double) {
            (self.range, self.term, self.weight) = (range, term, weight)
        }
    }

    private let scalars: [Unicode.Scalar]
    private let marks: [Mark]
    private let units: [Range<Int>]
    private let breaks: Set<Int>
    private let room: Int
    private let leastLine: Int

    /// - Parameters:
    ///   - marks: ascending, in Unicode scalars of `scalars`.
    ///   - leftOut: lines that are shown elsewhere, such as headings; they are no part of a snippet unless it begins
    ///     before them.
    ///   - isCode: whether every line break counts.
    ///   - room: in columns, or characters that take one.
    ///   - leastLine: what a line takes whose break counts, however short it is.
    package init(
        _ scalars: [Unicode.Scalar], marks: [Mark], leavingOut leftOut: Set<String> = [], isCode: Bool, room: Int,
        leastLine: Int = 0
    ) {
        (self.scalars, self.marks, self.room, self.leastLine) = (scalars, marks, max(1, room), leastLine)
        let breaks = LineFlow.breaks(in: scalars, isCode: isCode)
        self.breaks = Set(breaks)
        var units = Self.units(of: scalars, breaks: breaks)
        let body = units.drop { unit in
            let text = KeywordText.string(scalars[Self.visible(unit, scalars)])
            return text.isEmpty || leftOut.contains(String(text.drop { $0 == "#" || $0 == " " }))
        }
        if !body.isEmpty { units = Array(body) }
        self.units = Self.withWords(units, scalars)
    }

    /// The sentences of a text, and the lines among them.
    private static func units(of scalars: [Unicode.Scalar], breaks: [Int]) -> [Range<Int>] {
        var starts = Set(SentenceSplitter().ranges(in: scalars).map(\.lowerBound))
        // The white space behind a sentence belongs to it, but that before the words of a line is the line's.
        starts = Set(
            starts.map { start in
                let blank = scalars[..<start].lastIndex { !$0.isWhiteSpaceOrBreak || $0 == "\n" || $0 == "\r" } ?? -1
                return blank >= 0 && (scalars[blank] == "\n" || scalars[blank] == "\r") ? blank + 1 : start
            })
        for place in breaks { starts.insert(place + 1) }
        let ordered = starts.filter { $0 < scalars.count }.sorted()
        return zip(ordered, ordered.dropFirst() + [scalars.count]).map { $0..<$1 }
            .filter { !visible($0, scalars).isEmpty }
    }

    /// Without the lines at both ends that have no word, such as fences around code.
    private static func withWords(_ units: [Range<Int>], _ scalars: [Unicode.Scalar]) -> [Range<Int>] {
        func hasWord(_ unit: Range<Int>) -> Bool { scalars[unit].contains(where: \.isTokenScalar) }
        guard let first = units.firstIndex(where: hasWord), let last = units.lastIndex(where: hasWord) else {
            return units
        }
        return Array(units[first...last])
    }

    /// A range without the white space behind it, and without blank lines before it.
    private static func visible(_ range: Range<Int>, _ scalars: [Unicode.Scalar]) -> Range<Int> {
        guard let last = range.last(where: { !scalars[$0].isWhiteSpaceOrBreak }) else {
            return range.lowerBound..<range.lowerBound
        }
        var start = range.lowerBound
        for place in range.prefix(while: { scalars[$0].isWhiteSpaceOrBreak }) where scalars[place].isLineBreak {
            start = place + 1
        }
        return start..<last + 1
    }

    /// The stretch, in Unicode scalars of the text; empty for a text without any words.
    package func range() -> Range<Int> {
        guard let best = bestUnit else { return 0..<0 }
        let unit = Self.visible(units[best], scalars)
        guard cost(unit) <= room else { return window(in: unit) }
        return grown(from: best)
    }

    /// The lines of a range whose breaks count, without blank ones.
    package func lines(of range: Range<Int>) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = range.lowerBound
        for place in range where breaks.contains(place) {
            lines.append(start..<place)
            start = place + 1
        }
        lines.append(start..<range.upperBound)
        return lines.filter { !Self.visible($0, scalars).isEmpty }
    }

    /// Whether text of the passage before a range is left out, besides what is shown elsewhere.
    package func leavesOut(before range: Range<Int>) -> Bool {
        units.first.map { Self.visible($0, scalars).lowerBound < range.lowerBound } ?? false
    }

    /// Whether text of the passage after a range is left out.
    package func leavesOut(after range: Range<Int>) -> Bool {
        units.last.map { Self.visible($0, scalars).upperBound > range.upperBound } ?? false
    }

    private var bestUnit: Int? {
        var best: (unit: Int, weight: Double)?
        for (index, unit) in units.enumerated() {
            let weight = weight(of: unit)
            if weight > best?.weight ?? -1 { best = (index, weight) }
        }
        return best?.unit
    }

    /// Of the different terms whose marks stand within a range.
    private func weight(of range: Range<Int>) -> Double {
        var seen: Set<String> = []
        return marks.reduce(0) { sum, mark in
            let isHeld = mark.range.lowerBound >= range.lowerBound && mark.range.upperBound <= range.upperBound
            return isHeld && seen.insert(mark.term).inserted ? sum + mark.weight : sum
        }
    }

    /// What a range takes of the room.
    private func cost(_ range: Range<Int>) -> Int {
        var (cost, line) = (0, 0)
        var isMany = false
        func width(_ scalar: Unicode.Scalar) -> Int { leastLine > 0 && TextColumns.isWide(scalar) ? 2 : 1 }
        for place in range {
            if breaks.contains(place) {
                cost += leastLine > 0 ? max(line, leastLine) : line + 1
                (line, isMany) = (0, true)
            } else {
                line += width(scalars[place])
            }
        }
        return cost + (isMany ? max(line, leastLine) : line)
    }

    private func grown(from best: Int) -> Range<Int> {
        var (first, last) = (best, best)
        func stretch(_ from: Int, _ to: Int) -> Range<Int> {
            Self.visible(units[from].lowerBound..<units[to].upperBound, scalars)
        }
        while last + 1 < units.count, cost(stretch(first, last + 1)) <= room { last += 1 }
        while first > 0, cost(stretch(first - 1, last)) <= room { first -= 1 }
        let shown = stretch(first, last)
        guard last + 1 < units.count else { return shown }
        // The beginning of the next sentence, where a good part of the room is left.
        let next = Self.visible(units[last + 1], scalars)
        guard (room - cost(shown)) * 4 >= room else { return shown }
        let end = end(from: next.lowerBound, to: next.upperBound) { cost(shown.lowerBound..<$0) < room }
        return shown.lowerBound..<((end - next.lowerBound) * 5 >= room ? end : shown.upperBound)
    }

    /// The part of a long sentence that holds most of the question's words.
    private func window(in unit: Range<Int>) -> Range<Int> {
        func window(from start: Int) -> Range<Int> {
            start..<end(from: start, to: unit.upperBound) { cost(start..<$0) < room }
        }
        let first = unit.first { !scalars[$0].isWhiteSpaceOrBreak } ?? unit.lowerBound
        var best = window(from: first)
        var weight = weight(of: best)
        for mark in marks.lazy.filter({ unit.contains($0.range.lowerBound) }).prefix(100) {
            let wanted = max(first, mark.range.lowerBound - room / 5)
            let start =
                (wanted...mark.range.lowerBound).first { isBoundary($0) && !scalars[$0].isWhiteSpaceOrBreak }
                ?? mark.range.lowerBound
            let other = window(from: start)
            let held = self.weight(of: other)
            if held > weight { (best, weight) = (other, held) }
        }
        return best
    }

    /// The last place between two words up to which there is room; at least one word is taken, cut only where it is
    /// longer than the room.
    private func end(from start: Int, to limit: Int, _ fits: (Int) -> Bool) -> Int {
        var (low, high) = (start, limit)
        while low < high {
            let middle = (low + high + 1) / 2
            if fits(middle) { low = middle } else { high = middle - 1 }
        }
        guard low < limit else { return limit }
        let end = (start + 1..<max(start + 1, low + 1)).last { isBoundary($0) } ?? low
        return Self.visible(start..<end, scalars).upperBound
    }

    /// Whether a text may be cut before a place.
    private func isBoundary(_ place: Int) -> Bool {
        guard place > 0, place < scalars.count else { return true }
        let (before, after) = (scalars[place - 1], scalars[place])
        if before.isWhiteSpaceOrBreak || after.isWhiteSpaceOrBreak { return true }
        return after.beginsBigramUnit || (before.beginsBigramUnit || before.isSpacelessMark) && after.isTokenScalar
    }
}
