import AkinCore
import AkinText
import Foundation
import Testing

@Suite("How files of rows are written")
struct DelimitedDialectTests {
    @Test(arguments: [
        ("a.csv", "id;text;n\n1;\"a; b\";2\n2;c, d;3\n", "semicolons"),
        ("a.csv", "id\ttext\tn\n1\ta; b\t2\n2\tc, d\t3\n", "tabs"),
        ("a.csv", "id|text|n\n1|a; b|2\n2|c, d|3\n", "vertical bars"),
        ("a.tsv", "id,text,n\n1,a; b,2\n2,\"c, d\",3\n", "commas"),
        ("a.csv", "sep=;\nid;text;n\n1;\"a; b\";2\n2;c, d;3\n", "semicolons"),
        ("a.csv", "\u{FEFF}sep=|\r\nid|text|n\r\n1|a; b|2\r\n2|c, d|3", "vertical bars"),
        ("a.csv", "id,text,n\r1,a; b,2\r2,\"c, d\",3\r", "CR"),
        ("a.csv", "id;text;n\r\n1;\"a; b\";2\r\n2;c, d;3\r\n", "semicolons"),
        ("a.csv", "id,text,n\r\r1,a; b,2\r\n2,\"c, d\",3", "CR"),
        ("a.csv", "id,text,n\n1,a; b,2\n2,\"c, d\",3\n", ""),
        ("a.tsv", "id\ttext\tn\n1\ta; b\t2\n2\tc, d\t3\n", ""),
    ])
    func `the separator is guessed from the first rows, and reported where it is not the usual one`(
        name: String, contents: String, said: String
    ) throws {
        let found = try read(file: name, contents)
        #expect(found.problems.isEmpty, "\(found.messages)")
        #expect(found.records.map(\.id) == ["1", "2"])
        let texts = found.records.map(\.text)
        #expect(texts == ["a; b", "c, d"] || contents.contains("\"a; b\"") && texts == ["a; b", "c, d"], "\(texts)")
        #expect(found.records.map { $0.metadata["n"] } == [.number(2), .number(3)])
        #expect(said.isEmpty ? found.notes.isEmpty : found.notes.contains { $0.contains(said) }, "\(found.notes)")
    }

    @Test func `fields of tab-separated values in quotes may go over several lines`() throws {
        let found = try read(file: "a.tsv", "id\ttext\n1\t\"one\ntwo \"\"x\"\"\"\n2\tplain\n")
        #expect(found.records.map(\.text) == ["one\ntwo \"x\"", "plain"] && found.problems.isEmpty)
    }

    @Test func `one column of prose is one column, whatever it holds`() throws {
        let found = try read(file: "a.csv", "review\n\"good; really, good\"\nbad | worse\n")
        #expect(found.records.map(\.text) == ["good; really, good", "bad | worse"] && found.notes.isEmpty)
    }

    @Test func `the separator of standard input is guessed from its beginning too`() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("text;price\nboat;3,50\nferry;12,00\n".utf8))
        try pipe.fileHandleForWriting.close()
        let found = try read(["-"], ReaderOptions(format: .csv), standardInput: pipe.fileHandleForReading)
        #expect(found.records.map { $0.metadata["price"]?.number } == [3.5, 12], "\(found.records) \(found.messages)")
    }
}

@Suite("Types of columns")
struct ColumnTypeTests {
    private func column(_ values: [String]) throws -> (values: [JSONValue?], notes: [String]) {
        let found = try read(file: "a.csv", "text,v\n" + values.map { "x,\"\($0)\"\n" }.joined())
        #expect(found.problems.isEmpty)
        return (found.records.map { $0.metadata["v"] }, found.notes)
    }

    @Test func `numbers keep their digits, however they are written`() throws {
        let spellings = ["3.50", "7.25", "12.00", "1e3", "-2", "0.5", ".5", "5.", "12345678901234567890", "0", " 8 "]
        let found = try column(spellings)
        #expect(found.notes.isEmpty)
        #expect(
            found.values == [
                .numeral("3.50"), .number(7.25), .numeral("12.00"), .numeral("1e3"), .number(-2), .number(0.5),
                .number(0.5), .number(5),
                .numeral("12345678901234567890"), .number(0), .number(8),
            ])
    }

    @Test(arguments: [["01234", "10115"], ["5", "+5"], ["1", "007", "x"], ["00"], ["-01", "2"]])
    func `codes make a column of texts throughout`(values: [String]) throws {
        let found = try column(values)
        #expect(found.values == values.map { .string($0) } && found.notes.isEmpty)
    }

    @Test func `what does not fit a column of numbers stays text and is reported once`() throws {
        let found = try column(["1", "2", "n/a", "", "3", "unknown"])
        #expect(found.values == [.number(1), .number(2), .string("n/a"), nil, .number(3), .string("unknown")])
        #expect(
            found.notes.count == 1 && found.notes[0].contains("'v' is mixed: 3 numbers and 2 other values")
                && found.notes[0].contains("line 4"))
    }

    @Test func `a column that is mostly texts is texts`() throws {
        let found = try column(["1984", "Emma", "Dune", "1Q84"])
        #expect(found.values == ["1984", "Emma", "Dune", "1Q84"].map { .string($0) } && found.notes.isEmpty)
    }

    @Test func `decimal commas are decimal points where the whole column has them`() throws {
        let found = try column(["3,50", "7", "-12,25"])
        #expect(found.values.map { $0?.number } == [3.5, 7, -12.25] && found.notes.count == 1)
        #expect(try column(["3,50", "a"]).values == [.string("3,50"), .string("a")])
        #expect(try column(["1,2,3", "4"]).values.first == .string("1,2,3"))
        #expect(try column(["1,250", "980"]).values.first == .string("1,250"))
    }
}
