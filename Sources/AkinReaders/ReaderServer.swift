import AkinCore
import AkinText
import CAkinKernels
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Answers requests on standard input, one file after another, until it is closed.
package enum ReaderServer {
    /// Bytes of answers that are written at once.
    private static let outputBuffer = 1 << 16

    package static func run() {
        // What libraries print must not come between the answers.
        let output = dup(1)
        dup2(2, 1)
        endWithStandardInput()
        var frames = ReaderFrames()
        while true {
            do {
                while let request = try frames.next(ReaderRequest.self) { answer(request, to: output) }
            } catch {
                return
            }
            let bytes = received()
            guard !bytes.isEmpty else { return }
            frames.add(bytes)
        }
    }

    private static func answer(_ request: ReaderRequest, to output: CInt) {
        let limits = request.limits
        func renewLimits() {
            akin_limit_work(UInt64(limits.memory), UInt64(limits.processorSeconds), UInt64(limits.unpacked))
        }
        renewLimits()
        var pending: [UInt8] = []
        func send(_ reply: ReaderReply) throws {
            pending += try ReaderFrames.bytes(of: reply)
            if pending.count >= outputBuffer { flush() }
        }
        func flush() {
            write(pending, to: output)
            pending.removeAll(keepingCapacity: true)
        }
        do {
            do {
                try DocumentReaders(request).read(request.file) { event in
                    switch event {
                    case .record(let record):
                        try send(.record(record))
                        renewLimits()
                    case .problem(let problem):
                        try send(.problem(path: problem.path, line: problem.line, message: problem.message))
                    case .note(let note): try send(.note(note))
                    case .guess(let path, let set): try send(.guess(path: path, characterSet: set))
                    case .file: break
                    }
                }
                try send(.end)
            } catch let error as MissingProgram {
                try send(.missing(error))
            } catch let error as UnpackingLimit {
                try send(.refused(error.message))
            } catch let error as AkinError {
                try send(.refused(error.message))
            } catch {
                try send(.refused((error as? FileRefusal)?.message ?? "cannot be read: \(error)"))
            }
        } catch {
            // A text that cannot be encoded.
            exit(70)
        }
        flush()
    }

    private static func received() -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            var got: Int
            repeat { got = unsafe read(0, buffer.baseAddress, buffer.count) } while got < 0 && errno == EINTR
            count = max(0, got)
        }
    }

    private static func write(_ bytes: [UInt8], to output: CInt) {
        var place = 0
        while place < bytes.count {
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Foundation.write(output, buffer.baseAddress! + place, buffer.count - place)
            }
            if written > 0 { place += written } else if errno != EINTR { exit(74) }
        }
    }

    /// Ends this process, with the programs that it has started, as soon as nobody waits for it any more.
    private static func endWithStandardInput() {
        let folder = FileManager.default.currentDirectoryPath
        Thread.detachNewThread {
            while true {
                var item = pollfd(fd: 0, events: 0, revents: 0)
                guard unsafe poll(&item, 1, -1) > 0, item.revents & Int16(POLLHUP) != 0 else {
                    usleep(100_000)
                    continue
                }
                if folder.contains("/akin-reader-") { try? FileManager.default.removeItem(atPath: folder) }
                let program = ProgramRun.running.withLock { $0 }
                if program > 0 { kill(-program, SIGKILL) }
                if getpgrp() == getpid() { kill(0, SIGKILL) }
                exit(0)
            }
        }
    }
}
