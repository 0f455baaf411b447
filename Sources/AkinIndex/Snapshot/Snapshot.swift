import AkinVectors

/// An index on disk: one file, mapped read-only, in which damage is detected.
///
/// All numbers are little-endian. Every byte of the file lies under a checksum: the header and the section table under
/// the header's, everything after them under one for each 256 KB of a section.
///
/// ```
///      0 ┌──────────────────────────────────────────────────────┐
///        │ magic "AKINIDX1"                               8     │
///      8 │ format version            u32                        │
///     12 │ header length (1024)      u32                        │
///     16 │ file length               u64                        │
///     24 │ store UUID                16 bytes                   │
///     40 │ space                     i64                        │
///     48 │ generation                u64                        │
///     56 │ last sequence             i64                        │
///     64 │ chain                     32 bytes                   │
///     96 │ metric                    u32  0 cosine 1 dot 2 l2
///    100 │ row format                u32  0 float32 1 float16 2 int8
///    104 │ dimension                 u32                        │
///    108 │ entry point               u32                        │
///    112 │ nodes                     u64                        │
///    120 │ ids                       u64                        │
///    128 │ connectivity, efConstruction, efSearch  3 × u32      │
///    140 │ fingerprint length        u32                        │
///    144 │ seed                      u64                        │
///    152 │ sections (13)             u32                        │
///    156 │ coordinates               u32  of a code, 0 without codes
///    160 │ encoder fingerprint       256 bytes, zero-filled     │
///    416 │ section table             13 × { offset u64, length u64, checksum of checksums u32, zero u32 }
///        │ zeros                                                │
///   1020 │ CRC-32C of bytes 0 ..< 1020                          │
///   1024 ├──────────────────────────────────────────────────────┤
///        │ checksums                 u32 a block, section by section
///        ├───────────── each section starts at a multiple of 64 ┤
///        │ member starts             (nodes + 1) u32            │
///        │ ids                       (ids) i64                  │
///        │ levels                    (nodes) u8                 │
///        │ upper starts              (nodes) u32                │
///        │ base links                (nodes, 2M) u32            │
///        │ upper links               (Σ levels, M) u32          │
///        │ code center               (dimension) f32            │
///        │ code directions           (coordinates, dimension) f32
///        │ code steps                (coordinates) f32          │
///        │ codes                     (nodes, coordinates / 2)   │
///        │ code terms                (nodes) f32, l2 only       │
///        │ row scales                (nodes) f32, int8 only     │
///        │ rows                      (nodes, dimension) in the row format
///        └──────────────────────────────────────────────────────┘
/// ```
/// The checksums of a section cover it and the zeros up to the next one. Sections that an index has no use for are
/// empty.
///
/// Format 1 had one section of float32 vectors and no codes; such a file is recognized by its version and rebuilt.
package enum Snapshot {
    static let magic = Array("AKINIDX1".utf8)
    static let formatVersion: UInt32 = 2
    static let headerLength = 1024
    static let fingerprintCapacity = 256
    static let alignment = TemporaryFile.alignment

    /// The parts of the file after the header, in their order.
    enum Section: Int, CaseIterable {
        case memberStarts, ids, levels, upperStarts, baseLinks, upperLinks
        case codeCenter, codeDirections, codeSteps, codes, codeTerms, rowScales, rows

        var name: String {
            switch self {
            case .memberStarts: "member starts"
            case .ids: "ids"
            case .levels: "levels"
            case .upperStarts: "upper starts"
            case .baseLinks: "base links"
            case .upperLinks: "upper links"
            case .codeCenter: "code center"
            case .codeDirections: "code directions"
            case .codeSteps: "code steps"
            case .codes: "codes"
            case .codeTerms: "code terms"
            case .rowScales: "row scales"
            case .rows: "rows"
            }
        }
    }

    /// Where a section lies, and the checksum of its blocks' checksums.
    struct Extent: Equatable {
        var offset: Int
        var length: Int
        /// CRC-32C of the section's entries in the table of checksums.
        var checksum: UInt32

        /// With the zeros up to the next section.
        var paddedLength: Int { Snapshot.padded(length) }
    }

    static func padded(_ length: Int) -> Int { TemporaryFile.padded(length) }

    /// The extents of sections with these lengths, checksums still missing, and the length of the file.
    static func layout(lengths: [Int]) -> (extents: [Extent], fileLength: Int) {
        var offset = headerLength + padded(4 * lengths.reduce(0) { $0 + CRC32C.blockCount(padded($1)) })
        var extents: [Extent] = []
        for length in lengths {
            extents.append(Extent(offset: offset, length: length, checksum: 0))
            offset += padded(length)
        }
        return (extents, offset)
    }
}
