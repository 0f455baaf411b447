import AkinCore
import Foundation

/// A document of which only the source changed. Its passages and vectors stay.
struct MovedDocument: Sendable {
    var id: String
    var from: String
    var to: String
    var previousHash: Data
    var contentHash: Data

    /// Whether the new source is the old one, a relative path, made absolute: earlier versions stored paths as they
    /// were given.
    var isSamePlace: Bool {
        guard !from.isAbsolutePath, to.isAbsolutePath else { return false }
        let names = from.pathParts.drop { $0 == "." || $0 == ".." }
        return !names.isEmpty
            && to.pathParts.suffix(names.count).elementsEqual(names) { $0.utf8.elementsEqual($1.utf8) }
    }
}
