import AkinVectors
import CAkinKernels

/// Sums over a batch's rows, kept by block of rows until they are added in the order of the blocks.
struct PartialSums: Sendable {
    private let rows: Rows

    /// - Parameter width: floats of a block.
    init(blocks: Int, width: Int) { rows = Rows(count: blocks, columns: width) }

    /// A block's sums.
    subscript(block: Int) -> UnsafeMutablePointer<Float> { unsafe rows[block] }

    /// Sets the blocks' sums to zero.
    func clear(_ blocks: Int) { unsafe rows[0].update(repeating: 0, count: blocks * rows.columns) }

    /// Adds all blocks' floats from `offset` to `target`.
    func add(
        _ blocks: Int, from offset: Int, count: Int, to target: UnsafeMutablePointer<Float>, _ kernels: TrainingKernels
    ) {
        for block in 0..<blocks { unsafe kernels.table.add_scaled(rows[block] + offset, count, 1, target) }
    }
}
