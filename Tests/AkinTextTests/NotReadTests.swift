import AkinCore
import AkinTestSupport
import AkinText
import Foundation
import Testing

/// Nothing is skipped in silence.
@Suite struct NotReadTests {
    @Test func `what is not read is counted by kind and reason`() throws {
        let folder = try TemporaryFolder()
        for name in ["1.png", "2.PNG", "3.png", "4.png", "a.zip", "noend"] { try folder.write(name, "x") }
        for name in ["a.txt", ".h.txt", "x/i.txt", "Gemfile.lock"] { try folder.write(name, "words") }
        try folder.write("empty.txt", "")
        try folder.write("binary.md", "a\0b")
        try folder.write(".ignore", "x/\n")
        let found = try read([folder.url.path])
        #expect(
            found.notRead
                == "8 not read: 4 .png, 1 .zip, 1 no extension, 1 not text, 1 empty; 1 folder ignored, 2 hidden, 1 generated"
        )
        let pictures = try #require(found.summary.notRead.sorted.first)
        #expect(pictures.kind == ".png" && pictures.reason == .unknownKind && pictures.count == 4)
        #expect(pictures.examples == ["1.png", "2.PNG", "3.png"].map(folder.path))
    }

    @Test func `records without a text are no problem where nobody named their file`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.txt", "words")
        for (name, contents) in [
            ("package.json", "{\"version\": 1}"), ("points.json", "[[1, 2], [3, 4]]"), ("count.jsonl", "1\n2\n3\n"),
            ("sizes.csv", "size,height\n" + String(repeating: "1,2\n", count: 3000)),
        ] { try folder.write(name, contents) }
        let found = try read([folder.url.path])
        #expect(found.records.count == 1 && found.problems.isEmpty)
        #expect(found.notRead == "4 not read: 4 no texts")
        #expect(try read([folder.path("package.json")]).problems.count == 1)
        #expect(try read([folder.path("sizes.csv")]).problems.count == 3000)
    }

    @Test func `records without a text beside others with one are problems`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.jsonl", String(repeating: "{}\n", count: 1500) + "{\"text\": \"words\"}\n{}\n")
        let found = try read([folder.url.path])
        #expect(found.records.count == 1 && found.problems.count == 1501 && found.notRead == nil)
        #expect(found.problems.prefix(2).map(\.line) == [1, 2] && found.problems.last?.line == 1502)
    }

    @Test func `a folder without a text says what it holds`() throws {
        let folder = try TemporaryFolder()
        for name in ["1.png", "2.png", "a.zip", ".h.txt"] { try folder.write(name, "x") }
        let error = #expect(throws: AkinError.self) { try read([folder.url.path]) }
        #expect(error?.code == .noInput)
        #expect(error?.message.contains("(3 not read: 2 .png, 1 .zip; 1 hidden)") == true, "\(error?.message ?? "")")
        let text = try TemporaryFolder()
        try text.write("a.txt", "words")
        #expect(try read([folder.url.path, text.url.path]).records.count == 1)
    }

    @Test func `what a rule left out is known to be there`() throws {
        let folder = try TemporaryFolder()
        for name in ["a.txt", "b.txt", "sub/c.txt", ".h/d.txt"] { try folder.write(name, "words") }
        try folder.write(".ignore", "b.txt\nsub\n")
        let found = try read([folder.url.path])
        func examples(_ reason: FilesNotRead.Reason) -> [String] {
            found.summary.notRead.sorted.filter { $0.reason == reason }.flatMap(\.examples).sorted()
        }
        #expect(found.records.map(\.id) == ["a.txt"])
        #expect(examples(.ignored) == [folder.path("b.txt"), folder.path("sub")])
        #expect(examples(.hidden) == [folder.path(".h"), folder.path(".ignore")])
    }

    @Test func `links to one file make one document`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.txt", "words")
        try folder.write("data.bin", "other words")
        for (name, target) in [("b.txt", "a.txt"), ("c.txt", "data.bin"), ("d.txt", "data.bin"), ("Z.txt", "b.txt")] {
            try FileManager.default.createSymbolicLink(atPath: folder.path(name), withDestinationPath: target)
        }
        let found = try read([folder.url.path])
        #expect(found.records.map(\.id) == ["a.txt", "c.txt"])
        #expect(found.notRead == "4 not read: 3 links to a file read, 1 .bin")
    }

    @Test func `hard links are files of their own`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.txt", "words")
        try FileManager.default.linkItem(atPath: folder.path("a.txt"), toPath: folder.path("b.txt"))
        #expect(try read([folder.url.path]).records.map(\.id) == ["a.txt", "b.txt"])
    }

    @Test func `names with line ends are names`() throws {
        let folder = try TemporaryFolder()
        try Data("words".utf8).write(to: URL(fileURLWithPath: folder.url.path + "/a\nb.txt"))
        #expect(try read([folder.url.path]).records.map(\.id) == ["a\nb.txt"])
    }

    @Test(.enabled(if: geteuid() != 0)) func `a folder that may not be read is a problem and known as unseen`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.txt", "words")
        try folder.write("shut/b.txt", "words")
        chmod(folder.path("shut"), 0)
        defer { chmod(folder.path("shut"), 0o700) }
        let found = try read([folder.url.path])
        #expect(found.records.count == 1 && found.problems.map(\.path) == [folder.path("shut")])
        #expect(try CorpusReader(paths: [folder.url.path]).walk().unseen.map { $0.lastPathPart } == ["shut"])
    }

    @Test func `well-known names without an end are texts`() throws {
        let folder = try TemporaryFolder()
        for name in ["README", "LICENSE", "Makefile", "Unknown"] { try folder.write(name, "words") }
        #expect(try read([folder.url.path]).records.map(\.id) == ["LICENSE", "Makefile", "README"])
    }
}
