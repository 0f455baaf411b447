import AkinTestSupport
import Foundation
import Testing

@Suite("Numbers keep their digits")
struct NumberDigitsTests {
    private static let digits =
        "9007199254740993, 12345678901234567890, 3.50, 1e3, 0.1, -0, 1.0, 123456789012345678901234567890.125"

    @Test func `metadata comes out as it went in, through JSON lines, export and back`() throws {
        let program = try Program()
        try program.folder.write("a.jsonl", #"{"id": "a", "text": "ferry", "n": [\#(Self.digits)]}"#)
        #expect(try program.run("index", "a.jsonl").status == 0)
        let wanted = #""n":[\#(Self.digits.replacing(" ", with: ""))]"#
        let exported = try program.run("export").text
        #expect(exported.contains(wanted), "\(exported)")
        try program.folder.write("copy.jsonl", exported)
        #expect(try program.run("index", "copy.jsonl", "--db", "copy.db").status == 0)
        #expect(try program.run("export", "--db", "copy.db").text == exported)
        #expect(try program.run("index", "a.jsonl").text.contains("1 unchanged"))
        #expect(try program.run("get", "a", "--json").text.contains(wanted))
        #expect(try program.run("search", "ferry", "--json").text.contains(wanted))
        #expect(try program.run("verify").status == 0)
    }

    @Test func `prices of a column are found by what they cost`() throws {
        let program = try Program()
        try program.folder.write(
            "p.csv", "text,price,zip\nferry a,3.50,01234\nferry b,7.25,10115\nferry c,12.00,2\nferry d,1e3,3\n")
        #expect(try program.run("index", "p.csv").status == 0)
        #expect(try program.run("export", "--where", "price > 3").lines.count == 4)
        #expect(try program.run("export", "--where", #"zip = "10115""#).lines.count == 1)
    }

    @Test func `put keeps what is no JSON number as text, and takes JSON behind a colon and equals sign`() throws {
        let program = try Program()
        let fields = [
            "zip=01234", "phone=+491234", "hex=0x1F", "serial=12345678901234567890", "year=1912", "price=3.50",
            "t=true", "forced:=\"12\"",
            "tags:=[\"a\", 2.0]", "nothing:=null", "inf=Infinity", "nan=nan", "empty=",
        ]
        let stored = try program.run(
            ["put", "a", "--text", "ferry"] + fields.flatMap { ["--metadata", $0] }, input: Data())
        #expect(stored.status == 0, "\(stored.errors)")
        let text = try program.run("export").text
        for part in [
            #""zip":"01234""#, #""phone":"+491234""#, #""hex":"0x1F""#, #""serial":12345678901234567890"#,
            #""year":1912"#, #""price":3.50"#,
            #""t":true"#, #""forced":"12""#, #""tags":["a",2.0]"#, #""inf":"Infinity""#, #""nan":"nan""#,
            #""empty":"""#,
        ] { #expect(text.contains(part), "\(part) in \(text)") }
        let refused = try program.run("put", "b", "--text", "x", "--metadata", "a:=[1", "--metadata", "ok=1")
        #expect(refused.status == 64 && refused.errors.contains("a:=[1"), "\(refused.errors)")
    }

    @Test func `ids that are large numbers are their digits`() throws {
        let program = try Program()
        try program.folder.write(
            "a.jsonl",
            "{\"id\": 12345678901234567890, \"text\": \"ferry\"}\n{\"id\": 9007199254740993, \"text\": \"tide\"}\n")
        #expect(try program.run("index", "a.jsonl").status == 0)
        #expect(try program.run("get", "12345678901234567890").text.contains("ferry"))
        #expect(try program.run("get", "9007199254740993").text.contains("tide"))
    }
}
