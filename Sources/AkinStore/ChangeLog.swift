import Crypto
package import Foundation

/// What a change did to a passage.
package enum ChangeOperation: Int, Sendable, CaseIterable {
    /// Added, with its first vector when the row names a space.
    case add = 1
    /// Got another vector, or a new one in place of the old.
    case vector = 2
    /// Deleted, with all its vectors.
    case delete = 3
}

/// A row of the change log.
package struct ChangeRow: Hashable, Sendable {
    /// From 1, without gaps.
    package let sequence: Int64
    package let operation: ChangeOperation
    package let passage: Int64
    /// The space of the vector that the row is about; nil for a passage added without one and for deletions.
    package let space: Int64?
    /// 32 bytes that stand for this row and all before it.
    package let chain: Data
}

/// The hash chain of the change log: equal chains at a sequence number mean equal histories, which the number alone
/// does not (a restored backup uses numbers again).
enum ChangeChain {
    /// What the first row follows.
    static let origin = Data(count: 32)

    /// SHA-256(previous ‖ sequence ‖ operation ‖ passage ‖ vector bytes ‖ text hash); sequence and passage as 8 bytes,
    /// little-endian, the operation as one byte.
    ///
    /// - Parameters:
    ///   - vector: The vector's stored bytes; empty when the change has none.
    ///   - textHash: SHA-256 of the passage's text in UTF-8; empty for deletions, whose text is gone when the chain is
    ///     checked.
    static func next(
        after previous: Data, sequence: Int64, operation: ChangeOperation, passage: Int64, vector: Data, textHash: Data
    ) -> Data {
        var head = previous
        head.reserveCapacity(previous.count + 17)
        head.append(contentsOf: bytes(sequence))
        head.append(UInt8(operation.rawValue))
        head.append(contentsOf: bytes(passage))
        var hash = SHA256()
        hash.update(data: head)
        hash.update(data: vector)
        hash.update(data: textHash)
        return Data(hash.finalize())
    }

    static func textHash(_ text: String) -> Data { Data(SHA256.hash(data: Array(text.utf8))) }

    private static func bytes(_ value: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
