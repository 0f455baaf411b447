package import AkinTokenizers
package import AkinCore
package import AkinVectors
package import Foundation
import Synchronization

/// A BERT sentence encoder: a model folder on disk, texts in, vectors out.
///
/// ```swift
/// let encoder = try BERTEncoder(folder: URL(filePath: "all-MiniLM-L6-v2"))
/// let vectors = try encoder.encode(["A man is dancing."], role: .passage, threads: 2).vectors
/// ```
///
/// Immutable apart from its pool of scratch memory; any number of threads may use one encoder.
package final class BERTEncoder: ContextualEncoder, TokenizingEncoder, DistillationTeacher {
    package let overheadTokens: Int
    /// Never `auto`, which becomes what it stands for on this machine.
    package let precision: EncodingPrecision
    /// What the folder says, with prompts that are known where it has none.
    let layout: SentenceTransformerLayout
    private let parts: BERTParts
    private let name: String
    private let dimension: Int
    private let cut: VectorCut?
    private let knownPrompts: KnownPrompts?
    private let modelFolder: URL
    private let fingerprint = Mutex<String?>(nil)

    /// Loads the model in a folder: a `sentence-transformers` folder, or a plain Hugging Face BERT folder.
    ///
    /// Throws `.noModel` when a file is missing, `.invalidData` when one is malformed, `.incompatible` when the model
    /// needs a step that is not computed here. Cost: reads all weights but the word embeddings once, and quantises them
    /// where the precision asks for it.
    ///
    /// - Parameters:
    ///   - cache: where the loaded model is kept for the next time, which then reads a few pages; nil keeps nothing.
    ///   - dimensions: the components of each vector that are kept, the first ones; nil keeps all.
    package convenience init(
        folder: URL, precision: EncodingPrecision = .fp32, cache: PackedModelCache? = nil, dimensions: Int? = nil
    ) throws {
        let precision = precision.resolved
        try self.init(
            BERTParts.load(folder, precision: precision, cache: cache), folder, precision: precision,
            dimensions: dimensions, usesKnownPrompts: true)
    }

    private init(
        _ parts: BERTParts, _ folder: URL, precision: EncodingPrecision, dimensions: Int?, usesKnownPrompts: Bool
    ) throws {
        (self.parts, self.precision, modelFolder) = (parts, precision, folder)
        let name = ModelName.of(folder: folder, originalName: parts.configuration.originalName)
        self.name = name
        let all = try parts.layout.dimension(hiddenSize: parts.configuration.hiddenSize)
        cut = try dimensions.flatMap {
            try VectorCut(to: $0, of: all, model: name, isCentred: VectorCut.centres(name))
        }
        dimension = cut?.dimensions ?? all
        var layout = parts.layout
        knownPrompts = usesKnownPrompts && !layout.namesPrompts ? KnownPrompts.of(name) : nil
        if let knownPrompts { (layout.queryPrompt, layout.passagePrompt) = (knownPrompts.query, knownPrompts.passage) }
        self.layout = layout
        overheadTokens = parts.tokenizer.encode(layout.passagePrompt).ids.count
    }

    /// The same model without prompts that its folder does not have, as earlier versions encoded; nil where it has none
    /// of these.
    package func withoutKnownPrompts() throws -> BERTEncoder? {
        guard knownPrompts != nil else { return nil }
        return try BERTEncoder(
            parts, modelFolder, precision: precision, dimensions: cutDimensions, usesKnownPrompts: false)
    }

    package var cutDimensions: Int? { cut?.dimensions }

    package var maximumTokens: Int { parts.maximumTokens }
    package var configuration: BERTConfiguration { parts.configuration }
    package var tokenizer: any Tokenizer { parts.tokenizer }
    package var folder: URL { layout.transformerFolder }
    var engine: BERTEngine { parts.engine }

    package func wordPieceTokenizer() throws -> WordPieceTokenizer { try parts.wordPieceTokenizer() }

    package var identity: EncoderIdentity {
        EncoderIdentity(name: name, kind: .bert, fingerprint: lazyFingerprint, dimension: dimension)
    }

    /// Computed at the first use and kept: it may read every byte of the weights.
    private var lazyFingerprint: String {
        fingerprint.withLock { known in
            if let known { return known }
            let computed = EncoderFingerprint.of(parts.computedFingerprint(), knownPrompts, cut)
            known = computed
            return computed
        }
    }

    package func encode(_ texts: [String], role: TextRole, threads: Int) throws -> EncodedTexts {
        let prompt = role == .query ? layout.queryPrompt : layout.passagePrompt
        let firstPooled =
            layout.poolsPrompt || prompt.isEmpty
            ? 0 : tokenizer.encode(prompt).ids.count - tokenizer.frameTokens.after.count
        let encodings = try Parallel.map(texts, threads: threads) {
            self.tokenizer.encode(prompt + $0, maximumTokens: self.maximumTokens)
        }

        return EncodedTexts(
            vectors: try vectors(of: encodings.map(\.ids), poolingFrom: firstPooled, threads: threads),
            tokenCounts: encodings.map(\.ids.count), unknownCounts: encodings.map(\.unknownCount),
            truncated: encodings.map(\.truncated))
    }

    package func tokenStarts(in text: String) -> TokenStarts { tokenizer.tokenStarts(text) }

    /// The last hidden states, without the prompt. Shape: (tokens, hidden size).
    package func tokenVectors(_ text: String) throws -> (vectors: Matrix, ranges: [Range<Int>]) {
        let encoding = tokenizer.encode(text, maximumTokens: maximumTokens)
        let frame = tokenizer.frameTokens
        let inner = Array(encoding.ids.indices.dropFirst(frame.before.count).dropLast(frame.after.count))
        let states = try engine.network.withHiddenStates(of: [TokenSequence(encoding.ids)]) { states, _ in
            states.gathered(inner)
        }
        return (states, inner.map { encoding.ranges[$0] })
    }

    /// The tokenizer's special tokens are put around each sequence.
    package func vectors(ofTokens sequences: [[Int32]], threads: Int) throws -> Matrix {
        let frame = tokenizer.frameTokens
        let room = maximumTokens - frame.before.count - frame.after.count
        let framed = sequences.map { frame.before + $0.prefix(room) + frame.after }
        return try vectors(of: framed, poolingFrom: 0, threads: threads)
    }

    package func tokenize(_ text: String, truncate: Bool) -> TextTokens {
        let encoding = tokenizer.encode(text, maximumTokens: truncate ? maximumTokens : nil)
        return TextTokens(tokens: encoding.ids.map(tokenizer.token), ids: encoding.ids, ranges: encoding.ranges)
    }

    private func vectors(of sequences: [[Int32]], poolingFrom firstPooled: Int, threads: Int) throws -> Matrix {
        let batches = engine.batches(lengths: sequences.map(\.count), threads: threads)
        let vectors = Mutex(Matrix(rows: sequences.count, columns: dimension))
        try Parallel.forEach(batches.count, threads: threads) { place in
            let batch = batches[place]
            let computed = try self.vectors(of: batch.map { sequences[$0] }, poolingFrom: firstPooled)
            vectors.withLock { vectors in
                for (index, vector) in zip(batch, computed) { vectors.setRow(index, vector) }
            }
        }
        return vectors.withLock { $0 }
    }

    /// The texts' vectors: network, pooling and the stages after it.
    private func vectors(of sequences: [[Int32]], poolingFrom firstPooled: Int) throws -> [[Float]] {
        let pooled = try engine.network.withHiddenStates(of: sequences.map { TokenSequence($0) }) { states, bounds in
            bounds.map { rows in
                let first = min(firstPooled, rows.count - 1)
                return layout.pooling.flatMap {
                    $0.pool(states, rows: rows.lowerBound + first..<rows.upperBound, first: first)
                }
            }
        }
        return try pooled.map(finished)
    }

    /// A pooled vector after the model's further stages. Throws `.invalidData` when it is not finite.
    private func finished(_ pooled: [Float]) throws -> [Float] {
        var vector = pooled
        for stage in parts.stages {
            switch stage {
            case .dense(let layer): vector = layer.apply(vector)
            case .normalize: vector = VectorMath.normalized(vector)
            }
        }
        if let cut { vector = cut.apply(vector) }
        guard vector.allSatisfy(\.isFinite) else {
            throw AkinError(
                .invalidData,
                "The model \(name) gives a vector that is not finite; its weights are damaged, so fetch the model again."
            )
        }
        return vector
    }
}
