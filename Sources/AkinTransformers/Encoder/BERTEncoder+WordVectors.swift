package import AkinVectors
import Synchronization

extension BERTEncoder {
    /// The contextual vector of the word in each window: the mean of the last hidden states of its tokens. Shape:
    /// (windows, hidden size).
    package func wordVectors(_ windows: [WordWindow], threads: Int) throws -> Matrix {
        let batches = engine.batches(lengths: windows.map(\.sequence.ids.count), threads: threads)
        let vectors = Mutex(Matrix(rows: windows.count, columns: configuration.hiddenSize))
        try Parallel.forEach(batches.count, threads: threads) { place in
            let batch = batches[place]
            let computed = try self.engine.network.withHiddenStates(of: batch.map { windows[$0].sequence }) {
                states, rows in
                zip(batch, rows).map { index, rows in
                    let tokens = windows[index].tokens
                    return states.sum(ofRows: tokens.map { Int32(rows.lowerBound + $0) }).map {
                        $0 / Float(tokens.count)
                    }
                }
            }
            vectors.withLock { vectors in
                for (index, vector) in zip(batch, computed) { vectors.setRow(index, vector) }
            }
        }
        return vectors.withLock { $0 }
    }
}
