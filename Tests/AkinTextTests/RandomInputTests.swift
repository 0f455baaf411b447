import AkinCore
import AkinText
import AkinVectors
import Foundation
import Testing

/// Every reader against bytes nobody wrote, and CSV against tables whose contents are known.
@Suite struct RandomInputTests {
    private static let pieces: [[UInt8]] =
        [
            "{\"text\":", "\"a\"", "}", "[", "]", ",", "\t", "\n", "\r\n", "\"", "\"\"", "text,id\n", "---\n",
            "title: x\n", "- y\n",
            "# H\n", "```\n", "<p>", "<!--",
            "<script>", "&amp;", "&#x", "\\u", "\\", "é", "汉字", "0", "-1e9", "null", "\u{FEFF}", "\0", " ",
            "text\tid\n", "<title>",
            "...\n",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xFE, 0xFF]]

    @Test(arguments: TextFormat.allCases, 0..<40)
    func `any bytes are read or refused`(format: TextFormat, seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var bytes: [UInt8] = []
        for _ in 0..<generator.integer(below: 200) { bytes += Self.pieces[generator.integer(below: Self.pieces.count)] }
        let found = try read(file: "a.bin", Data(bytes), ReaderOptions(format: format))
        #expect(found.bytes == bytes.count)
        #expect(found.summary.records == found.records.count && found.summary.problems == found.problems.count)
        for record in found.records {
            #expect(!record.id.isEmpty && !record.text.utf8.contains(0))
            #expect(record.title != nil || record.text.unicodeScalars.contains { !$0.properties.isWhitespace })
        }
        for problem in found.problems { #expect(problem.message.utf8.count > 10 && !problem.message.utf8.contains(0)) }
    }

    @Test(arguments: 0..<50)
    func `quoted tables come back`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let pieces = ["a", "\"", ",", "\n", " ", "é", "1", "汉", "'", "\t"]
        let rows = (0..<20).map { _ in
            (0..<2).map { _ in
                "x"
                    + (0..<generator.integer(below: 8)).map { _ in pieces[generator.integer(below: pieces.count)] }
                    .joined()
            }
        }
        let ending = generator.integer(below: 2) == 0 ? "\n" : "\r\n"
        let written = rows.map { row in
            row.map { field in
                let isPlain = !field.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A }
                return isPlain && generator.integer(below: 2) == 0
                    ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: ",")
        }
        let found = try read(file: "a.csv", (["text,other"] + written).joined(separator: ending))
        #expect(found.problems.isEmpty)
        #expect(found.records.map(\.text) == rows.map { $0[0] })
        #expect(found.records.map { $0.metadata["other"] } == rows.map { .string($0[1]) })
    }

    /// Long inputs by name: test runners print arguments, and these would fill the log.
    private static let longInputs: [String: (file: String, contents: String)] = [
        "spaces": ("a.md", String(repeating: " ", count: 1_000_000) + "x"),
        "front matter list": ("a.md", "---\nlist:\n" + String(repeating: "- x\n", count: 100_000) + "---\ntext"),
        "wide header": ("a.csv", (0..<50_000).map { "c\($0)" }.joined(separator: ",") + "\n"),
        "open quote": ("a.csv", "text\nx\n\"" + String(repeating: "a\n", count: 300_000)),
        "doubled quotes": ("a.csv", "text\n\"" + String(repeating: "\"\"", count: 500_000) + "\"\n"),
        "strings and blank lines": ("a.jsonl", String(repeating: "\"\\n\"\n\n", count: 100_000)),
        "long array": ("a.json", "[" + String(repeating: "\"x\",\n", count: 200_000) + "\"x\"]"),
    ]

    /// Each would take minutes if a line, a list or a header were gone over again for every part of it.
    @Test(arguments: longInputs.keys.sorted())
    func `long inputs take linear time`(name: String) throws {
        let input = try #require(Self.longInputs[name])
        #expect(try read(file: input.file, input.contents).bytes == input.contents.utf8.count)
    }
}
