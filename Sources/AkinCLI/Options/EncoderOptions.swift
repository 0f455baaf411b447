import Akin
import ArgumentParser
import Foundation

/// Which encoder a command uses.
struct ModelOptions: ParsableArguments {
    @Option(
        name: .customLong("model"),
        help: ArgumentHelp(
            "The encoder, by name or folder (default: the database's own, else the best installed one).",
            valueName: "name|folder"),
        completion: .directory)
    var name: String?

    @OptionGroup var work: WorkOptions
}

/// The encoder of a command that turns text into vectors.
struct EncoderOptions: ParsableArguments {
    @OptionGroup var model: ModelOptions

    @Option(help: "The arithmetic of encoding (default: what the database was made with, else auto).")
    var precision: EncodingPrecision?

    func configuration(family: EncoderFamilyOptions? = nil, durability: Durability = .full) -> Database.Configuration {
        var configuration = Database.Configuration(
            model: model.name, encoder: family?.encoder, precision: precision, threads: model.work.threads,
            durability: durability, models: .ofEnvironment)
        if let tokens = family?.fitTokens { configuration.fitTokens = tokens }
        configuration.dimensions = family?.dimensions
        return configuration
    }
}

/// The family of encoder, where a command may choose it.
struct EncoderFamilyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The family of encoder: a BERT model; a static model distilled from one, far faster; or word vectors trained on the texts \
            themselves (default: bert when a model is there).
            """))
    var encoder: EncoderKind?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --encoder static: tokens that the BERT model encodes to fit the static one to (default: 250000).",
            valueName: "n"))
    var fitTokens: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Keep the first components of a BERT model's vectors alone (default: what the database was made with, else all).",
            valueName: "n"))
    var dimensions: Int?

    func validate() throws {
        if let dimensions, dimensions < 1 {
            throw ValidationError("--dimensions must be 1 or more, not \(dimensions).")
        }
        if dimensions != nil, let encoder, encoder != .bert {
            throw ValidationError("--dimensions goes with a BERT model, not with --encoder \(encoder.rawValue).")
        }
        if let fitTokens, fitTokens < 0 { throw ValidationError("--fit-tokens must be 0 or more, not \(fitTokens).") }
        if fitTokens != nil, encoder != .static { throw ValidationError("--fit-tokens goes with --encoder static.") }
    }
}

/// Opens the encoder of `akin embed` and `akin tokenize`.
struct EmbedderSource {
    let store: StoreOptions
    let configuration: Database.Configuration

    /// Uses the database's encoder when a database is named, or when one is there and the command line names no
    /// encoder.
    func withEmbedder(_ body: (Embedder) async throws -> Void) async throws {
        let namesEncoder = configuration.model != nil || configuration.encoder == .bert
        guard store.given != nil || (!namesEncoder && FileManager.default.fileExists(atPath: store.path)) else {
            return try await body(try await model())
        }
        try await store.withDatabase(.readOnly, configuration: configuration) { database in
            try await body(namesEncoder ? try await model() : try await database.embedder())
        }
    }

    private func model() async throws -> Embedder {
        var configuration = configuration
        configuration.models = .ofEnvironment
        return try await Embedder.load(configuration)
    }
}
