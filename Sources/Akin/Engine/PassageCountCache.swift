import AkinStore
import Foundation
import Synchronization

/// How many passages the store has in the state that was last asked for. To count them reads an index over all of them.
final class PassageCountCache: Sendable {
    private let known = Mutex<(sequence: Int64, chain: Data, count: Int)?>(nil)

    /// The count in the state that the reader's transaction sees: every passage that comes or goes is logged.
    func count(_ reader: any StoreReading) throws -> Int {
        let head = try reader.lastChange()
        if let known = known.withLock({ $0 }), known.sequence == head.sequence, known.chain == head.chain {
            return known.count
        }
        let count = try reader.passageCount()
        known.withLock { $0 = (head.sequence, head.chain, count) }
        return count
    }
}
