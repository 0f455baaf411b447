import AkinCore
import AkinTestSupport
import AkinText
import Foundation
import Testing

@Suite("Front matter")
struct FrontMatterTests {
    private func fields(_ yaml: String) throws -> [String: JSONValue] {
        let record = try #require(try read(file: "a.md", "---\n\(yaml)\n---\nBody\n").records.first)
        #expect(record.text == "Body\n", "the block was left in the text: \(yaml)")
        return record.metadata
    }

    @Test(
        arguments: [
            (#"a: [x, "y, z", 'it''s']"#, .array([.string("x"), .string("y, z"), .string("it's")])),
            (#"a: "say \"hi\"""#, .string(#"say "hi""#)), ("a: 'it''s'", .string("it's")), ("a: 5 # five", .number(5)),
            ("a: # nothing\n  - x\n  - [y, 2]", .array([.string("x"), .array([.string("y"), .number(2)])])),
            ("'a': \"5\"", .string("5")), ("\"a\": x", .string("x")), ("a: 2024-01-02", .string("2024-01-02")),
            ("a: yes", .string("yes")), ("a: 01234", .string("01234")), ("a: 0x1F", .string("0x1F")),
            ("a: +5", .string("+5")),
            ("a: |\n  two\n  lines", .string("two\nlines\n")),
            ("a: {b: 1, c: [d]}", .object(["b": .number(1), "c": .array([.string("d")])])),
            ("a: Rust: the book", .string("Rust: the book")), ("a: it's: so", .string("it's: so")),
            ("a: &x y", .string("y")),
        ] as [(String, JSONValue)])
    func `values are read as YAML has them`(yaml: String, value: JSONValue) throws {
        #expect(try fields(yaml) == ["a": value])
    }

    @Test(arguments: ["null", "~", "", "# a comment"])
    func `a key without a value makes no field`(value: String) throws {
        #expect(try fields("a: \(value)\nb: 1") == ["b": .number(1)])
    }

    @Test(arguments: [
        "- a\n- b", "just words", "a: [", "a: 1\na: 2", "\u{1}: x", "a: " + String(repeating: "[", count: 60_000),
        String(repeating: "- ", count: 30_000) + "x", String(repeating: "? ", count: 30_000),
        "a: " + String(repeating: "{b: ", count: 10_000),
        "a: &a [x,x,x,x,x,x,x,x]\n" + (0..<30).map { "b\($0): [*a,*a,*a,*a,*a,*a,*a,*a]" }.joined(separator: "\n"),
        "a: &l0 [x, x]\n" + (1...20).map { "b\($0): &l\($0) [*l\($0 - 1), *l\($0 - 1)]" }.joined(separator: "\n"),
    ])
    func `what is no mapping, or too much, stays in the text`(yaml: String) throws {
        let contents = "---\n\(yaml)\n---\nBody\n"
        let record = try #require(try read(file: "a.md", contents).records.first)
        #expect(record.text == contents && record.metadata.isEmpty)
    }

    @Test func `lines may end with CR LF`() throws {
        let record = try #require(
            try read(file: "a.md", "---\r\ntitle: One: two\r\ntags: [a]\r\n---\r\nBody").records.first)
        #expect(
            record.title == "One: two" && record.metadata == ["tags": .array([.string("a")])] && record.text == "Body")
    }
}

@Suite("Headings of Markdown")
struct MarkdownHeadingTests {
    @Test(
        arguments: [
            ("```\n# no\n```\n# Yes", "Yes"), ("````\n```\n# no\n````\n# Yes", "Yes"),
            ("~~~\n```\n# no\n~~~\n# Yes", "Yes"),
            ("```sh\n# no\n    ```\n# no\n```\n# Yes", "Yes"), ("    # no\n\n# Yes", "Yes"), ("\t# no\n\n# Yes", "Yes"),
            ("<!-- # no\n# no\n-->\n# Yes", "Yes"), ("<!-- one -->\n# Yes", "Yes"),
            ("<!-->\n# no\n--> x\n# Yes", "Yes"),
            ("<script>\n# no\n</script>\n# Yes", "Yes"), ("<pre>\n# no\n</pre>\n# Yes", "Yes"),
            ("```inline``` text\n# Yes", "Yes"),
            ("```\n# never closed", nil), ("text\nover two lines\n---\nmore", "text over two lines"),
            ("- item\n---\n# Yes", "Yes"),
            ("> quoted\n===\n# Yes", "Yes"), ("| a |\n---\n# Yes", "Yes"), ("12. item\n---\n## Yes ##", "Yes"),
            ("   ### Yes", "Yes"),
            ("#\n# Yes", "Yes"), ("####### no\n# Yes", "Yes"), ("#no\n#\tYes", "Yes"), ("Title\n==", "Title"),
            ("\n\n===\nx", nil),
            ("<prefix>\n# Yes", "Yes"),
        ] as [(String, String?)])
    func `the first heading is the title, and what stands in code, comments and HTML is none`(
        text: String, title: String?
    ) throws {
        let record = try #require(try read(file: "a.md", text).records.first)
        #expect(record.title == title)
        // Comments are left out; those of the cases stand first.
        #expect(text.hasSuffix(record.text) && (record.text == text || text.hasPrefix("<!--")))
    }

    @Test func `a long paragraph is no heading, and takes linear time`() throws {
        let text = String(repeating: "a line of text\n", count: 200_000) + "===\n"
        #expect(try read(file: "a.md", text).records.first?.title == nil)
    }
}
