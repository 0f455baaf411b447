import AkinTestSupport
import Foundation
import Testing

/// The built `akin`, run in a folder of its own where no model is installed, so that word vectors stand in.
struct Program {
    /// What one run left.
    struct Outcome {
        let status: Int32
        let output: Data
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }

        /// The lines of standard output, without the last line's end.
        var lines: [String] { Outcome.lines(of: text) }

        var errorLines: [String] { Outcome.lines(of: errors) }

        func object() throws -> [String: Any] {
            try #require(
                try JSONSerialization.jsonObject(with: output) as? [String: Any],
                "standard output is not one JSON object")
        }

        func objects() throws -> [[String: Any]] {
            try lines.map {
                try #require(
                    try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "not a JSON object: \($0)")
            }
        }

        private static func lines(of text: String) -> [String] {
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if lines.last == "" { lines.removeLast() }
            return lines
        }
    }

    let folder: TemporaryFolder
    /// The working folder, where it is not `folder`.
    var workingFolder: String?

    init() throws { folder = try TemporaryFolder() }

    /// The default database of this folder.
    var database: String { folder.path("akin.db") }

    func run(_ arguments: String..., input: String = "") throws -> Outcome {
        try run(arguments, input: Data(input.utf8))
    }

    /// - Parameter columns: the width of the terminal that the program is told of.
    func run(_ arguments: [String], input: Data, columns: Int? = nil) throws -> Outcome {
        let process = try start(arguments, input: input, columns: columns)
        // Read to the end before waiting: a full pipe would hold the program up for ever.
        let output = process.output.fileHandleForReading.readDataToEndOfFile()
        process.process.waitUntilExit()
        let errors = try Data(contentsOf: process.errorFile)
        return Outcome(
            status: process.process.terminationStatus, output: output, errors: String(decoding: errors, as: UTF8.self))
    }

    /// Starts the program and gives it back while it runs.
    func start(_ arguments: [String], input: Data = Data(), columns: Int? = nil) throws -> Running {
        let inputFile = try folder.write(".runs/\(UUID().uuidString).in", input)
        return try start(
            arguments, standardInput: try FileHandle(forReadingFrom: URL(fileURLWithPath: inputFile)), columns: columns)
    }

    /// - Parameter standardInput: a `FileHandle` or `Pipe`.
    func start(_ arguments: [String], standardInput: Any, columns: Int? = nil) throws -> Running {
        let process = Process()
        process.executableURL = try Program.executable()
        process.arguments = arguments
        process.currentDirectoryURL = workingFolder.map { URL(fileURLWithPath: $0) } ?? folder.url
        process.environment = environment.merging(columns.map { ["COLUMNS": String($0)] } ?? [:]) { $1 }
        let errorFile = URL(fileURLWithPath: try folder.write(".runs/\(UUID().uuidString).err", Data()))
        process.standardInput = standardInput
        process.standardError = try FileHandle(forWritingTo: errorFile)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        return Running(process: process, output: output, errorFile: errorFile)
    }

    struct Running {
        let process: Process
        let output: Pipe
        let errorFile: URL
    }

    /// The surroundings of a user who has never used Akin.
    var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment
        for name in ["AKIN_DB", "AKIN_MODELS", "COLUMNS", "NO_COLOR"] { environment[name] = nil }
        environment["HOME"] = folder.path("home")
        environment["XDG_CACHE_HOME"] = folder.path("home/.cache")
        return environment
    }

    /// `$AKIN_BINARY`, else `akin` beside the test bundle, else in the package's build folder.
    static func executable() throws -> URL {
        let found = BuiltProgram.url("akin")
        return try #require(found, "akin is not built: run swift build -c release --product akin, or set AKIN_BINARY")
    }
}
