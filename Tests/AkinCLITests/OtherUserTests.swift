import AkinTestSupport
import Foundation
import Testing

/// The program run by a user who may read a store and write nothing.
@Suite(
    .timeLimit(.minutes(2)),
    .enabled(
        if: geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"),
        "only root can be another user")
)
struct OtherUserTests {
    private let program: Program

    init() throws {
        program = try Program()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.folder.url.path)
    }

    /// Starts the program as nobody, where that user can reach it; nil where it cannot.
    private func startAsNobody(_ arguments: [String], input: Pipe = Pipe()) throws -> (process: Process, output: Pipe)?
    {
        let prefix = ["--reuid=65534", "--regid=65534", "--clear-groups"]
        let executable = try Program.executable().path
        let reachable = try Process.run(
            URL(fileURLWithPath: "/usr/bin/setpriv"), arguments: prefix + ["test", "-x", executable])
        reachable.waitUntilExit()
        guard reachable.terminationStatus == 0 else {
            print("Another user cannot run \(executable): the test is left out.")
            return nil
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        process.arguments = prefix + [executable] + arguments
        process.environment = ["HOME": "/nonexistent", "PATH": "/usr/bin:/bin"]
        let output = Pipe()
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, output)
        try process.run()
        return (process, output)
    }

    private func runAsNobody(_ arguments: String...) throws -> (status: Int32, text: String)? {
        let input = Pipe()
        guard let (process, output) = try startAsNobody(arguments, input: input) else { return nil }
        try input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    private func lines(_ word: String, _ count: Int) -> Data {
        Data((0..<count).map { "{\"id\":\"\(word)\($0)\",\"text\":\"\(word) number \($0)\"}\n" }.joined().utf8)
    }

    @Test func `a reader beside a writer finds what there is, before, while and after it writes`() throws {
        #expect(try program.run(["index", "-", "--quiet"], input: lines("ferry", 300)).status == 0)
        let questions = program.folder.path("questions")
        mkfifo(questions, 0o666)
        chmod(questions, 0o666)
        guard
            let (reader, output) = try startAsNobody([
                "search", "--queries", questions, "--mode", "keyword", "-k", "3", "--json", "--db", program.database,
            ])
        else { return }
        let input = try FileHandle(forUpdating: URL(fileURLWithPath: questions))
        func ask(_ id: Int, _ words: String) throws {
            try input.write(contentsOf: Data("{\"id\":\"\(id)\",\"text\":\"\(words)\"}\n".utf8))
        }
        try ask(0, "ferry")
        let writer = try program.start(["index", "-", "--quiet"], input: lines("zebra", 3_000))
        for number in 1...60 {
            try ask(number, "ferry zebra")
            Thread.sleep(forTimeInterval: 0.02)
        }
        _ = writer.output.fileHandleForReading.readDataToEndOfFile()
        writer.process.waitUntilExit()
        for number in 61...63 { try ask(number, "zebra") }
        try input.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        reader.waitUntilExit()
        #expect(reader.terminationStatus == 0, "\(text.suffix(500))")
        let answers = text.split(separator: "\n")
        #expect(answers.count == 64)
        for answer in answers {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
            #expect((object["results"] as? [Any])?.count == 3, "\(answer)")
        }
    }

    @Test func `a store that was not closed is reported as such where nothing can be written`() throws {
        #expect(try program.run(["index", "-", "--quiet"], input: lines("ferry", 20)).status == 0)
        try program.folder.write("akin.db-wal", Data(count: 5_000))
        for suffix in ["-shm"] { try? FileManager.default.removeItem(atPath: program.database + suffix) }
        guard let (status, text) = try runAsNobody("search", "ferry", "--mode", "keyword", "--db", program.database)
        else { return }
        #expect(status == 73 && text.contains("not closed by its last writer"), "\(text)")
    }

    @Test func `verify by root leaves a lock that the owner can use`() throws {
        #expect(try program.run(["index", "-", "--quiet"], input: lines("ferry", 20)).status == 0)
        chown(program.folder.url.path, 65534, 65534)
        chown(program.database, 65534, 65534)
        try FileManager.default.removeItem(atPath: program.database + "-lock")
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: program.database + suffix) }
        #expect(try program.run("verify").status == 0)
        guard let (status, text) = try runAsNobody("delete", "ferry1", "--db", program.database) else { return }
        #expect(status == 0, "\(text)")
        #expect(try program.run("get", "ferry1").status == 66)
    }

    @Test func `a user who may only read cannot hold the lock`() throws {
        #expect(try program.run(["index", "-", "--quiet"], input: lines("ferry", 20)).status == 0)
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        holder.arguments = [
            "--reuid=65534", "--regid=65534", "--clear-groups", "flock", "-n", "-s", program.database + "-lock", "sh",
            "-c", "echo held",
        ]
        let output = Pipe()
        (holder.standardOutput, holder.standardError) = (output, Pipe())
        try holder.run()
        holder.waitUntilExit()
        #expect(output.fileHandleForReading.readDataToEndOfFile().isEmpty && holder.terminationStatus != 0)
    }
}
