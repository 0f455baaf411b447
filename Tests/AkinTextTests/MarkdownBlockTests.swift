import AkinCore
import AkinText
import Testing

@Suite("Blocks of Markdown and plain text")
struct MarkdownBlockTests {
    @Test func `Markdown is kept as it is, its blocks marked under their headings`() throws {
        let contents = """
            ---
            title: X
            ---
            # One

            Para
            two

            - item one
            - item two
              continued

              more

            > quote
            > more

            | a | b |
            |---|---|

                code

                more code

            ```swift
            # not

            x
            ```
            Two
            ===
            text

            ## Three
            <div>
            html
            </div>
            """
        #expect(
            try record(of: "a.md", contents).readBlocks == [
                ReadBlock(.heading, "", 4...4, "# One"), ReadBlock(.paragraph, "One", 6...7, "Para\ntwo"),
                ReadBlock(.listItem, "One", 9...9, "- item one"),
                ReadBlock(.listItem, "One", 10...11, "- item two\n  continued"),
                ReadBlock(.listItem, "One", 13...13, "  more"), ReadBlock(.quote, "One", 15...16, "> quote\n> more"),
                ReadBlock(.tableRow, "One", 18...18, "| a | b |"), ReadBlock(.tableRow, "One", 19...19, "|---|---|"),
                ReadBlock(.code, "One", 21...23, "    code\n\n    more code"),
                ReadBlock(.code, "One", 25...29, "```swift\n# not\n\nx\n```"),
                ReadBlock(.heading, "", 30...31, "Two\n==="),
                ReadBlock(.paragraph, "Two", 32...32, "text"), ReadBlock(.heading, "Two", 34...34, "## Three"),
                ReadBlock(.paragraph, "Two › Three", 35...37, "<div>\nhtml\n</div>"),
            ])
    }

    @Test func `front matter may be TOML`() throws {
        let record = try record(
            of: "a.md",
            """
            +++
            title = "My \\"page\\"" # of mine
            date = 2024-01-02
            draft = false
            weight = 3.5
            tags = ["a", 'b',
              "c, d"]

            [params]
            x = 1
            +++
            Body
            """)
        #expect(record.title == "My \"page\"" && record.text == "Body")
        #expect(record.blocks.map(\.lines) == [12...12])
        #expect(
            record.metadata == [
                "date": .string("2024-01-02"), "draft": .bool(false), "weight": .number(3.5),
                "tags": .array([.string("a"), .string("b"), .string("c, d")]), "params": .object(["x": .number(1)]),
            ])
    }

    @Test(arguments: [
        "+++\nno statement\n+++\nBody", "+++\na = 1\nnever closed", "+++\na = {\n+++\nBody", "+++\n+++\nBody",
    ])
    func `what is no TOML stays in the text`(contents: String) throws {
        #expect(try record(of: "a.md", contents).text == contents)
    }

    @Test func `headings of plain text are lines with an underline or with numbers`() throws {
        let contents = """
            Title
            =====

            Para one
            two.

            1.  Introduction

               Body text.

            1.1.  Sub

               More.

            - a
            - b
              c
            """
        #expect(
            try record(of: "a.txt", contents).readBlocks == [
                ReadBlock(.heading, "", 1...2, "Title\n====="), ReadBlock(.paragraph, "Title", 4...5, "Para one\ntwo."),
                ReadBlock(.heading, "", 7...7, "1.  Introduction"),
                ReadBlock(.paragraph, "1. Introduction", 9...9, "   Body text."),
                ReadBlock(.heading, "1. Introduction", 11...11, "1.1.  Sub"),
                ReadBlock(.paragraph, "1. Introduction › 1.1. Sub", 13...13, "   More."),
                ReadBlock(.listItem, "1. Introduction › 1.1. Sub", 15...15, "- a"),
                ReadBlock(.listItem, "1. Introduction › 1.1. Sub", 16...17, "- b\n  c"),
            ])
    }

    @Test(arguments: [
        ("<!-- added: v1 -->\n# One\n\ntext <!-- kept -->", "# One\n\ntext <!-- kept -->", 2...2),
        ("<!--\nadded: v1\r\n-->\nOne\n", "One\n", 4...4), ("<!-- a --> One", "<!-- a --> One", 1...1),
        ("<!-- a\n--> One", "--> One", 2...2), ("<!-- a\n\nOne", "<!-- a\n\nOne", 1...3),
        ("é <!--\nb\n-->", "é <!--\nb\n-->", 1...3), ("```\n<!-- a -->\n```", "```\n<!-- a -->\n```", 1...3),
        ("<!-- a -->\n<!-- b\n\nOne", "<!-- b\n\nOne", 2...4),
    ])
    func `comments of Markdown are left out, and lines keep their numbers`(
        contents: String, text: String, lines: ClosedRange<Int>
    ) throws {
        let record = try record(of: "a.md", contents)
        #expect(record.text == text)
        #expect(record.blocks.first?.lines == lines)
    }

    @Test func `numbered items of plain text are no headings`() throws {
        let contents = "1. Buy bread\n\n2. Sell boats\n\nThen rest.\n\n1984 was a year\n\nEnd\n"
        let kinds = try record(of: "a.txt", contents).blocks.map(\.kind)
        #expect(Set(kinds) == [.paragraph])
    }
}
