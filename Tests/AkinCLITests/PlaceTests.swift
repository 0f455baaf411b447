import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import Testing

/// Where results are said to be from.
@Suite struct PlaceTests {
    private static let notes = """
        ---
        year: 2020
        ---
        # Keys

        Intro about keys.

        To forward the agent, name it in the configuration.
        Never forward it to a stranger.

        """

    private func program() throws -> Program {
        let program = try Program()
        try program.folder.write("docs/notes/keys.md", Self.notes)
        try program.folder.write("docs/plan.txt", "First line.\nThe zeppelin lands\nat noon.\n")
        try program.folder.write(
            "docs/page.html", "<html><body>\n\n<h1>Harbour</h1>\n<p>The walrus\nsleeps.</p></body></html>\n")
        try program.folder.write(
            "rows.jsonl", #"{"text": "a"}"# + "\n" + #"{"id": "r2", "title": "Row", "text": "gondola"}"# + "\n")
        try #require(try program.run("index", "docs", "rows.jsonl").status == 0)
        try #require(try program.run("put", "memo", "--text", "The comet calls.", "--title", "Memo").status == 0)
        return program
    }

    private func found(_ program: Program, _ words: String, _ options: String...) throws -> [String] {
        let outcome = try program.run(["search", words, "--mode", "keyword", "-k", "1"] + options, input: Data())
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.lines
    }

    @Test func `a result cites its file by path and line, and says nothing twice`() throws {
        let program = try program()
        #expect(try found(program, "stranger").prefix(2) == [" 1  Keys", "    docs/notes/keys.md:4"])
        #expect(
            try found(program, "zeppelin") == [
                " 1  docs/plan.txt:1", "    First line.", "    The zeppelin lands", "    at noon.",
            ])
        #expect(try found(program, "gondola") == [" 1  Row", "    rows.jsonl:2 · r2", "    gondola"])
        #expect(try found(program, "comet") == [" 1  Memo", "    memo", "    The comet calls."])
    }

    /// Gives the passage that holds some words another place.
    private func move(_ words: String, to place: PassagePlace, in program: Program) throws {
        let answer = try program.run("search", words, "--mode", "keyword", "-k", "1", "--json").object()
        let result = try #require((answer["results"] as? [[String: Any]])?.first)
        let passage = try #require(result["passage"] as? Int)
        let store = try Store(path: program.database, mode: .readWrite(createIfMissing: false))
        try store.write { try $0.setPlaces([(Int64(passage), place)]) }
        try store.close()
    }

    @Test func `pages and headings follow the path, and the title is not said again`() throws {
        let program = try program()
        try move("zeppelin", to: PassagePlace(page: 12, headings: ["Travel", "3.2 Results"]), in: program)
        #expect(try found(program, "zeppelin").first == " 1  docs/plan.txt p. 12 › Travel › 3.2 Results")
        try move("stranger", to: PassagePlace(lines: 8...9, headings: ["Keys", "Agents \u{1B}[31m"]), in: program)
        #expect(try found(program, "stranger")[1] == "    docs/notes/keys.md:8 › Agents [31m")
        try move("gondola", to: PassagePlace(lines: 2...2, headings: [String(repeating: "港", count: 50)]), in: program)
        let lines = try found(program, "gondola")
        #expect(lines[1].hasPrefix("    rows.jsonl:2 › 港") && lines[1].hasSuffix("港…"))
        #expect(lines[2] == "    · r2" && lines[3] == "    gondola")
        #expect(try program.run("get", "docs/plan.txt", "--page", "12").text.hasPrefix("First line.\nThe zeppelin"))
        let outcome = try program.run("get", "docs/plan.txt", "--page", "13")
        #expect(outcome.status == 66 && outcome.errors.contains("pages 12 to 12"), "\(outcome.errors)")
    }

    @Test func `paths are relative to the working folder, else to the home folder, else absolute`() throws {
        let program = try program()
        let script = "cd docs/notes && \"$AKIN\" search zeppelin --mode keyword -k 1 --db ../../akin.db"
        #expect(try program.shell(script).lines.first == " 1  \(program.folder.path("docs/plan.txt")):1")
        let home = try program.shell(script, environment: ["HOME": program.folder.path("docs")])
        #expect(home.lines.first == " 1  ~/plan.txt:1")
    }

    @Test func `scores are for those who ask`() throws {
        let program = try program()
        #expect(try !found(program, "zeppelin").joined().contains(".0"))
        let lines = try found(program, "zeppelin", "--scores")
        let first = try #require(lines.first?.split(separator: " ").last.map(String.init))
        #expect(Double(first) ?? 0 > 0 && lines[1].contains("keyword "))
    }

    @Test func `JSON has lines, page and headings`() throws {
        let program = try program()
        let answer = try program.run("search", "stranger", "--mode", "keyword", "-k", "1", "--json").object()
        let result = try #require((answer["results"] as? [[String: Any]])?.first)
        #expect(result["lines"] as? [Int] == [4, 9] && result["page"] is NSNull)
        #expect(result["headings"] is [String] && (result["range"] as? [Int])?.count == 2)
        try program.folder.write("q.jsonl", #"{"id": 1, "text": "gondola"}"#)
        let queries = try program.run("search", "--queries", "q.jsonl", "--mode", "keyword").object()
        #expect(((queries["results"] as? [[String: Any]])?.first?["lines"] as? [Int]) == [2, 2])
        let put = try program.run("search", "comet", "--mode", "keyword", "-k", "1", "--json").object()
        #expect((put["results"] as? [[String: Any]])?.first?["lines"] is NSNull)
    }

    @Test func `context shows whole passages with the numbers of their lines`() throws {
        let program = try program()
        let long = (1...200).map { $0 == 100 ? "the zeppelin sails" : "row \($0) of plain words" }
        try program.folder.write("docs/long.txt", long.joined(separator: "\n"))
        #expect(try program.run("index", "docs", "--chunk-tokens", "16").status == 0)
        let outcome = try program.run("search", "sails", "--mode", "keyword", "-k", "1", "-C", "2")
        let lines = outcome.lines.dropFirst()
        let numbers = lines.compactMap { Int($0.split(separator: " ").first ?? "") }
        let first = try #require(numbers.first)
        #expect(numbers.contains(100) && numbers == Array(first..<first + numbers.count))
        #expect(lines.contains("    100  the zeppelin sails"), "\(outcome.text)")
        for refused in [["--json"], ["-C", "-1"], ["--queries", "x"]] {
            let arguments = ["search", "sails", "-C", "2"] + refused
            #expect(try program.run(arguments, input: Data()).status == 64)
        }
    }

    @Test(arguments: [
        ("4", "# Keys"),
        ("8:9", "To forward the agent, name it in the configuration.\nNever forward it to a stranger."),
        ("9:", "Never forward it to a stranger."), (":4", "# Keys"), ("9:100", "Never forward it to a stranger."),
    ])
    func `get prints the lines of the file`(lines: String, text: String) throws {
        let program = try program()
        let outcome = try program.run("get", "docs/notes/keys.md", "--lines", lines)
        #expect(outcome.status == 0 && outcome.text == text + "\n", "\(outcome.text) \(outcome.errors)")
        let json = try program.run("get", "docs/notes/keys.md", "--lines", lines, "--json").object()
        #expect(json["text"] as? String == text && (json["lines"] as? [Int])?.count == 2)
    }

    @Test(arguments: [("0", 64), ("3:1", 64), ("x", 64), (":", 64), ("1:2:3", 64), ("1:3", 66), ("99", 66)])
    func `lines that there are not are refused`(lines: String, status: Int32) throws {
        let program = try program()
        let outcome = try program.run("get", "docs/notes/keys.md", "--lines", lines)
        #expect(outcome.status == status && outcome.output.isEmpty, "\(outcome.text)")
        #expect(try program.run("get", "docs/notes/keys.md", "--page", "1").status == 66)
        #expect(try program.run("get", "docs/notes/keys.md", "--page", "1", "--lines", "1").status == 64)
    }

    @Test func `a terminal gets links, unless it knows no sequences or nobody wants them`() throws {
        let program = try program()
        let script = "\"$AKIN\" search zeppelin --mode keyword -k 1"
        func seen(_ environment: [String: String]) throws -> String {
            try program.shell(script, environment: environment, terminal: true).text
        }
        let path = program.folder.path("docs/plan.txt")
        let link = "\u{1B}]8;;file://"
        let plain = try seen([:])
        #expect(plain.contains(link) && plain.contains(path + "\u{1B}\\"))
        #expect(try seen(["NO_COLOR": "1"]).contains(path + "\u{1B}\\docs/plan.txt:1\u{1B}]8;;\u{1B}\\"))
        #expect(try !seen(["TERM": "dumb"]).contains("\u{1B}"))
        #expect(try !seen(["FORCE_HYPERLINK": "0"]).contains(link))
        #expect(try !program.shell(script).text.contains("\u{1B}"))
        #expect(try program.shell(script, environment: ["FORCE_HYPERLINK": "1"]).text.contains(link))
    }

    @Test func `an address names every byte of a path`() throws {
        let program = try Program()
        try program.folder.write("a/港 #1%\u{7F}?.txt", "The zeppelin lands.")
        try #require(try program.run("index", "a").status == 0)
        let seen = try program.shell("\"$AKIN\" search zeppelin", environment: ["FORCE_HYPERLINK": "1"]).text
        #expect(
            seen.contains("/a/%E6%B8%AF%20%231%25%7F%3F.txt\u{1B}\\a/港 #1%\\u{7F}?.txt:1\u{1B}]8;;\u{1B}\\"), "\(seen)")
    }
}
