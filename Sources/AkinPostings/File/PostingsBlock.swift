/// Up to 128 postings of a term, as the section of blocks describes them.
///
/// ```
///      0  last               u32  number of the last passage
///      4  start              u32  byte in `packed` of the distances, which the frequencies follow
///      8  bounds             u32  first entry in `bounds`
///     12  distance width     u8   bits of each distance less one
///     13  frequency width    u8   bits of each frequency less one
///     14  count less one     u8
///     15  bounds             u8   how many; 0 where they are found from the postings themselves
/// ```
struct PostingsBlock: BitwiseCopyable {
    var last: UInt32
    var start: UInt32
    var firstBound: UInt32
    var distanceWidth: UInt8
    var frequencyWidth: UInt8
    var countLessOne: UInt8
    var boundCount: UInt8

    /// The most postings of a block.
    static let capacity = 128

    var count: Int { Int(countLessOne) + 1 }

    /// Bytes of the packed distances.
    var distanceBytes: Int { PackedIntegers.byteCount(count, width: Int(distanceWidth)) }

    /// Bytes of the packed distances and frequencies.
    var byteCount: Int { distanceBytes + PackedIntegers.byteCount(count, width: Int(frequencyWidth)) }
}
