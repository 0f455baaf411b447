import AkinCore
import AkinStore
import AkinText

/// A passage and what is shown of its document around it: one stretch of the document's text.
struct PassageWindow {
    /// The most passages on each side that are read for sentences.
    private static let maximumReach = 16

    let text: String
    /// Where the text stands, in Unicode scalars of the document's text.
    let range: Range<Int>
    let place: PassagePlace?

    /// - Parameter passage: A passage of `reader`'s store.
    init(around passage: StoredPassage, _ context: PassageContext, reader: any StoreReading) throws {
        let reach =
            switch context {
            case .passage: 0
            // As many as hold what is shown on one side, where they are half as long as this one.
            case .sentences(let characters):
                passage.range.count < characters
                    ? min(Self.maximumReach, characters * 2 / max(1, passage.range.count) + 2) : 0
            case .neighbors(let count): count
            }
        let near =
            reach == 0
            ? [passage]
            : try reader.passages(
                documentRowID: passage.documentRowID,
                ordinals: max(0, passage.ordinal - reach)...passage.ordinal + reach)
        self.init(around: passage, among: near, context)
    }

    /// - Parameter near: Passages of the same document in their order, this one among them.
    init(around passage: StoredPassage, among near: [StoredPassage], _ context: PassageContext) {
        let stretch = Stretch(around: passage, among: near)
        var shown = passage.range
        switch context {
        case .passage: break
        case .sentences(let characters):
            for border in [stretch.section(of: passage), stretch.range] {
                shown = stretch.grown(shown, within: border, to: characters, by: stretch.sentences)
            }
            shown = stretch.grown(shown, within: stretch.range, to: characters, by: stretch.lines)
        case .neighbors: shown = stretch.range
        }
        (text, range) = (stretch.text(in: shown), shown)
        place = shown == passage.range ? passage.place : stretch.place(of: shown)
    }
}

/// Passages of a document that follow one upon the other, as one text.
private struct Stretch {
    private let passages: [StoredPassage]
    private let scalars: [Unicode.Scalar]
    /// In Unicode scalars of the document's text.
    let range: Range<Int>

    /// The longest run of passages around one that touch each other; that one alone where it is not among them.
    init(around passage: StoredPassage, among near: [StoredPassage]) {
        if let own = near.firstIndex(where: { $0.id == passage.id }) {
            var (first, last) = (own, own)
            while first > 0, near[first - 1].leads(to: near[first]) { first -= 1 }
            while last + 1 < near.count, near[last].leads(to: near[last + 1]) { last += 1 }
            passages = Array(near[first...last])
        } else {
            passages = [passage]
        }
        let start = passages[0].rangeStart
        scalars = passages.reduce(into: []) { scalars, passage in
            scalars += passage.text.unicodeScalars.dropFirst(start + scalars.count - passage.rangeStart)
        }
        range = start..<start + scalars.count
    }

    func text(in shown: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[shown.lowerBound - range.lowerBound..<shown.upperBound - range.lowerBound])
        return String(view)
    }

    /// The passages around one that stand under the same headings.
    func section(of passage: StoredPassage) -> Range<Int> {
        let own = passages.firstIndex { $0.id == passage.id } ?? 0
        var (first, last) = (own, own)
        while first > 0, passages[first - 1].headings == passage.headings { first -= 1 }
        while last + 1 < passages.count, passages[last + 1].headings == passage.headings { last += 1 }
        return passages[first].rangeStart..<passages[last].range.upperBound
    }

    /// A range with as many units before and after it as fit, the next one always from the side that has less.
    func grown(
        _ own: Range<Int>, within border: Range<Int>, to characters: Int, by units: (Range<Int>) -> [Range<Int>]
    ) -> Range<Int> {
        var shown = own
        var after = units(own.upperBound..<max(own.upperBound, border.upperBound))[...]
        var before = units(min(own.lowerBound, border.lowerBound)..<own.lowerBound)[...]
        func fits(_ unit: Range<Int>) -> Bool { shown.count + unit.count <= characters }
        while !after.isEmpty || !before.isEmpty {
            let hasLessAfter = shown.upperBound - own.upperBound <= own.lowerBound - shown.lowerBound
            if before.isEmpty || hasLessAfter, let next = after.popFirst() {
                if fits(next) { shown = shown.lowerBound..<next.upperBound } else { after = [] }
            } else if let previous = before.popLast() {
                if fits(previous) { shown = previous.lowerBound..<shown.upperBound } else { before = [] }
            }
        }
        return shown
    }

    func lines(of part: Range<Int>) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = part.lowerBound
        for place in part where scalars[place - range.lowerBound] == "\n" || place + 1 == part.upperBound {
            lines.append(start..<place + 1)
            start = place + 1
        }
        return lines
    }

    func sentences(of part: Range<Int>) -> [Range<Int>] {
        let (start, base) = (part.lowerBound - range.lowerBound, part.lowerBound)
        return SentenceSplitter().ranges(in: Array(scalars[start..<start + part.count])).map {
            base + $0.lowerBound..<base + $0.upperBound
        }
    }

    func place(of shown: Range<Int>) -> PassagePlace? {
        let touched = passages.filter { $0.range.overlaps(shown) }
        let lines = touched.compactMap { passage in
            passage.place?.lines(
                of: shown.clamped(to: passage.range).shifted(by: -passage.rangeStart), in: passage.text)
        }
        var place = touched.first?.place ?? PassagePlace()
        place.lines = lines.first.map { first in
            lines.reduce(first) { min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound) }
        }
        place.page = touched.lazy.compactMap { $0.place?.page }.first
        return place.isEmpty ? nil : place
    }
}

extension Range<Int> {
    fileprivate func shifted(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}

extension StoredPassage {
    /// In Unicode scalars of the document's text.
    var range: Range<Int> { rangeStart..<rangeStart + text.unicodeScalars.count }

    fileprivate var headings: [String] { place?.headings ?? [] }

    /// Whether the next passage goes on where this one ends, or repeats some of its end.
    fileprivate func leads(to next: StoredPassage) -> Bool {
        next.ordinal == ordinal + 1 && range.contains(next.rangeStart - 1) && next.rangeStart > rangeStart
            && next.range.upperBound > range.upperBound
    }
}
