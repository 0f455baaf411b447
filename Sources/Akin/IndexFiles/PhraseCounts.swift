import AkinPostings
import Synchronization

/// Where phrases stand in one state of the store, so that FTS5 counts each once.
final class PhraseCounts: Sendable {
    /// The most passages that are kept; a passage takes twelve bytes.
    private static let capacity = 500_000

    private struct Known {
        var counts: [String: PassageCounts] = [:]
        var size = 0
    }

    private let known = Mutex(Known())

    /// The passages with a phrase.
    ///
    /// - Parameter find: counts them where they are asked for first.
    func counts(of expression: String, _ find: () throws -> PassageCounts) rethrows -> PassageCounts {
        if let counts = known.withLock({ $0.counts[expression] }) { return counts }
        let counts = try find()
        known.withLock { known in
            let size = 1 + counts.passages.count
            if known.size + size > Self.capacity { known = Known() }
            guard size <= Self.capacity, known.counts.updateValue(counts, forKey: expression) == nil else { return }
            known.size += size
        }
        return counts
    }
}
