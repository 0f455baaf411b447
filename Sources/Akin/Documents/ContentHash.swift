import Crypto
import Foundation

/// Shows whether anything of a document changed since it was stored, and what read it.
///
/// ```
/// SHA-256 of title, text, metadata, settings (32 bytes) │ ReadingVersion as text
/// ```
///
/// Stores before format 5 have hashes of 32 bytes, which take in the source and no versions.
enum ContentHash {
    static let digestLength = 32

    /// SHA-256 over texts, each with its length before it, so that none can run into the next.
    static func of(_ parts: [String]) -> Data {
        var hash = SHA256()
        for part in parts {
            hash.update(data: Data("\(part.utf8.count):".utf8))
            hash.update(data: Data(part.utf8))
        }
        return Data(hash.finalize())
    }
}
