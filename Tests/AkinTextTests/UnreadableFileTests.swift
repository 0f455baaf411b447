import AkinTestSupport
import AkinText
import Foundation
import Testing

/// Files that cannot be read, or must not be opened, beside one that can.
@Suite(.timeLimit(.minutes(1))) struct UnreadableFileTests {
    /// Darwin's file systems take only names that are UTF-8.
    #if os(Linux)
    @Test func `names that are not UTF-8 are problems`() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.txt", "good")
        let name = Array((folder.url.path + "/caf").utf8) + [0xE9] + Array(".txt".utf8)
        let path = (name + [0]).map { CChar(bitPattern: $0) }
        let file = creat(path, 0o600)
        try #require(file >= 0)
        close(file)
        defer { unlink(path) }

        let found = try read([folder.url.path])
        #expect(found.records.map(\.id) == ["good.txt"])
        #expect(found.problems.map(\.path) == [folder.url.path + "/caf\u{FFFD}.txt"])
        #expect(found.messages.first?.hasPrefix("the file cannot be read: its name is not valid UTF-8") == true)
    }
    #endif

    /// Input without end must not fill the memory: what is too long is a problem, what came before it counts.
    @Test(
        arguments: [
            ("long.txt", String(repeating: "many words ", count: 200), 1, "the text is longer than 1000 bytes"),
            (
                "long.jsonl",
                "{\"text\":\"first\"}\n\"" + String(repeating: "many words ", count: 200) + "\"\n\"last\"", 2,
                "this line is longer than 1000 bytes"
            ),
            (
                "long.csv", "text\nfirst\n" + String(repeating: "many words ", count: 200) + "\nlast\n", 3,
                "the row is longer than 1000 bytes"
            ),
            (
                "open.csv", "text\nfirst\n\"open\n" + String(repeating: "many words\n", count: 200), 3,
                "is a quote in it never closed?"
            ),
            (
                "long.json", "[\"" + String(repeating: "many words ", count: 2000) + "\"]", 1,
                "the file is longer than 16000 bytes"
            ),
        ] as [(String, String, Int, String)])
    func `input without end is a problem`(name: String, contents: String, line: Int, message: String) throws {
        var options = ReaderOptions()
        options.maximumTextBytes = 1000
        // More than is read at a time.
        let found = try read(file: name, contents + String(repeating: "more words ", count: 200_000), options)
        #expect(found.records.map(\.text) == (["long.txt", "long.json"].contains(name) ? [] : ["first"]))
        #expect(found.problems.count == 1 && found.messages.first?.contains(message) == true, "\(found.messages)")
        #expect(name == "long.txt" || found.problems.first?.line == line)
    }

    @Test func `dead links are counted and are no problem`() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.txt", "good")
        for (name, destination) in [
            ("dead.txt", "nowhere.txt"), ("picture.png", "nowhere.png"), ("self.md", "self.md"),
        ] {
            try FileManager.default.createSymbolicLink(atPath: folder.path(name), withDestinationPath: destination)
        }
        let found = try read([folder.url.path])
        #expect(found.records.map(\.id) == ["good.txt"])
        #expect(found.problems.isEmpty && found.notRead == "3 not read: 3 links to nothing")
    }

    @Test func `pipes in folders are skipped`() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.txt", "good")
        try #require(mkfifo(folder.path("pipe.txt"), 0o600) == 0)
        let found = try read([folder.url.path])
        #expect(found.records.map(\.id) == ["good.txt"])
        #expect(found.problems.isEmpty && found.notRead == "1 not read: 1 pipe or device")
    }

    @Test func `pipes and devices that are named themselves are problems and are not opened`() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write("good.txt", "good")
        let pipe = folder.path("pipe.txt")
        try #require(mkfifo(pipe, 0o600) == 0)
        let link = folder.path("link.txt")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "pipe.txt")
        let found = try read([pipe, link, "/dev/zero", good])
        #expect(found.records.map(\.id) == ["good.txt"])
        #expect(found.problems.map(\.path) == [pipe, link, "/dev/zero"])
        #expect(found.messages.allSatisfy { $0.hasPrefix("is not a regular file") })
        #expect(try CorpusReader(paths: [pipe, good]).plan().files == 1)
    }
}
