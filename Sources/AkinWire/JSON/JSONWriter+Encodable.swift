package import AkinCore
import Foundation

extension JSONWriter {
    /// A value with sorted keys, its properties' names in snake case.
    ///
    /// - Throws: `EncodingError` for a number that is not finite.
    package mutating func encodable(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .custom { path in SnakeCaseKey(path[path.count - 1]) }
        json(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
