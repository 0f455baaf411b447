import AkinVectors
import CAkinKernels
import Foundation

/// One thread's part in training a `WordVectorNetwork`.
///
/// All context words of one occurrence share its noise words, so that a step is three small matrix products in place of
/// many products of vectors (Ji et al. 2016, "Parallelizing word2vec in shared and distributed memory"). The rows of
/// the next step are fetched while the present one is worked on.
@safe package final class WordVectorWorker {
    // Safe: the memory is freed with the object and is as large as the longest line and the window ask.
    private let network: WordVectorNetwork
    private let kernels = EmbeddingKernels.active.table
    private let stride: Int
    private var random = SeededGenerator(seed: 0)

    // The words of a sentence that were kept
    private let kept: UnsafeMutablePointer<Int32>
    // Inputs of the step in hand: (2·window) of the context's rows, or one row of this thread's own
    private let inputs: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
    // Two sets of outputs, of the step in hand and of the next: (2, mostOutputs)
    private let outputs: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
    // 1 for the word, 0 for the noise
    private let labels: UnsafeMutablePointer<Float>
    private let errors: UnsafeMutablePointer<Float>
    private let mostOutputs: Int
    // Rows that a word, or a context, is the mean of
    private let parts: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
    // Means of the words in the window, as they are now and as they were loaded: (2·window + 1, stride) each
    private let means: AlignedBuffer<Float>
    private let loaded: AlignedBuffer<Float>

    // Losses of the steps that were looked at, Σ −log p, and the predictions among them
    private var loss = 0.0
    private var predictions = 0
    private var steps = 0

    /// One step in so many is looked at for the loss.
    private static let lossInterval = 16

    package init(network: WordVectorNetwork) {
        self.network = network
        stride = network.input.stride
        mostOutputs = network.mostOutputs
        let mostInputs = 2 * network.window
        let mostParts = max(network.parts?.longest ?? 1, 1)
        unsafe kept = .allocate(capacity: WordIDs.longestLine)
        unsafe inputs = .allocate(capacity: mostInputs)
        unsafe outputs = .allocate(capacity: 2 * mostOutputs)
        unsafe labels = .allocate(capacity: mostOutputs)
        unsafe labels.initialize(repeating: 0, count: mostOutputs)
        unsafe labels[0] = 1
        unsafe errors = .allocate(capacity: akin_logistic_scratch(mostInputs, mostOutputs))
        unsafe parts = .allocate(capacity: mostParts * mostInputs)
        means = AlignedBuffer(count: (mostInputs + 1) * stride)
        loaded = AlignedBuffer(count: (mostInputs + 1) * stride)
    }

    deinit {
        unsafe kept.deallocate()
        unsafe inputs.deallocate()
        unsafe outputs.deallocate()
        unsafe labels.deallocate()
        unsafe errors.deallocate()
        unsafe parts.deallocate()
    }

    /// Trains on one part of a corpus. What it does depends on the part, the rate and the seed, and on the rows.
    ///
    /// - Returns: Σ −log p over some of the predictions, and how many they are.
    package func train(_ words: WordIDs, chunk: Range<Int>, rate: Float, seed: UInt64) -> (
        loss: Double, predictions: Int
    ) {
        random = SeededGenerator(seed: seed)
        (loss, predictions) = (0, 0)
        unsafe words.forEachSentence(in: chunk) { sentence in unsafe train(sentence, rate: rate) }
        return (loss, predictions)
    }

    private func train(_ sentence: UnsafeBufferPointer<Int32>, rate: Float) {
        var random = random
        var length = 0
        unsafe network.keep.withUnsafeBufferPointer { keep in
            for place in sentence.indices {
                let word = unsafe sentence[place]
                let share = unsafe keep[Int(word)]
                if share >= 1 || random.unitFloat() < share {
                    unsafe kept[length] = word
                    length += 1
                }
            }
        }
        if length > 1 {
            switch (network.architecture, network.parts) {
            case (.skipgram, nil): skipGram(length, rate, &random)
            case (.skipgram, let lists?): skipGram(length, of: lists, rate, &random)
            case (.cbow, let lists): continuousBagOfWords(length, of: lists, rate, &random)
            }
        }
        self.random = random
    }

    // MARK: Architectures

    private func skipGram(_ length: Int, _ rate: Float, _ random: inout SeededGenerator) {
        let window = network.window
        var next = prepare(0, &random)
        for center in 0..<length {
            let count = next
            if center + 1 < length { next = prepare(center + 1, &random) }
            if center + window + 1 < length {
                unsafe akin_prefetch(network.input.row(kept[center + window + 1]), stride * 4)
            }
            let reach = 1 + random.integer(below: window)
            var inputCount = 0
            for place in max(0, center - reach)...min(length - 1, center + reach) where place != center {
                unsafe inputs[inputCount] = network.input.row(kept[place])
                inputCount += 1
            }
            step(inputCount, center, count, rate)
        }
    }

    /// The mean of a word's parts is computed when the word enters the window, changes while it is there, and passes
    /// its change to the parts when the word leaves.
    private func skipGram(_ length: Int, of lists: RowLists, _ rate: Float, _ random: inout SeededGenerator) {
        let window = network.window
        let places = 2 * window + 1
        var (loadedEnd, next) = (0, prepare(0, &random))
        for center in 0..<length {
            let count = next
            if center + 1 < length { next = prepare(center + 1, &random) }
            while loadedEnd < min(length, center + window + 1) {
                if loadedEnd >= places { spread(loadedEnd - places, of: lists) }
                if loadedEnd + 1 < length { unsafe fetchParts(of: kept[loadedEnd + 1], lists) }
                load(loadedEnd, of: lists)
                loadedEnd += 1
            }
            let reach = 1 + random.integer(below: window)
            var inputCount = 0
            for place in max(0, center - reach)...min(length - 1, center + reach) where place != center {
                unsafe inputs[inputCount] = means.base + place % places * stride
                inputCount += 1
            }
            step(inputCount, center, count, rate)
        }
        for place in max(0, loadedEnd - places)..<loadedEnd { spread(place, of: lists) }
    }

    private func continuousBagOfWords(
        _ length: Int, of lists: RowLists?, _ rate: Float, _ random: inout SeededGenerator
    ) {
        let window = network.window
        var next = prepare(0, &random)
        unsafe inputs[0] = means.base
        for center in 0..<length {
            let count = next
            if center + 1 < length { next = prepare(center + 1, &random) }
            if center + window + 1 < length { unsafe fetchParts(of: kept[center + window + 1], lists) }
            let reach = 1 + random.integer(below: window)
            var partCount = 0
            for place in max(0, center - reach)...min(length - 1, center + reach) where place != center {
                partCount = unsafe appendParts(of: kept[place], lists, at: partCount)
            }
            unsafe kernels.mean_rows_f32(parts, partCount, stride, means.base, loaded.base)
            step(1, center, count, rate)
            unsafe kernels.spread_change_f32(parts, partCount, stride, loaded.base, means.base)
        }
    }

    // MARK: Steps

    /// Chooses the outputs for a place of the sentence and fetches their rows. Returns how many there are.
    @inline(__always)
    private func prepare(_ place: Int, _ random: inout SeededGenerator) -> Int {
        let set = unsafe outputs + (place & 1) * mostOutputs
        let word = unsafe kept[place]
        var count = 0
        switch network.objective {
        case .negativeSampling(let noise, let negatives):
            unsafe set[0] = network.output.row(word)
            count = 1
            for _ in 0..<negatives {
                let drawn = Int32(truncatingIfNeeded: noise.draw(random.next()))
                if drawn != word {
                    unsafe set[count] = network.output.row(drawn)
                    count += 1
                }
            }
        case .hierarchicalSoftmax(let paths, _):
            for index in paths.starts[Int(word)]..<paths.starts[Int(word) + 1] {
                unsafe set[count] = network.output.row(paths.rows[index])
                count += 1
            }
        }
        for index in 0..<count { unsafe akin_prefetch(set[index], stride * 4) }
        return count
    }

    @inline(__always)
    private func step(_ inputCount: Int, _ place: Int, _ outputCount: Int, _ rate: Float) {
        let set = unsafe outputs + (place & 1) * mostOutputs
        switch network.objective {
        case .negativeSampling:
            unsafe kernels.logistic_step_f32(inputs, inputCount, set, labels, outputCount, stride, rate, errors)
        case .hierarchicalSoftmax(let paths, let turns):
            unsafe turns.withUnsafeBufferPointer { turns in
                guard let base = turns.baseAddress else { return }
                let labels = unsafe base + paths.starts[Int(kept[place])]
                unsafe kernels.logistic_step_f32(inputs, inputCount, set, labels, outputCount, stride, rate, errors)
            }
        }
        steps &+= 1
        if steps % Self.lossInterval == 0 { addLoss(inputCount, outputCount, rate) }
    }

    /// Errors are (label − p)·rate: −log of the probability of the right answer is −log(1 − |error| / rate).
    private func addLoss(_ inputCount: Int, _ outputCount: Int, _ rate: Float) {
        for index in 0..<inputCount * outputCount {
            loss -= unsafe Double(log(max(1e-7, 1 - abs(errors[index]) / rate)))
        }
        predictions += inputCount
    }

    // MARK: Parts of words

    @inline(__always)
    private func appendParts(of word: Int32, _ lists: RowLists?, at first: Int) -> Int {
        guard let lists else {
            unsafe parts[first] = network.input.row(word)
            return first + 1
        }
        var count = first
        for index in lists.starts[Int(word)]..<lists.starts[Int(word) + 1] {
            unsafe parts[count] = network.input.row(lists.rows[index])
            count += 1
        }
        return count
    }

    private func fetchParts(of word: Int32, _ lists: RowLists?) {
        guard let lists else { return unsafe akin_prefetch(network.input.row(word), stride * 4) }
        for index in lists.starts[Int(word)]..<lists.starts[Int(word) + 1] {
            unsafe akin_prefetch(network.input.row(lists.rows[index]), stride * 4)
        }
    }

    private func load(_ place: Int, of lists: RowLists) {
        let offset = place % (2 * network.window + 1) * stride
        let count = unsafe appendParts(of: kept[place], lists, at: 0)
        unsafe kernels.mean_rows_f32(parts, count, stride, means.base + offset, loaded.base + offset)
    }

    private func spread(_ place: Int, of lists: RowLists) {
        let offset = place % (2 * network.window + 1) * stride
        let count = unsafe appendParts(of: kept[place], lists, at: 0)
        unsafe kernels.spread_change_f32(parts, count, stride, loaded.base + offset, means.base + offset)
    }
}
