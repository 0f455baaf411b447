import AkinVectors
import Foundation

/// Positive pointwise mutual information of words and their neighbours, as a sparse matrix of compressed rows.
///
/// PPMI(w, c) = max(0, log(#(w,c)·Σ / (#(w)·#(c)^s))), with the context counts raised to 0.75 and renormalised, and a
/// neighbour at distance i counting 1/i (Levy, Goldberg and Dagan 2015, sections 3.1 and 3.2).
struct PPMIMatrix: Sendable {
    let count: Int
    private let rows: SparseRows

    /// Cost: O(words × window) hash table updates; memory: about 32 bytes for every pair of words that meet.
    init(stream: WordStream, window: Int) {
        let count = stream.vocabulary.count
        var pairs: [UInt64: Float] = [:]
        for text in 0..<stream.textCount {
            let range = stream.bounds[text]..<stream.bounds[text + 1]
            for position in range {
                for other in position + 1..<max(position + 1, min(range.upperBound, position + 1 + window)) {
                    let (a, b) = (UInt64(stream.words[position]), UInt64(stream.words[other]))
                    let weight = 1 / Float(other - position)
                    pairs[a << 32 | b, default: 0] += weight
                    pairs[b << 32 | a, default: 0] += weight
                }
            }
        }
        let ordered = pairs.sorted { $0.key < $1.key }
        var sums = [Double](repeating: 0, count: count)
        for (pair, weight) in ordered { sums[Int(pair >> 32)] += Double(weight) }
        let smoothed = sums.map { pow($0, 0.75) }
        let total = smoothed.reduce(0, +)

        var rows = SparseRows(columns: count)
        var row: [(column: Int32, value: Float)] = []
        for (pair, weight) in ordered {
            let (word, context) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
            while rows.rows < word {
                rows.append(row)
                row.removeAll()
            }
            let information = log(Double(weight) * total / (sums[word] * smoothed[context]))
            if information > 0 { row.append((Int32(context), Float(information))) }
        }
        while rows.rows < count {
            rows.append(row)
            row.removeAll()
        }
        self.count = count
        self.rows = rows
    }

    /// self · dense. Shapes: (count, count) · (count, k) = (count, k).
    func multiplied(by dense: Matrix) -> Matrix { rows.multiplied(by: dense) }

    /// selfᵀ · dense.
    func transposeMultiplied(by dense: Matrix) -> Matrix { rows.transposeMultiplied(by: dense) }
}
