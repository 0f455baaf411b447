package import AkinCore
import Foundation

extension JSONWriter {
    /// A value with sorted keys, its properties' names in snake case.
    ///
    /// - Parameter wording: The wording of remedies; nil takes that of a Swift program.
    /// - Throws: `EncodingError` for a number that is not finite.
    package mutating func encodable(_ value: some Encodable, wording: RemediableText? = nil) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .custom { path in SnakeCaseKey(path[path.count - 1]) }
        encoder.userInfo[.remediableText] = wording
        json(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
