import AkinText
import Testing

@Suite struct BlockTextBuilderTests {
    @Test func `blocks are ranges of the text, under their headings`() {
        var builder = BlockTextBuilder()
        builder.appendHeading("Häfen", level: 1, lines: 1...2)
        builder.append(.paragraph, "\n\n Two \u{1F6A2}s.\n", lines: 4...4)
        builder.append(.listItem, "one")
        builder.append(.listItem, "two")
        builder.append(.paragraph, "  \n ")
        builder.page = 2
        builder.appendHeading("Ferries", level: 3)
        builder.openHeading("Sheet", level: 4)
        builder.append(.code, "\n  a\n b\n\n")
        builder.appendHeading("Boats", level: 3)
        var record = TextRecord(id: "a", text: "", source: "a")
        builder.fill(&record)
        #expect(record.text == "Häfen\n Two \u{1F6A2}s.\n\none\ntwo\n\nFerries\n  a\n b\n\nBoats")
        let scalars = Array(record.text.unicodeScalars)
        let texts = record.blocks.map { block in
            scalars[block.range].reduce(into: "") { $0.unicodeScalars.append($1) }
        }
        #expect(texts == ["Häfen", " Two \u{1F6A2}s.", "one", "two", "Ferries", "  a\n b", "Boats"])
        #expect(
            record.blocks.map(\.headings) == [
                [], ["Häfen"], ["Häfen"], ["Häfen"], ["Häfen"], ["Häfen", "Ferries", "Sheet"], ["Häfen"],
            ])
        #expect(record.blocks.map(\.page) == [nil, nil, nil, nil, 2, 2, 2])
        #expect(record.blocks[0].lines == 1...2 && record.blocks[1].lines == 4...4)
    }

    @Test func `headings are bounded in depth and length`() {
        var builder = BlockTextBuilder()
        for level in 0..<1000 {
            builder.appendHeading(String(repeating: "word \n", count: 1000), level: level)
        }
        #expect(builder.headings.count == 16)
        #expect(builder.headings.allSatisfy { $0.utf8.count < 210 && !$0.contains("\n") })
    }
}
