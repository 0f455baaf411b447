import AkinCore
import AkinTestSupport
import AkinText
import Foundation
import Testing

/// Which files of a folder are read.
@Suite struct FileSelectionTests {
    private static func tree(_ names: [String], _ contents: [String: String] = [:]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in names { try folder.write(name, "words") }
        for (name, text) in contents { try folder.write(name, text) }
        return folder
    }

    private static func ids(
        _ folder: TemporaryFolder, _ selection: FileSelection = FileSelection(), below: String = ""
    ) throws -> [String] {
        try read([folder.path(below)], ReaderOptions(selection: selection)).records.map(\.id)
    }

    @Test func `akinignore counts before ignore and that before gitignore, wherever they stand`() throws {
        let folder = try Self.tree(
            ["a.txt", "b.txt", "c.txt", "sub/a.txt", "sub/b.txt", "sub/c.txt", "sub/d.txt"],
            [
                ".git/config": "", ".gitignore": "*.txt\n", ".ignore": "!a.txt\nc.txt\n", ".akinignore": "!c.txt\n",
                "sub/.gitignore": "!d.txt\na.txt\n", "sub/.ignore": "a.txt\n",
            ])
        #expect(try Self.ids(folder) == ["a.txt", "c.txt", "sub/c.txt", "sub/d.txt"])
        #expect(try Self.ids(folder, FileSelection(obeysIgnoreFiles: false)).count == 7)
    }

    @Test func `gitignore counts in a repository only, and from its top folder on`() throws {
        let folder = try Self.tree(
            ["a.txt", "b.txt", "repo/a.txt", "repo/b.txt"],
            [".gitignore": "a.txt\n", ".ignore": "nothing\n", "repo/.git/HEAD": "", "repo/.gitignore": "b.txt\n"])
        #expect(try Self.ids(folder) == ["a.txt", "b.txt", "repo/a.txt"])
        try FileManager.default.createDirectory(atPath: folder.path(".git"), withIntermediateDirectories: true)
        #expect(try Self.ids(folder) == ["b.txt", "repo/a.txt"])
    }

    @Test func `ignore files of folders above count`() throws {
        let folder = try Self.tree(
            ["a/b/x.txt", "a/b/y.txt", "a/b/z.txt", "a/b/w.txt"],
            [".ignore": "x.txt\n", "a/.git/HEAD": "", "a/.gitignore": "/b/y.txt\nb/\n", ".gitignore": "z.txt\n"])
        #expect(try Self.ids(folder, below: "a/b") == ["w.txt", "z.txt"])
    }

    @Test func `a work tree has the excludes of its repository`() throws {
        let folder = try Self.tree(
            ["tree/a.txt", "tree/b.txt"],
            [
                "tree/.git": "gitdir: ../repo/.git/worktrees/tree\n", "repo/.git/worktrees/tree/commondir": "../..\n",
                "repo/.git/info/exclude": "a.txt\n",
            ])
        #expect(try Self.ids(folder, below: "tree") == ["b.txt"])
    }

    @Test(
        arguments: [
            (FileSelection(), ["a.md", "a.txt"]),
            (FileSelection(includesHidden: true), [".h/x.txt", ".hidden.txt", "a.md", "a.txt"]),
            (
                FileSelection(obeysIgnoreFiles: false),
                ["Cargo.lock.md", "a.md", "a.txt", "b.txt", "js/node_modules/r.md", "js/x.min.js", "package-lock.json"]
            ),
            (FileSelection(globs: ["*.md"]), ["Cargo.lock.md", "a.md"]),
            (FileSelection(globs: ["!*.md"]), ["a.txt"]),
            (FileSelection(globs: ["*.{md,js}", "!a.*"]), ["Cargo.lock.md", "js/x.min.js"]),
            (FileSelection(globs: ["b.txt"]), ["b.txt"]),
            (FileSelection(globs: [".hidden.txt"]), [".hidden.txt"]),
            (FileSelection(types: [.md]), ["a.md"]),
            (FileSelection(types: [.docs], excludedTypes: [.md]), ["a.txt"]),
            (FileSelection(excludedTypes: [.txt]), ["a.md"]),
        ])
    func `options choose files`(selection: FileSelection, expected: [String]) throws {
        let folder = try Self.tree(
            [
                "a.txt", "b.txt", "a.md", ".hidden.txt", ".h/x.txt", "js/x.min.js", "js/node_modules/r.md",
                "Cargo.lock.md",
            ], [".ignore": "b.txt\nCargo.lock.md\n", "package-lock.json": "{\"text\": \"x\"}"])
        #expect(try Self.ids(folder, selection) == expected)
    }

    @Test func `well-known names have the type of their kind`() throws {
        let folder = try Self.tree(["README", "Makefile", "a.md", "b.c"])
        #expect(try Self.ids(folder, FileSelection(types: [.docs])) == ["README", "a.md"])
        #expect(try Self.ids(folder, FileSelection(types: [.make])) == ["Makefile"])
    }

    @Test(arguments: ["[a", "a\\", "{a", "a}", "", "!"]) func `a pattern that matches nothing is an error`(glob: String)
        throws
    {
        let folder = try Self.tree(["a.txt"])
        let error = #expect(throws: AkinError.self) { try Self.ids(folder, FileSelection(globs: [glob])) }
        #expect(error?.code == .invalidArgument)
    }

    @Test func `ignore files undo what is left out by default`() throws {
        let folder = try Self.tree(
            [".notes/a.txt", "yarn.lock.txt", "vendor/node_modules/a.md"],
            [".akinignore": "!.notes\n!node_modules\n", "searchindex.js": "x"])
        #expect(try Self.ids(folder) == [".notes/a.txt", "vendor/node_modules/a.md", "yarn.lock.txt"])
        // What a repository keeps is not what is read; and nothing brings the repository's own files in.
        try folder.write(".git/a.txt", "words")
        try folder.write(".akinignore", "!.*\n")
        try folder.write(".gitignore", "!*/\n")
        #expect(try Self.ids(folder) == [".notes/a.txt", "yarn.lock.txt"])
    }

    @Test func `files named directly are read whatever leaves them out`() throws {
        let folder = try Self.tree([".a.txt", "b.txt"], [".ignore": "b.txt\n", "Cargo.lock": "[package]"])
        let paths = [folder.path(".a.txt"), folder.path("b.txt"), folder.path("Cargo.lock")]
        let selection = FileSelection(globs: ["!*.txt"], types: [.md])
        #expect(try read(paths, ReaderOptions(selection: selection)).records.count == 3)
    }

    /// Patterns that take a matcher without bounds longer than anybody waits.
    @Test(.timeLimit(.minutes(1))) func `patterns with many stars end`() throws {
        let long = String(repeating: "a", count: 200)
        let folder = try Self.tree([long + "/" + long + "/" + long + "/" + long + "b.txt"])
        let stars = String(repeating: "*a", count: 90) + "*c"
        let deep = String(repeating: "**/*a*/", count: 30) + stars
        try folder.write(
            ".ignore", [stars, deep, "/**/" + deep, String(repeating: "**/", count: 300) + "c"].joined(separator: "\n"))
        #expect(try Self.ids(folder).count == 1)
    }

    @Test func `an ignore file that is no file is a problem and is not waited for`() throws {
        let folder = try Self.tree(["a.txt"])
        try #require(mkfifo(folder.path(".ignore"), 0o600) == 0)
        let found = try read([folder.url.path])
        #expect(found.records.count == 1)
        #expect(found.messages == ["the ignore file does not count: it is a named pipe, not a regular file"])
    }
}
