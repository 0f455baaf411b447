import AkinTestSupport
import Foundation
import Testing

/// `akin index` on folders as people have them.
@Suite struct FileSelectionTests {
    private func project() throws -> Program {
        let program = try Program()
        for (name, text) in [
            ("p/notes.md", "The ferry is late."), ("p/main.py", "print('ferry')"), ("p/.gitignore", "build/\n"),
            ("p/.git/HEAD", "ref: x"), ("p/build/out.txt", "A wharf."), ("p/package.json", "{\"version\": 1}"),
            ("p/Cargo.lock", "[package]"), ("p/a.png", "x"), ("p/b.png", "x"), ("p/empty.txt", ""),
        ] { try program.folder.write(name, text) }
        try FileManager.default.createSymbolicLink(
            atPath: program.folder.path("p/dead.txt"), withDestinationPath: "nowhere.txt")
        return program
    }

    @Test func `the summary says what was not read, and that is no error`() throws {
        let program = try project()
        let outcome = try program.run("index", "p")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            outcome.lines.last
                == "5 not read: 2 .png, 1 empty, 1 no texts, 1 link to nothing; 1 folder ignored, 1 file and 1 folder hidden, 1 generated"
        )
        let groups = try #require(
            try program.run("index", "p", "--json").object()["not_read"] as? [[String: Any]])
        #expect(groups.first?["kind"] as? String == ".png" && groups.first?["count"] as? Int == 2)
        #expect(groups.first?["reason"] as? String == "unknown kind")
        #expect(groups.first?["examples"] as? [String] == ["p/a.png", "p/b.png"])
        #expect(groups.count == 8)
    }

    @Test(
        arguments: [
            ([], ["main.py", "notes.md"]), (["--type", "py"], ["main.py"]), (["--type-not", "code"], ["notes.md"]),
            (["--glob", "*.md"], ["notes.md"]), (["-g", "!*.md"], ["main.py"]),
            (["--no-ignore"], ["build/out.txt", "main.py", "notes.md"]),
        ] as [([String], [String])])
    func `options choose what is read`(options: [String], ids: [String]) throws {
        let program = try project()
        #expect(try program.run(["index", "p"] + options, input: Data()).status == 0)
        let found = try program.run("export").objects().compactMap { $0["id"] as? String }
        // An id may begin with the name of a collection.
        #expect(found.sorted().elementsEqual(ids) { $0 == $1 || $0.hasSuffix("/" + $1) }, "\(found)")
    }

    @Test func `what a folder has lost is deleted, though nothing is left to read`() throws {
        let program = try Program()
        try program.folder.write("p/a.md", "The ferry is late.")
        try program.folder.write("p/a.png", "x")
        #expect(try program.run("index", "p").status == 0)
        try FileManager.default.removeItem(atPath: program.folder.path("p/a.md"))
        let without = try program.run("index", "p")
        #expect(without.status == 66 && without.text.contains("1 not read: 1 .png"), "\(without.text)")
        let pruned = try program.run("index", "p", "--prune")
        #expect(pruned.status == 0 && pruned.text.contains("1 deleted"), "\(pruned.errors)")
    }

    @Test func `a person's own patterns for all repositories count`() throws {
        let program = try project()
        try program.folder.write("home/.gitconfig", "[user]\n\tname = x\n[core]\n\texcludesFile = \"~/mine\" # all\n")
        try program.folder.write("home/mine", "*.py\n")
        #expect(try program.run("index", "p").lines.last?.contains("1 file and 1 folder ignored") == true)
    }

    @Test func `types are listed, and others refused`() throws {
        let program = try project()
        let list = try program.run("index", "--type-list")
        #expect(list.status == 0 && list.lines.contains("md: .md .markdown .mdown .mkd .mdx"))
        let wrong = try program.run("index", "p", "--type", "nonsense")
        #expect(wrong.status == 64 && wrong.errors.contains("there is no type of files named 'nonsense'"))
        #expect(try program.run("index", "p", "--glob", "[a").status == 64)
    }
}
