import AkinProcesses
import AkinText
import Foundation
import Synchronization

/// A program run for one file: what it writes to standard output, within the file's limits.
struct ProgramRun {
    /// What the program wrote.
    let output: [UInt8]
    /// The exit status, or 128 and the signal.
    let status: Int32

    /// The process group of the program that runs; 0 where none does.
    static let running = Mutex<Int32>(0)

    /// The absolute path of a program; nil where it is not installed.
    static func path(of program: String) -> String? {
        if program.hasPrefix("/") { return FileManager.default.isExecutableFile(atPath: program) ? program : nil }
        return ProgramPath(ProcessInfo.processInfo.environment["PATH"]).program(program)
    }

    /// - Throws: `FileRefusal` when the program takes too long or writes too much.
    init(_ path: String, _ arguments: [String], limits: ReaderLimits) throws {
        let variables = ProcessInfo.processInfo.environment
        let program = try PipedProgram(
            path, arguments, in: FileManager.default.currentDirectoryPath,
            environment: variables.filter { ["PATH", "HOME", "TMPDIR", "LANG"].contains($0.key) })
        program.closeInput()
        Self.running.withLock { $0 = program.process }
        defer { Self.running.withLock { $0 = 0 } }
        // Before Akin's own patience ends, so that the program is ended too.
        let deadline = ContinuousClock.now + .seconds(Double(limits.seconds) * 0.95)
        let name = path.split(separator: "/").last ?? ""
        var output: [UInt8] = []
        do throws(PipedProgram.Failure) {
            while case let bytes = try program.read(upTo: 1 << 18, until: deadline), !bytes.isEmpty {
                output += bytes
                if output.count > limits.output { break }
            }
        } catch {
            throw FileRefusal("takes \(name) more than \(limits.seconds) seconds; leave it out")
        }
        guard output.count <= limits.output else {
            throw FileRefusal("holds more than \(limits.output >> 20) MiB of text; split it")
        }
        status = program.finish(until: .now + .seconds(1))
        self.output = output
    }
}
