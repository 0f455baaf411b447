import AkinCore
import AkinPostings
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

/// The file of postings: what is written is read, and what is damaged is refused.
@Suite struct PostingsFileTests {
    @Test(arguments: [40, 300, 70_000]) func `a file gives the answers of what it was made of`(_ longest: Int) throws {
        var samples = PostingsSamples.random(400, from: 90_000, seed: 31)
        samples.passages[80_000] = Array(repeating: "long", count: longest)
        let folder = try TemporaryFolder()
        let path = folder.path("postings")
        try samples.builder().write(.sample, to: path)
        let opened = try Postings(path: path)
        #expect(opened.header == .sample && opened.passageCount == 401)
        #expect(opened.tokenCount == samples.passages.values.reduce(0) { $0 + $1.count })
        #expect(opened.byteCount == (try Data(contentsOf: URL(filePath: path)).count))
        let present = PresentPostings(base: opened)
        for question in PostingsSearchTests.questions(12, seed: 32) + [["long", "w1"]] {
            PostingsSearchTests.expectEqual(
                try present.search(present.located(question.terms), limit: 50), samples.ranking(question, limit: 50))
        }
    }

    /// A few hundred places over the whole file, and all of the header.
    @Test func `any flipped byte is noticed`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("postings")
        try PostingsSamples.random(150, longest: 12, seed: 33).builder().write(.sample, to: path)
        let whole = try Data(contentsOf: URL(filePath: path))
        for place in Array(0..<512) + Array(stride(from: 512, to: whole.count, by: max(1, whole.count / 700))) {
            var bytes = whole
            bytes[place] ^= UInt8(1 << (place % 8))
            try Self.expectRefused(bytes, at: path, "byte \(place)")
        }
    }

    @Test(arguments: [0, 1, 100, 511, 512, -1, -64, -1000]) func `a file cut short is noticed`(_ length: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("postings")
        try PostingsSamples.random(150, seed: 34).builder().write(.sample, to: path)
        let whole = try Data(contentsOf: URL(filePath: path))
        try Self.expectRefused(
            length < 0 ? whole.dropLast(-length) : whole.prefix(length), at: path, "length \(length)")
        try Self.expectRefused(whole + Data(count: 64), at: path, "64 more bytes")
    }

    /// Numbers that lead outside, under checksums that fit: what a program other than Akin could write.
    @Test(arguments: 0..<5) func `a number that leads outside is refused though checksums fit`(_ section: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("postings")
        let samples = PostingsSamples.random(700, seed: 35)
        try samples.builder().write(.sample, to: path)
        let whole = try Data(contentsOf: URL(filePath: path))
        var generator = SeededGenerator(seed: UInt64(section))
        for _ in 0..<40 {
            var bytes = whole
            let (offset, length) = (bytes.number(at: 128 + 24 * section), bytes.number(at: 136 + 24 * section))
            for _ in 0..<8 where length > 0 {
                bytes[offset + generator.integer(below: length)] = UInt8(truncatingIfNeeded: generator.next())
            }
            bytes.seal(section: section)
            try FileManager.default.removeItem(atPath: path)
            try bytes.write(to: URL(filePath: path))
            // Refused, or searched without reading outside: a crash would end the tests.
            guard let opened = try? Postings(path: path) else { continue }
            let present = PresentPostings(base: opened, removed: [1, 50, 500])
            for question in PostingsSearchTests.questions(6, seed: 36) {
                let terms = present.located(question.terms + [.prefix(Array("w1".utf8)), .prefix([])])
                #expect(try present.search(terms, limit: 20).count <= 20)
                #expect(present.passages(with: terms).count <= 700)
                #expect(present.scores(present.located(question.terms), of: [1, 2, 4, 700]).count <= 4)
            }
        }
    }

    /// Single bytes of the file over one term: runs of passages, the block, the term, its group.
    @Test(arguments: [
        (0, 0, 1), (0, 4, 1), (0, 8, 0), (0, 8, 3), (0, 12, 1), (2, 0, 0x00), (2, 0, 0x3F), (2, 0, 0x41), (2, 0, 0xC0),
        (3, 0, 1), (3, 1, 0), (3, 1, 200), (3, 3, 0), (3, 3, 4), (3, 3, 0x80), (3, 4, 1), (3, 4, 9), (3, 4, 0xFF),
        (4, 0, 1), (4, 4, 1), (4, 8, 4), (4, 12, 3), (4, 15, 1),
    ])
    func `a place that leads outside is refused`(_ section: Int, _ place: Int, _ value: UInt8) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("postings")
        try PostingsSamples(passages: [1: ["a"], 2: ["a", "a"], 5: ["a"]]).builder().write(.sample, to: path)
        var bytes = try Data(contentsOf: URL(filePath: path))
        let start = bytes.number(at: 128 + 24 * section)
        #expect(bytes[start + place] != value)
        bytes[start + place] = value
        bytes.seal(section: section)
        try Self.expectRefused(bytes, at: path, "section \(section), byte \(place)")
    }

    /// Blocks in a row, whose table and bounds say where to look.
    @Test(arguments: [(0, 0xFF), (3, 0xFF), (4, 0xFF), (8, 0), (12, 0), (16, 0), (16, 0xFF)])
    func `a table of blocks that leads outside is refused`(_ place: Int, _ value: UInt8) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("postings")
        let passages = (Int64(1)...200).map { ($0, ["a"]) }
        try PostingsSamples(passages: Dictionary(uniqueKeysWithValues: passages)).builder().write(.sample, to: path)
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.number(at: 128 + 24 * 2) + place] = value
        bytes.seal(section: 2)
        try Self.expectRefused(bytes, at: path, "byte \(place)")
    }

    /// A file of format 1, which the version before the first release wrote.
    @Test func `a file of an older format says so`() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/format-1.words").path
        #expect(try Data(contentsOf: URL(filePath: path))[8] == 1)
        let error = #expect(throws: AkinError.self) { try Postings(path: path) }
        #expect(error?.code == .incompatible)
    }

    private static func expectRefused(_ bytes: Data, at path: String, _ comment: Comment) throws {
        try? FileManager.default.removeItem(atPath: path)
        try bytes.write(to: URL(filePath: path))
        let error = #expect(throws: AkinError.self, comment) { try Postings(path: path) }
        #expect(error?.code == .invalidData && error?.message.contains(path) == true, comment)
    }
}

extension Data {
    fileprivate func number(at place: Int) -> Int {
        (0..<8).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
    }

    /// Gives a section and the header the checksums of what they hold now.
    fileprivate mutating func seal(section: Int) {
        let (offset, length) = (number(at: 128 + 24 * section), number(at: 136 + 24 * section))
        let padded = (length + 63) / 64 * 64
        store(Self.checksum(self[offset..<offset + padded]), at: 144 + 24 * section)
        store(Self.checksum(self[0..<508]), at: 508)
    }

    private mutating func store(_ value: UInt32, at place: Int) {
        for byte in 0..<4 { self[place + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte)) }
    }

    /// CRC-32C bit by bit (RFC 3720, appendix B.4).
    private static func checksum(_ bytes: Data) -> UInt32 {
        ~bytes.reduce(UInt32.max) { checksum, byte in
            (0..<8).reduce(checksum ^ UInt32(byte)) { value, _ in
                value >> 1 ^ (value & 1 == 1 ? 0x82F6_3B78 : 0)
            }
        }
    }
}
