import Akin
import AkinCore
import ArgumentParser

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the database as it is now, while others use it.",
        discussion: """
            The copy holds one moment of the database, is compact, and appears under its name only when it is complete and on the disk. It \
            is a database of its own:

              akin backup monday.db
              akin search "ferry" --db monday.db

            To go back to it, move the lost database away with all files that begin with its name (akin.db, akin.db-wal, akin.db-index-…, akin.db-words-…), \
            and copy the backup to its place. Index files are not copied; akin optimize builds them.
            """)

    @Argument(help: "The file to write; it must not exist yet.", completion: .file()) var file: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if file.isEmpty { throw ValidationError("The name of the backup is empty.") }
    }

    func run() async throws {
        let file = file
        let summary = try await store.withDatabase(.readOnly) { try await $0.backup(to: file) }
        if output.json {
            try StandardOutput.printJSON(summary)
        } else if !output.talk.quiet {
            try StandardOutput.print([
                "\(file): \(Figures.count(summary.documents, "document")) of \(store.path), \(Figures.bytes(Double(summary.bytes)))"
            ])
        }
    }
}
