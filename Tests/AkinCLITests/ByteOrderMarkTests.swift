import AkinTestSupport
import Foundation
import Testing

@Suite("Byte order marks, blank lines and - in input")
struct ByteOrderMarkTests {
    private static let mark = "\u{FEFF}"

    private func prepared() throws -> Program {
        let program = try Program()
        try program.indexSample(count: 60)
        return program
    }

    @Test(arguments: [#"{"id": "q", "text": "ferry tide"}"#, "ferry tide"])
    func `JSON lines and plain lines to embed read alike with a byte order mark`(line: String) throws {
        let program = try prepared()
        let plain = try program.run("embed", input: line + "\n")
        let marked = try program.run("embed", input: Self.mark + line + "\n")
        #expect(plain.status == 0 && marked.status == 0 && marked.text == plain.text, "\(marked.errors)")
    }

    @Test func `blank lines between JSON lines are skipped, between plain lines they are empty texts`() throws {
        let program = try prepared()
        let json = try program.run(
            "embed", input: "\n  \n{\"id\": 7, \"text\": \"ferry\"}\n\n{\"id\": 8, \"text\": \"tide\"}\n")
        #expect(try json.objects().map { $0["id"] as? Int } == [7, 8], "\(json.errors)")
        #expect(try program.run("embed", input: "\n\nferry\n\ntide\n").lines.count == 5)
        #expect(try program.run("embed", input: "\n\n").lines.count == 2)
    }

    @Test func `questions come from standard input, with a mark, blank lines and the _id of BEIR`() throws {
        let program = try prepared()
        let questions =
            Self.mark + "\n{\"_id\": \"a\", \"text\": \"ferry\"}\n\n{\"id\": \"b\", \"text\": \"oven\"}\n   \n"
        let piped = try program.run("search", "--queries", "-", "-k", "1", input: questions)
        #expect(try piped.objects().map { $0["id"] as? String } == ["a", "b"], "\(piped.errors)")
        try program.folder.write("questions.jsonl", questions)
        let read = try program.run("search", "--queries", "questions.jsonl", "-k", "1")
        #expect(try read.objects().map { $0["id"] as? String } == ["a", "b"])
        try program.folder.write(
            "qrels.tsv", Self.mark + "query-id\tcorpus-id\tscore\na\tharbour-0\t1\nb\tkitchen-1\t1\n")
        try program.folder.write("corpus.jsonl", SampleCorpus.lines(count: 20))
        let judged = try program.run(
            "eval", "--corpus", "corpus.jsonl", "--queries", "questions.jsonl", "--qrels", "qrels.tsv", "--encoder",
            "words", "--json")
        #expect(judged.status == 0, "\(judged.errors)")
        #expect(try judged.object()["queries"] as? Int == 2)
    }

    @Test func `a line that is no JSON object is named by its number, blank lines counted`() throws {
        let program = try prepared()
        let refused = try program.run(
            "search", "--queries", "-", input: "\n{\"id\": 1, \"text\": \"ferry\"}\nnonsense\n")
        #expect(refused.status == 65 && refused.errors.contains("standard input:3:"), "\(refused.errors)")
    }

    @Test(arguments: ["", "2 2\n"])
    func `files of word vectors with a byte order mark or blank first lines are read`(header: String) throws {
        let program = try Program()
        for front in [Self.mark, "\n\n", Self.mark + "\r\n"] {
            try program.folder.write("v.txt", front + header + "ferry 1 0\ntide 0.5 1\n")
            let near = try program.run("words", "neighbors", "ferry", "--vectors", "v.txt", "--json")
            #expect(near.status == 0, "\(near.errors)")
            let embedded = try program.run("words", "embed", "--vectors", "v.txt", input: Self.mark + "ferry\n")
            #expect(embedded.status == 0 && !embedded.text.contains("null"), "\(embedded.text)\(embedded.errors)")
        }
    }

    @Test func `empty words and words that are not UTF-8 are left out of word vectors and counted`() throws {
        let program = try Program()
        let rows: [[UInt8]] = [Array("ferry".utf8), [], [0xE9, 0x74, 0xE9], Array("tide".utf8)]
        func text(header: String) -> Data {
            Data(header.utf8) + rows.map { Data($0 + Array(" 1 0.5\n".utf8)) }.joined()
        }
        let floats = Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0x3F])
        let binary = Data("4 2\n".utf8) + rows.map { Data($0 + [0x20]) + floats }.joined()
        for (name, bytes) in [
            ("glove.txt", text(header: "")), ("vectors.vec", text(header: "4 2\n")), ("vectors.bin", binary),
        ] {
            try program.folder.write(name, bytes)
            let read = try program.run("words", "import", name, "--output", "own.akin")
            #expect(read.status == 0 && read.text.contains("2 words"), "\(name): \(read.text)\(read.errors)")
            #expect(read.errors.contains("2 words of \(name) left out"), "\(name): \(read.errors)")
        }
        try program.folder.write("none.vec", Data("1 2\n".utf8) + Data([0xE9]) + Data(" 1 2\n".utf8))
        #expect(try program.run("words", "import", "none.vec", "--output", "own.akin").status == 65)
    }

    @Test func `a training text with a byte order mark does not learn the mark`() throws {
        let program = try Program()
        try program.folder.write("marked.text", Self.mark + String(repeating: "ferry tide anchor wharf\n", count: 50))
        #expect(
            try program.run("words", "train", "marked.text", "--output", "own.vec", "--epochs", "1", "--dimension", "4")
                .status == 0)
        let words = try String(contentsOf: program.folder.url.appending(path: "own.vec"), encoding: .utf8)
        #expect(words.hasPrefix("4 4\n") && !words.contains(Self.mark), "\(words.prefix(200))")
    }

    @Test func `a list of ids with a byte order mark gives the first row its id`() throws {
        let program = try Program()
        try program.folder.write("v.fvecs", Data([2, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0]))
        try program.folder.write("ids.txt", Self.mark + "first\n")
        let imported = try program.run("import", "v.fvecs", "--ids", "ids.txt")
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(try program.run("export").text.contains("\"id\":\"first\""))
    }
}
