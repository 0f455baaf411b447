import Akin
import AkinTestSupport
import AkinText
import Foundation
import Testing

@Suite("The reader program")
struct ReaderProgramTests {
    /// A reader of `.odd` files, by a program that is a script.
    private func summary(_ script: String?, seconds: Int = 5, files: [String] = ["a.docx", "b.docx"]) async throws
        -> IndexingSummary
    {
        let folder = try TemporaryFolder()
        let program = folder.path("program")
        if let script {
            try folder.write("program", "#!/bin/sh\n" + script)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        }
        for name in files { try folder.write("in/\(name)", "x") }
        try folder.write("in/good.txt", "The ferry leaves at nine.")
        var limits = ReaderLimits()
        limits.seconds = seconds
        var configuration = Database.Configuration()
        configuration.readers = [ReaderProgram(at: program, limits: limits)]
        let database = try await Database.open(at: folder.path("a.db"), mode: .create, configuration: configuration)
        defer { _ = folder }
        return try await database.index(paths: [folder.path("in")])
    }

    @Test func `a reader that crashes is a problem of that file, and the run goes on`() async throws {
        let summary = try await summary("kill -SEGV $$")
        #expect(summary.added == 1)
        #expect(summary.problems.count == 2)
        #expect(summary.problems.allSatisfy { $0.message.contains("crashed or ran out of memory (signal 11)") })
    }

    @Test func `a reader that ends, hangs or talks nonsense is a problem of that file`() async throws {
        let ended = try await summary("exit 3", files: ["a.docx"])
        #expect(ended.problems.map(\.message) == ["its reader ended with status 3"])
        let slow = try await summary("sleep 60", seconds: 1, files: ["a.docx"])
        #expect(slow.problems.map(\.message) == ["takes more than 1 seconds to read; leave it out"])
        #expect(slow.added == 1)
        let nonsense = try await summary("printf '\\002\\000\\000\\000{}'; sleep 60", files: ["a.docx"])
        #expect(nonsense.problems.map(\.message) == ["its reader gave what cannot be understood"])
        let long = try await summary("printf '\\377\\377\\377\\377'; sleep 60", files: ["a.docx"])
        #expect(long.problems.map(\.message) == ["its reader gave more than a text may hold"])
    }

    @Test func `a program that is missing is said once with the number of files`() async throws {
        let summary = try await summary(nil, files: ["a.docx", "b.pdf", "c.odt"])
        #expect(summary.added == 1)
        #expect(summary.problemCount == 0)
        let notes = summary.notes.map(\.message).filter { $0.contains("akin-reader") }
        #expect(notes.count == 1)
        #expect(notes.first?.contains("a.docx and 2 other files cannot be read") == true)
    }

    /// Reads what stands between the bars of a file.
    private struct BarReader: FileReader {
        let extensions: Set<String> = ["bar"]

        func read(_ file: FileToRead, _ body: (ReadEvent) throws -> Void) throws {
            let text = try String(contentsOfFile: file.path, encoding: .utf8)
            guard text.contains("|") else { throw FileRefusal("has no bar") }
            for (place, part) in text.split(separator: "|").enumerated() {
                let id = "\(file.id)#\(place + 1)"
                try body(.record(TextRecord(id: id, text: String(part), source: "\(file.source)#\(place + 1)")))
            }
        }
    }

    @Test func `a program can give a reader of its own`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("in/a.bar", "one|two")
        try folder.write("in/b.bar", "nothing")
        var configuration = Database.Configuration()
        configuration.readers = [BarReader()]
        let database = try await Database.open(at: folder.path("a.db"), mode: .create, configuration: configuration)
        let summary = try await database.index(paths: [folder.path("in")])
        #expect(summary.added == 2)
        #expect(summary.problems.map(\.message) == ["has no bar"])
        #expect(try await database.document(id: "in/a.bar#2")?.text == "two")
    }
}
