import AkinTestSupport
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The short modes of the trials in `tools/trust`; each ends with status 0 only when nothing was lost, invented or
/// wrong.
@Suite(.serialized) struct TrustTests {
    #if os(Linux)
    /// Faults are placed by a library that a C compiler makes, under Linux.
    static let canPlaceFaults = (try? run("/usr/bin/env", ["cc", "--version"]).status) == 0
    #else
    static let canPlaceFaults = false
    #endif

    private static let disk = BuiltProgram.package.appending(path: "tools/trust/disk.c").path
    private static let model = BuiltProgram.package.appending(path: "Tests/AkinTransformersTests/Goldens/bert/dense")
        .path

    @discardableResult
    private static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        // A kill loses what a disk in memory loses: nothing.
        if FileManager.default.isWritableFile(atPath: "/dev/shm") { environment["TMPDIR"] = "/dev/shm" }
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }

    private func expectNothingWrong(_ arguments: String...) throws {
        let program = try #require(BuiltProgram.url("AkinTrust"), "AkinTrust is not built")
        let outcome = try Self.run(program.path, arguments + ["--model", Self.model])
        #expect(outcome.status == 0, "\(outcome.text)")
        #expect(
            outcome.text.contains("0 lost, 0 phantom, 0 wrong") || outcome.text.contains("answers, 0 wrong"),
            "\(outcome.text)")
    }

    @Test func `nothing is lost when a writer is killed`() throws {
        try expectNothingWrong("crash", "--rounds", "30")
    }

    @Test(.enabled(if: canPlaceFaults, "needs Linux and a C compiler"))
    func `nothing is lost when a writer is killed at named points`() throws {
        try expectNothingWrong("crash", "--rounds", "30", "--seed", "100", "--disk", Self.disk)
    }

    @Test(.enabled(if: canPlaceFaults, "needs Linux and a C compiler"))
    func `nothing is lost when a migration is killed`()
        throws
    {
        try expectNothingWrong("crash", "--rounds", "8", "--migration", "--disk", Self.disk)
    }

    @Test(.enabled(if: canPlaceFaults, "needs Linux and a C compiler"), arguments: ["full", "normal"])
    func `nothing is lost when the power goes`(durability: String) throws {
        try expectNothingWrong(
            "power-loss", "--images", "16", "--per-recording", "8", "--disk", Self.disk, "--durability", durability)
    }

    @Test(.enabled(if: canPlaceFaults, "needs Linux and a C compiler")) func `faults are reported and lose nothing`()
        throws
    {
        try expectNothingWrong("faults", "--each", "1", "--disk", Self.disk)
    }

    @Test(.enabled(if: canPlaceFaults && geteuid() == 0, "needs Linux and root"))
    func `a full disk and one without descriptors lose nothing`() throws {
        try expectNothingWrong("exhaustion", "--rounds", "2")
    }

    @Test func `random programs answer as the model in memory does`() throws {
        try expectNothingWrong("model", "--programs", "6", "--steps", "80")
    }

    @Test func `no changed bit goes unnoticed`() throws {
        try expectNothingWrong("bits", "--rounds", "60")
    }

    @Test func `no row that was edited ends a command by a signal`() throws {
        let program = try #require(BuiltProgram.url("akin"), "akin is not built")
        try expectNothingWrong("edited-rows", "--rounds", "4", "--seed", "40", "--program", program.path)
    }

    @Test func `trainings that are killed end with the same bytes`() throws {
        try expectNothingWrong("training", "--rounds", "1")
    }

    @Test func `adaptations that are killed leave one state or the other`() throws {
        try expectNothingWrong("adaptation", "--rounds", "6")
    }

    @Test func `readers and writers see whole commits`() throws {
        try expectNothingWrong("stress", "--seconds", "5")
    }
}
