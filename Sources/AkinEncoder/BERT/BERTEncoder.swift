import AkinCore
package import AkinVectors
package import Foundation
import Synchronization

/// In what arithmetic a network is computed.
package enum BERTPrecision: String, Sendable, CaseIterable {
    /// Single precision, as the models were trained.
    case fp32
}

/// A BERT sentence encoder: a model folder on disk, texts in, vectors out.
///
/// ```swift
/// let encoder = try BERTEncoder(folder: URL(filePath: "all-MiniLM-L6-v2"))
/// let vectors = try encoder.encode(["A man is dancing."], role: .passage, threads: 2).vectors
/// ```
///
/// Immutable apart from its pool of scratch memory; any number of threads may use one encoder.
package final class BERTEncoder: TextEncoder {
    package let maximumTokens: Int
    package let overheadTokens: Int
    package let precision: BERTPrecision
    let tokenizer: BERTTokenizer
    let network: BERTNetwork
    let layout: SentenceTransformerLayout
    private let name: String
    private let dimension: Int
    private let fingerprint = Mutex<String?>(nil)

    /// Loads the model in a folder: a `sentence-transformers` folder, or a plain Hugging Face BERT folder.
    ///
    /// Throws `.noModel` when a file is missing, `.invalidData` when one is malformed, `.incompatible` when the model needs a step that is
    /// not computed here. Cost: reads all weights but the word embeddings once.
    package init(folder: URL, precision: BERTPrecision = .fp32) throws {
        let layout = try SentenceTransformerLayout(folder: folder)
        let network = try BERTNetwork(folder: layout.transformerFolder)
        let tokenizer = try BERTTokenizer(folder: layout.transformerFolder)
        let configuration = network.configuration
        guard tokenizer.vocabularySize <= configuration.vocabularySize else {
            throw AkinError(
                .invalidData,
                "The tokenizer in \(layout.transformerFolder.path) has \(tokenizer.vocabularySize) tokens, but the network knows only "
                    + "\(configuration.vocabularySize); they belong to different models, so fetch the model again.")
        }
        var dimension = configuration.hiddenSize * layout.pooling.count
        for case .dense(let layer) in layout.stages {
            guard layer.weight.columns == dimension else {
                throw AkinError(
                    .invalidData,
                    "A Dense module in \(folder.path) takes vectors of \(layer.weight.columns) components, but gets \(dimension); "
                        + "fetch the model again.")
            }
            dimension = layer.weight.rows
        }
        self.layout = layout
        self.network = network
        self.tokenizer = tokenizer
        self.precision = precision
        self.dimension = dimension
        name = ModelName.of(folder: folder, originalName: configuration.originalName)
        maximumTokens = min(layout.maximumTokens ?? tokenizer.configuredMaximum ?? Int.max, configuration.maximumPositions)
        overheadTokens = tokenizer.encode(layout.passagePrompt).ids.count
    }

    package var identity: EncoderIdentity {
        EncoderIdentity(name: name, kind: .bert, fingerprint: lazyFingerprint, dimension: dimension)
    }

    /// Computed at the first use and kept: it reads every byte of the weights.
    private var lazyFingerprint: String {
        fingerprint.withLock { known in
            if let known { return known }
            let computed = EncoderFingerprint.of(network: network, tokenizer: tokenizer, layout: layout, maximumTokens: maximumTokens)
            known = computed
            return computed
        }
    }

    package func encode(_ texts: [String], role: TextRole, threads: Int) throws -> EncodedTexts {
        let prompt = role == .query ? layout.queryPrompt : layout.passagePrompt
        let firstPooled = layout.poolsPrompt || prompt.isEmpty ? 0 : tokenizer.encode(prompt).ids.count - 1
        let encodings = try Parallel.map(texts, threads: threads) { self.tokenizer.encode(prompt + $0, maximumTokens: self.maximumTokens) }

        // Longest first, so that no thread is left alone with a long text at the end.
        let order = encodings.indices.sorted { (encodings[$1].ids.count, $0) < (encodings[$0].ids.count, $1) }
        let vectors = Mutex(Matrix(rows: texts.count, columns: dimension))
        try Parallel.forEach(order.count, threads: threads) { place in
            let index = order[place]
            let vector = try self.vector(of: encodings[index].ids, poolingFrom: firstPooled)
            vectors.withLock { $0.setRow(index, vector) }
        }
        return EncodedTexts(
            vectors: vectors.withLock { $0 }, tokenCounts: encodings.map(\.ids.count), unknownCounts: encodings.map(\.unknownCount),
            truncated: encodings.map(\.truncated))
    }

    package func tokenRanges(in text: String) -> [Range<Int>] {
        Array(tokenizer.encode(text).ranges.dropFirst().dropLast())
    }

    /// The last hidden states of a text's tokens, without prompt, special tokens and pooling, and where each token stands in Unicode scalars
    /// of the text. The text is cut at `maximumTokens`. Shape: (tokens, hidden size).
    package func tokenVectors(_ text: String) throws -> (vectors: Matrix, ranges: [Range<Int>]) {
        let encoding = tokenizer.encode(text, maximumTokens: maximumTokens)
        let states = try network.hiddenStates(encoding.ids)
        let inner = Array(encoding.ids.indices.dropFirst().dropLast())
        return (states.gathered(inner), Array(encoding.ranges.dropFirst().dropLast()))
    }

    /// One text's vector: network, pooling and the stages after it.
    private func vector(of ids: [Int32], poolingFrom firstPooled: Int) throws -> [Float] {
        var vector = try network.workspaces.withWorkspace(length: ids.count) { work in
            try network.forward(ids, in: &work)
            let rows = min(firstPooled, ids.count - 1)..<ids.count
            return layout.pooling.flatMap { $0.pool(work.hidden, rows: rows) }
        }
        for stage in layout.stages {
            switch stage {
            case .dense(let layer): vector = layer.apply(vector)
            case .normalize: vector = VectorMath.normalized(vector)
            }
        }
        guard vector.allSatisfy(\.isFinite) else {
            throw AkinError(
                .invalidData,
                "The model \(name) gives a vector that is not finite; its weights are damaged, so fetch the model again.")
        }
        return vector
    }
}
