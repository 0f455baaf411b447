import AkinVectors

/// Which passages hold which terms, how often, and how long the passages are: all that BM25 asks for.
///
/// Postings stand in the bytes of one file, mapped read-only, or in memory in the same form. They never change, so any
/// number of threads may search them without a lock.
///
/// Passages are numbered 0 ..< passages in the order of their ids. A term's postings are pairs of a passage's number
/// and the term's frequency there, in blocks of 128, the numbers as distances from the one before. Each block is packed
/// with as many bits a value as its largest needs (Lemire and Boytsov, "Decoding billions of integers per second
/// through vectorization", 2015), and says what the largest score in it can be, so that a search can leave it out.
///
/// All numbers are little-endian, and every byte of the file lies under a checksum.
///
/// ```
///      0 ┌──────────────────────────────────────────────────────┐
///        │ magic "AKINPST1"                               8     │
///      8 │ format version            u32                        │
///     12 │ header length (512)       u32                        │
///     16 │ file length               u64                        │
///     24 │ store UUID                16 bytes                   │
///     40 │ generation                u64                        │
///     48 │ last sequence             i64                        │
///     56 │ chain                     32 bytes                   │
///     88 │ text version              u32                        │
///     92 │ bytes of a length         u32  1, 2 or 4             │
///     96 │ passages                  u64                        │
///    104 │ terms                     u64                        │
///    112 │ tokens                    u64  the sum of the lengths│
///    120 │ first passage             i64                        │
///    128 │ section table             8 × { offset u64, length u64, CRC-32C u32, zero u32 }
///        │ zeros                                                │
///    508 │ CRC-32C of bytes 0 ..< 508                           │
///    512 ├───────────── each section starts at a multiple of 64 ┤
///        │ passages                  (passages) u32, ids less the first
///        │ lengths                   (passages) u8, u16 or u32, in tokens
///        │ term starts               (terms + 1) u32            │
///        │ terms                     bytes, ascending           │
///        │ first blocks              (terms + 1) u32            │
///        │ blocks                    16 bytes each, see PostingsBlock
///        │ bounds                    { frequency u32, length u32 }
///        │ packed                    the blocks' values, 8 zeros at the end
///        └──────────────────────────────────────────────────────┘
/// ```
/// The checksum of a section covers it and the zeros up to the next one.
package final class Postings: @unchecked Sendable {
    // Safe: nothing writes to the memory behind the tables.
    let tables: PostingsTables
    /// What the file says of itself.
    package let header: PostingsHeader
    /// The mapping or the buffer that keeps the memory.
    private let owner: AnyObject

    /// The sum of the passages' lengths, in tokens.
    package let tokenCount: Int
    /// The length of the file in bytes.
    package let byteCount: Int

    /// Passages, with or without words.
    package var passageCount: Int { tables.passageCount }
    package var termCount: Int { tables.termCount }

    init(tables: PostingsTables, header: PostingsHeader, tokenCount: Int, byteCount: Int, owner: AnyObject) {
        self.tables = tables
        self.header = header
        self.tokenCount = tokenCount
        self.byteCount = byteCount
        self.owner = owner
    }

    static let magic = Array("AKINPST1".utf8)
    static let formatVersion: UInt32 = 1
    static let headerLength = 512

    /// The parts of the file after the header, in their order.
    enum Section: Int, CaseIterable {
        case passages, lengths, termStarts, terms, firstBlocks, blocks, bounds, packed

        var name: String {
            switch self {
            case .passages: "passages"
            case .lengths: "lengths"
            case .termStarts: "term starts"
            case .terms: "terms"
            case .firstBlocks: "first blocks"
            case .blocks: "blocks"
            case .bounds: "bounds"
            case .packed: "packed"
            }
        }
    }

    /// Where sections of these lengths begin, and the length of the file.
    static func layout(lengths: [Int]) -> (offsets: [Int], fileLength: Int) {
        var offset = headerLength
        let offsets = lengths.map { length in
            defer { offset += TemporaryFile.padded(length) }
            return offset
        }
        return (offsets, offset)
    }
}
