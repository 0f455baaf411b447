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
            guard !runs.isEmpty else {
                return try StandardOutput.print(["no cluster runs yet; akin cluster makes one"])
            }
            var table = TextTable(
                header: ["run", "name", "made", "clusters", "of", "documents", "silhouette"],
                alignments: [.right, .left, .left, .right, .left, .right, .right])
            for run in runs {
                table.add([
                    String(run.run), String(DisplayText.oneLine(run.name ?? "")), run.created, Figures.whole(run.k),
                    "\(run.unit.rawValue)s", Figures.whole(run.documents), Figures.decimal(run.silhouette, 3),
                ])
            }
            try StandardOutput.print(table.lines(style: TerminalStyle(.output)))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a run again, or write its report.",
            discussion: """
                  akin cluster show                       # the newest run
                  akin cluster show 3 --report old.html
                  akin cluster show 3 --compare 2
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
            let outcome = try await store.withDatabase(.readOnly) {
                try await $0.clusterRun(selection, compareTo: parent.compare)
            }
            try report.deliver(outcome, output: output)
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a cluster a label of yours, or a run a name.",
            discussion: """
                A cluster is named by its number or label; later runs keep your label for the cluster that continues it. With --run alone the \
                run itself gets the name.

                  akin cluster rename 4 "Late deliveries"
                  akin cluster rename "late deliveries" --reset
                  akin cluster rename 4 "Returns" --run 3
                  akin cluster rename --run 3 spring
                """)

        @Argument(
            help: "The cluster's number or label, then its new label; with --run and one word the run's new name.")
        var names: [String]

        @Option(help: "The run's number or name (default: the newest).")
        var run: String?

        @Flag(help: "Remove the given label.")
        var reset = false

        @OptionGroup var store: StoreOptions
        @OptionGroup var talk: TalkOptions
        @ParentCommand var parent: ClusterCommand

        private var namesRun: Bool { names.count == 1 && !reset }

        func validate() throws {
            try parent.refuseClusteringOptions()
            guard names.count == (reset || namesRun ? 1 : 2) else {
                throw ValidationError("Give a cluster and its new label: akin cluster rename 4 \"Late deliveries\".")
            }
            if namesRun, run == nil {
                throw ValidationError(
                    "There is no new label: akin cluster rename \(names[0]) \"New label\", or --run RUN NAME to name a run."
                )
            }
            if names.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
                throw ValidationError("The new name is empty.")
            }
        }

        func run() async throws {
            try await store.withDatabase(.readWrite) { database in
                if namesRun, let run { return try await database.renameClusterRun(run, to: names[0]) }
                let renamed = try await database.renameCluster(names[0], to: reset ? nil : names[1], run: run)
                if !talk.quiet {
                    StandardError.line(
                        "cluster \(renamed.number), \(renamed.label), is now \(reset ? "called by its keywords" : names[1])"
                    )
                }
            }
        }
    }
}
