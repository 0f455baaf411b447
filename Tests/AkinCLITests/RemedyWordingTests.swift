import AkinCLI
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct RemedyWordingTests {
    /// The help of each command, by its name.
    private static let help: [String: String] = Dictionary(
        uniqueKeysWithValues: UsageTests.commands.map { command in
            let outcome = try? Program().run(["help"] + command.split(separator: " ").map(String.init), input: Data())
            return (command, outcome?.status == 0 ? outcome?.text ?? "" : "")
        })

    @Test(arguments: Remedy.samples)
    func `a remedy names commands and options that exist`(remedy: Remedy) throws {
        for line in RemedyWording.clause(for: remedy).split(separator: "\n") where !line.contains("python3") {
            var known: [String] = []
            for match in line.matches(of: #/akin ([a-z]+)( list| fetch)?/#) {
                let command = String(match.1) + (match.2.map(String.init) ?? "")
                known.append(try #require(Self.help[command], "\(line)"))
            }
            #expect(known.allSatisfy { $0.contains("USAGE: akin") })
            let texts = known.isEmpty ? Array(Self.help.values) : known
            for option in line.matches(of: #/--[a-z][a-z-]+/#) {
                let isKnown = texts.contains { $0.contains("\(option.0) <") || $0.contains("\(option.0) ") }
                #expect(isKnown, "\(option.0) in \(line)")
            }
        }
    }

    @Test(arguments: [
        ("The store is empty.", "The store is empty: run 'akin optimize'."),
        ("It failed: no file.", "It failed: no file. Run 'akin optimize'."),
        ("It failed: no file. All is lost.", "It failed: no file. All is lost: run 'akin optimize'."),
        ("the record is empty", "the record is empty; run 'akin optimize'"),
    ])
    func `a remedy follows a colon where there is none yet`(message: String, said: String) {
        #expect(RemedyWording.text(Note(message, remedy: .optimize)) == said)
        #expect(RemedyWording.text(Note(message)) == message)
    }

    @Test func `JSON has the words of the command line`() throws {
        let program = try Program()
        try program.folder.write("a.jsonl", "{\"title\":\"none\"}\n{\"text\":\"A ferry.\"}\n")
        let summary = try program.run("index", "a.jsonl", "--json").object()
        let problems = try #require(summary["problems"] as? [[String: Any]])
        let message = try #require(problems.first?["message"] as? String)
        #expect(message.hasSuffix("; give a field with --text-field") && problems.first?.count == 3, "\(problems)")
    }
}
