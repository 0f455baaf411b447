import AkinCore
import Crypto
import Foundation

/// The hash that a hub tells of a file.
enum HubDigest: Hashable, Sendable {
    /// Of a large file: SHA-256.
    case sha256(String)
    /// Of a file that Git itself keeps: SHA-1 over `blob`, its length and its bytes.
    case gitBlob(String)

    /// The hash in an `ETag` header: 64 hexadecimal digits or 40; nil for what is neither.
    init?(etag: String?) {
        guard let etag else { return nil }
        self.init(etag.trimmingPrefix("W/").trimmingCharacters(in: ["\""]).lowercased())
    }

    /// A hash by its digits.
    init?(_ digits: String) {
        guard digits.isHexadecimal else { return nil }
        switch digits.utf8.count {
        case 64: self = .sha256(digits)
        case 40: self = .gitBlob(digits)
        default: return nil
        }
    }

    /// Whether bytes have the hash.
    ///
    /// - Parameter sha256: that of the bytes, which whoever asks has computed.
    func isThat(of bytes: Data, sha256: String) -> Bool {
        switch self {
        case .sha256(let digits): return digits == sha256
        case .gitBlob(let digits):
            var hash = Insecure.SHA1()
            hash.update(data: Data("blob \(bytes.count)\0".utf8))
            hash.update(data: bytes)
            return hash.finalize().hexadecimal == digits
        }
    }
}
