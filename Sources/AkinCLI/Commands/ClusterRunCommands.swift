import Akin
import AkinCore
import ArgumentParser

extension ClusterCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the runs that are kept, oldest first.",
            discussion: """
                  akin cluster list
                  akin cluster list --json
                """)

        @OptionGroup var store: StoreOptions
        @OptionGroup var output: OutputOptions
        @ParentCommand var parent: ClusterCommand

        func validate() throws { try parent.refuseClusteringOptions() }

        func run() async throws {
            let runs = try await store.withDatabase(.readOnly) { try await $0.clusterRuns() }
            if output.json { return try StandardOutput.printJSON(runs) }
            guard !runs.isEmpty else { return try StandardOutput.print(["no cluster runs yet; akin cluster makes one"]) }
            var table = TextTable(
                header: ["run", "name", "made", "clusters", "of", "documents", "silhouette"],
                alignments: [.right, .left, .left, .right, .left, .right, .right])
            for run in runs {
                table.add([
                    String(run.run), String(DisplayText.oneLine(run.name ?? "")), run.created, Figures.whole(run.k),
                    "\(run.unit.rawValue)s", Figures.whole(run.documents), Figures.decimal(run.silhouette, 3),
                ])
            }
            try StandardOutput.print(table.lines(style: Style(.output)))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a run again, or write its report.",
            discussion: """
                  akin cluster show                       # the newest run
                  akin cluster show 3 --report old.html
                """)

        @Argument(help: "The run's number or name (default: the newest).")
        var selection: String?

        @OptionGroup var report: ReportOptions
        @OptionGroup var store: StoreOptions
        @OptionGroup var output: OutputOptions
        @ParentCommand var parent: ClusterCommand

        func validate() throws { try parent.refuseClusteringOptions(allowingReport: true) }

        func run() async throws {
            try report.checkFolder()
            let outcome = try await store.withDatabase(.readOnly) { try await $0.clusterRun(selection) }
            try report.deliver(outcome, output: output)
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a run a name.",
            discussion: """
                  akin cluster rename 3 spring
                """)

        @Argument(help: "The run's number or name.")
        var selection: String

        @Argument(help: "Its new name.")
        var name: String

        @OptionGroup var store: StoreOptions
        @OptionGroup var talk: TalkOptions
        @ParentCommand var parent: ClusterCommand

        func validate() throws {
            try parent.refuseClusteringOptions()
            if name.allSatisfy(\.isWhitespace) { throw ValidationError("The new name is empty.") }
        }

        func run() async throws {
            try await store.withDatabase(.readWrite) { try await $0.renameClusterRun(selection, to: name) }
        }
    }
}
