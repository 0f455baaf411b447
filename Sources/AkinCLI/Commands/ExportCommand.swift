import Akin
import AkinCore
import ArgumentParser

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print documents as JSON lines, or their vectors.",
        discussion: """
            Documents are the lines that akin index reads: {"id", "title", "text", "source", "metadata"}. Vectors are those that serve \
            search, one row a passage in ascending order of passages: an array file (npy), rows with their dimension before each \
            (fvecs), or, with --vectors, JSON lines {"id", "passage", "vector"}, which also tell what each row of the other two is of.

              akin export > documents.jsonl
              akin export --format npy > vectors.npy
              akin export --vectors > vectors.jsonl
              akin export --where 'lang = "en" and year < 2000' > old.jsonl
            """)

    @Option(help: "The shape of the output: JSON lines, or the vectors as NumPy's array file or fvecs.")
    var format: VectorFormat = .jsonl

    @Flag(help: "Print vectors instead of documents; npy and fvecs always do.")
    var vectors = false

    @OptionGroup var scope: FilterOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var talk: TalkOptions

    func run() async throws {
        let filter = try scope.filter()
        try await store.withDatabase(.readOnly) { database in
            try await talk.warn(of: filter, in: database)
            if vectors || format != .jsonl {
                try await exportVectors(of: database, where: filter)
            } else {
                try await exportDocuments(of: database, where: filter)
            }
        }
    }

    private func exportDocuments(of database: Database, where filter: Filter?) async throws {
        let output = StandardOutput()
        try await database.export(where: filter) { document in
            var json = JSONBytes()
            json.document(document)
            json.newline()
            try output.write(json.bytes)
        }
        try output.flush()
    }

    private func exportVectors(of database: Database, where filter: Filter?) async throws {
        let output = try PassageVectors(format: format)
        try await database.exportVectors(where: filter) { id, passage, vector in try output.add(vector, of: passage, documentID: id) }
        try output.finish()
    }
}
