import AkinVectors
import Foundation

/// Positive pointwise mutual information of words and their neighbours, as a sparse matrix of compressed rows.
///
/// PPMI(w, c) = max(0, log(#(w,c)·Σ / (#(w)·#(c)^s))), with the context counts raised to 0.75 and renormalised, and a
/// neighbour at distance i counting 1/i (Levy, Goldberg and Dagan 2015, sections 3.1 and 3.2).
struct PPMIMatrix: Sendable {
    let count: Int
    private let starts: [Int]
    private let columns: [Int32]
    private let values: [Float]

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

        var starts = [0]
        var columns: [Int32] = []
        var values: [Float] = []
        for (pair, weight) in ordered {
            let (word, context) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
            while starts.count <= word { starts.append(columns.count) }
            let information = log(Double(weight) * total / (sums[word] * smoothed[context]))
            guard information > 0 else { continue }
            columns.append(Int32(context))
            values.append(Float(information))
        }
        while starts.count <= count { starts.append(columns.count) }
        self.count = count
        self.starts = starts
        self.columns = columns
        self.values = values
    }

    /// self · dense. Shapes: (count, count) · (count, k) = (count, k).
    func multiplied(by dense: Matrix) -> Matrix {
        var result = Matrix(rows: count, columns: dense.columns)
        accumulate(dense, into: &result) { ($0, $1) }
        return result
    }

    /// selfᵀ · dense.
    func transposeMultiplied(by dense: Matrix) -> Matrix {
        var result = Matrix(rows: count, columns: dense.columns)
        accumulate(dense, into: &result) { ($1, $0) }
        return result
    }

    private func accumulate(
        _ dense: Matrix, into result: inout Matrix, _ place: (_ row: Int, _ column: Int) -> (target: Int, source: Int)
    ) {
        let width = dense.columns
        unsafe result.withUnsafeMutablePointer { target in
            unsafe dense.withUnsafePointer { source in
                for row in 0..<count {
                    for entry in starts[row]..<starts[row + 1] {
                        let at = place(row, Int(columns[entry]))
                        unsafe VectorMath.axpy(
                            values[entry], source + at.source * width, target + at.target * width, width)
                    }
                }
            }
        }
    }
}
