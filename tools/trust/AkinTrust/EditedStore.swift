import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Two small stores, one of texts and word vectors and one of imported vectors, with clusters and metadata, and the
/// questions to them.
struct EditedStore {
    let folder: String

    struct Command {
        let arguments: [String]
        var startsAnew = false
    }

    struct Outcome {
        let status: Int32
        let signal: Int32?
        let isHung: Bool
        let errors: String
    }

    /// Three rounds in four are about texts.
    func name(_ seed: UInt64) -> String { seed % 4 == 0 ? "vectors.db" : "texts.db" }

    private static let question = "ferry harbour word3"

    /// Those that read first, all on one copy.
    static let commands: [Command] = {
        let reading = [
            ["info"], ["search", question], ["search", question, "--mode", "semantic"],
            ["search", question, "--mode", "keyword"],
            ["search", question, "--mode", "words"], ["search", question, "--plan", "graph", "--json", "--explain"],
            ["search", question, "--where", "n > 3", "--json"], ["search", question, "--where", "not n > 3"],
            ["search", question, "--cluster", "0"], ["search", "--vector", "[0.1,0.2,0.3,0.4,0.5,0.6]"], ["get", "d5"],
            ["get", "v5", "--json"], ["export"], ["export", "--format", "npy", "--file", "x.npy"], ["cluster", "list"],
            ["cluster", "show", "1"],
            ["cluster", "show", "1", "--json"], ["cluster", "show", "2", "--compare", "1"],
            ["cluster", "show", "1", "--report", "r.html"],
            ["cluster", "show", "1", "--report", "r.csv"], ["similar", "d5"], ["similar", "v5"],
            ["words", "neighbors", "ferry"],
            ["recall", "--samples", "10", "-k", "2"], ["verify"], ["verify", "--json"], ["embed"], ["tokenize"],
        ]
        let writing = [
            ["cluster", "-k", "3"], ["cluster", "rename", "1", "other"],
            ["cluster", "--compare", "1", "--report", "r.md"],
            ["index", "more.jsonl"], ["put", "d5"], ["import", "vectors.jsonl"], ["delete", "d6"],
            ["delete", "--where", "n < 3"],
            ["backup", "copy.db"], ["optimize"], ["optimize", "--encoder", "words"], ["repair"],
        ]
        return reading.map { Command(arguments: $0) } + writing.map { Command(arguments: $0, startsAnew: true) }
            + [["search", question], ["verify"], ["index", "more.jsonl"]].map { Command(arguments: $0) }
    }()

    static func make(in folder: String, program: String) throws -> EditedStore {
        let words =
            "the boat leaves near old bright slow quiet north wind table green silver harbour ferry engine timber violin garden river"
            .split(separator: " ")
        var random = TrialRandom(5)
        func text(_ number: Int) -> String {
            (0..<14).map { _ in words[random.below(words.count)] }.joined(separator: " ") + ". A word\(number)."
        }
        func lines(_ numbers: Range<Int>) -> String {
            numbers.map {
                #"{"id":"d\#($0)","title":"T\#($0)","text":"\#(text($0))","n":\#($0),"lang":"en","date":"2024-01-0\#(1 + $0 % 9)"}"#
                    + "\n"
            }.joined()
        }
        try lines(0..<24).write(toFile: "\(folder)/texts.jsonl", atomically: true, encoding: .utf8)
        try lines(100..<106).write(toFile: "\(folder)/more.jsonl", atomically: true, encoding: .utf8)
        let vectors = (0..<16).map { number in
            #"{"id":"v\#(number)","text":"ferry \#(number)","vector":\#((0..<6).map { _ in Double(random.below(1000) + 1) / 1000 })}"#
                + "\n"
        }
        try vectors.joined().write(toFile: "\(folder)/vectors.jsonl", atomically: true, encoding: .utf8)
        for arguments in [
            ["index", "texts.jsonl", "--encoder", "words", "--chunk-tokens", "16", "--db", "texts.db"],
            ["cluster", "-k", "3", "--db", "texts.db"],
            ["cluster", "rename", "0", "mine", "--db", "texts.db"],
            ["cluster", "-k", "2", "--unit", "passage", "--db", "texts.db"],
            ["delete", "d3", "--db", "texts.db"], ["import", "vectors.jsonl", "--db", "vectors.db"],
            ["cluster", "-k", "3", "--db", "vectors.db"],
        ] {
            let outcome = try run(program, arguments, in: folder, limit: 120)
            guard outcome.status == 0 else {
                throw TrialFailure("akin \(arguments.joined(separator: " ")): \(outcome.errors)")
            }
        }
        return EditedStore(folder: folder)
    }

    func copy(to target: String) throws { try Self.copy(folder, to: target) }

    static func copy(_ source: String, to target: String) throws {
        try? FileManager.default.removeItem(atPath: target)
        try FileManager.default.copyItem(atPath: source, toPath: target)
    }

    static func run(_ program: String, _ arguments: [String], in folder: String, limit: Double) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "XDG_CACHE_HOME": "\(folder)/.cache"]
        let input = "\(folder)/.input"
        try "the ferry leaves the harbour\n".write(toFile: input, atomically: true, encoding: .utf8)
        process.standardInput = FileHandle(forReadingAtPath: input)
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let identifier = process.processIdentifier
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + limit)
        timer.setEventHandler { kill(identifier, SIGKILL) }
        timer.resume()
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        timer.cancel()
        let signal = process.terminationReason == .uncaughtSignal ? process.terminationStatus : nil
        return Outcome(
            status: process.terminationStatus, signal: signal == SIGKILL ? nil : signal, isHung: signal == SIGKILL,
            errors: String(decoding: said, as: UTF8.self))
    }
}
