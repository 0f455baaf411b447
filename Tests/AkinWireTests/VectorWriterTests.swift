import Akin
import AkinCore
import AkinTestSupport
import AkinWire
import Foundation
import Testing

@Suite struct VectorWriterTests {
    private static let labels = [VectorLabel(id: .string("a"), passage: 4), VectorLabel(id: .numeral("1.50"))]

    /// What a format writes of two vectors, into a plain file that holds something already.
    private func written(_ format: VectorFormat, element: VectorElement = .f32) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let url = URL(filePath: try folder.write("out", "before"))
        let file = try FileHandle(forUpdating: url)
        try file.seekToEnd()
        var writer = try format.writer(to: BlockOutput(file, name: "The file"), element: element)
        try writer.write([1, -2], dimension: 2, labels: Array(Self.labels[..<1]))
        try writer.write([0.5, 3], dimension: 2, labels: Array(Self.labels[1...]))
        try writer.finish(dimension: 2)
        let bytes = Array(try Data(contentsOf: url))
        #expect(bytes.starts(with: "before".utf8))
        return Array(bytes.dropFirst(6))
    }

    private static let floats: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0x3F, 0, 0, 0x40, 0x40]

    @Test func `npy is NumPy's header with the count of rows, and the rows`() throws {
        let expected = NPYArray.header(rows: 2, dimension: 2, element: .f32) + Self.floats
        #expect(try written(.npy) == expected)
        let half = try written(.npy, element: .f16)
        #expect(half == NPYArray.header(rows: 2, dimension: 2, element: .f16) + [0, 0x3C, 0, 0xC0, 0, 0x38, 0, 0x42])
    }

    @Test func `npy through a pipe is the same as in a file`() throws {
        let pipe = Pipe()
        var writer = try VectorFormat.npy.writer(to: BlockOutput(pipe.fileHandleForWriting, name: "The pipe"))
        try writer.write([1, -2, 0.5, 3], dimension: 2, labels: Self.labels)
        try writer.finish(dimension: 2)
        try pipe.fileHandleForWriting.close()
        #expect(try pipe.fileHandleForReading.readToEnd().map(Array.init) == written(.npy))
    }

    @Test func `what is written as npy and fvecs is read again`() throws {
        for format in [VectorFormat.npy, .fvecs] {
            let folder = try TemporaryFolder()
            let path = try folder.write("vectors.\(format.rawValue)", Data(try written(format)))
            let file = try VectorFile(path: path)
            var vectors: [[Float]] = []
            while case .record(let record, _, _)? = try file.next() { vectors.append(record.vector) }
            #expect(vectors == [[1, -2], [0.5, 3]], "\(format)")
        }
    }

    @Test func `fvecs has the dimension before each row`() throws {
        #expect(try written(.fvecs) == [2, 0, 0, 0] + Self.floats[..<8] + [2, 0, 0, 0] + Self.floats[8...])
    }

    @Test func `JSON lines leave out the names that a vector does not have`() throws {
        let text = String(decoding: try written(.jsonl), as: UTF8.self)
        #expect(text == "{\"id\":\"a\",\"passage\":4,\"vector\":[1.0,-2.0]}\n{\"id\":1.50,\"vector\":[0.5,3.0]}\n")
    }

    @Test func `a closed file is named`() throws {
        let folder = try TemporaryFolder()
        let file = try FileHandle(forWritingTo: URL(filePath: try folder.write("out", "")))
        try file.close()
        var writer = try VectorFormat.fvecs.writer(to: BlockOutput(file, name: "The answer"))
        let error = try #require(throws: AkinError.self) {
            try writer.write([1], dimension: 1, labels: [VectorLabel(id: nil)])
        }
        #expect(error.code == .inputOutput && error.message == "The answer cannot be written; is the disk full?")
    }
}
