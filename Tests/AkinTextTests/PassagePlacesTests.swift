import AkinCore
import AkinTestSupport
import AkinText
import Foundation
import Testing

/// Where passages stand, against a count of every scalar.
@Suite struct PassagePlacesTests {
    /// A text of blocks with white space between them. Blocks have the lines of the text, other lines, or none.
    private struct Sample {
        var text = ""
        var blocks: [TextBlock] = []

        init(_ random: inout RandomText) {
            var line = 1
            for number in 0..<random.integer(below: 9) {
                let start = text.unicodeScalars.count
                for row in 0...random.integer(below: 4) {
                    text +=
                        (row > 0 ? ["\n", "\r\n"][random.integer(below: 2)] : "")
                        + ["a b", "ü汉", "x"][random.integer(below: 3)]
                }
                let range = start..<text.unicodeScalars.count
                line += random.integer(below: 3)
                let breaks = Self.breaks(text, range.dropLast())
                let lines: ClosedRange<Int>? =
                    switch random.integer(below: 4) {
                    case 0: nil
                    case 1: line...line + random.integer(below: 4)
                    default: line...line + breaks
                    }
                line = (lines?.upperBound ?? line) + 1
                let kinds: [TextBlock.Kind] = [.heading, .paragraph, .code]
                blocks.append(
                    TextBlock(
                        kind: kinds[random.integer(below: 3)], headings: ["h\(number / 2)"],
                        page: random.integer(below: 3) == 0 ? nil : number / 3 + 1, lines: lines, range: range))
                text += ["\n\n", "\n", " "][random.integer(below: 3)]
            }
        }

        static func breaks(_ text: String, _ range: some Sequence<Int>) -> Int {
            let scalars = Array(text.unicodeScalars)
            return range.count { scalars[$0] == "\n" }
        }
    }

    private func expected(_ sample: Sample, _ range: Range<Int>) -> PassagePlace? {
        let scalars = Array(sample.text.unicodeScalars)
        let seen = range.filter { ![" ", "\n", "\r"].contains(scalars[$0]) }
        guard let first = seen.first, let last = seen.last else { return nil }
        let touched = sample.blocks.filter { $0.range.overlaps(first..<last + 1) }
        guard !touched.isEmpty else { return nil }
        var lines: [Int] = []
        for block in touched {
            guard let own = block.lines else { continue }
            let isLineByLine = Sample.breaks(sample.text, block.range.dropLast()) == own.count - 1
            for scalar in block.range where (first...last).contains(scalar) {
                if isLineByLine {
                    lines.append(own.lowerBound + Sample.breaks(sample.text, block.range.lowerBound..<scalar))
                } else {
                    lines += [own.lowerBound, own.upperBound]
                }
            }
        }
        var place = PassagePlace(
            page: touched.compactMap(\.page).first,
            headings: (touched.first { $0.kind != .heading } ?? touched[touched.count - 1]).headings)
        if let low = lines.min(), let high = lines.max() { place.lines = low...high }
        return place
    }

    @Test(arguments: 0..<60) func `places are those that a count of all scalars gives`(seed: UInt64) {
        var random = RandomText(seed: seed)
        let sample = Sample(&random)
        let places = PassagePlaces(text: sample.text, blocks: sample.blocks)
        let count = sample.text.unicodeScalars.count
        for _ in 0..<40 where count > 0 {
            let start = random.integer(below: count)
            let range = start..<start + 1 + random.integer(below: count - start)
            let text = substring(sample.text, range)
            guard text.hasVisibleText else { continue }
            #expect(places.place(of: text, range: range) == expected(sample, range), "\(sample.blocks) \(range)")
        }
    }

    @Test func `endless headings are cut`() {
        let headings = (0..<99).map { _ in String(repeating: "é", count: 999) }
        let block = TextBlock(kind: .paragraph, headings: headings, range: 0..<1)
        let place = PassagePlaces(text: "a", blocks: [block]).place(of: "a", range: 0..<1)
        #expect(place?.headings == headings.prefix(32).map { String($0.prefix(200)) })
    }

    @Test func `a text without blocks has no places`() {
        #expect(PassagePlaces(text: "a\nb", blocks: []).place(of: "a", range: 0..<1) == nil)
    }

    @Test func `a document that has only a title stands where its text begins`() {
        let block = TextBlock(kind: .paragraph, page: 2, lines: 3...4, range: 0..<3)
        let place = PassagePlaces(text: "a\nb", blocks: [block]).place(of: "", range: 0..<0)
        #expect(place == PassagePlace(lines: 3...4, page: 2))
    }

    @Test(arguments: [
        ("a.txt", "one\ntwo\nthree\n", 1...3), ("a.txt", "one\r\ntwo\r\n\r\nthree", 1...4),
        ("a.swift", "let a = 1\n\n", 1...1), ("a.md", "# A\n\ntext", 1...3),
        ("a.md", "---\ntitle: T\nyear: 2020\n---\n# A\n\ntext\n", 5...7),
    ])
    func `a file that is one text has its lines`(name: String, contents: String, lines: ClosedRange<Int>) throws {
        let record = try #require(try read(file: name, contents).records.first)
        let (first, last) = (try #require(record.blocks.first?.lines), try #require(record.blocks.last?.lines))
        #expect(first.lowerBound...last.upperBound == lines)
    }

    @Test func `a record has the line that it begins at, unless it comes from another file`() throws {
        let lines =
            #"{"text": "a"}"# + "\n\n" + #"{"text": "b\nc"}"# + "\n"
            + #"{"text": "d", "source": "/x.md", "metadata": {}}"#
        let records = try read(file: "a.jsonl", lines).records
        #expect(records.map { $0.blocks.map(\.lines) } == [[1...1], [3...3], []])
        let rows = try read(file: "a.csv", "id,text\n1,\"a\nb\"\n2,c\n").records
        #expect(rows.map { $0.blocks.map(\.lines) } == [[2...2], [4...4]])
    }

    @Test(arguments: 0..<30) func `lines of a text are found as by splitting it`(seed: UInt64) {
        var random = RandomText(seed: seed)
        let text = (0..<random.integer(below: seed % 3 == 0 ? 2000 : 12)).map { _ in
            ["a", "\n", "é\n", "\r\n"][random.integer(below: 4)]
        }
        .joined()
        let breaks = LineBreaks(of: text)
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        if lines.count > 1, lines.last == "" { lines.removeLast() }
        #expect(breaks.lineCount == lines.count)
        for (index, line) in lines.enumerated() {
            #expect(substring(text, breaks.range(ofLines: index...index)) == line)
        }
    }
}
