import Akin
import AkinCore
import ArgumentParser

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that the database and its index are whole.",
        discussion: """
            Prints one line and exits with 0 when all is well, one line for each finding and 65 when not. Others may \
            search meanwhile; writers wait while the keyword index is compared with the texts.

              akin verify --db papers.db
            """)

    /// What `--json` prints.
    private struct Outcome: Encodable {
        let whole: Bool
        let findings: [StoreFinding]
    }

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (findings, documents) = try await store.withDatabase(.readOnly) { database in
            let findings = try await database.verify { output.talk.notes([$0]) }
            return (findings, findings.isEmpty ? try await database.information().documents : 0)
        }
        if output.json {
            try StandardOutput.printJSON(Outcome(whole: findings.isEmpty, findings: findings))
        } else if findings.isEmpty {
            try StandardOutput.print(["\(store.path) is whole: \(Figures.count(documents, "document"))"])
        } else {
            try StandardOutput.print(findings.map { String(DisplayText.oneLine($0.message)) })
        }
        if !findings.isEmpty {
            output.talk.notes(["'akin repair' rebuilds what is derived and saves what can be read"])
        }
        if !findings.isEmpty { throw ExitCode(AkinError.Code.invalidData.exitStatus) }
    }
}
