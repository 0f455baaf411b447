import AkinVectors
import Foundation
import Synchronization

/// Skip-gram with negative sampling over words and character n-grams.
///
/// Maximises Σ log σ(v'_c · h_w) + Σ_k log σ(−v'_n · h_w) over the context words c of every word w, with k noise words n drawn from
/// unigram^0.75 (Mikolov et al. 2013) and h_w the mean of the rows of w and of its n-grams (Bojanowski et al. 2017). h_w is computed once
/// for all context words of one occurrence, and its rows are updated once with the sum of their gradients: the input side of HogBatch (Ji
/// et al. 2016).
///
/// With several threads the rows are shared and updated without locks, deliberately racy: updates are sparse, so that lost ones do little
/// harm (Recht et al. 2011, "Hogwild!").
struct SkipGramTrainer {
    let stream: WordStream
    let options: WordVectorTrainingOptions
    let epochs: Int
    /// Rows of each word's n-grams, after the vocabulary's own: rows[starts[w] ..< starts[w + 1]].
    let subwords: SubwordRows

    /// The trained input rows: (words + used buckets, dimension).
    func train(progress: (@Sendable (WordTrainingProgress) -> Void)?) -> AlignedBuffer<Float> {
        let dimension = options.dimension
        let words = stream.vocabulary.count
        let input = AlignedBuffer<Float>(count: (words + subwords.buckets.count) * dimension)
        let output = AlignedBuffer<Float>(count: words * dimension)
        var random = SeededGenerator(seed: options.seed)
        for index in 0..<input.count { unsafe input.base[index] = (random.unitFloat() - 0.5) * 2 / Float(dimension) }

        let noise = AliasTable(weights: stream.vocabulary.counts.map { pow(Double($0), 0.75) })
        let keep = keepProbabilities()
        let done = Atomic<Int>(0)
        let goal = max(1, stream.words.count * epochs)
        let parts = max(1, min(options.threads, stream.textCount))
        Parallel.ranges(stream.textCount, threads: parts) { texts in
            var worker = SkipGramWorker(
                stream: stream, subwords: subwords, options: options, noise: noise, keep: keep, input: input, output: output,
                seed: options.seed &+ 0x9E37_79B9 &* UInt64(texts.lowerBound + 1))
            worker.run(texts: texts, epochs: epochs) { visited in
                let before = done.wrappingAdd(visited, ordering: .relaxed).oldValue
                progress?(WordTrainingProgress(phase: .training, fraction: Double(before + visited) / Double(goal)))
                return 1 - Float(before + visited) / Float(goal)
            }
        }
        return input
    }

    /// min(1, √(t/f) + t/f) of each word.
    private func keepProbabilities() -> [Float] {
        let total = Double(stream.vocabulary.total)
        return stream.vocabulary.counts.map { count in
            let ratio = options.sample * total / Double(count)
            return options.sample > 0 ? Float(min(1, ratio.squareRoot() + ratio)) : 1
        }
    }
}
