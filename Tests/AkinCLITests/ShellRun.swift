import AkinTestSupport
import Foundation

extension Program {
    /// Runs a shell script in this program's folder, with `$AKIN` for the program: for limits, terminals and other
    /// surroundings.
    ///
    /// - Parameter terminal: whether the script has a terminal, 80 columns wide, in place of its standard output and
    ///   error.
    func shell(_ script: String, environment extra: [String: String] = [:], terminal: Bool = false) throws -> Outcome {
        let process = Process()
        let file = try folder.write(".runs/\(UUID().uuidString).sh", script)
        process.executableURL = URL(fileURLWithPath: terminal ? "/usr/bin/script" : "/bin/sh")
        process.arguments = terminal ? ["-qec", "stty cols 80; sh '\(file)'", "/dev/null"] : [file]
        process.currentDirectoryURL = folder.url
        process.environment = try surroundings(extra)
        process.standardInput = FileHandle.nullDevice
        let errorFile = URL(fileURLWithPath: try folder.write(".runs/\(UUID().uuidString).err", Data()))
        process.standardError = try FileHandle(forWritingTo: errorFile)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: data,
            errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
    }

    /// The environment of a user who has never used Akin.
    func surroundings(_ extra: [String: String] = [:]) throws -> [String: String] {
        var environment = ProcessInfo.processInfo.environment
        for name in ["AKIN_DB", "AKIN_MODELS", "COLUMNS", "NO_COLOR"] { environment[name] = nil }
        environment["HOME"] = folder.path("home")
        environment["XDG_CACHE_HOME"] = folder.path("home/.cache")
        environment["TERM"] = "xterm"
        environment["AKIN"] = try Program.executable().path
        return environment.merging(extra) { $1 }
    }
}
