import AkinCore
import Foundation

/// Programs of the system that a model is fetched with.
enum SystemTool {
    /// Runs a program to its end, or until it goes too far.
    ///
    /// - Parameter mayGoOn: Asked ten times a second.
    /// - Throws: when the program is not there.
    static func run(_ command: [String], while mayGoOn: () -> Bool = { true }) throws -> (status: Int32, errors: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        let talk = FileManager.default.temporaryDirectory.appending(path: "akin-\(UUID().uuidString)")
        try Data().write(to: talk)
        defer { try? FileManager.default.removeItem(at: talk) }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: talk)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        while process.isRunning {
            if !mayGoOn() || CancellationFlag.current?.isCancelled == true { process.terminate() }
            Thread.sleep(forTimeInterval: 0.1)
        }
        try CancellationFlag.check()
        if process.terminationStatus == 127 { throw AkinError(.noInput, "\(command[0]) is not installed") }
        return (process.terminationStatus, String(decoding: try Data(contentsOf: talk), as: UTF8.self))
    }
}
