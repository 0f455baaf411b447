import AkinCore

/// How spaces at the ends of a token are left out of its place in the text, as byte-level tokenizers do: the token
/// “ word” stands where the word stands.
struct SpaceTrimming: Sendable {
    /// Whether the first token may begin with a space that the tokenizer has put there.
    private let addsPrefixSpace: Bool

    /// - Parameter members: Those of a `ByteLevel` or a `RobertaProcessing`; nil where it leaves places as they are.
    init?(_ members: [String: JSONValue]) {
        if members["trim_offsets"] == .bool(false) { return nil }
        addsPrefixSpace = members["add_prefix_space"] != .bool(false)
    }

    /// A token's place without its spaces.
    ///
    /// - Parameters:
    ///   - token: The token in `text`, in bytes.
    ///   - isAdded: Whether it is an added token, of which all whitespace counts, and not the space alone.
    ///   - isFirst: Whether it is the first of the text.
    func trimmed(
        _ place: Range<Int>, _ text: borrowing Span<UInt8>, _ token: Range<Int>, isAdded: Bool, isFirst: Bool
    ) -> Range<Int> {
        var (leading, trailing) = (0, 0)
        if isAdded {
            var index = token.lowerBound
            while index < token.upperBound, ScalarSet.whitespace.contains(UTF8Cursor.next(text, at: &index)) {
                leading += 1
            }
            index = token.upperBound
            while index > token.lowerBound, ScalarSet.whitespace.contains(UTF8Cursor.previous(text, before: &index)) {
                trailing += 1
            }
        } else {
            // Tokens of bytes need not be whole scalars.
            while leading < token.count, text[token.lowerBound + leading] == 0x20 { leading += 1 }
            while trailing < token.count, text[token.upperBound - 1 - trailing] == 0x20 { trailing += 1 }
        }
        if leading > 0, addsPrefixSpace, isFirst || place.lowerBound == 0 { leading -= 1 }
        let start = min(place.lowerBound + leading, place.upperBound)
        return start..<max(place.upperBound - trailing, start)
    }
}
