package import AkinVectors
import CAkinKernels

/// The parameters of a GloVe model: a row for each word and one for each context word, whose last component is the
/// bias, each followed by AdaGrad's sums of squares.
///
/// Minimises Σ f(x)·(w·w̃ + b + b̃ − log x)² over pairs of words that stand near each other with weight x (Pennington,
/// Socher and Manning 2014, equation 8), with AdaGrad (Duchi, Hazan and Singer 2011), without locks between threads.
package struct GloVeRows: Sendable {
    package let words: WordVectorRows
    package let contexts: WordVectorRows
    private let dimension: Int
    private let kernels = EmbeddingKernels.active

    package init(count: Int, dimension: Int, random: inout SeededGenerator) {
        self.dimension = dimension
        let squares = akin_embedding_stride(dimension + 1)
        words = WordVectorRows(count: count, dimension: dimension + 1, extra: squares)
        contexts = WordVectorRows(count: count, dimension: dimension + 1, extra: squares)
        for rows in [words, contexts] {
            rows.randomize(magnitude: 0.5 / Float(dimension), random: &random)
            for row in 0..<count {
                unsafe (rows.buffer.base + row * rows.stride + squares).update(repeating: 1, count: squares)
            }
        }
    }

    /// Visits some records, each in both orders. Returns the sum of their losses.
    package func train(_ records: CooccurrenceRecords, range: Range<Int>, rate: Float) -> Double {
        let step = unsafe kernels.table.glove_step_f32
        let stride = akin_embedding_stride(dimension + 1)
        let bytes = 2 * stride * MemoryLayout<Float>.stride
        var loss = 0.0
        unsafe records.forEachPart(of: range) { records in
            for place in records.indices {
                if place + Self.lookAhead < records.count {
                    let next = unsafe records[place + Self.lookAhead]
                    for row in [next.first, next.second] {
                        unsafe akin_prefetch(words.row(row), bytes)
                        unsafe akin_prefetch(contexts.row(row), bytes)
                    }
                }
                let record = unsafe records[place]
                loss += unsafe Double(
                    step(
                        words.row(record.first), contexts.row(record.second), dimension, stride, record.target,
                        record.weight, rate))
                if record.first == record.second { continue }
                loss += unsafe Double(
                    step(
                        words.row(record.second), contexts.row(record.first), dimension, stride, record.target,
                        record.weight, rate))
            }
        }
        return loss
    }

    private static let lookAhead = 2

    /// The sum of each word's two rows, without the biases. Shape: (words, dimension).
    package func vectors() -> Matrix {
        let count = words.count
        var matrix = Matrix(rows: count, columns: dimension)
        unsafe matrix.withUnsafeMutablePointer { target in
            for row in 0..<count {
                for rows in [words, contexts] {
                    unsafe VectorMath.axpy(1, rows.row(Int32(row)), target + row * dimension, dimension)
                }
            }
        }
        return matrix
    }
}
