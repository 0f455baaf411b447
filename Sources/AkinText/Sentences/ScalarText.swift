/// The Unicode scalars of a text by number, from 0, in hardly more memory than its UTF-8.
///
/// ```
/// low    (scalars)  the low 8 bits of each
/// pages  (scalars / 64, rounded up)  of 64 scalars each: 0 where all of them are below U+0100, else 1 + a place in
///        high, in pages
/// high   (64 for each such page)  the bits above
/// ```
///
/// English takes 1.06 bytes a scalar, Chinese 3.06. An array of scalars takes 4.
struct ScalarText: RandomAccessCollection {
    private static let pageBits = 6
    private static let pageSize = 1 << pageBits

    private let low: [UInt8]
    private let pages: [UInt32]
    private let high: [UInt16]
    /// Where the first scalar stands in `low`.
    private let base: Int
    let count: Int

    /// - Complexity: O(n).
    init(_ text: String) { self.init(text.unicodeScalars, expecting: text.utf8.count) }

    /// - Complexity: O(n).
    init(_ scalars: [Unicode.Scalar]) { self.init(scalars, expecting: scalars.count) }

    private init(_ scalars: some Sequence<Unicode.Scalar>, expecting most: Int) {
        var (low, pages, high) = ([UInt8](), [UInt32](), [UInt16]())
        low.reserveCapacity(most)
        pages.reserveCapacity(most >> Self.pageBits + 1)
        for scalar in scalars {
            let place = low.count & (Self.pageSize - 1)
            if place == 0 { pages.append(0) }
            low.append(UInt8(truncatingIfNeeded: scalar.value))
            guard scalar.value > 0xFF else { continue }
            let page = pages.count - 1
            if pages[page] == 0 {
                high.append(contentsOf: repeatElement(0, count: Self.pageSize))
                pages[page] = UInt32(high.count >> Self.pageBits)
            }
            high[(Int(pages[page]) - 1) << Self.pageBits + place] = UInt16(truncatingIfNeeded: scalar.value >> 8)
        }
        (self.low, self.pages, self.high) = (low, pages, high)
        (base, count) = (0, low.count)
    }

    private init(_ whole: ScalarText, _ range: Range<Int>) {
        (low, pages, high) = (whole.low, whole.pages, whole.high)
        (base, count) = (whole.base + range.lowerBound, range.count)
    }

    /// A stretch as a text of its own, without a copy.
    func part(_ range: Range<Int>) -> ScalarText {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "A part lies within its text.")
        return ScalarText(self, range)
    }

    var startIndex: Int { 0 }
    var endIndex: Int { count }

    subscript(place: Int) -> Unicode.Scalar {
        precondition(place >= 0 && place < count, "A scalar lies within its text.")
        let place = base + place
        var value = UInt32(low[place])
        let page = pages[place >> Self.pageBits]
        if page != 0 {
            value |= UInt32(high[(Int(page) - 1) << Self.pageBits + place & (Self.pageSize - 1)]) << 8
        }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
