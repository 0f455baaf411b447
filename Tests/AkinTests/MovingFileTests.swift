import Akin
import AkinCore
import AkinTestSupport
import AkinText
import Foundation
import Testing

/// Files that another process writes to, or takes away, while they are read.
@Suite struct MovingFileTests {
    /// Runs a script of the shell beside what `body` does, in a folder.
    private func beside<Result>(
        _ script: String, in folder: TemporaryFolder, _ body: () async throws -> Result
    ) async throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        // It ends with this process, however that ends.
        let own = ProcessInfo.processInfo.processIdentifier
        process.arguments = ["-c", "while kill -0 \(own) 2>/dev/null; do \(script); echo >> turns; done"]
        process.currentDirectoryURL = folder.url
        try process.run()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        while FileStatus(of: folder.path("turns")) == nil { try await Task.sleep(for: .milliseconds(5)) }
        return try await body()
    }

    @Test(arguments: [("log.txt", "It rains.\n", 60_000), ("log.jsonl", "{\"text\": \"It rains.\"}\n", 10_000)])
    func `a file that grows is named, and the next run reads it again`(name: String, line: String, lines: Int)
        async throws
    {
        let folder = try TemporaryFolder()
        let path = try folder.write("notes/\(name)", String(repeating: line, count: lines))
        try folder.write("notes/still.txt", "A lamp.")
        try folder.write("line", line)
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let growing = try await beside("cat line >> notes/\(name)", in: folder) {
            try await database.index(paths: [folder.path("notes")], options: IndexingOptions(chunkTokens: 0))
        }
        let reasons = growing.problems.filter { $0.message.contains("changed while it was read") }
        #expect(reasons.map(\.path) == [path], "\(growing.problems.map(\.message))")
        #expect(try await database.document(id: "notes/still.txt") != nil)
        let after = try await database.updateCollections()
        #expect(after.problemCount == 0 && after.added + after.updated + after.unchanged > 1)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        if name == "log.txt" {
            #expect(try await database.document(id: "notes/log.txt")?.text == text)
        } else {
            let last = text.split(separator: "\n").count
            #expect(try await database.document(id: "notes/log.jsonl#\(last)")?.text == "It rains.")
        }
    }

    @Test func `no text is stored of which a part is of another state`() async throws {
        let folder = try TemporaryFolder()
        for letter in ["a", "b"] { try folder.write(letter, String(repeating: "\(letter)\n", count: 300_000)) }
        try folder.write("notes/x.txt", String(repeating: "a\n", count: 300_000))
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        try await beside("cat b > notes/x.txt; cat a > notes/x.txt", in: folder) {
            for _ in 0..<5 {
                let summary = try await database.index(
                    paths: [folder.path("notes")], options: IndexingOptions(chunkTokens: 0))
                let text = try await database.document(id: "notes/x.txt")?.text ?? ""
                #expect(!(text.utf8.contains(UInt8(ascii: "a")) && text.utf8.contains(UInt8(ascii: "b"))))
                // Between two writings the file is empty.
                let wasEmpty = summary.notRead.contains { $0.reason == .empty }
                #expect(!text.isEmpty || summary.problemCount == 1 || wasEmpty)
            }
        }
        try folder.write("notes/x.txt", "A lamp.")
        #expect(try await database.updateCollections().problemCount == 0)
        #expect(try await database.document(id: "notes/x.txt")?.text == "A lamp.")
    }

    @Test func `a file that is gone when its turn comes is a problem, and the others are read`() throws {
        let folder = try TemporaryFolder()
        let paths = try ["a.txt", "b.txt", "c.txt"].map { try folder.write($0, "A lamp.") }
        let reader = CorpusReader(paths: paths)
        var (read, problems): ([String], [RecordProblem]) = ([], [])
        _ = try reader.read(try reader.walk().files) { file in
            if file.path == paths[1] { try FileManager.default.removeItem(atPath: paths[1]) }
            return true
        } body: { event in
            if case .record(let record) = event { read.append(record.id) }
            if case .problem(let problem) = event { problems.append(problem) }
        }
        #expect(read == ["a.txt", "c.txt"])
        #expect(problems.map(\.path) == [paths[1]])
        #expect(problems.first?.message.contains("cannot be opened") == true)
    }
}
