import AkinCore
import AkinProcesses
import CAkinKernels
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Another program, run to its end. Akin starts programs in no other way.
///
/// It is found by its absolute path in `ProgramPath`, works in a private folder, sees none of the variables that make
/// interpreters and the dynamic linker load other code, and has signals as a login shell has them. It is a process
/// group of its own. When it has to stop, the group gets SIGTERM and is then killed. Its standard input is a pipe that
/// ends with this process, so that it can see when nobody waits for it any more.
struct ChildProgram {
    /// Environment variables that change which code a program runs.
    private static let unwanted = [
        "LD_", "DYLD_", "PYTHON", "BASH_", "GCONV_PATH", "GLIBC_TUNABLES", "SHELLOPTS", "BASHOPTS", "ENV", "IFS",
    ]
    /// The time between SIGTERM and SIGKILL.
    private static let grace = Duration.milliseconds(500)

    let executable: String
    let arguments: [String]
    /// A folder that only this user can write to: the program's working folder, and where it keeps temporary files.
    let folder: URL

    private let path: ProgramPath
    private let environment: [String: String]

    /// - Parameter environment: the variables for the program, without those that it must not see; `PATH` among them
    ///   says where programs are.
    /// - Throws: `AkinError(.noInput)` when the program is not installed.
    init(_ name: String, _ arguments: [String], in folder: URL, environment: [String: String]) throws {
        let path = ProgramPath(environment["PATH"])
        guard let executable = path.program(name) else {
            throw AkinError(
                .noInput,
                "\(name) is in no folder of PATH that belongs to you or to root and is not writable by everybody")
        }
        self.executable = executable
        self.arguments = arguments
        self.folder = folder
        self.path = path
        self.environment = environment
    }

    /// Runs the program to its end, or until `mayGoOn` returns false. No process of its group is left afterwards.
    ///
    /// - Parameter mayGoOn: asked twenty times a second.
    /// - Returns: the exit status, or 128 and the signal, and what the program wrote to standard error.
    func run(while mayGoOn: () -> Bool = { true }) throws -> (status: Int32, errors: String) {
        let talk = folder.appending(path: "errors-\(UUID().uuidString)")
        let (process, input) = try start(errorsTo: talk.path)
        defer { close(input) }
        var status: Int32 = 0
        var stopped: ContinuousClock.Instant?
        while unsafe waitpid(process, &status, WNOHANG) == 0 {
            if stopped == nil, !mayGoOn() || CancellationFlag.current?.isCancelled == true {
                stopped = .now
                kill(-process, SIGTERM)
            }
            if let stopped, .now - stopped > Self.grace { kill(-process, SIGKILL) }
            usleep(50_000)
        }
        // Stops processes that it may have started and not waited for.
        kill(-process, SIGKILL)
        try CancellationFlag.check()
        let errors = try String(decoding: Data(contentsOf: talk), as: UTF8.self)
        return (status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F, errors)
    }

    /// - Returns: the process, which leads a group of its own, and the end of the pipe to its standard input.
    private func start(errorsTo talk: String) throws -> (process: pid_t, input: CInt) {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw failure(errno) }
        defer { close(ends[0]) }
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)

        var argv = unsafe ([executable] + arguments).map { unsafe strdup($0) } + [nil]
        var variables = unsafe cleanEnvironment.map { unsafe strdup($0 + "=" + $1) } + [nil]
        defer { unsafe (argv + variables).forEach { unsafe free($0) } }
        var process: pid_t = 0
        let reason = unsafe executable.withCString { path in
            unsafe folder.path.withCString { folder in
                unsafe talk.withCString { talk in
                    unsafe argv.withUnsafeMutableBufferPointer { argv in
                        unsafe variables.withUnsafeMutableBufferPointer { variables in
                            var start = unsafe akin_spawn(
                                path: path, arguments: argv.baseAddress, environment: variables.baseAddress,
                                folder: folder, input: ends[0],
                                output: -1, errors: talk)
                            return unsafe akin_spawn(&start, &process)
                        }
                    }
                }
            }
        }
        guard reason == 0 else {
            close(ends[1])
            throw failure(reason)
        }
        return (process, ends[1])
    }

    private var cleanEnvironment: [String: String] {
        var environment = environment.filter { name, _ in
            !Self.unwanted.contains { name.hasPrefix($0) }
        }
        environment["PATH"] = path.folders.joined(separator: ":")
        environment["TMPDIR"] = folder.path
        environment["PWD"] = folder.path
        environment["OLDPWD"] = nil
        return environment
    }

    private func failure(_ reason: CInt) -> AkinError {
        AkinError(.noInput, "\(executable) cannot be started: \(unsafe String(cString: strerror(reason)))")
    }
}
