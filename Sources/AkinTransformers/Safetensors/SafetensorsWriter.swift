import AkinCore
package import AkinVectors
package import Foundation

/// Gathers tensors and writes them as one safetensors file (the format is drawn above `SafetensorsFile`).
package struct SafetensorsWriter {
    private struct Entry {
        let name: String
        let elementType: String
        let shape: [Int]
        let bytes: Data
    }

    private var entries: [Entry] = []

    package init() {}

    /// Adds a matrix in single or half precision; a value beyond half precision's range becomes infinite there.
    package mutating func append(_ name: String, _ matrix: Matrix, halfPrecision: Bool = false) {
        let values = (0..<matrix.rows).flatMap { matrix.row($0) }
        append(name, values, shape: [matrix.rows, matrix.columns], halfPrecision: halfPrecision)
    }

    package mutating func append(_ name: String, _ values: [Float], shape: [Int], halfPrecision: Bool = false) {
        precondition(shape.reduce(1, *) == values.count)
        let element: VectorElement = halfPrecision ? .f16 : .f32
        entries.append(
            Entry(
                name: name, elementType: halfPrecision ? "F16" : "F32", shape: shape,
                bytes: Data(element.encoded(values))))
    }

    /// Adds bytes, as a tensor of one dimension.
    package mutating func append(_ name: String, bytes: Data) {
        entries.append(Entry(name: name, elementType: "U8", shape: [bytes.count], bytes: bytes))
    }

    package mutating func append(_ name: String, _ values: [Int32]) {
        var bytes = LittleEndianWriter()
        for value in values { bytes.append(value) }
        entries.append(Entry(name: name, elementType: "I32", shape: [values.count], bytes: bytes.data))
    }

    /// The whole file: equal tensors in equal order give equal bytes.
    package func contents() -> Data {
        let header = Self.header(entries.map { ($0.name, $0.elementType, $0.shape, $0.bytes.count) })
        return entries.reduce(into: header) { $0.append($1.bytes) }
    }

    /// What stands before the numbers of tensors in single precision that follow one another.
    package static func header(_ tensors: [(name: String, shape: [Int])]) -> Data {
        header(tensors.map { ($0.name, "F32", $0.shape, 4 * $0.shape.reduce(1, *)) })
    }

    private static func header(_ tensors: [(name: String, type: String, shape: [Int], size: Int)]) -> Data {
        var fields: [String] = []
        var offset = 0
        for tensor in tensors {
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            fields.append(
                "\"\(tensor.name)\":{\"dtype\":\"\(tensor.type)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(offset),\(offset + tensor.size)]}")
            offset += tensor.size
        }
        var header = Array("{\(fields.joined(separator: ","))}".utf8)
        while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
        var file = LittleEndianWriter()
        file.append(UInt64(header.count))
        file.append(contentsOf: header)
        return file.data
    }
}
