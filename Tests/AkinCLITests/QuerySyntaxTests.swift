import AkinTestSupport
import Foundation
import Testing

@Suite("Questions with syntax")
struct QuerySyntaxTests {
    private func sample() throws -> Program {
        let program = try Program()
        try program.folder.write(
            "notes.jsonl",
            [
                #"{"id": "a", "title": "Old engines", "text": "The memory leak was in the rolling appender."}"#,
                #"{"id": "b", "title": "Boats", "text": "A leak, and no memory of it. It rolled over."}"#,
                #"{"id": "c", "title": "Boats", "text": "The engine of a boat. Use git commit --no-verify."}"#,
            ].joined(separator: "\n"))
        try #require(try program.run("index", "notes.jsonl").status == 0)
        return program
    }

    private func ids(_ outcome: Program.Outcome) throws -> Set<String> {
        #expect(outcome.status == 0, "\(outcome.errors)")
        let results = try #require(try outcome.object()["results"] as? [[String: Any]])
        return Set(results.compactMap { $0["id"] as? String })
    }

    @Test(arguments: ["hybrid", "keyword", "words"])
    func `conditions hold in every mode`(mode: String) throws {
        let program = try sample()
        func found(_ query: String, _ options: String...) throws -> Set<String> {
            try ids(program.run(["search", "--mode", mode, "--json"] + options + ["--", query], input: Data()))
        }
        #expect(try found("\"memory leak\"") == ["a"])
        #expect(try found("memory leak -appender") == (mode == "keyword" ? ["b"] : ["b", "c"]))
        #expect(try found("title:boats leak engine") == ["b", "c"])
        #expect(try found("leak roll* -title:boats") == ["a"])
        #expect(try found("\"memory leak\" -appender", "--literal").isSuperset(of: ["a", "b"]))
        #expect(try found("--no-verify").contains("c"))
    }

    @Test func `a question that only excludes is refused with its place`() throws {
        let program = try sample()
        let refused = try program.run("search", "--", "-appender")
        #expect(refused.status == 64 && refused.output.isEmpty)
        #expect(refused.errors.contains("only what to leave out"))
        #expect(refused.errorLines.suffix(2) == ["  -appender", "  ^^^^^^^^^"], "\(refused.errors)")
        #expect(try program.run("search", "--literal", "--", "-appender").status == 0)
        let option = try program.run("search", "boat", "-draft")
        #expect(
            option.status == 64 && option.errors.contains("akin search -- 'what to look for -draft'"),
            "\(option.errors)")
    }

    @Test func `a question of a file that cannot be read does not end the others`() throws {
        let program = try sample()
        try program.folder.write(
            "q.jsonl",
            [
                #"{"id": 1, "text": "leak"}"#, "", #"{"id": 2, "text": "-appender"}"#, #"{"id": "e", "text": " "}"#,
                #"{"id": 3, "text": "engine"}"#,
            ].joined(separator: "\n"))
        let outcome = try program.run("search", "--queries", "q.jsonl")
        #expect(outcome.status == 65)
        let answers = try outcome.objects()
        #expect(answers.map { $0["results"] != nil } == [true, false, false, true])
        #expect(answers[1]["id"] as? Int == 2 && answers[1]["query"] as? String == "-appender")
        #expect((answers[1]["error"] as? String)?.contains("only what to leave out") == true)
        #expect(outcome.errors.contains("q.jsonl:3: The query cannot be read"), "\(outcome.errors)")
        #expect(outcome.errors.contains("q.jsonl:4: The query is empty"))
        #expect(outcome.errors.contains("2 of 4 questions were refused"))
        let literal = try program.run("search", "--queries", "-", "--literal", input: #"{"text": "-appender"}"#)
        #expect(literal.status == 0)
    }

    @Test func `what was understood is explained, and what was not is a warning`() throws {
        let program = try sample()
        let explained = try program.run("search", "--explain", "--", "\"memory leak\" roll* -title:boats")
        #expect(explained.text.contains("\nsyntax: required \"memory leak\"; excluded -title:boats; prefixes roll*\n"))
        let lone = try program.run("search", "5\" engine")
        #expect(lone.status == 0)
        #expect(lone.errors.contains("warning: A quotation mark without a partner was taken as text."))
    }

    /// The program runs on a terminal of Python's `pty`.
    @Test(arguments: [
        ("leak engine -memory", "c", ["engine"]), ("\"memory leak\" over", "a", ["memory leak"]),
        ("roll*", "b", ["rolled"]),
        ("roll* \"no memory\" -engine", "b", ["rolled", "no memory"]),
    ])
    func `the words that were looked for are bold`(query: String, id: String, bold: [String]) throws {
        let program = try sample()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c", "import pty, sys; pty.spawn(sys.argv[1:])", try Program.executable().path, "search",
            "--where",
            "id = '\(id)'", "--", query,
        ]
        process.currentDirectoryURL = program.folder.url
        process.environment = program.environment.merging(["TERM": "xterm", "FORCE_HYPERLINK": "0"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        // The first bold text is the title.
        let marked = text.split(separator: "\u{1B}[1m").dropFirst(2).compactMap { $0.split(separator: "\u{1B}").first }
        #expect(Set(marked.map(String.init)) == Set(bold), "\(text)")
    }
}
