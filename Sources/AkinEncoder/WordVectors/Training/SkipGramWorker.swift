import AkinVectors
import Foundation

/// One thread's share of a skip-gram training: see `SkipGramTrainer`.
struct SkipGramWorker {
    private let stream: WordStream
    private let subwords: SubwordRows
    private let options: WordVectorTrainingOptions
    private let dimension: Int
    private let noise: AliasTable
    private let keep: [Float]
    // (words + buckets, dimension) and (words, dimension), shared with the other threads
    private let input: AlignedBuffer<Float>
    private let output: AlignedBuffer<Float>
    // (dimension) each, this thread's own: h_w of the word in hand, and what its context words want added to it
    private let hidden: AlignedBuffer<Float>
    private let gradient: AlignedBuffer<Float>
    private var random: SeededGenerator

    /// Words between two looks at the shared progress and learning rate.
    private static let stride = 10_000

    init(
        stream: WordStream, subwords: SubwordRows, options: WordVectorTrainingOptions, noise: AliasTable, keep: [Float],
        input: AlignedBuffer<Float>, output: AlignedBuffer<Float>, seed: UInt64
    ) {
        self.stream = stream
        self.subwords = subwords
        self.options = options
        self.noise = noise
        self.keep = keep
        self.input = input
        self.output = output
        dimension = options.dimension
        hidden = AlignedBuffer(count: dimension)
        gradient = AlignedBuffer(count: dimension)
        random = SeededGenerator(seed: seed)
    }

    /// - Parameter advance: told how many words were visited since the last call; gives the share of the learning rate to go on with.
    mutating func run(texts: Range<Int>, epochs: Int, advance: (Int) -> Float) {
        var kept: [Int32] = []
        var rate = advance(0)
        var visited = 0
        for _ in 0..<epochs {
            for text in texts {
                let range = stream.bounds[text]..<stream.bounds[text + 1]
                kept.removeAll(keepingCapacity: true)
                for position in range {
                    let word = stream.words[position]
                    if random.unitFloat() < keep[Int(word)] { kept.append(word) }
                }
                train(kept, rate: max(rate, 1e-4) * options.learningRate)
                visited += range.count
                if visited >= Self.stride {
                    rate = advance(visited)
                    visited = 0
                }
            }
        }
        _ = advance(visited)
    }

    private mutating func train(_ text: [Int32], rate: Float) {
        for center in text.indices {
            let reach = 1 + random.integer(below: options.window)
            let (first, last) = (max(0, center - reach), min(text.count - 1, center + reach))
            guard last > first else { continue }
            let word = Int(text[center])
            loadHidden(word)
            for position in first...last where position != center {
                let target = Int(text[position])
                learn(target, isContext: true, rate: rate)
                for _ in 0..<options.negatives {
                    let drawn = noise.draw(random.next())
                    if drawn != target { learn(drawn, isContext: false, rate: rate) }
                }
            }
            updateInput(word)
        }
    }

    /// The row of an n-gram in `input`, given its place in `subwords.rows`.
    private func subwordRow(_ place: Int) -> UnsafeMutablePointer<Float> {
        unsafe input.base + (stream.vocabulary.count + Int(subwords.rows[place])) * dimension
    }

    /// hidden = mean of the word's row and its n-grams' rows; gradient = 0.
    private func loadHidden(_ word: Int) {
        let places = subwords.starts[word]..<subwords.starts[word + 1]
        let scale = 1 / Float(places.count + 1)
        unsafe hidden.base.update(repeating: 0, count: dimension)
        unsafe gradient.base.update(repeating: 0, count: dimension)
        unsafe VectorMath.axpy(scale, input.base + word * dimension, hidden.base, dimension)
        for place in places { unsafe VectorMath.axpy(scale, subwordRow(place), hidden.base, dimension) }
    }

    /// One step of logistic regression of a context word's or a noise word's output row on hidden.
    @inline(__always)
    private func learn(_ word: Int, isContext: Bool, rate: Float) {
        let row = unsafe output.base + word * dimension
        let score = unsafe VectorMath.dot(hidden.base, row, dimension)
        let step = ((isContext ? 1 : 0) - 1 / (1 + exp(-score))) * rate
        unsafe VectorMath.axpy(step, row, gradient.base, dimension)
        unsafe VectorMath.axpy(step, hidden.base, row, dimension)
    }

    /// Adds the gradient to the word's row and to each of its n-grams' rows.
    private func updateInput(_ word: Int) {
        unsafe VectorMath.axpy(1, gradient.base, input.base + word * dimension, dimension)
        for place in subwords.starts[word]..<subwords.starts[word + 1] {
            unsafe VectorMath.axpy(1, gradient.base, subwordRow(place), dimension)
        }
    }
}
