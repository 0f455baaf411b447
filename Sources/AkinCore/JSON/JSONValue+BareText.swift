extension JSONValue {
    /// The value of bare text, such as the `2001` of `year=2001`, with its type: what is spelt as JSON spells numbers
    /// is a number and keeps its digits, everything else (`007`, `+5`, `0x1F`) is text. Nil for an empty text.
    package init?(bareText text: String) {
        guard !text.isEmpty else { return nil }
        self = .string(text)
        guard let first = text.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first),
            text.utf8.count <= 400
        else { return }
        if let value = try? JSONReader.value(of: Array(text.utf8)), value.number != nil { self = value }
    }
}
