import Akin
import ArgumentParser

extension ClusterCommand {
    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete runs: their clusters and labels, not the documents.",
            discussion: """
                  akin cluster delete 3
                  akin cluster delete 4 5 spring
                """)

        @Argument(help: "The numbers or names of the runs.")
        var runs: [String]

        @OptionGroup var store: StoreOptions
        @OptionGroup var talk: TalkOptions
        @ParentCommand var parent: ClusterCommand

        func validate() throws { try parent.refuseClusteringOptions() }

        func run() async throws {
            try await store.withDatabase(.readWrite) { database in
                for run in runs {
                    let number = try await database.deleteClusterRun(run)
                    if !talk.quiet { StandardError.line("run \(number) was deleted") }
                }
            }
        }
    }
}
