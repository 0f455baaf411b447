/// What each byte of ASCII text becomes, so that such text needs no decoding.
struct ASCIIClasses: Sendable {
    enum Class: UInt8 {
        case word, separator, punctuation
        /// A byte that is deleted, or starts or continues a scalar outside ASCII: the general path must handle it.
        case other
    }

    /// (256)
    let classes: [Class]
    /// (256) The byte a word byte becomes; 0 for every other class.
    let folded: [UInt8]

    init(_ configuration: TokenizerConfiguration) {
        var classes = [Class](repeating: .other, count: 256)
        var folded = [UInt8](repeating: 0, count: 256)
        let table = ScalarTable.shared
        for byte in 1..<UInt8(0x80) {
            let code = UInt32(byte)
            let properties = table[code]
            if configuration.cleansText && properties.contains(.deleted) { continue }
            if properties.contains(.whitespace) || configuration.cleansText && properties.contains(.space) {
                classes[Int(byte)] = .separator
            } else if properties.contains(.punctuation) {
                classes[Int(byte)] = .punctuation
            } else {
                classes[Int(byte)] = .word
                folded[Int(byte)] = configuration.lowercases ? UInt8(table.lowercase(of: code)) : byte
            }
        }
        self.classes = classes
        self.folded = folded
    }
}
