import AkinTestSupport
import Foundation
import Testing

@Suite("Interrupted indexing", .serialized)
struct InterruptionTests {
    @Test func `after kill -9 at any moment the same command finishes the work with every document once`() throws {
        let program = try Program()
        try program.folder.write("corpus.jsonl", SampleCorpus.lines(count: 3000))
        for _ in 0..<8 {
            let running = try program.start(["index", "corpus.jsonl", "--quiet"])
            Thread.sleep(forTimeInterval: .random(in: 0.02...0.6))
            kill(running.process.processIdentifier, SIGKILL)
            running.process.waitUntilExit()
        }
        let finished = try program.run("index", "corpus.jsonl")
        #expect(finished.status == 0, "\(finished.errors)")
        let ids = try program.run("export").objects().compactMap { $0["id"] as? String }
        #expect(ids.count == 3000)
        #expect(Set(ids).count == 3000)
        let verified = try program.run("verify")
        #expect(verified.status == 0, "\(verified.text)")
    }

    @Test func `Ctrl-C stops with status 130 and says how to go on, and the next run finishes`() throws {
        let program = try Program()
        // The program may be gone before it has read everything.
        signal(SIGPIPE, SIG_IGN)
        // Standard input that stays open keeps the program at work until the signal comes.
        let input = Pipe()
        let running = try program.start(["index", "-", "--format", "jsonl"], standardInput: input)
        input.fileHandleForWriting.write(Data(SampleCorpus.lines(count: 2000).utf8))
        Thread.sleep(forTimeInterval: 1)
        kill(running.process.processIdentifier, SIGINT)
        Thread.sleep(forTimeInterval: 0.5)
        try? input.fileHandleForWriting.write(contentsOf: Data(SampleCorpus.lines(count: 8000).utf8))
        try input.fileHandleForWriting.close()
        _ = running.output.fileHandleForReading.readDataToEndOfFile()
        running.process.waitUntilExit()
        #expect(running.process.terminationStatus == 130)
        let errors = try String(contentsOf: running.errorFile, encoding: .utf8)
        #expect(errors.contains("akin: interrupted: what was committed stays"))

        let finished = try program.run("index", "-", "--format", "jsonl", input: SampleCorpus.lines(count: 8000))
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(try program.run("export").lines.count == 8000)
        #expect(try program.run("verify").status == 0)
    }

    @Test func `a reader that has read enough ends the program without a word`() throws {
        let program = try Program()
        try program.indexSample(count: 2000)
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = [
            "-c", "\"$0\" export --db \"$1\" 2> errors.txt | head -n 1", try Program.executable().path,
            program.database,
        ]
        shell.currentDirectoryURL = program.folder.url
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let line = output.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        #expect(String(decoding: line, as: UTF8.self).hasPrefix(#"{"id":"harbour-0""#))
        #expect(try String(contentsOfFile: program.folder.path("errors.txt"), encoding: .utf8).isEmpty)
    }
}
