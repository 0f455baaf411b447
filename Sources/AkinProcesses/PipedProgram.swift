import AkinCore
import CAkinKernels
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A program that runs beside this process and is talked to over its standard input and output alone.
///
/// It leads a process group of its own, works in a folder given, and sees no other variables than those given. No call
/// waits beyond its deadline. When this value goes, the whole group is killed.
package final class PipedProgram {
    /// Why an exchange with the program ended.
    package enum Failure: Error {
        /// The program has closed its end: it has ended or was killed.
        case closed
        /// Nothing came before the deadline.
        case deadline
        /// The caller's own wish to stop.
        case stopped
    }

    private static let longestWait = Duration.milliseconds(50)

    /// The number of the process, and of its group.
    package let process: Int32
    private var input: CInt
    private let output: CInt
    private var status: CInt?

    /// - Throws: `AkinError(.noInput)` when the program cannot be started.
    package init(
        _ executable: String, _ arguments: [String], in folder: String, environment: [String: String]
    ) throws {
        // A socket in place of a pipe: writing to a program that has ended is then an error and not a signal.
        var input: [CInt] = [-1, -1]
        var output: [CInt] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Self.stream, 0, &input) == 0 else { throw Self.failure(executable, errno) }
        guard unsafe pipe(&output) == 0 else {
            let reason = errno
            input.forEach { close($0) }
            throw Self.failure(executable, reason)
        }
        for descriptor in input + output { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        #if canImport(Darwin)
        var on: CInt = 1
        _ = unsafe setsockopt(input[1], SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<CInt>.size))
        #endif
        defer {
            close(input[0])
            close(output[1])
        }
        var argv = unsafe ([executable] + arguments).map { unsafe strdup($0) } + [nil]
        var variables = unsafe environment.map { unsafe strdup("\($0)=\($1)") } + [nil]
        defer { unsafe (argv + variables).forEach { unsafe free($0) } }
        var process: pid_t = 0
        let reason = unsafe executable.withCString { path in
            unsafe folder.withCString { folder in
                unsafe argv.withUnsafeMutableBufferPointer { argv in
                    unsafe variables.withUnsafeMutableBufferPointer { variables in
                        var start = unsafe akin_spawn(
                            path: path, arguments: argv.baseAddress, environment: variables.baseAddress,
                            folder: folder, input: input[0], output: output[1], errors: nil)
                        return unsafe akin_spawn(&start, &process)
                    }
                }
            }
        }
        guard reason == 0 else {
            close(input[1])
            close(output[0])
            throw Self.failure(executable, reason)
        }
        self.process = process
        self.input = input[1]
        self.output = output[0]
        _ = fcntl(self.input, F_SETFL, O_NONBLOCK)
    }

    deinit { stop() }

    /// Writes all bytes.
    package func write(
        _ bytes: [UInt8], until deadline: ContinuousClock.Instant, while mayGoOn: () -> Bool = { true }
    ) throws(Failure) {
        var place = 0
        while place < bytes.count {
            try wait(for: input, Int16(POLLOUT), until: deadline, while: mayGoOn)
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe send(input, buffer.baseAddress! + place, buffer.count - place, Self.noSignal)
            }
            if written > 0 { place += written } else if errno != EAGAIN && errno != EINTR { throw .closed }
        }
    }

    /// Closes the program's standard input.
    package func closeInput() {
        guard input >= 0 else { return }
        close(input)
        input = -1
    }

    /// The next bytes that the program writes, at most `count`; empty at the end.
    package func read(
        upTo count: Int, until deadline: ContinuousClock.Instant, while mayGoOn: () -> Bool = { true }
    ) throws(Failure) -> [UInt8] {
        while true {
            try wait(for: output, Int16(POLLIN), until: deadline, while: mayGoOn)
            var got = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                got = unsafe readBytes(output, buffer.baseAddress, count)
                filled = max(0, got)
            }
            if got >= 0 { return bytes }
            if errno != EINTR && errno != EAGAIN { throw .closed }
        }
    }

    /// Kills the program with all that it started, and waits for its end.
    ///
    /// - Returns: the exit status, or 128 and the signal.
    @discardableResult
    package func stop() -> Int32 {
        if let status { return status }
        closeInput()
        kill(-process, SIGKILL)
        return end()
    }

    /// Waits for the program, which has closed its output, and kills what it left behind.
    package func finish(until deadline: ContinuousClock.Instant) -> Int32 {
        closeInput()
        while status == nil, ContinuousClock.now < deadline {
            var status: CInt = 0
            if unsafe waitpid(process, &status, WNOHANG) == process { return end(Self.code(of: status)) }
            usleep(2000)
        }
        return stop()
    }

    private func end(_ known: Int32? = nil) -> Int32 {
        kill(-process, SIGKILL)
        var code = known ?? 0
        if known == nil {
            var status: CInt = 0
            while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
            code = Self.code(of: status)
        }
        close(output)
        status = code
        return code
    }

    private static func code(of status: CInt) -> Int32 {
        status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    private func wait(
        for descriptor: CInt, _ events: Int16, until deadline: ContinuousClock.Instant, while mayGoOn: () -> Bool
    ) throws(Failure) {
        guard status == nil, descriptor >= 0 else { throw .closed }
        while true {
            if !mayGoOn() { throw .stopped }
            let left = deadline - .now
            guard left > .zero else { throw .deadline }
            var item = pollfd(fd: descriptor, events: events, revents: 0)
            let milliseconds = CInt(max(1, min(left, Self.longestWait) / .milliseconds(1)))
            if unsafe poll(&item, 1, milliseconds) > 0 { return }
        }
    }

    private static func failure(_ executable: String, _ reason: CInt) -> AkinError {
        AkinError(.noInput, "\(executable) cannot be started: \(unsafe String(cString: strerror(reason)))")
    }

    #if canImport(Darwin)
    private static let stream = SOCK_STREAM
    private static let noSignal: CInt = 0
    #elseif canImport(Musl)
    private static let stream = SOCK_STREAM
    private static let noSignal = CInt(MSG_NOSIGNAL)
    #else
    private static let stream = CInt(SOCK_STREAM.rawValue)
    private static let noSignal = CInt(MSG_NOSIGNAL)
    #endif
}

/// `read`, under a name that is free within `PipedProgram`.
private func readBytes(_ descriptor: CInt, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
    unsafe read(descriptor, buffer, count)
}
