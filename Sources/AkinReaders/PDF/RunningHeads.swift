/// Lines that stand at the same place of many pages: running heads, feet and page numbers.
struct RunningHeads {
    /// The part of a page's height, at the top and at the bottom, in which they are looked for.
    private static let margin = 0.12
    /// How many lines at each end of a page may be some.
    private static let lines = 2

    private struct Place: Hashable {
        let text: String
        let top: Int
    }

    /// The lines of a document without them.
    static func removed(from lines: [PDFLine], heights: [Int: Double]) -> [PDFLine] {
        var pages: [Int: [Int]] = [:]
        for (place, line) in lines.enumerated() { pages[line.page, default: []].append(place) }
        guard pages.count > 1 else { return lines }

        var candidates: [Place: [Int]] = [:]
        for (page, places) in pages {
            let height = heights[page] ?? 0
            let sorted = places.sorted { lines[$0].top < lines[$1].top }
            let top = sorted.prefix(Self.lines).filter { lines[$0].top < height * margin }
            let bottom = sorted.suffix(Self.lines).filter { lines[$0].top > height * (1 - margin) }
            for place in Set(top + bottom) {
                // A place is rounded, so it counts with its neighbour too.
                let (text, top) = (shape(of: lines[place].text), Int(lines[place].top / 8))
                for top in [top, top + 1] { candidates[Place(text: text, top: top), default: []].append(place) }
            }
        }
        // Chapters have heads of their own, on three pages or more.
        let needed = min(3, pages.count)
        let removed = Set(candidates.values.filter { $0.count >= needed }.flatMap { $0 })
        return lines.enumerated().filter { !removed.contains($0.offset) }.map(\.element)
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
