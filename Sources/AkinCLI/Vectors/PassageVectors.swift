import AkinCore
import Synchronization

/// Gathers the vectors of passages, one by one, and writes them to standard output in blocks.
final class PassageVectors: Sendable {
    /// Rows that are written at once.
    private static let blockRows = 1024

    private struct Block {
        var writer: any VectorWriter
        var labels: [VectorLabel] = []
        var values: [Float] = []
        /// 0 until there is a row.
        var dimension = 0

        mutating func write() throws {
            try writer.write(values, dimension: dimension, labels: labels)
            labels.removeAll(keepingCapacity: true)
            values.removeAll(keepingCapacity: true)
        }
    }

    private let block: Mutex<Block>

    init(format: VectorFormat) throws { block = Mutex(Block(writer: try format.writer())) }

    func add(_ vector: [Float], of passage: Int64, documentID: String) throws {
        try block.withLock { block in
            block.labels.append(VectorLabel(id: .string(documentID), passage: passage))
            block.values += vector
            block.dimension = vector.count
            if block.labels.count == PassageVectors.blockRows { try block.write() }
        }
    }

    /// Called once, after the last vector.
    func finish() throws {
        try block.withLock { block in
            try block.write()
            try block.writer.finish(dimension: block.dimension)
        }
    }
}
