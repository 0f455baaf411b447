import AkinTestSupport
import AkinText
import Foundation
import Testing

/// Lines by their number.
@Suite struct LineTableTests {
    private static func lines(_ text: String) -> [String] {
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self) }
    }

    @Test func `lines end at line feeds`() {
        for seed in 0..<300 {
            var random = RandomText(seed: UInt64(seed))
            let text = random.text(pieces: random.integer(below: 200))
            let table = LineTable(text)
            #expect(table.map(String.init) == Self.lines(text), "\(seed)")
            #expect(table.reversed().map(String.init) == Self.lines(text).reversed(), "\(seed)")
            #expect(table.scalarCount == text.unicodeScalars.count)
            let breaks = text.unicodeScalars.enumerated().filter { $0.element == "\n" }.map { $0.offset + 1 }
            #expect(table.indices.map(table.scalar(ofLine:)) == Array(([0] + breaks).prefix(table.count)))
        }
    }

    @Test func `lines that are left out are empty and take no place`() {
        let table = LineTable("größer\r\nb\nc\nd\n\nf\ng", omitting: [1, 4, 6])
        #expect(table.map(String.init) == ["größer", "", "c", "d", "", "f", ""])
        #expect((0..<8).map(table.scalar(ofLine:)) == [0, 8, 8, 10, 12, 12, 14, 14])
        #expect(table.scalarCount == 14 && LineTable("").isEmpty)
    }

    @Test func `a text of more blocks than are kept has its rest in the last one`() throws {
        let text = String(repeating: "- a\n", count: 600_000)
        for name in ["a.txt", "a.md", "a.adoc"] {
            let record = try #require(try read(file: name, text).records.first)
            #expect(record.blocks.count == 1 << 19)
            let last = try #require(record.blocks.last)
            #expect(last.range.upperBound == record.text.unicodeScalars.count - (record.text.hasSuffix("\n") ? 1 : 0))
            #expect(last.lines == 1 << 19...600_000)
        }
    }
}
