import AkinCore
import AkinText
import Foundation
import Testing

@Suite struct DelimitedReaderTests {
    @Test func `quoted fields are read over several lines`() throws {
        let found = try read(
            file: "a.csv",
            "\u{FEFF}ID,Title,Text,year,code\r\n1,\"A, B\",\"He said \"\"hi\"\"\r\nand left\",2001,007\r\n\r\n2,,5\" disk,,x\r\n3,C,\"\",1e5,-2.5"
        )
        #expect(found.problems.isEmpty)
        #expect(found.records.map(\.id) == ["1", "2", "3"])
        #expect(found.records.map(\.title) == ["A, B", nil, "C"])
        #expect(found.records.map(\.text) == ["He said \"hi\"\nand left", "5\" disk", ""])
        #expect(found.records.map(\.line) == [2, 5, 6])
        #expect(found.records[0].metadata == ["year": .number(2001), "code": .string("007")])
        #expect(found.records[2].metadata == ["year": .numeral("1e5"), "code": .string("-2.5")])
    }

    @Test(arguments: [
        ("a,b,c", "the row has 3 fields where the header names 2"), ("a", "the row has 1 fields"),
        ("\"a\"b,c", "text follows the quote that closes field 1"),
        (",", "is empty"),
    ])
    func `bad rows are problems and the rest is read`(row: String, message: String) throws {
        let found = try read(file: "a.csv", "text,n\none,1\n\(row)\ntwo,2\n")
        #expect(found.records.map(\.id) == ["a.csv#1", "a.csv#3"])
        #expect(found.problems.map(\.line) == [3])
        #expect(found.messages[0].contains(message), "\(found.messages[0])")
    }

    @Test func `a quote that is never closed is named where it opens`() throws {
        let found = try read(file: "a.csv", "text\none\n\"two\nthree\nfour")
        #expect(found.records.map(\.text) == ["one"])
        #expect(found.problems.map(\.line) == [3])
        #expect(found.messages[0].contains("never closed"))
    }

    @Test func `invalid UTF-8 is named by line and byte`() throws {
        let found = try read(file: "a.csv", Data("text,n\na,1\n\"x\n".utf8) + [0xFF] + Data("\",2\nb,3\n".utf8))
        #expect(found.records.map(\.text) == ["a", "b"])
        #expect(found.problems.map(\.line) == [3])
        #expect(found.messages[0].contains("byte 14"))
    }

    @Test func `a single column is the text`() throws {
        #expect(try read(file: "a.csv", "review\ngood\n42\n").records.map(\.text) == ["good", "42"])
        #expect(
            try read(file: "a.csv", "review,stars\ngood,5\n").messages.first?.contains("it has review, stars") == true)
    }

    @Test func `quotes are plain characters in tab-separated values`() throws {
        let found = try read(file: "a.tsv", "id\ttext\n1\t\"open\n2\ta, \"b\"\n3\n")
        #expect(found.records.map(\.text) == ["\"open", "a, \"b\""])
        #expect(found.problems.map(\.line) == [4])
    }

    @Test func `headers must name each field once`() throws {
        let found = try read(file: "a.csv", "text,n,n\na,1,2\n")
        #expect(found.records.isEmpty)
        #expect(found.messages.first?.contains("names the field 'n' twice") == true)
        #expect(
            try read(file: "a.csv", "text,,\na,1,2\n").records.first?.metadata == [
                "column 2": .number(1), "column 3": .number(2),
            ])
        #expect(try read(file: "a.csv", "").records.isEmpty)
    }
}
