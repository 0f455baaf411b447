import Akin
import AkinCore
import ArgumentParser

/// The folders that a database follows.
struct CollectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collection",
        abstract: "List and change the folders that the database follows.",
        discussion: """
            akin index PATH makes a collection of a folder, and akin index brings all of them up to date. The ids of a collection's \
            documents are its name and the path below its folder.

              akin collection list
              akin collection add ~/papers --name papers
              akin collection rename notes work
              akin collection move work /srv/notes
              akin collection remove papers
            """,
        subcommands: [List.self, Add.self, Rename.self, Remove.self, Move.self], defaultSubcommand: List.self)
}

extension CollectionCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the collections.",
            discussion: """
                  akin collection list
                  akin collection list --json
                """)

        @OptionGroup var store: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let collections = try await store.withDatabase(.readOnly) { try await $0.collections() }
            if output.json { return try StandardOutput.printJSON(collections) }
            guard !collections.isEmpty else {
                return try StandardOutput.print(["no collections yet; akin index FOLDER makes one"])
            }
            var table = TextTable(
                header: ["name", "documents", "files", "folder"], alignments: [.left, .right, .right, .left])
            for collection in collections {
                table.add([
                    String(DisplayText.oneLine(collection.name)), Figures.whole(collection.documents),
                    Figures.whole(collection.files), String(DisplayText.oneLine(List.place(of: collection))),
                ])
            }
            try StandardOutput.print(table.lines(style: TerminalStyle(.output)))
        }

        /// The folder, and what is to be known of it.
        private static func place(of collection: DocumentCollection) -> String {
            if collection.isMissing { return "\(collection.root) (not there)" }
            guard let followed = collection.followed else { return collection.root }
            let what = followed.count == 1 ? followed[0] : Figures.count(followed.count, "path")
            return "\(collection.root) (only \(what))"
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Follow a folder, without reading it yet.",
            discussion: """
                The options say how its files are read, and are remembered. akin index reads it.

                  akin collection add ~/papers
                  akin collection add ~/reviews --name shop --text-field body
                """)

        @Argument(help: "The folder.", completion: .directory)
        var folder: String

        @Option(help: "The collection's name (default: the folder's).")
        var name: String?

        @OptionGroup(title: "Records") var records: RecordFieldOptions
        @OptionGroup var store: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            var options = IndexingOptions()
            records.apply(to: &options)
            let added = try await store.withDatabase(.create) { [options] in
                try await $0.addCollection(folder, name: name, options: options)
            }
            try output.report(added, "\(added.name): follows \(added.root); akin index reads it")
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a collection another name, and its documents new ids.",
            discussion: """
                Ids that are made of the old name and a path change with it; ids that records have of their own stay.

                  akin collection rename notes work
                """)

        /// What `--json` prints.
        private struct Outcome: Encodable {
            let name: String
            let renamed: Int
        }

        @Argument(help: "The collection's name.")
        var name: String

        @Argument(help: "Its new name.")
        var newName: String

        @OptionGroup var store: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let renamed = try await store.withDatabase(.readWrite) {
                try await $0.renameCollection(name, to: newName)
            }
            try output.report(
                Outcome(name: newName, renamed: renamed),
                "\(newName): \(Figures.count(renamed, "document")) \(renamed == 1 ? "has a new id" : "have new ids")")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Follow a collection no longer.",
            discussion: """
                Its documents stay, with their ids, unless --delete-documents is given. No file is touched.

                  akin collection remove papers
                  akin collection remove papers --delete-documents
                """)

        /// What `--json` prints.
        private struct Outcome: Encodable {
            let name: String
            let documents: Int
            let deleted: Bool
        }

        @Argument(help: "The collection's name.")
        var name: String

        @Flag(help: "Delete its documents too.")
        var deleteDocuments = false

        @OptionGroup var store: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let documents = try await store.withDatabase(.readWrite) {
                try await $0.removeCollection(name, deletingDocuments: deleteDocuments)
            }
            let count = Figures.count(documents, "document")
            try output.report(
                Outcome(name: name, documents: documents, deleted: deleteDocuments),
                deleteDocuments
                    ? "\(name): removed, and \(count) deleted"
                    : "\(name): removed; \(count) of it \(documents == 1 ? "stays" : "stay") (--delete-documents deletes them)"
            )
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say where a collection's folder is now.",
            discussion: """
                The documents keep their ids, and nothing is encoded again. Where the folder moved together with the database this is \
                found by itself.

                  akin collection move notes /srv/notes
                """)

        @Argument(help: "The collection's name.")
        var name: String

        @Argument(help: "Where its folder is now.", completion: .directory)
        var root: String

        @OptionGroup var store: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let moved = try await store.withDatabase(.readWrite) { try await $0.moveCollection(name, to: root) }
            try output.report(moved, "\(moved.name): follows \(moved.root)")
        }
    }
}

extension OutputOptions {
    /// Prints the result of a change: JSON, or one line.
    fileprivate func report(_ outcome: some Encodable, _ line: String) throws {
        if json {
            try StandardOutput.printJSON(outcome)
        } else if !talk.quiet {
            try StandardOutput.print([String(DisplayText.oneLine(line))])
        }
    }
}
