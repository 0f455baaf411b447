import AkinTestSupport
import Foundation
import Testing

/// What the program does where the system gives it little.
@Suite struct ResourceLimitTests {
    private static let commands = [
        "--version", "info", "verify", "search ferry", "cluster -k 2", "embed", "put y --text hello",
        "index corpus.jsonl", "doctor",
    ]

    private func prepared() throws -> Program {
        let program = try Program()
        try program.indexSample(count: 40)
        return program
    }

    /// Runs commands under a limit, each for twenty seconds at most, and gives back `status command` lines and the
    /// messages.
    private func run(_ program: Program, under limit: String) throws -> [(
        status: Int32, command: String, errors: String
    )] {
        try Self.commands.map { command in
            let outcome = try program.shell("echo ferry | { ulimit \(limit) && timeout 20 \"$AKIN\" \(command); }")
            return (outcome.status, command, outcome.errors)
        }
    }

    @Test(arguments: [150_000, 250_000, 300_000, 350_000, 600_000])
    func `under a limit on memory every command ends, without a signal`(kilobytes: Int) throws {
        for (status, command, errors) in try run(try prepared(), under: "-v \(kilobytes)") {
            // 127 is the dynamic linker's, which finds no room for libraries.
            #expect([0, 71, 127].contains(status), "\(command): \(status) \(errors)")
            #expect(status != 71 || errors.contains("memory"), "\(command): \(errors)")
        }
    }

    @Test func `there is enough memory to cluster where a limit leaves some hundred megabytes`() throws {
        let outcome = try prepared().shell("ulimit -v 1000000 && \"$AKIN\" cluster -k 2")
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func `a text too large for the limit is answered with out of memory`() throws {
        let program = try Program()
        try program.folder.write("large.txt", String(repeating: "ferry tide harbour anchor ", count: 3_000_000))
        let outcome = try program.shell(
            "ulimit -v 350000 && timeout 60 \"$AKIN\" index large.txt --encoder words --quiet")
        #expect(outcome.status == 71 && outcome.errors.contains("out of memory"), "\(outcome.status) \(outcome.errors)")
    }

    @Test(arguments: [5, 6, 10, 14, 18, 27])
    func `with few descriptors every command ends, without a signal`(count: Int) throws {
        for (status, command, errors) in try run(try prepared(), under: "-n \(count)") {
            #expect(
                [0, 71, 127].contains(status) || (status == 1 && command == "doctor"), "\(command): \(status) \(errors)"
            )
            #expect(status != 71 || errors.contains("files may be open"), "\(command): \(errors)")
        }
    }

    @Test func `a low soft limit on descriptors is raised`() throws {
        #expect(try prepared().shell("ulimit -S -n 10 && \"$AKIN\" search ferry").status == 0)
    }

    @Test(arguments: ["999999999999", "99999999999999999999", "-5", "0", "x"]) func `any value of COLUMNS will do`(
        columns: String
    ) throws {
        let outcome = try prepared().shell(
            "COLUMNS=\(columns) \"$AKIN\" search ferry && COLUMNS=\(columns) \"$AKIN\" cluster -k 2")
        #expect(outcome.status == 0 && outcome.lines.allSatisfy { $0.count <= 1000 }, "\(outcome.errors)")
    }
}
