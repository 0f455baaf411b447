import Akin
import AkinCore
import AkinWire
import ArgumentParser

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print documents as JSON lines, or their vectors.",
        discussion: """
            Documents are the lines that akin index reads: {"id", "title", "text", "source", "metadata"}. Vectors are \
            those that serve search, one row a passage in ascending order of passages: an array file (npy) of the type \
            they are kept in, rows of float32 with their dimension before each (fvecs), or, with --vectors, JSON lines \
            {"id", "passage", "vector"}, which also say which passage a row of the other two belongs to. \
            --with-vectors prints imported documents with their vectors, in the form that akin import reads.

              akin export > documents.jsonl
              akin export --format npy > vectors.npy
              akin export --vectors > vectors.jsonl
              akin export --where 'lang = "en" and year < 2000' > old.jsonl
              akin export --with-vectors > everything.jsonl
            """)

    @Option(help: "The shape of the output: JSON lines, or the vectors as NumPy's array file or fvecs.")
    var format: VectorFormat = .jsonl

    @Flag(help: "Print vectors instead of documents; npy and fvecs always do.")
    var vectors = false

    @OptionGroup var scope: FilterOptions
    @Flag(help: "Print the imported documents, each with its vector.")
    var withVectors = false

    @Option(
        help: ArgumentHelp(
            "The vectors of the encoder of this name (default: those that serve search).",
            valueName: "name"))
    var encoder: String?

    @OptionGroup var store: StoreOptions
    @OptionGroup var talk: TalkOptions

    private var printsVectors: Bool { vectors || format != .jsonl }

    func validate() throws {
        if withVectors && printsVectors {
            throw ValidationError(
                "--with-vectors prints JSON lines of documents: leave --vectors and --format out.")
        }
        if encoder != nil && !printsVectors {
            throw ValidationError(
                "--encoder chooses vectors: give --vectors, --format npy or --format fvecs too.")
        }
    }

    func run() async throws {
        let filter = try scope.filter()
        try await store.withDatabase(.readOnly) { database in
            try await talk.warn(of: filter, in: database)
            if printsVectors {
                try await exportVectors(of: database, where: filter)
            } else if withVectors {
                try await exportRecords(of: database, where: filter)
            } else {
                try await exportDocuments(of: database, where: filter)
            }
        }
    }

    private func exportDocuments(of database: Database, where filter: Database.Filter?) async throws {
        try await printLines { print in
            try await database.export(where: filter) { document in try print { $0.document(document) } }
        }
    }

    private func exportRecords(of database: Database, where filter: Database.Filter?) async throws {
        try await printLines { print in
            try await database.exportRecords(where: filter) { record in try print { $0.record(record) } }
        }
    }

    /// Gives `body` what writes one value of JSON as a line.
    private func printLines(
        _ body: (_ print: @escaping @Sendable ((inout JSONWriter) -> Void) throws -> Void) async throws -> Void
    ) async throws {
        let output = StandardOutput()
        try await body { value in
            var json = JSONWriter(escaping: .hidden)
            value(&json)
            json.newline()
            try output.write(json.bytes)
        }
        try output.flush()
    }

    private func exportVectors(of database: Database, where filter: Database.Filter?) async throws {
        let layout = try await database.vectorLayout(of: encoder)
        let output = try PassageVectors(format: format, layout: layout, to: StandardOutput.blocks)
        try await database.exportVectors(of: encoder, where: filter) { try output.add($0) }
        try output.finish()
    }
}
