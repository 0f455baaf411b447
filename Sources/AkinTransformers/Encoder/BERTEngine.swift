import AkinCore
import AkinVectors

/// A network in one of the arithmetics, as the encoder uses it.
protocol HiddenStateNetwork: Sendable {
    /// Computes the last hidden states of the sequences' tokens and hands them over with the rows of each sequence.
    func withHiddenStates<Result>(
        of sequences: [TokenSequence], _ body: (_ states: Matrix, _ rows: [Range<Int>]) throws -> Result
    ) throws -> Result

    /// Adds the parameters, except the word embeddings, to a packed model.
    func write(to writer: inout PackedModelWriter)
}

extension BERTNetwork: HiddenStateNetwork {
    func withHiddenStates<Result>(
        of sequences: [TokenSequence], _ body: (_ states: Matrix, _ rows: [Range<Int>]) throws -> Result
    ) throws -> Result {
        try workspaces.withWorkspace(length: sequences.reduce(0) { $0 + $1.ids.count }) { work in
            let rows = try forward(sequences, in: &work)
            return try body(work.hidden, rows)
        }
    }
}

/// The network in the arithmetic that was asked for, and how much of it is computed at a time.
struct BERTEngine: Sendable {
    let network: any HiddenStateNetwork

    /// - Parameter tokenize: a text's ids as the model's tokenizer gives them, for texts that show how large its
    ///   activations are.
    init(
        _ weights: BERTWeights, _ configuration: BERTConfiguration, precision: EncodingPrecision,
        tokenize: (String) -> [Int32]
    ) throws {
        network =
            switch precision.resolved {  // never `auto`
            case .fp32: BERTNetwork<FloatLinearLayer>(weights, configuration)
            case .bf16: BERTNetwork<BFloat16LinearLayer>(weights, configuration)
            case .int8, .auto: try BERTNetwork<QuantizedLinearLayer>(weights, configuration, tokenize: tokenize)
            }
    }

    /// The network in a packed model, its parameters in place. Throws `.invalidData` when they are damaged or not
    /// there.
    init(
        _ file: PackedModelFile, words: EmbeddingTable, _ configuration: BERTConfiguration, precision: EncodingPrecision
    )
        throws
    {
        network =
            switch precision.resolved {  // never `auto`
            case .fp32: try BERTNetwork<FloatLinearLayer>(file, words: words, configuration)
            case .bf16: try BERTNetwork<BFloat16LinearLayer>(file, words: words, configuration)
            case .int8, .auto: try BERTNetwork<QuantizedLinearLayer>(file, words: words, configuration)
            }
    }

    /// Which sequences are computed together, as indices of `lengths`, longest first so that no thread is left alone
    /// with a long text at the end. About 512 tokens make products worthwhile and bound a thread's memory whatever the
    /// texts; there are less in a batch when there would be too little for every thread.
    func batches(lengths: [Int], threads: Int) -> [[Int]] {
        let order = lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
        let budget = min(512, lengths.reduce(0, +) / (4 * max(threads, 1)))
        var batches: [[Int]] = []
        var tokens = Int.max
        for index in order {
            if tokens > budget - min(budget, lengths[index]) {
                batches.append([])
                tokens = 0
            }
            batches[batches.count - 1].append(index)
            tokens += lengths[index]
        }
        return batches
    }
}
