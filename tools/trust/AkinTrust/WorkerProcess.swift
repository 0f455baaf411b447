import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A worker in a process of its own.
struct WorkerProcess {
    /// How a worker ended, and its output until then.
    struct Outcome {
        let status: Int32
        let signal: Int32?
        /// Steps begun and steps acknowledged.
        let started: Int
        let acknowledged: Int
        /// The line about the step that was refused.
        let refusal: String?
        let errors: String

        var wasKilled: Bool { signal == SIGKILL }
    }

    /// The command of the worker.
    var kind = "worker"
    var arguments: [String]
    var environment: [String: String] = [:]
    /// Seconds after which a worker is killed; nil lets it run.
    var killAfter: Double?
    /// Seconds after which it counts as hung.
    var limit = 900.0

    func run() throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0]).standardizedFileURL
        process.arguments = [kind] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let identifier = process.processIdentifier
        let timer = DispatchSource.makeTimerSource()
        let isEarly = killAfter != nil
        timer.schedule(deadline: .now() + (killAfter ?? limit))
        timer.setEventHandler { kill(identifier, isEarly ? SIGKILL : SIGABRT) }
        timer.resume()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complaint = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        timer.cancel()
        return Self.outcome(of: process, said: said, errors: String(decoding: complaint, as: UTF8.self))
    }

    private static func outcome(of process: Process, said: Data, errors: String) -> Outcome {
        var (started, acknowledged, refusal) = (0, 0, String?.none)
        // A line without its end was not fully written.
        let lines = said.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
        for line in lines.map({ String(decoding: $0, as: UTF8.self) }) {
            if line.hasPrefix("s ") { started += 1 }
            if line.hasPrefix("a ") { acknowledged += 1 }
            if line.hasPrefix("e ") { refusal = line }
        }
        let isSignal = process.terminationReason == .uncaughtSignal
        return Outcome(
            status: process.terminationStatus, signal: isSignal ? process.terminationStatus : nil, started: started,
            acknowledged: acknowledged, refusal: refusal, errors: errors)
    }
}

/// The library that stands between a worker and its disk (`disk.c`), compiled where it is needed.
struct DiskLibrary {
    let path: String

    /// - Parameter source: `tools/trust/disk.c`.
    init(source: String, in folder: TrialFolder) throws {
        path = folder.file("libdisk.so")
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/env")
        compiler.arguments = ["cc", "-shared", "-fPIC", "-O1", "-o", path, source, "-ldl"]
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else { throw TrialFailure("\(source) cannot be compiled with cc.") }
    }

    /// The environment in which a process meets a fault; the file `report` proves that it did.
    func environment(fault: String, report: String) -> [String: String] {
        ["LD_PRELOAD": path, "AKIN_FAULT": fault, "AKIN_FAULT_REPORT": report]
    }

    /// The environment in which everything that changes the files of a folder is recorded.
    func environment(record: String, of folder: String) -> [String: String] {
        ["LD_PRELOAD": path, "AKIN_RECORD": record, "AKIN_RECORD_FOLDER": folder]
    }
}
