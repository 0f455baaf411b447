import AkinStore
import Synchronization

/// The passages that recent filters allow, kept for the state of the store they were found in.
final class FilterCache: Sendable {
    /// What is known of a filter at one state of the store.
    struct Entry: Sendable {
        let sequence: Int64
        let chain: [UInt8]
        /// The setting that changes whenever labels do.
        let labels: String?
        /// Nil while the filter was only tried on single passages.
        let rows: RowSet?
        /// Documents that meet the filter, where they were counted.
        let documents: Int?
        /// Of a sample of documents, how many met the filter.
        let estimate: (sampled: Int, matching: Int)
        let warnings: [Note]
    }

    /// A set takes 8 to 16 bytes a passage.
    private static let capacity = 16

    /// The least recently used first. By bytes: texts that Swift holds equal are different to SQLite.
    private let entries = Mutex<[(key: [UInt8], entry: Entry)]>([])

    func entry(of filter: Database.Filter) -> Entry? {
        let key = Self.key(of: filter)
        return entries.withLock { entries in
            guard let place = entries.firstIndex(where: { $0.key == key }) else { return nil }
            let found = entries.remove(at: place)
            entries.append(found)
            return found.entry
        }
    }

    /// Drops what may have been read from no one state of the store.
    func forget() { entries.withLock { $0.removeAll() } }

    func keep(_ entry: Entry, of filter: Database.Filter) {
        let key = Self.key(of: filter)
        entries.withLock { entries in
            entries.removeAll { $0.key == key }
            if entries.count >= Self.capacity { entries.removeFirst() }
            entries.append((key, entry))
        }
    }

    /// A filter's text, and what else its warnings depend on.
    private static func key(of filter: Database.Filter) -> [UInt8] {
        Array(([filter.description] + filter.ambiguousFields.sorted()).joined(separator: "\0").utf8)
    }
}
