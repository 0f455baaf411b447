import AkinTransformers
import AkinCore
import AkinText
import AkinVectors

/// The vectors of a list of texts, one after another.
public struct Embeddings: Sendable {
    /// All components, (rows, dimension) in row-major order: the vector of text i begins at i × dimension.
    public var values: [Float]
    /// The number of texts.
    public var rows: Int
    /// The number of components of one vector.
    public var dimension: Int
    /// The number of texts more than half of whose tokens the vocabulary does not know. Their vectors say little.
    public var mostlyUnknown: Int
}

/// The tokens of one text. Those of a BERT model include `[CLS]` and `[SEP]`.
public struct Tokenization: Sendable, Codable {
    /// The pieces of the text as the vocabulary has them.
    public var tokens: [String]
    /// The tokens' numbers in the vocabulary.
    public var ids: [Int]
    /// Where each token stands in the text, in Unicode scalars, half-open.
    public var offsets: [Range<Int>]
}

/// Encodes and tokenises texts without keeping them.
public final class Embedder: Sendable {
    private let encoder: any TextEncoder
    private let threads: Int

    /// The encoder's name, such as `all-MiniLM-L6-v2`.
    public var name: String { encoder.identity.name }
    /// The number of components of one vector.
    public var dimension: Int { encoder.identity.dimension }

    init(encoder: any TextEncoder, threads: Int) {
        self.encoder = encoder
        self.threads = threads
    }

    /// Loads the model that `configuration` names, else the best installed one.
    ///
    /// - Throws: `AkinError(.noModel)` where it is not installed, and for word vectors, which belong to a store: see
    ///   `Database.embedder()`.
    public static func load(_ configuration: Database.Configuration = Database.Configuration()) async throws
        -> Embedder
    {
        try await offload {
            if configuration.encoder == .words || (configuration.encoder == .static && configuration.model == nil) {
                throw AkinError(
                    .noModel, "Word vectors and static models belong to a store.",
                    remedy: .anyOf([.give(.store), .give(.model)]))
            }
            return Embedder(
                encoder: try EncoderResolver(configuration: configuration).model(named: configuration.model),
                threads: configuration.threads)
        }
    }

    /// The vectors of texts, in their order; a text that has no vector (an empty one, under word vectors) gives zeros.
    public func embed(_ texts: [String], asQueries: Bool = false) async throws -> Embeddings {
        let (encoder, threads) = (encoder, threads)
        return try await offload(on: .questions) {
            let encoded = try encoder.encode(texts, role: asQueries ? .query : .passage, threads: threads)
            var values = [Float]()
            values.reserveCapacity(texts.count * encoder.identity.dimension)
            for row in 0..<encoded.vectors.rows { values += encoded.vectors.row(row) }
            return Embeddings(
                values: values, rows: texts.count, dimension: encoder.identity.dimension,
                mostlyUnknown: encoded.mostlyUnknown(overhead: encoder.overheadTokens).count)
        }
    }

    /// The tokens of texts, in their order; cut at the model's limit only when asked to.
    public func tokenize(_ texts: [String], truncate: Bool = false) async throws -> [Tokenization] {
        guard let encoder = encoder as? any TokenizingEncoder else {
            throw AkinError(
                .noModel, "Only a BERT or a static model has tokens.",
                remedy: .anyOf([.give(.model), .fetchModel(Remedy.recommendedModel)]))
        }
        let threads = threads
        return try await offload(on: .questions) {
            try Parallel.map(texts, threads: threads) { text in
                let found = encoder.tokenize(text, truncate: truncate)
                return Tokenization(
                    tokens: found.tokens, ids: found.ids.map(Int.init),
                    offsets: found.ranges)
            }
        }
    }
}

extension Database {
    /// The encoder of this store's vectors, to encode texts that are compared with them.
    ///
    /// - Throws: `AkinError(.noModel)` where the store has no vectors yet or its model is not installed,
    ///   `.incompatible` where its vectors were imported.
    public func embedder() async throws -> Embedder {
        try await offload { [self] in
            Embedder(encoder: try activeEncoder(), threads: configuration.threads)
        }
    }
}
