import AkinVectors

/// The network in the arithmetic that was asked for.
enum BERTEngine: Sendable {
    case singlePrecision(BERTNetwork)
    case quantized(QuantizedBERTNetwork)

    /// - Parameter tokenize: a text's ids as the model's tokenizer gives them, for texts that show how large its activations are.
    init(
        _ weights: BERTWeights, _ configuration: BERTConfiguration, precision: BERTPrecision, tokenize: (String) -> [Int32]
    ) throws {
        switch precision {
        case .fp32: self = .singlePrecision(try BERTNetwork(weights, configuration))
        case .int8: self = .quantized(try QuantizedBERTNetwork(weights, configuration: configuration, tokenize: tokenize))
        }
    }

    /// Which sequences are computed together, as indices of `lengths`, longest first so that no thread is left alone with a long text at
    /// the end. In single precision each stands alone; in 8 bits, where packing changes no bit, about 512 tokens make products worthwhile,
    /// or less when there would be too little for every thread.
    func batches(lengths: [Int], threads: Int) -> [[Int]] {
        let order = lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
        guard case .quantized = self else { return order.map { [$0] } }
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

    /// Computes the last hidden states of the sequences' tokens and hands them over with the rows of each sequence.
    func withHiddenStates<Result>(
        of sequences: [[Int32]], _ body: (_ states: Matrix, _ rows: [Range<Int>]) throws -> [Result]
    ) throws -> [Result] {
        switch self {
        case .singlePrecision(let network):
            return try sequences.flatMap { ids in
                try network.workspaces.withWorkspace(length: ids.count) { work in
                    try network.forward(ids, in: &work)
                    return try body(work.hidden, [ids.indices])
                }
            }
        case .quantized(let network):
            let tokens = sequences.reduce(0) { $0 + $1.count }
            return try network.workspaces.withWorkspace(length: tokens) { work in
                let rows = try network.forward(sequences, in: &work)
                return try body(work.hidden, rows)
            }
        }
    }
}
