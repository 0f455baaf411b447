import AkinCore
import AkinText
import Foundation
import Testing

@Suite struct JSONReaderTests {
    @Test func `objects and strings are read line by line`() throws {
        let found = try read(
            file: "a.jsonl",
            "{\"id\":\"x\",\"title\":\"T\",\"text\":\"one\",\"year\":2001,\"tags\":[\"a\"],\"nested\":{\"k\":1},\"none\":null}\r\n\n\"two\"\n{\"id\":7,\"body\":\"three\"}"
        )
        #expect(found.problems.isEmpty)
        #expect(found.records.map(\.id) == ["x", "a.jsonl#2", "7"])
        #expect(found.records.map(\.text) == ["one", "two", "three"])
        #expect(found.records.map(\.line) == [1, 3, 4])
        #expect(found.records[0].title == "T")
        #expect(
            found.records[0].metadata == [
                "year": .number(2001), "tags": .array([.string("a")]), "nested": .object(["k": .number(1)]),
            ])
        #expect(found.records[0].source.hasSuffix("/a.jsonl#1"))
    }

    @Test(arguments: [
        ("{\"text\":", "broken JSON at byte 9 of the line: the JSON text ends early"),
        ("{\"text\":\"a\"} x", "goes on after the end"),
        ("[1]", "the record is an array"), ("17", "the record is a number"),
        ("{\"a\":1,\"b\":2}", "no text field; it has a, b"),
        ("{\"a\":1}", "the record has no text field"), ("{\"text\":5}", "the field 'text' is a number"),
        ("{\"text\":\"\"}", "is empty"),
        ("\" \"", "is empty"),
        ("{\"text\":\"a\\u0000b\"}", "NUL"), ("{\"text\":\"a\",\"m\":\"\\u0000\"}", "NUL"),
        ("{\"text\":\"a\",\"id\":true}", "true or false"),
        ("{\"text\":\"a\",\"id\":1.5}", "not whole"), ("{\"text\":\"a\",\"id\":1e20}", "too large"),
        ("{\"text\":\"a\",\"id\":\"\"}", "empty"),
        ("{\"text\":\"\\ud800\"}", "surrogate"), ("{\"text\":1e999}", "beyond the range"),
        ("{'text':1}", "member name"),
        ("{\"text\":\"a\tb\"}", "control character"),
        (String(repeating: "[", count: 100_000), "nested more than 512 deep"), ("{\"text\":\"a\",}", "member name"),
        ("{}", "no fields"),
    ])
    func `bad lines are problems and the rest is read`(line: String, message: String) throws {
        let found = try read(file: "a.jsonl", "\"before\"\n\(line)\n\"after\"\n")
        #expect(found.records.map(\.id) == ["a.jsonl#1", "a.jsonl#3"])
        #expect(found.problems.map(\.line) == [2])
        #expect(found.problems[0].message.contains(message), "\(found.problems[0].message)")
    }

    @Test func `invalid UTF-8 is named by line and byte`() throws {
        let found = try read(file: "a.jsonl", Data("\"ok\"\n\"b".utf8) + [0xFF] + Data("\"\n\"c\"\n".utf8))
        #expect(found.records.map(\.text) == ["ok", "c"])
        #expect(found.problems.map(\.line) == [2])
        #expect(found.problems[0].message.contains("byte 7"))
    }

    @Test func `options name the fields`() throws {
        let line = "{\"key\":\"k\",\"text\":\"not this\",\"abstract\":\"this\",\"head\":\"H\",\"a\":1,\"b\":{\"c\":2}}"
        let options = ReaderOptions(
            idField: "key", textField: "abstract", titleField: "head", metadataFields: ["b", "missing"])
        let record = try #require(try read(file: "a.jsonl", line, options).records.first)
        #expect(
            record
                == TextRecord(
                    id: "k", hasOwnID: true, title: "H", text: "this", metadata: ["b": .object(["c": .number(2)])],
                    source: record.source, line: 1,
                    blocks: [TextBlock(kind: .tableRow, lines: 1...1, range: 0..<4)]))

        let missing = try read(file: "a.jsonl", "{\"text\":\"a\"}", ReaderOptions(idField: "key"))
        #expect(missing.problems.first?.remedy == .giveAnother(.idField))
    }

    @Test func `large whole numbers keep their digits`() throws {
        let digits = String(repeating: "1234567890", count: 40)
        let line = """
            {"text":"t","id":9007199254740993,"exact":9007199254740991,"least":-9007199254740991,"large":9007199254740992,\
            "negative":-1234567890123456789,"inner":{"list":[18446744073709551615]},"long":\(digits),\
            "real":1e20,"tenths":9007199254740993.0}
            """
        let found = try read(file: "a.jsonl", line)
        let record = try #require(found.records.first, "\(found.messages)")
        #expect(record.id == "9007199254740993")
        #expect(
            record.metadata == [
                "exact": .number(9_007_199_254_740_991), "least": .number(-9_007_199_254_740_991),
                "large": .numeral("9007199254740992"),
                "negative": .numeral("-1234567890123456789"),
                "inner": .object(["list": .array([.numeral("18446744073709551615")])]),
                "long": .numeral(digits), "real": .numeral("1e20"), "tenths": .numeral("9007199254740993.0"),
            ])
        // As in JSON, so in CSV.
        let csv = try #require(
            try read(file: "a.csv", "text,exact,large\nt,9007199254740991,9007199254740992\n").records.first)
        #expect(csv.metadata == ["exact": .number(9_007_199_254_740_991), "large": .numeral("9007199254740992")])
    }

    @Test func `exported lines come back as they were`() throws {
        let metadata: [String: JSONValue] = [
            "title": .string("of the metadata"), "id": .string("inner"), "text": .string("inner"),
            "source": .string("inner"),
            "year": .number(2001), "draft": .bool(false), "number": .string("9007199254740993"),
            "tags": .array([.string("a"), .null]),
            "author": .object(["name": .string("A"), "none": .null]), "metadata": .object(["deep": .number(1)]),
            "none": .null,
        ]
        let encoded = String(decoding: try JSONEncoder().encode(metadata), as: UTF8.self)
        let lines = [
            "{\"id\":\"x\",\"title\":\"T\",\"text\":\"one\",\"source\":\"corpus/a.md#3\",\"metadata\":\(encoded)}",
            "{\"id\":\"y\",\"text\":\"two\",\"source\":\"\",\"metadata\":{}}",
        ]
        let found = try read(file: "a.jsonl", lines.joined(separator: "\n"))
        #expect(found.problems.isEmpty)
        #expect(
            found.records == [
                TextRecord(
                    id: "x", hasOwnID: true, title: "T", text: "one", metadata: metadata, source: "corpus/a.md#3",
                    line: 1),
                TextRecord(id: "y", hasOwnID: true, text: "two", source: "", line: 2),
            ])
    }

    @Test(
        arguments: [
            ("\"source\":\"s\"", ["source": .string("s")]),
            ("\"source\":\"s\",\"metadata\":\"m\"", ["source": .string("s"), "metadata": .string("m")]),
            ("\"source\":5,\"metadata\":{\"k\":1}", ["source": .number(5), "k": .number(1)]),
            ("\"k\":2,\"metadata\":{\"k\":1}", ["k": .number(2)]), ("\"metadata\":null", [:]),
        ] as [(String, [String: JSONValue])])
    func `a source is the record's source only beside a metadata object`(fields: String, metadata: [String: JSONValue])
        throws
    {
        let record = try #require(try read(file: "a.jsonl", "{\"text\":\"t\",\(fields)}").records.first)
        #expect(record.metadata == metadata)
        #expect(record.source.hasSuffix("/a.jsonl#1"))
    }

    @Test func `a source that is the text is not the record's source`() throws {
        let line = "{\"source\":\"the text\",\"metadata\":{\"k\":1}}"
        let record = try #require(try read(file: "a.jsonl", line, ReaderOptions(textField: "source")).records.first)
        #expect(
            record.text == "the text" && record.metadata == ["k": .number(1)] && record.source.hasSuffix("/a.jsonl#1"))
    }

    @Test func `a title makes up for an empty text`() throws {
        #expect(try read(file: "a.jsonl", "{\"name\":\"N\",\"text\":\"\"}").records.map(\.title) == ["N"])
    }

    @Test(
        arguments: [
            ("{\"content\":\"a\"}", ["a.json"], [nil]),
            ("[{\"content\":\"a\"},\n\"b\"]", ["a.json#1", "a.json#2"], [1, 2]),
            (" [ ] ", [], []),
            ("\u{FEFF}\"only\"", ["a.json"], [nil]),
        ] as [(String, [String], [Int?])])
    func `a file of JSON is one record, or one for each element of its array`(
        contents: String, ids: [String], lines: [Int?]
    ) throws {
        let found = try read(file: "a.json", contents)
        #expect(found.problems.isEmpty)
        #expect(found.records.map(\.id) == ids)
        #expect(found.records.map(\.line) == lines)
    }

    @Test func `broken files give what stands before the break`() throws {
        let found = try read(file: "a.json", "[\"a\",\n\"b\",\n{]")
        #expect(found.records.map(\.text) == ["a", "b"])
        #expect(found.problems.map(\.line) == [3])
        #expect(
            try read(file: "a.json", "{\"text\":\"a\"}\n{\"text\":\"b\"}").messages.first?.contains(
                "as in a file of one value a line")
                == true)
        #expect(
            try read(file: "a.json", "{\"text\":\"a\"}\n{\"text\":\"b\"}", ReaderOptions(format: .jsonl)).records.count
                == 2)
        #expect(
            try read(file: "a.json", String(repeating: "{\"a\":", count: 100_000)).messages.first?.contains("nested")
                == true)
    }

    @Test func `lines longer than a chunk are read`() throws {
        let long = String(repeating: "word ", count: 500_000)
        let found = try read(file: "a.jsonl", "{\"text\":\"\(long)\"}\r\n\"b\"")
        #expect(found.records.map(\.text.utf8.count) == [2_500_000, 1])
        #expect(found.bytes == 2_500_000 + 11 + 2 + 3)
    }
}
