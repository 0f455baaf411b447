import AkinTestSupport
import Foundation
import Testing

/// A file is one document, whatever it is called and wherever the command runs.
@Suite("Collections and ids") struct IdentityTests {
    /// A tree of eleven documents in two folders.
    private static func tree(_ program: Program) throws {
        try program.folder.write("home/notes/README.md", "# Notes\n\nThe ferry leaves at nine.\n")
        try program.folder.write("home/notes/sub/ssh.txt", "Keys are kept in a folder.")
        try program.folder.write("home/notes/sub/deep/ä ö.txt", "A lighthouse stands on the cape.")
        try program.folder.write("home/notes/rows.jsonl", "{\"text\": \"one\"}\n{\"id\": \"own\", \"text\": \"two\"}\n")
        try program.folder.write("home/papers/README.md", "# Papers\n\nBread needs flour.\n")
        try program.folder.write("home/papers/rows.jsonl", "{\"text\": \"three\"}\n{\"text\": \"four\"}\n")
        try program.folder.write("home/papers/table.csv", "text,n\nfive,5\nsix,6\n")
        try FileManager.default.createSymbolicLink(
            atPath: program.folder.path("link"), withDestinationPath: program.folder.path("home"))
    }

    private enum Spelling: CaseIterable {
        case absolute, byLink, withDots, relative

        /// How a folder below `home` is named in a working folder.
        func path(_ name: String, _ program: Program, from working: String) -> String {
            switch self {
            case .absolute: program.folder.path("home") + "/" + name
            case .byLink: program.folder.path("link") + "/\(name)/"
            case .withDots: program.folder.path("home") + "/papers/./../" + name
            case .relative: IdentityTests.relative(name, from: working)
            }
        }
    }

    private static func relative(_ name: String, from working: String) -> String {
        switch working {
        case "": "./home/\(name)"
        case "home": name
        case "home/notes": name == "notes" ? "." : "../\(name)"
        default: "../../home/\(name)"
        }
    }

    @Test(arguments: ["", "home", "home/notes", "other/place"])
    func `four working folders, four spellings, one or many commands give one store`(_ working: String) throws {
        var program = try Program()
        try Self.tree(program)
        try FileManager.default.createDirectory(
            atPath: program.folder.path("other/place"), withIntermediateDirectories: true)
        program.workingFolder = program.folder.path(working)
        var stores: Set<[String]> = []
        for spelling in Spelling.allCases {
            for commands in [[["notes", "papers"]], [["notes"], ["papers"], ["notes"]]] {
                let store = program.folder.path("\(UUID().uuidString).db")
                for command in commands {
                    let paths = command.map { spelling.path($0, program, from: working) }
                    let outcome = try program.run(["index"] + paths + ["--db", store], input: Data())
                    #expect(outcome.status == 0, "\(spelling), \(command): \(outcome.errors)")
                }
                stores.insert(
                    try program.run("export", "--db", store).lines
                        + program.run("collection", "list", "--db", store).lines)
            }
        }
        #expect(stores.count == 1)
        #expect(stores.first?.count == 10 + 3)
    }

    private static func ids(_ program: Program, _ store: String = "akin.db") throws -> Set<String> {
        Set(try program.run("export", "--db", store).objects().compactMap { $0["id"] as? String })
    }

    @Test func `ids are the collection's name and the path below it`() throws {
        let program = try Program()
        try Self.tree(program)
        #expect(try program.run("index", "home/notes", "home/papers").status == 0)
        #expect(
            try Self.ids(program) == [
                "notes/README.md", "notes/sub/ssh.txt", "notes/sub/deep/ä ö.txt", "notes/rows.jsonl#1", "own",
                "papers/README.md", "papers/rows.jsonl#1", "papers/rows.jsonl#2", "papers/table.csv#1",
                "papers/table.csv#2",
            ])
    }

    @Test func `index without a path brings every collection up to date, in the way each was read`() throws {
        let program = try Program()
        try program.folder.write("notes/a.txt", "The ferry leaves at nine.")
        try program.folder.write("shop/r.jsonl", "{\"words\": \"A pump that leaks.\"}\n")
        #expect(try program.run("index", "notes").status == 0)
        #expect(try program.run("index", "shop/r.jsonl", "--text-field", "words").status == 0)
        try program.folder.write("notes/b.txt", "Bread needs flour.")
        try program.folder.write("shop/r.jsonl", "{\"words\": \"A pump that is mended.\"}\n")
        let summary = try program.run("index", "--json").object()
        #expect(summary["added"] as? Int == 1 && summary["updated"] as? Int == 1 && summary["unchanged"] as? Int == 1)
        #expect(try program.run("get", "shop/r.jsonl#1").text.contains("mended"))
        #expect(try program.run("index", "--text-field", "x").status == 64)
    }

    @Test func `index without a path needs a database with collections`() throws {
        let program = try Program()
        #expect(try program.run("index").status == 66)
        #expect(!FileManager.default.fileExists(atPath: program.database))
        #expect(try program.run("put", "a", "--text", "One.").status == 0)
        let outcome = try program.run("index")
        #expect(outcome.status == 66 && outcome.errors.contains("no collections"))
    }

    @Test func `a conflict of ids names both places`() throws {
        let program = try Program()
        try program.folder.write("a/r.jsonl", "{\"id\": \"x\", \"text\": \"a dog\"}\n")
        try program.folder.write("b/r.jsonl", "{\"id\": \"x\", \"text\": \"a cat\"}\n")
        #expect(try program.run("index", "a").status == 0)
        let outcome = try program.run("index", "b")
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("a/r.jsonl#1") && outcome.errors.contains("b/r.jsonl#1"), "\(outcome.errors)")
        let again = try program.run("index", "a", "--json")
        #expect(try again.object()["conflict_count"] as? Int == 0)
    }

    @Test func `what is gone or left out is counted until it is pruned`() throws {
        let program = try Program()
        try program.folder.write("notes/a.txt", "The ferry leaves at nine.")
        try program.folder.write("notes/b.txt", "Bread needs flour.")
        #expect(try program.run("index", "notes").status == 0)
        try FileManager.default.removeItem(atPath: program.folder.path("notes/a.txt"))
        let outcome = try program.run("index")
        #expect(outcome.status == 0 && outcome.errors.contains("1 gone"), "\(outcome.errors)")
        #expect(try program.run("index", "--json").object()["gone"] as? Int == 1)
        #expect(try program.run("index", "--prune", "--json").object()["pruned"] as? Int == 1)
        #expect(try !program.run("index").errors.contains("gone"))
    }

    @Test func `collections are listed, added, renamed, moved and removed`() throws {
        let program = try Program()
        #expect(try program.run("put", "x", "--text", "One.").status == 0)
        #expect(try program.run("collection", "list").text.contains("no collections"))
        try program.folder.write("notes/a.txt", "The ferry leaves at nine.")
        #expect(try program.run("collection", "add", "notes", "--name", "mine").status == 0)
        #expect(try program.run("index").text.contains("1 added"))
        let listed = try program.run("collection", "list", "--json")
        let collections = try #require(try JSONSerialization.jsonObject(with: listed.output) as? [[String: Any]])
        #expect(collections.count == 1 && collections[0]["name"] as? String == "mine")
        #expect(collections[0]["documents"] as? Int == 1 && collections[0]["files"] as? Int == 1)
        #expect(try program.run("collection").text.contains("mine"))

        let renamed = try program.run("collection", "rename", "mine", "work", "--json").object()
        #expect(renamed["renamed"] as? Int == 1)
        #expect(try Self.ids(program) == ["x", "work/a.txt"])
        try FileManager.default.moveItem(atPath: program.folder.path("notes"), toPath: program.folder.path("elsewhere"))
        let lost = try program.run("index")
        #expect(lost.status == 65 && lost.errors.contains("akin collection move work"), "\(lost.errors)")
        #expect(try program.run("collection", "list").text.contains("not there"))
        #expect(try program.run("collection", "move", "work", "elsewhere").status == 0)
        #expect(try program.run("index").text.contains("1 unchanged"))

        let kept = try program.run("collection", "remove", "work")
        #expect(kept.text.contains("1 document") && kept.text.contains("--delete-documents"))
        #expect(try Self.ids(program).count == 2)
        #expect(try program.run("index", "elsewhere").status == 0)
        let removed = try program.run("collection", "remove", "elsewhere", "--delete-documents", "--json").object()
        #expect(removed["deleted"] as? Bool == true && removed["documents"] as? Int == 1)
        #expect(try Self.ids(program) == ["x"])
        let missing = try program.run("collection", "rename", "nobody", "x")
        #expect(missing.status == 66 && missing.errorLines.count == 1)
    }
}
