package import AkinTransformers
import AkinVectors
import CAkinKernels

/// The memory that a run of training takes, known before it starts.
package struct TrainingMemory: Sendable {
    private let shape: BERTConfiguration
    private let task: TrainingTask
    private let longest: Int
    /// Tokens of the longest step.
    package let tokensOfStep: Int
    /// Bytes that do not depend on how many tokens are computed at a time.
    private let fixed: Int
    private let isRounded: Bool

    /// The program itself, its libraries and the tokenizer.
    private static let program = 60 << 20
    private static let pageSize = 4096

    /// Fine-tuning.
    ///
    /// - Parameters:
    ///   - sequences: the ids of each example.
    ///   - others: the lengths of sequences that are scored.
    package init(
        shape: BERTConfiguration, task: TrainingTask, sequences: some Collection<[Int32]>, others: [Int] = [],
        settings: TrainingSettings
    ) {
        let lengths = sequences.map(\.count)
        let longest = max(lengths.max() ?? 1, others.max() ?? 1)
        let largest = (0..<settings.epochs).map { epoch in
            Self.largestSum(settings.order(of: lengths.count, epoch: epoch).map { lengths[$0] }, settings.batchSize)
        }
        // The model that was started from is held too, packed in half the bytes: its vectors are tried first.
        self.init(
            shape: shape, task: task, longest: longest, tokensOfStep: max(largest.max() ?? 1, longest),
            usedTableBytes: Self.pages(of: sequences, shape.hiddenSize) * Self.pageSize, packedBytes: 2,
            exampleBytes: sequences.reduce(0) { $0 + 8 * $1.count + 200 }, settings: settings)
    }

    /// Pre-training on sequences of at most `length` tokens.
    package init(
        shape: BERTConfiguration, nextSentence: Bool, length: Int, sequenceCount: Int, settings: TrainingSettings
    ) {
        self.init(
            shape: shape, task: .maskedWords(nextSentence: nextSentence), longest: length,
            tokensOfStep: min(settings.batchSize, sequenceCount) * length,
            usedTableBytes: shape.vocabularySize * shape.hiddenSize * 4, packedBytes: 0,
            exampleBytes: 16 * sequenceCount, settings: settings)
    }

    /// - Parameters:
    ///   - usedTableBytes: of the gradients of word embeddings that are ever touched.
    ///   - packedBytes: by parameter, of what is held besides the network.
    private init(
        shape: BERTConfiguration, task: TrainingTask, longest: Int, tokensOfStep: Int, usedTableBytes: Int,
        packedBytes: Int, exampleBytes: Int, settings: TrainingSettings
    ) {
        (self.shape, self.task, self.longest, self.tokensOfStep) = (shape, task, longest, tokensOfStep)
        isRounded = Operands(rounds: settings.rounds).isRounded
        let (hidden, inner) = (shape.hiddenSize, shape.intermediateSize)
        let table = shape.vocabularySize * hidden
        let products = shape.layerCount * (4 * hidden * hidden + 2 * hidden * inner)
        let others = products + (shape.maximumPositions + 2) * hidden + hidden * hidden
        // Gradients and both moments of a word are touched when it occurs, by whole pages.
        let kept = settings.patience == nil ? 0 : 4
        let weights = (4 + packedBytes + kept) * (table + others) + 3 * (4 * others + usedTableBytes)
        var panels = products * (isRounded ? 4 : 8)
        if case .maskedWords = task { panels += table * (isRounded ? 4 : 8) }
        let scratch =
            settings.threads
            * (4 * BERTPass.largestBlock * (2 * hidden + 2 * inner + max(inner, 3 * hidden))
                + 4 * akin_training_attention_scratch(longest, shape.headSize))
        fixed = Self.program + weights + panels + scratch + exampleBytes
    }

    /// The sum of the largest step over sequences in their order.
    private static func largestSum(_ lengths: [Int], _ count: Int) -> Int {
        stride(from: 0, to: lengths.count, by: count).map {
            lengths[$0..<min($0 + count, lengths.count)].reduce(0, +)
        }.max() ?? 0
    }

    /// The bytes in use at the run's peak where so many tokens are computed at a time.
    package func bytes(tokens: Int) -> Int { fixed + min(tokens, tokensOfStep) * bytesOfToken }

    /// Which sizes of a part are tried, in tokens: the whole step, its half and so on, at last the longest sequence.
    package var choices: [Int] {
        var sizes = [tokensOfStep]
        var parts = 2
        while tokensOfStep / parts > longest {
            sizes.append((tokensOfStep + parts - 1) / parts)
            parts *= 2
        }
        return sizes + (sizes.contains(longest) ? [] : [longest])
    }

    /// Activations, their gradients and the packed operands of a token.
    private var bytesOfToken: Int {
        let (hidden, inner) = (shape.hiddenSize, shape.intermediateSize)
        var saved = shape.layerCount * (8 * hidden + inner + 2)  // of `BERTLayerActivations`
        if case .sequenceClassification = task, shape.layerCount > 0 { saved -= 3 * hidden + inner + 2 }
        let flow = 6 * hidden  // of `BERTLayerGradients`
        let packed = (8 * hidden + 2 * inner) / (isRounded ? 2 : 1)  // of `WeightGradients`
        let sums = (9 * hidden + inner) / BERTPass.largestBlock
        return 4 * (saved + flow + packed + sums + 2 * hidden + headFloats)
    }

    /// What a head has for each token.
    private var headFloats: Int {
        let hidden = shape.hiddenSize
        func perToken(_ outputs: Int) -> Int { 2 * hidden + 2 * outputs + 32 }
        return switch task {
        case .tokenClassification(let outputs): perToken(outputs)
        case .questionAnswering: perToken(2)
        case .maskedWords: (8 * hidden + 2 * shape.vocabularySize) * 15 / 100
        case .sequenceClassification, .embedding: 0
        }
    }

    /// The pages of the table of word embeddings that hold words of the sequences.
    private static func pages(of sequences: some Collection<[Int32]>, _ hidden: Int) -> Int {
        var words = Set<Int32>()
        for ids in sequences { words.formUnion(ids) }
        var pages = Set<Int>()
        for word in words {
            let first = Int(word) * hidden * 4
            pages.formUnion(first / pageSize...(first + hidden * 4 - 1) / pageSize)
        }
        return pages.count
    }
}
