import AkinCore
import AkinIndex
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

/// No damaged file is taken for a whole one.
@Suite struct SnapshotDamageTests {
    private let folder: TemporaryFolder
    private let bytes: Data

    init() throws {
        folder = try TemporaryFolder()
        // Codes, and over 256 KB of rows: more than one block.
        let index = try SnapshotTests.index(1500, 96)
        try Snapshot.write(index, header: SnapshotTests.header(index), to: folder.path("index"))
        bytes = try Data(contentsOf: folder.url.appending(path: "index"))
    }

    private func expectRefusal(of damaged: Data, naming word: String? = nil, _ comment: Comment) throws {
        let path = try folder.write("damaged", damaged)
        #expect(comment) { try Snapshot.open(path) } throws: { error in
            guard let error = error as? AkinError else { return false }
            return error.code == .invalidData && error.message.contains(path)
                && error.message.contains("rebuilt from the database")
                && (word.map { error.message.contains($0) } ?? true)
        }
    }

    /// Offsets in every part of the file: all of the header's, and an odd stride over the rest.
    private var offsets: [Int] {
        Array(0..<1100) + Array(stride(from: 1100, to: bytes.count, by: 2503)) + [bytes.count - 1]
    }

    @Test func `a flipped bit anywhere is refused`() throws {
        for offset in offsets {
            var damaged = bytes
            damaged[offset] ^= 1 << (offset % 8)
            try expectRefusal(of: damaged, "bit \(offset % 8) of byte \(offset)")
        }
    }

    @Test func `a zeroed page is refused`() throws {
        for offset in stride(from: 0, to: bytes.count, by: 4096) {
            var damaged = bytes
            let page = offset..<min(offset + 4096, bytes.count)
            damaged.replaceSubrange(page, with: repeatElement(0, count: page.count))
            if damaged != bytes { try expectRefusal(of: damaged, "page at \(offset)") }
        }
    }

    @Test func `a cut file is refused`() throws {
        for length in offsets { try expectRefusal(of: bytes.prefix(length), "cut to \(length) bytes") }
    }

    @Test func `a longer file is refused`() throws {
        try expectRefusal(of: bytes + Data([0]), naming: "should be \(bytes.count)", "one byte more")
    }

    @Test func `swapped pages are refused`() throws {
        for offset in stride(from: 0, to: bytes.count - 8192, by: 4096) {
            var damaged = bytes
            damaged.replaceSubrange(offset..<offset + 4096, with: bytes[offset + 4096..<offset + 8192])
            damaged.replaceSubrange(offset + 4096..<offset + 8192, with: bytes[offset..<offset + 4096])
            if damaged != bytes { try expectRefusal(of: damaged, "pages at \(offset)") }
        }
    }

    @Test func `the error names what is wrong`() throws {
        var magic = bytes
        magic[0] = UInt8(ascii: "S")
        try expectRefusal(of: magic, naming: "does not begin", "magic")
        var version = bytes
        version[8] = 9
        try expectRefusal(of: version, naming: "format version is 9", "version")
        var vectors = bytes
        vectors[bytes.count - 100] ^= 4
        try expectRefusal(of: vectors, naming: "rows", "rows")
        try expectRefusal(of: Data(), naming: "empty", "empty")
        #expect { try Snapshot.open(folder.path("missing")) } throws: {
            ($0 as? AkinError)?.message.contains("does not exist") == true
        }
        #expect(throws: AkinError.self) { try Snapshot.open(folder.url.path) }
    }

    @Test func `vectors are checked later when that is asked for`() throws {
        var damaged = bytes
        damaged[bytes.count - 100] ^= 4
        let path = try folder.write("damaged", damaged)
        #expect(try Snapshot.open(path, verifying: .structure).index.checkInvariants() == [])
        #expect(throws: AkinError.self) { try Snapshot.verify(path) }
        #expect(throws: Never.self) { try Snapshot.verify(folder.path("index")) }
    }

    /// A file with sound checksums over senseless contents must not lead a search out of its memory.
    @Test func `links out of bounds are refused under sound checksums`() throws {
        let forger = SnapshotForger(bytes)
        let forgeries: [(section: Int, value: UInt32, word: String)] = [
            (0, 5, "members"), (2, 0x1818_1818, "above the entry point"), (3, 77, "upper links"), (4, 1500, "level 0"),
            (5, 0, "level"),
            (5, 1500, "leads nowhere"),
        ]
        for (section, value, word) in forgeries {
            // Node 0 is on level 0 of this graph, so that as a target of upper links it is as wrong as one that does
            // not exist.
            try expectRefusal(of: forger.settingFirstWord(of: section, to: value), naming: word, "section \(section)")
        }
        try expectRefusal(of: forger.settingHeaderWord(at: 108, to: 1500), naming: "entry point", "entry point")
        try expectRefusal(of: forger.settingHeaderWord(at: 96, to: 3), naming: "metric", "metric")
        try expectRefusal(of: forger.settingHeaderWord(at: 100, to: 3), naming: "row format", "row format")
        try expectRefusal(of: forger.settingHeaderWord(at: 156, to: 64), naming: "out of bounds", "coordinates")
        try expectRefusal(of: forger.settingHeaderWord(at: 156, to: 256), naming: "code directions", "coordinates")
        try expectRefusal(of: forger.settingHeaderWord(at: 104, to: 97), naming: "code center", "dimension")
        try expectRefusal(of: forger.settingHeaderWord(at: 112, to: 1499), naming: "member starts", "nodes")
        try expectRefusal(of: forger.settingHeaderWord(at: 128, to: 0), naming: "out of bounds", "connectivity")
        try expectRefusal(
            of: forger.settingHeaderWord(at: 416, to: 64), naming: "where they belong", "offset of a section")
        try expectRefusal(
            of: forger.settingHeaderWord(at: 428, to: 1), naming: "beyond the file", "length of a section")
    }
}

/// Changes a snapshot and makes its checksums fit again.
private struct SnapshotForger {
    let bytes: Data

    init(_ bytes: Data) { self.bytes = bytes }

    func settingHeaderWord(at offset: Int, to value: UInt32) -> Data {
        var forged = bytes
        set(&forged, offset, value)
        set(&forged, 1020, Self.checksum(forged[0..<1020]))
        return forged
    }

    func settingFirstWord(of section: Int, to value: UInt32) -> Data {
        var forged = bytes
        let extents = (0..<13).map { (offset: word(416 + 24 * $0), length: (word(424 + 24 * $0) + 63) / 64 * 64) }
        set(&forged, extents[section].offset, value)
        let blocks = extents.map { ($0.length + 262_143) / 262_144 }
        let table = 1024 + 4 * blocks[..<section].reduce(0, +)
        let first = extents[section].offset..<extents[section].offset + min(262_144, extents[section].length)
        set(&forged, table, Self.checksum(forged[first]))
        set(&forged, 416 + 24 * section + 16, Self.checksum(forged[table..<table + 4 * blocks[section]]))
        set(&forged, 1020, Self.checksum(forged[0..<1020]))
        return forged
    }

    private func word(_ offset: Int) -> Int {
        var value = 0
        for byte in 0..<4 { value |= Int(bytes[offset + byte]) << (8 * byte) }
        return value
    }

    private func set(_ data: inout Data, _ offset: Int, _ value: UInt32) {
        for byte in 0..<4 { data[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(byte))) }
    }

    /// CRC-32C bit by bit.
    static func checksum(_ data: Data) -> UInt32 {
        var state = ~UInt32(0)
        for byte in data {
            state ^= UInt32(byte)
            for _ in 0..<8 {
                let carry = state & 1 == 1
                state >>= 1
                if carry { state ^= 0x82F6_3B78 }
            }
        }
        return ~state
    }
}
