/// What the tokenizer must know about one scalar, in one byte.
struct ScalarProperties: OptionSet {
    let rawValue: UInt8

    static let deleted = ScalarProperties(rawValue: 1)
    static let space = ScalarProperties(rawValue: 2)
    static let whitespace = ScalarProperties(rawValue: 4)
    static let punctuation = ScalarProperties(rawValue: 8)
    static let ideograph = ScalarProperties(rawValue: 16)
    static let mark = ScalarProperties(rawValue: 32)
    /// Canonical decomposition changes the scalar or canonical ordering may move it.
    static let canonical = ScalarProperties(rawValue: 64)
    static let lowercases = ScalarProperties(rawValue: 128)
}

/// `UnicodeTables` in a form to look scalars up in.
///
/// Planes 0 and 1 are a flat table of a byte a scalar; the rest is found by binary search. Built once, at the first
/// text that is not ASCII (about 0.2 ms).
struct ScalarTable: Sendable {
    static let shared = ScalarTable()

    private static let flatCount: UInt32 = 0x20000
    private static let hangulSyllables: Range<UInt32> = 0xAC00..<0xAC00 + 11_172

    private let flat: [ScalarProperties]
    private let decomposed: [UInt32]
    private let decompositionStarts: [Int]

    private init() {
        var flat = [ScalarProperties](repeating: [], count: Int(Self.flatCount))
        func add(_ property: ScalarProperties, first: UInt32, last: UInt32, stride: Int = 1) {
            guard first < Self.flatCount else { return }
            for code in Swift.stride(from: Int(first), through: Int(min(last, Self.flatCount - 1)), by: stride) {
                flat[code].formUnion(property)
            }
        }
        for (property, ranges) in Self.ranges {
            for index in Swift.stride(from: 0, to: ranges.count, by: 2) {
                add(property, first: ranges[index], last: ranges[index + 1])
            }
        }
        let classes = UnicodeTables.combiningClasses
        for index in Swift.stride(from: 0, to: classes.count, by: 3) {
            add(.canonical, first: classes[index], last: classes[index + 1])
        }
        let lowercase = UnicodeTables.lowercase
        for index in Swift.stride(from: 0, to: lowercase.count, by: 4) {
            add(
                .lowercases, first: UInt32(lowercase[index]), last: UInt32(lowercase[index + 1]),
                stride: Int(lowercase[index + 2]))
        }
        add(.lowercases, first: Self.dottedCapitalI, last: Self.dottedCapitalI)
        add(.canonical, first: Self.hangulSyllables.lowerBound, last: Self.hangulSyllables.upperBound - 1)

        var decomposed: [UInt32] = []
        var starts: [Int] = []
        var index = 0
        while index < UnicodeTables.decompositions.count {
            let entry = UnicodeTables.decompositions[index]
            let code = entry & 0xFF_FFFF
            add(.canonical, first: code, last: code)
            decomposed.append(code)
            starts.append(index + 1)
            index += 1 + Int(entry >> 24)
        }
        starts.append(index + 1)
        self.flat = flat
        self.decomposed = decomposed
        decompositionStarts = starts
    }

    private static let ranges: [(ScalarProperties, [UInt32])] = [
        (.deleted, UnicodeTables.deleted), (.space, UnicodeTables.spaces), (.whitespace, UnicodeTables.whitespace),
        (.punctuation, UnicodeTables.punctuation), (.ideograph, UnicodeTables.ideographs), (.mark, UnicodeTables.marks),
    ]

    /// U+0130, the one scalar whose lower case is two: U+0069 U+0307.
    static let dottedCapitalI: UInt32 = 0x130

    @inline(__always)
    subscript(code: UInt32) -> ScalarProperties {
        code < Self.flatCount ? flat[Int(code)] : propertiesBeyondTable(code)
    }

    private func propertiesBeyondTable(_ code: UInt32) -> ScalarProperties {
        var result: ScalarProperties = []
        for (property, ranges) in Self.ranges where Self.contains(code, in: ranges) { result.insert(property) }
        if Self.row(of: code, in: UnicodeTables.combiningClasses, width: 3) != nil
            || decompositionIndex(of: code) != nil
        {
            result.insert(.canonical)
        }
        return result
    }

    /// Whether a scalar lies in one of the ranges given as pairs of first and last in ascending order.
    static func contains(_ code: UInt32, in ranges: [UInt32]) -> Bool { row(of: code, in: ranges, width: 2) != nil }

    /// The index of the row that holds a scalar, in rows of `width` values that begin with first and last and ascend.
    private static func row<Value: FixedWidthInteger>(of code: Value, in rows: [Value], width: Int) -> Int? {
        var low = 0
        var high = rows.count / width
        while low < high {
            let middle = (low + high) / 2
            if rows[middle * width + 1] < code { low = middle + 1 } else { high = middle }
        }
        let index = low * width
        return index < rows.count && rows[index] <= code ? index : nil
    }

    /// The canonical combining class; 0 for a scalar that canonical ordering leaves in place.
    func combiningClass(of code: UInt32) -> UInt8 {
        guard let row = Self.row(of: code, in: UnicodeTables.combiningClasses, width: 3) else { return 0 }
        return UInt8(UnicodeTables.combiningClasses[row + 2])
    }

    /// The lower case of a scalar other than `dottedCapitalI`.
    func lowercase(of code: UInt32) -> UInt32 {
        let runs = UnicodeTables.lowercase
        let code = Int32(code)
        guard let row = Self.row(of: code, in: runs, width: 4), (code - runs[row]) % runs[row + 2] == 0 else {
            return UInt32(code)
        }
        return UInt32(code + runs[row + 3])
    }

    private func decompositionIndex(of code: UInt32) -> Int? {
        var low = 0
        var high = decomposed.count
        while low < high {
            let middle = (low + high) / 2
            if decomposed[middle] < code { low = middle + 1 } else { high = middle }
        }
        return low < decomposed.count && decomposed[low] == code ? low : nil
    }

    /// Calls `body` with each scalar of the full canonical decomposition; with the scalar itself when it has none.
    @inline(__always)
    func decompose(_ code: UInt32, _ body: (UInt32) -> Void) {
        if Self.hangulSyllables.contains(code) {
            // The Unicode Standard, section 3.12: 21 vowels, 28 trailing consonants of which the first is none.
            let syllable = code - Self.hangulSyllables.lowerBound
            body(0x1100 + syllable / (21 * 28))
            body(0x1161 + syllable % (21 * 28) / 28)
            if syllable % 28 != 0 { body(0x11A7 + syllable % 28) }
        } else if let index = decompositionIndex(of: code) {
            for part in decompositionStarts[index]..<decompositionStarts[index + 1] - 1 {
                body(UnicodeTables.decompositions[part])
            }
        } else {
            body(code)
        }
    }
}
