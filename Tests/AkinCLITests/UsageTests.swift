import Foundation
import Testing

@Suite("Usage: help, version, wrong options")
struct UsageTests {
    /// Every command that the program knows, those below others too, as the argument parser lists them.
    static let commands: [String] = {
        guard let program = try? Program(), let help = try? program.run("--experimental-dump-help"),
            let tree = try? JSONDecoder().decode(Tree.self, from: help.output)
        else { return [] }
        return tree.command.paths.dropFirst().filter { $0 != "help" }
    }()

    private struct Tree: Decodable {
        struct Command: Decodable {
            var commandName: String
            var subcommands: [Command]?

            /// This command, as an empty path, and all below it.
            var paths: [String] {
                [""]
                    + (subcommands ?? []).flatMap { command in
                        command.paths.map { $0.isEmpty ? command.commandName : command.commandName + " " + $0 }
                    }
            }
        }

        var command: Command
    }

    @Test func `every command is tried here`() {
        #expect(Self.commands.count > 35)
        #expect(Self.commands.contains("cluster delete") && Self.commands.contains("words senses"))
    }

    @Test func `the version is printed`() throws {
        let outcome = try Program().run("--version")
        #expect(outcome.status == 0)
        #expect(outcome.text == "0.1.0\n")
    }

    @Test func `the help names every command`() throws {
        let outcome = try Program().run("--help")
        #expect(outcome.status == 0)
        for command in UsageTests.commands where !command.contains(" ") {
            #expect(outcome.text.contains("\n  \(command) "))
        }
    }

    @Test(arguments: commands)
    func `the help of every command has an example`(command: String) throws {
        let outcome = try Program().run(command.split(separator: " ").map(String.init) + ["--help"], input: Data())
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("  akin \(command)") || outcome.text.contains("| akin \(command)"))
    }

    @Test(arguments: commands.filter { !["model", "words", "train", "collection"].contains($0) })
    func `every command takes --quiet`(command: String) throws {
        let outcome = try Program().run(command.split(separator: " ").map(String.init) + ["--help"], input: Data())
        #expect(outcome.text.contains("  --quiet "))
    }

    @Test(arguments: commands)
    func `examples stay on one line, so that they can be pasted`(command: String) throws {
        let lines = try Program().run(command.split(separator: " ").map(String.init) + ["--help"], input: Data()).lines
        for (example, next) in zip(lines, lines.dropFirst()) where example.hasPrefix("  ") && example.contains("akin ")
        {
            #expect(next.isEmpty || next.contains("akin "), "\(example)")
        }
    }

    @Test(arguments: [
        ["--nonsense"], ["nonsense"], ["index", "--id-field", "x"], ["index", "x", "--nonsense"],
        ["index", "x", "--chunk-tokens", "-1"],
        ["index", "x", "--chunk-tokens", "10", "--chunk-overlap", "10"], ["index", "x", "--format", "pdf"],
        ["index", "x", "--threads", "0"],
        ["search"], ["search", ""], ["search", "  "], ["search", "x", "-k", "0"], ["search", "x", "-k", "10001"],
        ["search", "x", "-k", "ten"],
        ["search", "x", "--mode", "vague"], ["search", "x", "--queries", "f"],
        ["search", "x", "--precision", "fp8"], ["similar"],
        ["cluster", "-k", "0"], ["cluster", "-k", "many"], ["cluster", "--report", "report.pdf"],
        ["cluster", "nonsense"],
        ["cluster", "-k", "3", "list"],
        ["embed", "--format", "csv"], ["recall", "--min", "1.5"], ["recall", "--ef", "16,,32"], ["eval"],
        ["put", ""],
        ["search", "x", "--vector", "[1,x]"], ["search", "--vector", "[1]", "--vector-file", "f"],
        ["search", "--vector", "[1]", "--queries", "f"], ["import"], ["import", "a.npy", "--type", "f8"],
        ["import", "a.npy", "--metric", "hamming"], ["import", "a.npy", "--ids", "i", "--id-prefix", "p"],
        ["export", "--with-vectors", "--vectors"], ["export", "--encoder", "words"], ["model", "nonsense"],
        ["tokenize", "--precision", "fp32"], ["export", "--format", "csv"],
    ])
    func `what is not understood is an error with status 64 and nothing on standard output`(arguments: [String]) throws
    {
        let outcome = try Program().run(arguments, input: Data())
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("akin: "))
    }

    @Test(arguments: [
        (["search", "x", "-k", "-5"], "-k must be from 1 to 10000, not -5."),
        (["search", "x", "--threads", "-1"], "not -1."),
        (["recall", "--samples", "-7"], "not -7."), (["recall", "--min", "-0.5"], "not -0.5."),
        (["recall", "--ef", "-16"], "'-16'"),
        (["index", "x", "--chunk-overlap", "-3"], "not -3."), (["cluster", "--seed", "-1"], "'-1'"),
        (["cluster", "-k", "-2"], "'-2'"),
    ])
    func `the error for a negative number says what it should be`(arguments: [String], message: String) throws {
        let outcome = try Program().run(arguments, input: Data())
        #expect(outcome.status == 64)
        #expect(outcome.errorLines.first?.contains(message) == true, "\(outcome.errors)")
    }

    @Test func `a value that begins with a dash can be given, and the error says how`() throws {
        let program = try Program()
        let refused = try program.run("put", "a", "--text", "-5 degrees")
        #expect(refused.status == 64)
        #expect(
            refused.errorLines.last?.hasSuffix("A value that begins with a dash is written --text=-5 degrees") == true,
            "\(refused.errors)")
        #expect(try program.run("put", "a", "--text=-5 degrees").status == 0)
        #expect(try program.run("get", "a").text.contains("-5 degrees"))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completion scripts are printed`(shell: String) throws {
        let outcome = try Program().run("--generate-completion-script", shell)
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("akin"))
    }
}
