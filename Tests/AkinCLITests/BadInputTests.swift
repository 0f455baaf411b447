import AkinTestSupport
import Foundation
import Testing

@Suite("Bad input: one clear line, the right status, nothing lost")
struct BadInputTests {
    /// A program with three documents in its database, and a check that they are still there.
    private func programWithDocuments() throws -> Program {
        let program = try Program()
        for id in ["a", "b", "c"] {
            try #require(try program.run("put", id, "--text", "Document \(id) about a ferry.").status == 0)
        }
        return program
    }

    private func expectIntact(_ program: Program, documents: Int = 3) throws {
        #expect(try program.run("export").lines.count == documents)
        let verified = try program.run("verify")
        #expect(verified.status == 0, "\(verified.text)")
    }

    private func expectOneLine(_ outcome: Program.Outcome, status: Int32, naming name: String) {
        #expect(outcome.status == status, "\(outcome.errors)")
        let lines = outcome.errorLines.filter { !$0.hasPrefix("note: ") }
        #expect(lines.count == 1, "\(outcome.errors)")
        #expect(lines.first?.contains(name) == true, "\(outcome.errors)")
    }

    @Test func `a missing file is named`() throws {
        let program = try programWithDocuments()
        expectOneLine(try program.run("index", "nowhere.txt"), status: 66, naming: "nowhere.txt")
        try expectIntact(program)
    }

    @Test func `a folder without text is refused by name`() throws {
        let program = try programWithDocuments()
        try program.folder.write("pictures/a.png", Data([0x89, 0x50, 0x4E, 0x47, 0, 0, 0]))
        expectOneLine(try program.run("index", "pictures"), status: 66, naming: "pictures")
        try expectIntact(program)
    }

    @Test(
        arguments: [
            ("binary.txt", Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 37) }), 65),
            ("damaged.txt", Data("The café".utf8) + Data([0xE9]) + Data(" is closed.\n".utf8), 65),
            ("empty.jsonl", Data(), 66),
        ] as [(String, Data, Int32)])
    func `a file that holds no text is refused by name`(file: String, contents: Data, status: Int32) throws {
        let program = try programWithDocuments()
        try program.folder.write(file, contents)
        expectOneLine(try program.run("index", file), status: status, naming: file)
        try expectIntact(program)
    }

    private static let record = Data(#"{"id": "d", "text": "A lighthouse."}"#.utf8) + Data("\n".utf8)

    @Test(
        arguments: [
            (
                "damaged.jsonl:2:",
                record + Data(#"{"id": "e", "text": "café"#.utf8) + Data([0xE9]) + Data("\"}\n".utf8),
                4
            ),
            ("gaps.jsonl:2:", record + Data("{\"id\": \"e\", \"size\": 3}\n".utf8), 4),
            ("broken.jsonl:2:", record + Data("{\"id\": \"e\", \"text\": \"cut\n".utf8), 4),
            ("ragged.csv:3:", Data("id,text,year\nd,A lighthouse.,1912\ne,A wharf.\nf,A tide.,1913\n".utf8), 5),
        ] as [(String, Data, Int)])
    func `a record that cannot be read is named by its line, and the others are stored`(
        line: String, contents: Data, documents: Int
    ) throws {
        let program = try programWithDocuments()
        let file = String(line.prefix { $0 != ":" })
        try program.folder.write(file, contents)
        expectOneLine(try program.run("index", file), status: 65, naming: line)
        try expectIntact(program, documents: documents)
    }

    @Test func `texts that declare no character set are read by a guess that the summary tells`() throws {
        let program = try Program()
        let latin = Data("The caf".utf8) + Data([0xE9]) + Data(" is closed.\n".utf8)
        try program.folder.write("d/a.txt", latin)
        try program.folder.write("d/b.csv", Data("id,text\nb,".utf8) + latin)
        try program.folder.write("d/c.eml", Data("Subject: c\n\n".utf8) + latin)
        try program.folder.write("d/e.zip", zipBytes([(name: "f.md", data: latin)]))
        try program.folder.write("d/g.txt", Data("日本語の文章です。".data(using: .shiftJIS) ?? Data()))
        let summary = try program.run("index", "d", "--json")
        let guessed = try #require(try summary.object()["guessed"] as? [[String: Any]])
        #expect(summary.status == 0, "\(summary.errors)")
        #expect(guessed.compactMap { $0["character_set"] as? String } == ["windows-1252", "Shift_JIS"])
        #expect(guessed.compactMap { $0["count"] as? Int } == [4, 1])
        let examples = guessed.first?["examples"] as? [String]
        #expect(examples == ["d/a.txt", "d/b.csv", "d/c.eml"])
        let texts = try program.run("export").objects().compactMap { $0["text"] as? String }
        #expect(texts.count { $0.contains("The café is closed.") } == 4 && texts.contains("日本語の文章です。"))
        try program.folder.write("d/a.txt", latin + latin)
        #expect(try program.run("index", "d").lines.contains("1 file read as windows-1252 (a guess)"))
    }

    @Test func `a file of 50 MB in one line is read`() throws {
        let program = try programWithDocuments()
        let piece = Data("the quick ferry crosses the wide harbour every morning ".utf8)
        var text = Data(capacity: 50_000_000 + piece.count)
        while text.count < 50_000_000 { text.append(piece) }
        try program.folder.write("long.txt", text)
        let outcome = try program.run("index", "long.txt")
        #expect(outcome.status == 0, "\(outcome.errors)")
        try expectIntact(program, documents: 4)
    }

    @Test func `a fault that repeats is reported once with its first place and a count`() throws {
        let program = try programWithDocuments()
        try program.folder.write(
            "gaps.jsonl", String(repeating: #"{"size": 3}"# + "\n", count: 50) + "{\"text\": 5}\n{\n")
        let outcome = try program.run("index", "gaps.jsonl")
        #expect(outcome.status == 65)
        let lines = outcome.errorLines.filter { !$0.hasPrefix("note: ") }
        #expect(lines.count == 3, "\(lines)")
        #expect(lines.first?.hasPrefix("gaps.jsonl:1: the record has no text field") == true)
        #expect(lines.first?.hasSuffix("(and 49 more like it)") == true)
        #expect(lines.dropFirst().map { $0.prefix(14) } == ["gaps.jsonl:51:", "gaps.jsonl:52:"])

        let summary = try program.run("index", "gaps.jsonl", "--json").object()
        #expect(summary["problem_count"] as? Int == 52 && (summary["problems"] as? [Any])?.count == 52)
        let groups = try #require(summary["problem_groups"] as? [[String: Any]])
        #expect(groups.map { $0["count"] as? Int } == [50, 1, 1])
    }

    @Test func `a model that is not there is named, and no database is made`() throws {
        let program = try programWithDocuments()
        try program.folder.write("d.txt", "A lighthouse.")
        expectOneLine(
            try program.run("index", "d.txt", "--model", "nonsense", "--db", "new.db"), status: 69, naming: "nonsense")
        let put = try program.run("put", "d", "--text", "A wharf.", "--encoder", "bert", "--db", "new.db")
        expectOneLine(put, status: 69, naming: "akin model fetch")
        let files = try FileManager.default.contentsOfDirectory(atPath: program.folder.url.path)
        #expect(!files.contains { $0.hasPrefix("new.db") }, "an empty database was left behind")
        expectOneLine(try program.run("search", "ferry", "--model", "nonsense"), status: 69, naming: "nonsense")
        try expectIntact(program)
    }

    @Test(arguments: [["--text", ""], ["--text", " \n", "--title", " "], []])
    func `a document without text and title is refused`(arguments: [String]) throws {
        let program = try programWithDocuments()
        expectOneLine(try program.run(["put", "d"] + arguments, input: Data()), status: 65, naming: "'d'")
        try expectIntact(program)
        #expect(try program.run("put", "d", "--text", "", "--title", "A ferry").status == 0)
    }

    @Test func `a model whose weights are cut short is refused`() throws {
        let program = try programWithDocuments()
        try program.folder.write(
            "model/config.json",
            """
            {"model_type": "bert", "architectures": ["BertModel"], "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2,
             "intermediate_size": 64, "hidden_act": "gelu", "vocab_size": 8, "max_position_embeddings": 64, "type_vocab_size": 2,
             "layer_norm_eps": 1e-12, "pad_token_id": 0}
            """)
        try program.folder.write("model/vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nferry\n##s\n")
        let header = #"{"embeddings.word_embeddings.weight":{"dtype":"F32","shape":[8,32],"data_offsets":[0,1024]}}"#
        let length = Data((0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> ($0 * 8)) })
        try program.folder.write("model/model.safetensors", length + Data(header.utf8) + Data(count: 100))
        try program.folder.write("d.txt", "A lighthouse.")
        expectOneLine(
            try program.run("index", "d.txt", "--model", "model", "--db", "new.db"), status: 65,
            naming: "model.safetensors")
        try expectIntact(program)
    }

    @Test(arguments: [["put", "d"], ["embed"], ["index", "-"]])
    func `what the system refuses is reported in its words, not in codes`(arguments: [String]) throws {
        let program = try programWithDocuments()
        let folder = try FileHandle(forReadingFrom: program.folder.url)
        let run = try program.start(arguments, standardInput: folder)
        _ = run.output.fileHandleForReading.readDataToEndOfFile()
        run.process.waitUntilExit()
        let errors = try String(contentsOf: run.errorFile, encoding: .utf8)
        #expect(run.process.terminationStatus == 74, "\(errors)")
        #expect(errors.contains("(Is a directory)") && !errors.contains("Domain"), "\(errors)")
    }

    @Test(arguments: [["search", "x"], ["index", "d.txt"], ["verify"]])
    func `a file that is no database is refused and left alone`(arguments: [String]) throws {
        let program = try Program()
        try program.folder.write("d.txt", "A lighthouse.")
        let contents = Data(String(repeating: "This is a letter, not a database. ", count: 100).utf8)
        try program.folder.write("akin.db", contents)
        expectOneLine(try program.run(arguments, input: Data()), status: 65, naming: "akin.db")
        #expect(try Data(contentsOf: URL(fileURLWithPath: program.database)) == contents)
    }

    @Test(arguments: [["search", "x"], ["put", "d", "--text", "A lighthouse."]])
    func `a database of a newer version is refused and left alone`(arguments: [String]) throws {
        let program = try programWithDocuments()
        var contents = try Data(contentsOf: URL(fileURLWithPath: program.database))
        // SQLite keeps PRAGMA user_version big-endian at offset 60 of the header.
        let version = 60..<64
        let ownVersion = Data(contents[version])
        contents.replaceSubrange(version, with: [0, 0, 0, 99])
        try program.folder.write("newer.db", contents)
        expectOneLine(try program.run(arguments + ["--db", "newer.db"], input: Data()), status: 65, naming: "newer")

        var afterwards = try Data(contentsOf: URL(fileURLWithPath: program.folder.path("newer.db")))
        #expect(Data(afterwards[version]) == Data([0, 0, 0, 99]))
        afterwards.replaceSubrange(version, with: ownVersion)
        try program.folder.write("akin.db", afterwards)
        try expectIntact(program)
    }

    @Test func `a folder that cannot be written is named`() throws {
        #if os(Linux)
        let folder = "/proc"
        #else
        let folder = "/System"
        #endif
        let program = try Program()
        try program.folder.write("d.txt", "A lighthouse.")
        expectOneLine(try program.run("index", "d.txt", "--db", "\(folder)/akin.db"), status: 73, naming: folder)
    }
}
