import Akin
import AkinCore
import ArgumentParser

struct RepairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Repair a damaged database: rebuild what is derived, save what can be read.",
        discussion: """
            Index files, keyword index, filters' entries, the change log and an encoder's vectors are rebuilt from the \
            texts. Where the database file itself is damaged, what can be read is copied into a new one, which takes \
            its place in one step; the file as it was stays beside it as akin.db-damaged-1. That takes up to three \
            times the size of the database on the disk.

            A database that is whole is left alone, and so is a file of another program or of a newer Akin. Triggers, \
            views and whatever else SQLite would run and Akin did not define are removed, by name; a table that is not \
            Akin's is reported as lost and kept in the copy of a damaged database.

            The exit status is 0 when nothing was lost, and 65, with a line for each loss, when \
            something has to be indexed again or restored from a backup.

              akin verify || akin repair
            """)

    @OptionGroup var work: WorkOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let progress = output.talk.progressLine()
        let report: RepairReport
        do {
            report = try await Database.repair(
                at: store.path, configuration: Database.Configuration(threads: work.threads, models: .ofEnvironment),
                progress: ProgressLine.handler(for: progress))
            progress?.finish()
        } catch {
            progress?.finish()
            throw error
        }
        if output.json {
            try StandardOutput.printJSON(report)
        } else if !output.talk.quiet {
            try StandardOutput.print(lines(for: report))
        }
        if !report.losses.isEmpty { throw ExitCode(AkinError.Code.invalidData.exitStatus) }
    }

    private func lines(for report: RepairReport) -> [String] {
        let style = TerminalStyle(.output)
        func lines(_ mark: String, _ sentences: some Sequence<String>) -> [String] {
            sentences.map { style.dim(mark) + String(DisplayText.oneLine($0)) }
        }
        let holds = "\(Figures.count(report.documents, "document")), \(Figures.count(report.passages, "passage"))"
        let outcome =
            switch (report.findings.isEmpty && report.done.isEmpty, report.losses.isEmpty) {
            case (true, true): "\(store.path) is whole: \(holds)"
            case (_, true): "\(store.path) is whole again: \(holds)"
            case (_, false): "\(store.path) holds what could be saved: \(holds)"
            }
        return lines("found  ", report.findings.map(\.message))
            + lines("done   ", report.done.map { RemedyWording.text($0) })
            + lines("lost   ", report.losses.map { RemedyWording.text($0) }) + [outcome]
    }
}
