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
///    128 │ section table             5 × { offset u64, length u64, CRC-32C u32, zero u32 }
///        │ zeros                                                │
///    508 │ CRC-32C of bytes 0 ..< 508                           │
///    512 ├───────────── each section starts at a multiple of 64 ┤
///        │ passages                  runs of ids, see PassageRun│
///        │ lengths                   (passages) u8, u16 or u32, in tokens
///        │ postings                  see PostingsBlocks, 8 zeros at the end
///        │ terms                     groups of 16, see TermDictionary
///        │ groups                    (groups + 1) { byte in terms u32, byte in postings u32 }
///        └──────────────────────────────────────────────────────┘
/// ```
/// The checksum of a section covers it and the zeros up to the next one.
///
/// Format 1 had the terms and what stands in the blocks in arrays of fixed width; such a file is recognized by its
/// version and built again.
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
    package var termCount: Int { tables.terms.termCount }
    /// The id of the last passage; nil where there are none.
    package var lastPassage: Int64? { passageCount > 0 ? tables.id(passageCount - 1) : nil }

    package func holds(_ passage: Int64) -> Bool { tables.number(ofPassage: passage) != nil }

    init(tables: PostingsTables, header: PostingsHeader, tokenCount: Int, byteCount: Int, owner: AnyObject) {
        self.tables = tables
        self.header = header
        self.tokenCount = tokenCount
        self.byteCount = byteCount
        self.owner = owner
    }

    static let magic = Array("AKINPST1".utf8)
    static let formatVersion: UInt32 = 2
    static let headerLength = 512

    /// The parts of the file after the header, in their order.
    enum Section: Int, CaseIterable {
        case passages, lengths, postings, terms, groups

        var name: String { String(describing: self) }
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
