import AkinTransformers
import AkinCore
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

/// The safetensors reader: sound files are read exactly, every broken one is refused with its name.
@Suite struct SafetensorsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static let soundHeader =
        #"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"#
        + #""b":{"dtype":"F16","shape":[3],"data_offsets":[24,30]},"c":{"dtype":"BF16","shape":[1],"data_offsets":[30,32]}}"#

    static func file(header: String, claimedLength: UInt64? = nil, body: Int = 32) -> Data {
        let length = claimedLength ?? UInt64(header.utf8.count)
        return Data((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }) + Data(header.utf8)
            + Data(repeating: 0, count: body)
    }

    @Test func `all three float types are read at any alignment`() throws {
        // One to four spaces move the data to every alignment.
        for padding in 0..<4 {
            var bytes = Self.file(header: Self.soundHeader + String(repeating: " ", count: padding), body: 0)
            let floats: [Float] = [1, -2.5, 0, .pi, 1e-30, -1e30]
            for value in floats { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
            bytes.append(contentsOf: [0x00, 0x3C, 0x01, 0x00, 0xFF, 0xFB])  // 1, the smallest subnormal, −65504
            bytes.append(contentsOf: [0x80, 0x3F])  // 1
            let file = try SafetensorsFile(path: folder.write("m.safetensors", bytes))
            let a = try #require(file.tensors["a"])
            let b = try #require(file.tensors["b"])
            let c = try #require(file.tensors["c"])
            let matrix = try file.matrix(a, shape: [2, 3])
            #expect(matrix.row(0) + matrix.row(1) == floats)
            #expect(try file.matrix(b, shape: [3]).row(0) == [1, 0x1p-24, -65504])
            #expect(try file.matrix(c, shape: [1]).row(0) == [1])
            var row = Matrix(rows: 2, columns: 3)
            file.decodeRow(1, of: a, as: .float32, into: &row, row: 0)
            #expect(row.row(0) == Array(floats[3...]))
        }
    }

    @Test func `infinities and NaNs of halves survive`() throws {
        var bytes = Self.file(header: #"{"b":{"dtype":"F16","shape":[3],"data_offsets":[0,6]}}"#, body: 0)
        bytes.append(contentsOf: [0x00, 0x7C, 0x00, 0xFC, 0x01, 0x7E])
        let file = try SafetensorsFile(path: folder.write("m.safetensors", bytes))
        let values = try file.matrix(#require(file.tensors["b"]), shape: [3]).row(0)
        #expect(values[0] == .infinity && values[1] == -.infinity && values[2].isNaN)
    }

    struct Corruption: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: Data
        let word: String
    }

    static func entry(_ dtype: String, _ shape: String, _ offsets: String) -> String {
        #"{"a":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}}"#
    }

    static let corruptions: [Corruption] = {
        func broken(_ name: String, _ header: String, claimed: UInt64? = nil, body: Int = 32, _ word: String)
            -> Corruption
        {
            Corruption(
                testDescription: name, bytes: file(header: header, claimedLength: claimed, body: body), word: word)
        }
        return [
            Corruption(testDescription: "empty", bytes: Data(), word: "0 bytes"),
            Corruption(testDescription: "seven bytes", bytes: Data(repeating: 1, count: 7), word: "7 bytes"),
            Corruption(
                testDescription: "text", bytes: Data("version https://git-lfs.github.com/spec/v1".utf8),
                word: "claims a header"),
            broken("header longer than the file", soundHeader, claimed: 5000, "cut short"),
            broken("header length of 2^63", soundHeader, claimed: 1 << 63, "claims a header"),
            broken("header length of 2^64 − 1", soundHeader, claimed: .max, "claims a header"),
            broken("empty header", "", "begin with {"),
            broken("header cut", soundHeader, claimed: 40, "JSON"),
            broken("not JSON", "{nonsense}", "JSON"),
            broken("an array", "[]", "begin with {"),
            broken("a tensor that is a number", #"{"a":3}"#, "JSON"),
            broken("no dtype", #"{"a":{"shape":[8],"data_offsets":[0,32]}}"#, "JSON"),
            broken("unknown dtype", entry("F99", "[8]", "[0,32]"), "F99"),
            broken("negative extent", entry("F32", "[-8]", "[0,32]"), "impossible shape"),
            broken("two negative extents", entry("F32", "[-2,-4]", "[0,32]"), "impossible shape"),
            broken("overflowing shape", entry("F32", "[4611686018427387904,4]", "[0,32]"), "impossible shape"),
            broken("fractional extent", entry("F32", "[2.5]", "[0,10]"), "JSON"),
            broken("enormous extent", entry("F32", "[1e300]", "[0,32]"), "JSON"),
            broken("size unlike shape", entry("F32", "[7]", "[0,32]"), "data_offsets"),
            broken("offsets reversed", entry("F32", "[8]", "[32,0]"), "data_offsets"),
            broken("negative offset", entry("F32", "[8]", "[-32,0]"), "data_offsets"),
            broken(
                "extreme offsets", entry("F32", "[8]", "[-9223372036854775808,9223372036854775807]"), "data_offsets"),
            broken("one offset", entry("F32", "[8]", "[32]"), "data_offsets"),
            broken("three offsets", entry("F32", "[8]", "[0,32,32]"), "data_offsets"),
            broken("no offsets", entry("F32", "[8]", "[]"), "data_offsets"),
            broken("data cut short", soundHeader, body: 31, "cut short"),
            broken("data missing", soundHeader, body: 0, "cut short"),
            broken("bytes after the last tensor", soundHeader, body: 33, "follow"),
            broken(
                "overlap",
                #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[6],"data_offsets":[8,32]}}"#,
                "overlaps"),
            broken(
                "hole",
                #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[4],"data_offsets":[16,32]}}"#,
                "hole"),
            broken(
                "twice",
                #"{"a":{"dtype":"F32","shape":[8],"data_offsets":[0,32]},"a":{"dtype":"F32","shape":[8],"#
                    + #""data_offsets":[0,32]}}"#, "twice"),
            broken("fraction", entry("F32", "[8.5]", "[0,32]"), "JSON"),
            broken("deep JSON", String(repeating: #"{"a":"#, count: 20_000), "JSON"),
        ]
    }()

    @Test(arguments: corruptions)
    func `a corrupt file is refused with its name`(corruption: Corruption) throws {
        let path = try folder.write("broken.safetensors", corruption.bytes)
        let error = try #require(throws: AkinError.self) { try SafetensorsFile(path: path) }
        #expect(error.code == .invalidData)
        #expect(error.message.contains("broken.safetensors"))
        #expect(error.message.contains(corruption.word), "\(error.message)")
        #expect(error.message.contains("fetch the model again"))
    }

    @Test func `a missing file is reported as missing, not as damaged`() throws {
        let error = try #require(throws: AkinError.self) { try SafetensorsFile(path: "/nowhere/model.safetensors") }
        #expect(error.code == .noInput)
    }

    @Test func `every prefix of a sound file is refused`() throws {
        let whole = Self.file(header: Self.soundHeader)
        for length in 0..<whole.count {
            let path = try folder.write("cut.safetensors", whole.prefix(length))
            #expect(throws: AkinError.self) { try SafetensorsFile(path: path) }
        }
    }

    @Test func `flipped bytes never crash`() throws {
        let whole = Self.file(header: Self.soundHeader)
        var random = SeededGenerator(seed: 3)
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0...random.integer(below: 3) {
                bytes[random.integer(below: bytes.count)] = UInt8(random.integer(below: 256))
            }
            guard let file = try? SafetensorsFile(path: folder.write("flipped.safetensors", bytes)) else { continue }
            for tensor in file.tensors.values { _ = try? file.matrix(tensor, shape: tensor.shape) }
        }
    }

    @Test func `another shape or type is refused with the tensor's name`() throws {
        let file = try SafetensorsFile(
            path: folder.write("m.safetensors", Self.file(header: Self.entry("I64", "[4]", "[0,32]"))))
        let tensor = try #require(file.tensors["a"])
        let shape = try #require(throws: AkinError.self) { try file.matrix(tensor, shape: [5]) }
        #expect(shape.message.contains("\"a\"") && shape.message.contains("[5]"))
        let type = try #require(throws: AkinError.self) { try file.matrix(tensor, shape: [4]) }
        #expect(type.message.contains("\"a\"") && type.message.contains("I64"))
    }
}
