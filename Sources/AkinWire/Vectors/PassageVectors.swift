package import Akin
import AkinCore
import Synchronization

/// Gathers the vectors of passages, one by one, and writes them in blocks.
package final class PassageVectors: Sendable {
    /// Rows that are written at once.
    private static let blockRows = 1024

    private struct Block {
        var writer: any VectorWriter
        var labels: [VectorLabel] = []
        var values: [Float] = []
        let dimension: Int

        mutating func write() throws {
            try writer.write(values, dimension: dimension, labels: labels)
            labels.removeAll(keepingCapacity: true)
            values.removeAll(keepingCapacity: true)
        }
    }

    private let block: Mutex<Block>

    package init(format: VectorFormat, layout: VectorLayout, to output: BlockOutput) throws {
        block = Mutex(
            Block(writer: try format.writer(to: output, element: layout.elementType), dimension: layout.dimension))
    }

    package func add(_ stored: StoredVector) throws {
        try block.withLock { block in
            block.labels.append(VectorLabel(id: .string(stored.id), passage: stored.passage))
            block.values += stored.vector
            if block.labels.count == PassageVectors.blockRows { try block.write() }
        }
    }

    /// Called once, after the last vector.
    package func finish() throws {
        try block.withLock { block in
            try block.write()
            try block.writer.finish(dimension: block.dimension)
        }
    }
}
