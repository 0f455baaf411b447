package import AkinCore
package import Foundation

/// What a snapshot says about itself: which store, vector space and moment it was made from, and what the index in it
/// is.
///
/// Whoever opens a snapshot compares these with the database; the file alone proves only that it is whole.
package struct SnapshotHeader: Sendable, Hashable {
    /// The store the vectors come from.
    package var storeUUID: UUID
    /// The vector space in that store.
    package var space: Int64
    /// What made the vectors; see `EncoderIdentity.fingerprint`. At most 256 bytes of UTF-8.
    package var encoderFingerprint: String
    /// Rises with every snapshot published for the space.
    package var generation: UInt64
    /// The last entry of the store's change log that the index contains.
    package var lastSequence: Int64
    /// The change log's hash chain at `lastSequence`: 32 bytes.
    package var chain: Data

    package let metric: DistanceMetric
    package let dimension: Int
    /// Rows a search can return.
    package let count: Int
    package let rowFormat: RowFormat
    package let parameters: HNSWParameters

    /// The header of an index's snapshot.
    package init(
        of index: HNSWIndex, storeUUID: UUID, space: Int64, encoderFingerprint: String, generation: UInt64,
        lastSequence: Int64, chain: Data
    ) {
        self.init(
            storeUUID: storeUUID, space: space, encoderFingerprint: encoderFingerprint, generation: generation,
            lastSequence: lastSequence,
            chain: chain, metric: index.metric, dimension: index.dimension, count: index.count,
            rowFormat: index.rowFormat,
            parameters: index.parameters)
    }

    init(
        storeUUID: UUID, space: Int64, encoderFingerprint: String, generation: UInt64, lastSequence: Int64, chain: Data,
        metric: DistanceMetric, dimension: Int, count: Int, rowFormat: RowFormat, parameters: HNSWParameters
    ) {
        self.storeUUID = storeUUID
        self.space = space
        self.encoderFingerprint = encoderFingerprint
        self.generation = generation
        self.lastSequence = lastSequence
        self.chain = chain
        self.metric = metric
        self.dimension = dimension
        self.count = count
        self.rowFormat = rowFormat
        self.parameters = parameters
    }
}
