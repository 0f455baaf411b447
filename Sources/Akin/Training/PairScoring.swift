import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors

/// Scores models on pairs of texts that they have not learnt from.
struct PairScoring {
    let pairs: TextPairs
    private let threads: Int

    init(_ pairs: TextPairs, threads: Int) { (self.pairs, self.threads) = (pairs, threads) }

    /// How an encoder's cosines agree with the scores, or which texts they bring together.
    func scores(of encoder: any TextEncoder) throws -> PairTraining.Scores {
        try scores { try vectors(encoder, $0, $1) }
    }

    /// The same of whatever makes vectors of texts.
    func scores(
        of vectors: (_ texts: [String], _ role: TextRole) throws -> Matrix
    ) throws -> PairTraining.Scores {
        switch pairs {
        case .scored(let pairs):
            let first = try vectors(pairs.map(\.first), .passage)
            let second = try vectors(pairs.map(\.second), .passage)
            let cosines = pairs.indices.map { index in
                let (a, b) = (first.row(index), second.row(index))
                return Double(VectorMath.dot(VectorMath.normalized(a), VectorMath.normalized(b)))
            }
            return PairTraining.Scores(spearman: Correlation.spearman(pairs.map(\.score), cosines))
        case .matched(let texts):
            var (candidates, places): ([String], [String: Int]) = ([], [:])
            for text in texts.flatMap({ [$0.positive] + ($0.negative.map { [$0] } ?? []) })
            where places[text] == nil {
                places[text] = candidates.count
                candidates.append(text)
            }
            var right: [String: Set<Int>] = [:]
            for text in texts {
                if let place = places[text.positive] { right[text.anchor, default: []].insert(place) }
            }
            let anchors = right.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            let scores = MatchScores(
                anchors: try vectors(anchors, .query), candidates: try vectors(candidates, .passage),
                right: anchors.map { right[$0] ?? [] })
            return PairTraining.Scores(
                recallAt1: scores.recallAtOne, meanReciprocalRank: scores.meanReciprocalRank)
        }
    }

    /// How a cross-encoder's outputs agree with the scores.
    func scores(
        ofCrossEncoder model: BERTTaskModel<SequenceClassificationHead>, maximumTokens: Int, isBinary: Bool
    ) throws -> PairTraining.Scores {
        guard case .scored(let pairs) = pairs else { return PairTraining.Scores() }
        let sequences = try Parallel.map(pairs, threads: threads) {
            TokenSequence(try model.tokenizer.encode($0.first, $0.second, maximumTokens: maximumTokens))
        }
        let outputs = try model.map(sequences, threads: threads) { _, output in Double(output[0]) }
        let right = zip(pairs, outputs).filter { ($0.score > 0.5) == ($1 > 0) }.count
        return PairTraining.Scores(
            spearman: Correlation.spearman(pairs.map(\.score), outputs),
            accuracy: isBinary ? Double(right) / Double(max(1, pairs.count)) : nil)
    }

    private func vectors(_ encoder: any TextEncoder, _ texts: [String], _ role: TextRole) throws -> Matrix {
        var rows: [[Float]] = []
        for first in stride(from: 0, to: texts.count, by: 512) {
            try CancellationFlag.check()
            let part = Array(texts[first..<min(first + 512, texts.count)])
            let encoded = try encoder.encode(part, role: role, threads: threads)
            rows += (0..<part.count).map { encoded.vectors.row($0) }
        }
        return Matrix(rows)
    }
}
