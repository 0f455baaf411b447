import Crypto
import Foundation

/// Shows whether the bytes of a file have changed.
enum FileDigest {
    /// SHA-256 of a file's bytes; nil where it cannot be read. Cost: one pass over the file.
    static func of(_ path: String) -> Data? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        var hash = SHA256()
        do {
            while let block = try file.read(upToCount: 1 << 20), !block.isEmpty { hash.update(data: block) }
        } catch {
            return nil
        }
        return Data(hash.finalize())
    }
}
