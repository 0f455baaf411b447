import AkinCore
import AkinIndex
import AkinStore
import AkinVectors
import Synchronization

/// The vectors of small spaces in memory, so that a program that asks many questions reads them from SQLite once.
///
/// An entry is used only while the change log's head is the one it was read at; any commit by any process makes the
/// next query read again.
final class ExactIndexCache: Sendable {
    private struct Entry {
        let sequence: Int64
        let chain: [UInt8]
        let index: ExactIndex
    }

    private let entries = Mutex<[Int64: Entry]>([:])

    /// An index over all vectors of a space as the reader's transaction sees them. Cost on a miss: one scan of the
    /// vector table.
    func index(of space: VectorSpace, reader: any StoreReading) throws -> ExactIndex {
        if let known = try knownIndex(of: space, reader: reader) { return known }
        let head = try reader.lastChange()
        let (ids, vectors) = try reader.allVectors(of: space)
        let index = ExactIndex(ids: ids, vectors: vectors, metric: try space.distanceMetric())
        entries.withLock { $0[space.id] = Entry(sequence: head.sequence, chain: Array(head.chain), index: index) }
        return index
    }

    /// Drops what may have been read from no one state of the store.
    func forget() { entries.withLock { $0.removeAll() } }

    /// The index if it is in memory and of the state that the reader's transaction sees.
    func knownIndex(of space: VectorSpace, reader: any StoreReading) throws -> ExactIndex? {
        guard let entry = entries.withLock({ $0[space.id] }) else { return nil }
        let head = try reader.lastChange()
        return entry.sequence == head.sequence && entry.chain == Array(head.chain) ? entry.index : nil
    }
}

/// Makes rows of the stored vectors of a space: of unit length under cosine, whatever length they were imported with.
private struct StoredVectorDecoder {
    private let space: Int64
    private let element: VectorElement
    private let hasOtherLengths: Bool

    init(_ space: VectorSpace) throws {
        self.space = space.id
        element = try space.knownElement()
        hasOtherLengths = try space.isImported && space.distanceMetric() == .cosine
    }

    func decode(_ bytes: UnsafeRawBufferPointer, into vectors: inout Matrix, row: Int, passage: Int64) throws {
        unsafe vectors.setRow(row, decoding: bytes, as: element)
        guard vectors.largestMagnitude(row: row).isFinite else {
            throw StoreReader.notFinite(space: space, passage: passage)
        }
        if hasOtherLengths { vectors.makeUnitRow(row) }
    }
}

extension StoreReading {
    /// Every vector of a space with its passage, in ascending passage order: of unit length under cosine, whatever
    /// length it was imported with.
    func allVectors(of space: VectorSpace) throws -> (ids: [Int64], vectors: Matrix) {
        try requireVectors(ofSpace: space.id)
        // Few passages are a good enough bound: counting vectors would read all of them once more.
        let passages = try passageCount()
        let count = passages <= 100_000 ? passages : try vectorCount(space: space.id)
        var ids: [Int64] = []
        ids.reserveCapacity(count)
        var vectors = Matrix(rows: count, columns: space.dimension)
        let decoder = try StoredVectorDecoder(space)
        try unsafe forEachVector(space: space.id, afterPassage: 0) { passage, bytes in
            guard ids.count < count else {
                throw AkinError(
                    .invalidData, "There are more vectors of \(space.encoderName) than passages.",
                    remedy: .repair)
            }
            try unsafe decoder.decode(bytes, into: &vectors, row: ids.count, passage: passage)
            ids.append(passage)
        }
        return (ids, ids.count == count ? vectors : vectors.gathered(Array(ids.indices)))
    }

    /// As `allVectors`, in the format that a graph keeps, which takes half of the memory or less.
    func graphRows(of space: VectorSpace) throws -> GraphRows {
        try requireVectors(ofSpace: space.id)
        let capacity = try vectorCount(space: space.id)
        var rows = try GraphRows(capacity: capacity, dimension: space.dimension, metric: space.distanceMetric())
        var vector = Matrix(rows: 1, columns: space.dimension)
        let decoder = try StoredVectorDecoder(space)
        try unsafe forEachVector(space: space.id, afterPassage: 0) { passage, bytes in
            try unsafe decoder.decode(bytes, into: &vector, row: 0, passage: passage)
            try rows.append(ids: [passage], vectors: vector)
        }
        return rows
    }
}
