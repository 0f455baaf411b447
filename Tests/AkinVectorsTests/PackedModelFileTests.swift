import AkinCore
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

/// The container of packed models: what is written comes back, and no file makes a reader leave its bounds.
@Suite struct PackedModelFileTests {
    private let folder: TemporaryFolder
    private let key = [UInt8](repeating: 7, count: 32)

    init() throws { folder = try TemporaryFolder() }

    private func written() throws -> String {
        var writer = PackedModelWriter()
        writer.append("bytes", (0..<100_003).map { UInt8(truncatingIfNeeded: $0 * $0) })
        writer.append("nothing", [Int32]())
        Matrix([[1, 2, 3], [4, 5, 6]]).write(to: &writer, as: "matrix")
        let path = folder.path("model.akinpack")
        try writer.publish(to: path, version: 3, key: key)
        return path
    }

    @Test func `sections come back as they were written`() throws {
        let file = try PackedModelFile(path: written(), version: 3, key: key)
        #expect(try file.array("bytes", of: UInt8.self) == (0..<100_003).map { UInt8(truncatingIfNeeded: $0 * $0) })
        #expect(try file.array("nothing", of: Int32.self).isEmpty)
        #expect(try Matrix(file, "matrix", rows: 2, columns: 3).row(1) == [4, 5, 6])
        #expect(file.contains("matrix") && !file.contains("matri"))
    }

    @Test func `sections of another name, type or size are refused`() throws {
        let file = try PackedModelFile(path: written(), version: 3, key: key)
        #expect(throws: AkinError.self) { try file.array("matri", of: Float.self) }
        #expect(throws: AkinError.self) { try file.array("matrix", of: UInt32.self) }
        #expect(throws: AkinError.self) { try Matrix(file, "matrix", rows: 3, columns: 3) }
    }

    @Test func `files of another version or key are refused`() throws {
        let path = try written()
        #expect(throws: AkinError.self) { try PackedModelFile(path: path, version: 2, key: key) }
        #expect(throws: AkinError.self) {
            try PackedModelFile(path: path, version: 3, key: [UInt8](repeating: 8, count: 32))
        }
        #expect(throws: Never.self) { try PackedModelFile(path: path, version: 3, key: nil) }
        #expect(throws: AkinError.self) { try PackedModelFile(path: path + "x", version: 3, key: key) }
        #expect(throws: AkinError.self) { try PackedModelFile(path: folder.url.path, version: 3, key: key) }
    }

    /// A matrix in a file is copied before it is written: another that reads the file keeps its numbers, and so does
    /// the file.
    @Test func `writing a mapped matrix leaves the file alone`() throws {
        let path = try written()
        let before = try Data(contentsOf: URL(filePath: path))
        let file = try PackedModelFile(path: path, version: 3, key: key)
        var matrix = try Matrix(file, "matrix", rows: 2, columns: 3)
        matrix[0, 0] = 9
        matrix.setRow(1, [7, 8, 9])
        #expect(matrix.row(0) == [9, 2, 3] && matrix.row(1) == [7, 8, 9])
        #expect(try Matrix(file, "matrix", rows: 2, columns: 3).row(0) == [1, 2, 3])
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    /// Offset, length and number of sections as no writer gives them, under a checksum that fits.
    @Test(arguments: [
        (112, 64), (112, 1 << 40), (120, 1 << 62), (120, 200_000), (112, 100_096), (112, 63), (12, 90_000),
        (12, 1 << 31),
    ])
    func `places outside the file are refused`(offset: Int, value: Int) throws {
        let path = try written()
        var bytes = try Data(contentsOf: URL(filePath: path))
        let width = offset == 12 ? 4 : 8
        for byte in 0..<width { bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
        let head = (56 + 72 * 3 + 4 + 63) / 64 * 64
        let checksum = bytes.prefix(head - 4).withUnsafeBytes { CRC32C.checksum($0) }
        withUnsafeBytes(of: checksum.littleEndian) { bytes.replaceSubrange(head - 4..<head, with: $0) }
        try bytes.write(to: URL(filePath: path))
        // Whatever lies inside the file is caught by the section's own checksum.
        #expect(throws: AkinError.self) {
            _ = try PackedModelFile(path: path, version: 3, key: key).array("bytes", of: UInt8.self)
        }
    }
}
