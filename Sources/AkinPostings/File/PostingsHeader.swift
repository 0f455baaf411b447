package import Foundation

/// What a file of postings says about itself: which store and which moment it was made from.
///
/// Whoever opens a file compares these with the store; the file alone proves only that it is whole.
package struct PostingsHeader: Sendable, Hashable {
    /// The store the passages come from.
    package var storeUUID: UUID
    /// Rises with every file published for the store.
    package var generation: UInt64
    /// The last entry of the store's change log that the postings contain.
    package var lastSequence: Int64
    /// The change log's hash chain at `lastSequence`: 32 bytes.
    package var chain: Data
    /// The version of what makes search texts of passages; the change log says nothing of it.
    package var textVersion: UInt32

    package init(storeUUID: UUID, generation: UInt64, lastSequence: Int64, chain: Data, textVersion: UInt32) {
        self.storeUUID = storeUUID
        self.generation = generation
        self.lastSequence = lastSequence
        self.chain = chain
        self.textVersion = textVersion
    }
}
