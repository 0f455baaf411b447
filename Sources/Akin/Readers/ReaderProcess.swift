import AkinCore
import AkinProcesses
import AkinText
import Foundation

/// A process of the reader program, and the folder that it works in. One file after another is read by it.
///
/// Unchecked, because whoever reads a file has taken the process for themselves.
final class ReaderProcess: @unchecked Sendable {
    private let limits: ReaderLimits
    private let converters: [String: String]
    private let program: PipedProgram
    private let folder: URL
    private var frames = ReaderFrames()
    /// Whether the process has answered the last request to its end, so that it may be asked again.
    private(set) var isReady = true

    init(_ path: String, limits: ReaderLimits, converters: [String: String], searchPath: String?) throws {
        self.limits = limits
        self.converters = converters
        folder = FileManager.default.temporaryDirectory.appending(path: "akin-reader-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        program = try PipedProgram(
            path, [], in: folder.path,
            environment: [
                "PATH": ProgramPath(searchPath).folders.joined(separator: ":"), "HOME": folder.path,
                "TMPDIR": folder.path, "LANG": "C.UTF-8",
            ])
    }

    deinit {
        program.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    func read(_ file: FileToRead, _ body: (ReadEvent) throws -> Void) throws {
        // The program works in another folder.
        var request = ReaderRequest(file, converters: converters, limits: limits)
        if !file.path.isAbsolutePath {
            request.path = FileManager.default.currentDirectoryPath.path(above: file.path)
        }
        var deadline = ContinuousClock.now + .seconds(limits.seconds)
        isReady = false
        let bytes = try ReaderFrames.bytes(of: request)
        try exchange { program throws(PipedProgram.Failure) in
            try program.write(bytes, until: deadline, while: Self.mayGoOn)
        }
        var given = 0
        while true {
            while let reply = try frames.next(ReaderReply.self) {
                guard try pass(reply, of: file, to: body) else { return }
                // Each text has its time, and what becomes of it is none of the reader's.
                deadline = .now + .seconds(limits.seconds)
            }
            let bytes = try exchange { program throws(PipedProgram.Failure) in
                try program.read(upTo: 1 << 18, until: deadline, while: Self.mayGoOn)
            }
            guard !bytes.isEmpty else { throw refusal(.closed) }
            given += bytes.count
            guard given <= limits.output else {
                throw FileRefusal("holds more than \(limits.output >> 20) MiB of text; split it")
            }
            frames.add(bytes)
        }
    }

    /// - Returns: whether more will come.
    private func pass(
        _ reply: ReaderReply, of file: FileToRead, to body: (ReadEvent) throws -> Void
    ) throws -> Bool {
        switch reply {
        case .record(let record):
            guard record.isSound else { throw FileRefusal("its reader gave what cannot be stored") }
            try body(.record(record))
        case .problem(let path, let line, let message):
            try body(.problem(RecordProblem(path: shown(path, file), line: line, message: message)))
        case .note(let note): try body(.note(shown(note, file)))
        case .guess(let path, let set): try body(.guess(path: shown(path, file), characterSet: set))
        case .missing(let missing):
            isReady = true
            throw missing
        case .refused(let message):
            isReady = true
            throw FileRefusal(message)
        case .end:
            isReady = true
            return false
        }
        return true
    }

    /// A text that begins with the file's source, with the file's path as it was given in its place.
    private func shown(_ text: String, _ file: FileToRead) -> String {
        guard text.utf8.starts(with: file.source.utf8) else { return text }
        return file.path + String(decoding: text.utf8.dropFirst(file.source.utf8.count), as: UTF8.self)
    }

    private static func mayGoOn() -> Bool { !CancellationFlag.isCurrentCancelled }

    private func exchange<Result>(
        _ body: (PipedProgram) throws(PipedProgram.Failure) -> Result
    ) throws -> Result {
        do {
            return try body(program)
        } catch {
            if case .stopped = error { try CancellationFlag.check() }
            throw refusal(error)
        }
    }

    private func refusal(_ failure: PipedProgram.Failure) -> FileRefusal {
        guard case .closed = failure else {
            return FileRefusal("takes more than \(limits.seconds) seconds to read; leave it out")
        }
        let status = program.finish(until: .now + .seconds(2))
        switch status - 128 {
        case SIGXCPU:
            return FileRefusal("takes more than \(limits.processorSeconds) seconds to read; leave it out")
        case 1...: return FileRefusal("its reader crashed or ran out of memory (signal \(status - 128))")
        default: return FileRefusal("its reader ended with status \(status)")
        }
    }
}
