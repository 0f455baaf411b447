/// The mark that some programs put before UTF-8 text (The Unicode Standard, section 23.8). It is not part of the text.
package enum ByteOrderMark {
    package static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// A text without the mark it may begin with.
    package static func removed(from text: String) -> String {
        text.utf8.starts(with: utf8) ? String(decoding: text.utf8.dropFirst(utf8.count), as: UTF8.self) : text
    }
}
