import AkinVectors
import Foundation

/// Pairs of words with what GloVe learns from each, shuffled, in nameless files.
///
/// Records are dealt out at random to files that fit in memory, and each file is shuffled on its own, so that the whole
/// is in random order whatever its size.
@safe package final class CooccurrenceRecords: @unchecked Sendable {
    // Safe: nothing writes it after its making, and the mappings live as long as their files.
    struct Record {
        var first: Int32
        var second: Int32
        /// log x of the pair's weight x
        var target: Float
        /// min(1, (x / x_max)^¾)
        var weight: Float
    }

    private var files: [ScratchFile] = []
    private var parts: [UnsafeMutableBufferPointer<Record>] = unsafe []
    /// The place of each part's first record among all.
    private var starts: [Int] = [0]

    /// Pairs of different order counted once.
    package var count: Int { starts[starts.count - 1] }

    private static let blockSize = 4096

    /// Counts the corpus' pairs and shuffles them.
    ///
    /// - Parameters:
    ///   - saturation: x_max.
    ///   - progress: the share that is done.
    /// - Throws: `CancellationError`, and `AkinError` when the disk is full.
    package init(
        counter: CooccurrenceCounter, saturation: Double, seed: UInt64, isCancelled: @escaping @Sendable () -> Bool,
        progress: @escaping @Sendable (Double) -> Void
    ) throws {
        let runs = try counter.runs(isCancelled: isCancelled, progress: progress)
        let most = runs.reduce(0) { $0 + $1.count } * MemoryLayout<Record>.stride
        let partCount = max(1, (most + counter.memory - 1) / counter.memory)
        var random = SeededGenerator(seed: seed)
        var pending = [[Record]](repeating: [], count: partCount)
        for _ in 0..<partCount { files.append(try ScratchFile(in: counter.folder)) }
        try CooccurrenceRun.merge(runs) { entry in
            let part = partCount == 1 ? 0 : random.integer(below: partCount)
            let share = entry.weight / Float(saturation)
            pending[part].append(
                Record(
                    first: Int32(truncatingIfNeeded: entry.key >> 32), second: Int32(truncatingIfNeeded: entry.key),
                    target: log(entry.weight), weight: share < 1 ? pow(share, 0.75) : 1))
            if pending[part].count == Self.blockSize {
                try unsafe pending[part].withUnsafeBytes { try unsafe files[part].write($0) }
                pending[part].removeAll(keepingCapacity: true)
                if isCancelled() { throw CancellationError() }
            }
        }
        for (part, rest) in pending.enumerated() {
            try unsafe rest.withUnsafeBytes { try unsafe files[part].write($0) }
            let records = try unsafe files[part].map().bindMemory(to: Record.self)
            for place in stride(from: records.count - 1, to: 0, by: -1) {
                unsafe records.swapAt(place, random.integer(below: place + 1))
            }
            unsafe parts.append(records)
            starts.append(starts[part] + records.count)
        }
    }

    /// The records at some places, which may lie in two parts.
    func forEachPart(of range: Range<Int>, _ body: (UnsafeBufferPointer<Record>) -> Void) {
        for part in unsafe parts.indices {
            let records = unsafe parts[part]
            let (low, high) = (max(range.lowerBound, starts[part]), min(range.upperBound, starts[part + 1]))
            if low < high {
                unsafe body(UnsafeBufferPointer(rebasing: records[low - starts[part]..<high - starts[part]]))
            }
        }
    }
}
