import AkinTokenizers
import AkinCore
import AkinVectors
import Foundation

/// What loading a model folder gives.
struct BERTParts: Sendable {
    let layout: SentenceTransformerLayout
    let configuration: BERTConfiguration
    let tokenizer: any Tokenizer
    let engine: BERTEngine
    /// The table of word embeddings in the model's own file.
    let words: EmbeddingTable
    let maximumTokens: Int
    /// What happens to the pooled vector, in order.
    let stages: [FinishingStage<DenseLayer>]
    private(set) var fingerprint: Fingerprint

    /// The identity of the model's vectors.
    enum Fingerprint: Sendable {
        case known(String)
        /// Computed from the files of weights when it is needed.
        case of(SafetensorsCheckpoint)
    }

    /// Loads a model from a cache where it has the model as it now is, else from its own files; then the cache gets it.
    ///
    /// - Parameter pools: whether the model must say how the vector of a text is made.
    static func load(
        _ folder: URL, precision: EncodingPrecision, cache: PackedModelCache?, pools: Bool = true
    ) throws -> BERTParts {
        guard let cache, let stamps = ModelStamps(folder: folder) else {
            return try BERTParts(folder, precision: precision, packed: nil, pools: pools)
        }
        let file = cache.file(for: folder, precision: precision)
        let key = stamps.key(file.lastPathComponent)
        // Whatever is wrong with a packed model, the model's own files decide.
        if let packed = cache.packed(file, version: PackedBERT.version, key: key),
            let parts = try? BERTParts(folder, precision: precision, packed: packed, pools: pools),
            ModelStamps(folder: folder) == stamps
        {
            return parts
        }
        var parts = try BERTParts(folder, precision: precision, packed: nil, pools: pools)
        let fingerprint = parts.computedFingerprint()
        parts.fingerprint = .known(fingerprint)
        // A model that changed while it was read may be half old and half new.
        if stamps.areSettled, ModelStamps(folder: folder) == stamps {
            cache.publish(
                try PackedBERT.pack(parts, fingerprint: fingerprint, folder: folder), to: file,
                version: PackedBERT.version, key: key)
        }
        return parts
    }

    private init(_ folder: URL, precision: EncodingPrecision, packed: PackedModelFile?, pools: Bool) throws {
        layout = try SentenceTransformerLayout(folder: folder, pools: pools)
        let configuration = try BERTConfiguration(file: layout.transformerFolder.appending(path: "config.json"))
        self.configuration = configuration
        let description = try packed.map { try PackedBERT.description(in: $0) }
        var weights: BERTWeights?
        if let description {
            fingerprint = .known(description.fingerprint)
            let file = try SafetensorsFile(path: description.wordsFile, holding: description.words)
            let shape = [configuration.vocabularySize, configuration.hiddenSize]
            words = EmbeddingTable(
                file: file, tensor: description.words, format: try file.floatFormat(of: description.words, shape: shape)
            )
        } else {
            let checkpoint = try SafetensorsCheckpoint(folder: layout.transformerFolder)
            fingerprint = .of(checkpoint)
            let read = try BERTWeights(checkpoint, configuration: configuration)
            words = read.embeddings.words
            weights = read
        }
        let tokenizer =
            if let packed {
                try TokenizerReader.read(packed: packed, PackedBERT.tokenizer)
            } else {
                try TokenizerReader.read(folder: layout.transformerFolder)
            }
        self.tokenizer = tokenizer
        guard tokenizer.vocabularySize <= configuration.vocabularySize else {
            throw AkinError(
                .invalidData,
                "The tokenizer in \(layout.transformerFolder.path) has \(tokenizer.vocabularySize) tokens, but the network knows only "
                    + "\(configuration.vocabularySize); they belong to different models, so fetch the model again.")
        }
        let maximumTokens = min(
            layout.maximumTokens ?? tokenizer.configuredMaximum ?? Int.max, configuration.maximumPositions)
        guard tokenizer.frameTokens.before.count + tokenizer.frameTokens.after.count < maximumTokens else {
            throw AkinError(
                .invalidData,
                "The tokenizer in \(layout.transformerFolder.path) puts \(tokenizer.frameTokens.before.count + tokenizer.frameTokens.after.count) "
                    + "special tokens around a text, and the network reads \(maximumTokens) in all; fetch the model again."
            )
        }
        stages = try layout.stages.map { try $0.map { try DenseLayer($0) } }
        self.maximumTokens = maximumTokens
        if let packed {
            engine = try BERTEngine(packed, words: words, configuration, precision: precision)
        } else {
            let weights =
                try weights
                ?? BERTWeights(
                    try SafetensorsCheckpoint(folder: layout.transformerFolder), configuration: configuration)
            engine = try BERTEngine(weights, configuration, precision: precision) {
                tokenizer.encode($0, maximumTokens: maximumTokens).ids
            }
        }
    }

    /// The tokenizer where it is one of word pieces, which tasks and training work with.
    ///
    /// - Throws: `AkinError(.incompatible)` for a tokenizer of another kind.
    func wordPieceTokenizer() throws -> WordPieceTokenizer {
        guard let tokenizer = tokenizer as? WordPieceTokenizer else {
            throw Self.needsWordPieces(layout.transformerFolder.path)
        }
        return tokenizer
    }

    static func needsWordPieces(_ files: String) -> AkinError {
        AkinError(
            .incompatible,
            "The model in \(files) has no WordPiece tokenizer, which training and tasks over words need; choose one that has."
        )
    }

    /// Cost: nothing where it is known, else one pass of SHA-256 over all weight files.
    func computedFingerprint() -> String {
        switch fingerprint {
        case .known(let fingerprint): fingerprint
        case .of(let checkpoint):
            EncoderFingerprint.of(
                configuration: configuration, checkpoint: checkpoint, tokenizer: tokenizer, layout: layout,
                stages: stages, maximumTokens: maximumTokens)
        }
    }
}
