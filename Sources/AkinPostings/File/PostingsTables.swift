/// The sections of postings as they stand in memory. Their contents have been checked against their bounds.
struct PostingsTables {
    let passages: PassageNumbers
    let lengths: PassageLengths
    let terms: TermDictionary

    var passageCount: Int { passages.count }

    /// The id of the passage of a number.
    func id(_ number: Int) -> Int64 { passages.id(number) }

    /// The number of a passage; nil for one that is not there.
    func number(ofPassage id: Int64) -> Int? { passages.number(of: id) }
}

/// How many tokens each passage has, in one, two or four bytes.
struct PassageLengths {
    let base: UnsafeRawPointer
    let width: Int

    @inline(__always)
    subscript(number: Int) -> Int {
        switch width {
        case 1: Int(base.load(fromByteOffset: number, as: UInt8.self))
        case 2: Int(base.load(fromByteOffset: 2 * number, as: UInt16.self))
        default: Int(base.load(fromByteOffset: 4 * number, as: UInt32.self))
        }
    }

    /// The bytes that a length needs.
    static func width(ofLongest length: UInt32) -> Int { length <= 0xFF ? 1 : length <= 0xFFFF ? 2 : 4 }
}
