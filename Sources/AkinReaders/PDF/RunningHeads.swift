/// Lines that stand at the same place of many pages: running heads, feet and page numbers.
struct RunningHeads {
    /// The parts of a page's height in which they are looked for. Feet stand further from the edge.
    private static let topMargin = 0.12
    private static let bottomMargin = 0.18
    /// How many lines at each end of a page may be some.
    private static let lines = 2

    private struct Place: Hashable {
        let text: String
        let top: Int
    }

    private let lines: [PDFLine]
    /// The lines at the ends of pages, by the heights at which they stand. A height is rounded, so a line counts with
    /// its neighbour too.
    private var places: [Int: [Int]] = [:]
    private var pageCount = 0
    private let bodySize: Double
    /// The usual step from a line to the next.
    private let leading: Double

    /// The lines of a document without them.
    static func removed(from lines: [PDFLine], heights: [Int: Double]) -> [PDFLine] {
        let heads = RunningHeads(lines, heights: heights)
        guard heads.pageCount > 1 else { return lines }
        let removed = heads.repeated().union(heads.numbered())
        let named = heads.named(besides: removed)
        return lines.indices.filter { !removed.contains($0) && !named.contains($0) }.map { lines[$0] }
    }

    private init(_ lines: [PDFLine], heights: [Int: Double]) {
        self.lines = lines
        let bodySize = PDFLine.bodySize(of: lines)
        self.bodySize = bodySize
        let steps = zip(lines, lines.dropFirst()).filter { $0.page == $1.page }.map { $1.top - $0.top }
        let usual = steps.filter { $0 > 0.5 * bodySize && $0 < 3 * bodySize }.sorted()
        leading = usual.isEmpty ? 1.2 * bodySize : usual[usual.count / 2]
        var pages: [Int: [Int]] = [:]
        for (place, line) in lines.enumerated() { pages[line.page, default: []].append(place) }
        pageCount = pages.count
        for (page, inPage) in pages {
            let height = heights[page] ?? 0
            let sorted = inPage.sorted { lines[$0].top < lines[$1].top }
            let top = sorted.prefix(Self.lines).filter { lines[$0].top < height * Self.topMargin }
            let bottom = sorted.suffix(Self.lines).filter { lines[$0].top > height * (1 - Self.bottomMargin) }
            for place in Set(top + bottom) {
                let top = Int(lines[place].top / 8)
                for top in [top, top + 1] { places[top, default: []].append(place) }
            }
        }
    }

    /// Lines of one text but for numbers. Chapters have heads of their own, on three pages or more.
    private func repeated() -> Set<Int> {
        var candidates: [Place: [Int]] = [:]
        for (top, found) in places {
            for place in found where !isNumberedHeading(place) {
                candidates[Place(text: Self.shape(of: lines[place].text), top: top), default: []].append(place)
            }
        }
        return Set(candidates.values.filter { $0.count >= needed($0) }.flatMap { $0 })
    }

    /// Whether a line is a word with a number in larger letters, as chapters begin.
    private func isNumberedHeading(_ place: Int) -> Bool {
        let line = lines[place]
        return line.font.size > bodySize * 1.1 && line.text.contains(where: \.isNumber)
            && line.text.contains(where: \.isLetter)
    }

    /// On how many pages a line stands that is left out. Where there are few pages, and the first has another form, two
    /// must do.
    private func needed(_ found: [Int]) -> Int { pageCount > 4 || !found.allSatisfy(standsApart) ? 3 : 2 }

    /// Lines that begin or end with the number of their page, whatever stands beside it, and lines that are nothing but
    /// it, as on a chapter's first page.
    private func numbered() -> Set<Int> {
        var removed: Set<Int> = []
        var usual: Set<Int> = []
        for found in places.values where found.count >= 2 {
            var offsets: [Int: [Int]] = [:]
            // The headings of chapters have numbers too.
            for place in found where lines[place].font.size <= bodySize * 1.1 {
                let words = lines[place].text.split(whereSeparator: \.isWhitespace)
                for number in Set([words.first, words.last].compactMap { $0.flatMap { Int($0) } }) {
                    offsets[number - lines[place].page, default: []].append(place)
                }
            }
            for (offset, numbered) in offsets
            where numbered.count >= needed(numbered) && numbered.count * 2 > found.count {
                removed.formUnion(numbered)
                usual.insert(offset)
            }
        }
        for place in places.values.joined() {
            if let number = Int(lines[place].text), usual.contains(number - lines[place].page) { removed.insert(place) }
        }
        return removed
    }

    /// Lines that say again what a line of the text says, as the heads of chapters do, on most pages.
    private func named(besides removed: Set<Int>) -> Set<Int> {
        let ends = Set(places.values.joined())
        let texts = Set(lines.indices.filter { !ends.contains($0) }.map { lines[$0].text.lettersAndDigits })
        var found: Set<Int> = []
        for inPlace in places.values {
            let others = inPlace.filter { !removed.contains($0) }
            var counts: [String: Int] = [:]
            for place in others { counts[lines[place].text.lettersAndDigits, default: 0] += 1 }
            let again = others.filter { place in
                let key = lines[place].text.lettersAndDigits
                return !key.isEmpty && (counts[key, default: 0] > 1 || texts.contains(key)) && standsApart(place)
            }
            if again.count >= 3, again.count * 3 >= others.count * 2 { found.formUnion(again) }
        }
        return found
    }

    /// Whether there is more space between a line and its neighbours than within a text.
    private func standsApart(_ place: Int) -> Bool {
        [place - 1, place + 1].allSatisfy { other in
            guard lines.indices.contains(other), lines[other].page == lines[place].page else { return true }
            let step = abs(lines[other].top - lines[place].top)
            return step < 0.5 * lines[place].height || step > 1.4 * leading
        }
    }

    /// A line with one sign in place of each number: those of pages differ. A number in Roman letters counts where it
    /// is the whole line.
    private static func shape(of text: String) -> String {
        if text.utf8.count < 8, text.lowercased().allSatisfy({ "ivxlcdm".contains($0) }) { return "#" }
        var shape = ""
        for character in text {
            if !character.isNumber { shape.append(character) } else if shape.last != "#" { shape.append("#") }
        }
        return shape
    }
}
