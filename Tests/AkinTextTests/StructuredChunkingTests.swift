import AkinText
import Testing

@Suite struct StructuredChunkingTests {
    /// A text of blocks that line breaks divide, and the pieces it gives.
    private func chunks(_ parts: [(TextBlock.Kind, String)], maximum: Int, overlap: Int = 0) -> [String] {
        var text = ""
        var blocks: [TextBlock] = []
        for (kind, part) in parts {
            let start = text.unicodeScalars.count
            text += part + "\n"
            blocks.append(TextBlock(kind: kind, range: start..<start + part.unicodeScalars.count))
        }
        let found = Chunker(maximumTokens: maximum, overlapTokens: overlap)
            .chunks(of: text, tokenStarts: wordStarts(in: text), blocks: blocks)
        #expect(found.first?.range.lowerBound == 0)
        #expect(found.last?.range.upperBound == text.unicodeScalars.count)
        #expect(found.allSatisfy { $0.tokenCount <= maximum })
        return found.map(\.text)
    }

    private func prose(_ count: Int, _ word: String) -> String {
        (1...count).map { "\(word)\($0)" }.joined(separator: " ") + "."
    }

    @Test func `a heading stays with what follows it`() {
        let found = chunks(
            [(.paragraph, prose(12, "a")), (.heading, "Second part"), (.paragraph, prose(12, "b"))], maximum: 16)
        #expect(found == [prose(12, "a") + "\n", "Second part\n" + prose(12, "b") + "\n"])
    }

    @Test func `headings behind each other stay together`() {
        let found = chunks(
            [
                (.paragraph, prose(12, "a")), (.heading, "Part"), (.heading, "Section"),
                (.paragraph, prose(9, "b")),
            ], maximum: 14)
        #expect(found == [prose(12, "a") + "\n", "Part\nSection\n" + prose(9, "b") + "\n"])
    }

    @Test func `a section begins a piece once the one before it is long enough`() {
        let parts: [(TextBlock.Kind, String)] = [
            (.paragraph, prose(40, "a")), (.heading, "Next"), (.paragraph, prose(8, "b")), (.heading, "Last"),
            (.paragraph, prose(8, "c")),
        ]
        #expect(
            chunks(parts, maximum: 55) == [prose(40, "a") + "\n", "Next\n\(prose(8, "b"))\nLast\n\(prose(8, "c"))\n"])
    }

    @Test func `a text that fits is one piece`() {
        let parts: [(TextBlock.Kind, String)] = [
            (.paragraph, prose(40, "a")), (.heading, "Next"), (.paragraph, "End."),
        ]
        #expect(chunks(parts, maximum: 64).count == 1)
    }

    @Test func `a list is cut between items and begins with what introduces it`() {
        let found = chunks(
            [
                (.paragraph, prose(5, "a")), (.paragraph, "There are two:"), (.listItem, prose(4, "b")),
                (.listItem, prose(4, "c")), (.paragraph, prose(6, "d")),
            ], maximum: 14)
        #expect(
            found == [
                "\(prose(5, "a"))\nThere are two:\n\(prose(4, "b"))\n", "\(prose(4, "c"))\n\(prose(6, "d"))\n",
            ])
    }

    @Test func `the header of a table stays with a row`() {
        let found = chunks(
            [
                (.paragraph, prose(8, "a")), (.tableRow, "name size"), (.tableRow, "first 1"), (.tableRow, "second 2"),
            ], maximum: 10)
        #expect(found == [prose(8, "a") + "\n", "name size\nfirst 1\nsecond 2\n"])
    }

    @Test func `code is cut at blank lines`() {
        let found = chunks([(.code, "let a = 1\nlet b = 2\n\nlet c = 3\nlet d = 4")], maximum: 12)
        #expect(found == ["let a = 1\nlet b = 2\n\n", "let c = 3\nlet d = 4\n"])
    }

    @Test func `nothing is repeated over the border of two paragraphs`() {
        let parts: [(TextBlock.Kind, String)] = [
            (.paragraph, "One two. Three four."), (.paragraph, "Five six. Seven eight."),
        ]
        #expect(chunks(parts, maximum: 4, overlap: 2) == ["One two. Three four.\n", "Five six. Seven eight.\n"])
    }

    @Test(arguments: [
        [], [TextBlock(kind: .paragraph, range: 900..<901)], [TextBlock(kind: .heading, range: 0..<0)],
        [TextBlock(kind: .paragraph, range: 10..<30), TextBlock(kind: .code, range: 4..<12)],
        [TextBlock(kind: .heading, range: 3..<400)],
    ])
    func `blocks that do not fit the text lose nothing of it`(blocks: [TextBlock]) {
        let text = "One two three. Four five six.\n\nSeven eight nine. Ten eleven."
        let found = Chunker(maximumTokens: 4, overlapTokens: 0)
            .chunks(of: text, tokenStarts: wordStarts(in: text), blocks: blocks)
        #expect(found.map(\.text).joined() == text)
        #expect(found.allSatisfy { $0.tokenCount <= 4 })
    }
}
