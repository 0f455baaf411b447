import AkinCore
import ArgumentParser

/// The shape vectors are written in.
enum VectorFormat: String, CaseIterable, ExpressibleByArgument {
    /// One object a line: `{"id", "passage", "vector"}`, without the names that a vector does not have.
    case jsonl
    /// NumPy's array file, version 1.0: a header and rows of the vectors' own type, little-endian.
    case npy
    /// A little-endian int32 with the dimension before each float32 row, as the TEXMEX sets are kept.
    case fvecs
}

/// What a vector is of.
struct VectorLabel {
    /// The id of the text or the document, if it has one.
    var id: RecordID?
    /// The passage's number, for vectors of a database.
    var passage: Int64?
}

/// Takes vectors in order and writes them to standard output.
protocol VectorWriter {
    /// - Parameter values: (labels.count, dimension), row-major.
    mutating func write(_ values: [Float], dimension: Int, labels: [VectorLabel]) throws

    /// Called once, after the last row.
    mutating func finish(dimension: Int) throws
}

extension VectorFormat {
    /// - Parameter element: how array files hold the components, each of which must be one that this type holds.
    func writer(element: VectorElement = .f32) throws -> any VectorWriter {
        switch self {
        case .jsonl: JSONLinesVectorWriter()
        case .npy: try NPYVectorWriter(element: element)
        case .fvecs: FvecsVectorWriter()
        }
    }
}

/// Writes `{"id", "passage", "vector"}` lines.
struct JSONLinesVectorWriter: VectorWriter {
    private let output = StandardOutput()
    private var line = JSONBytes()

    mutating func write(_ values: [Float], dimension: Int, labels: [VectorLabel]) throws {
        for (row, label) in labels.enumerated() {
            line.removeAll()
            line.syntax("{")
            if let id = label.id {
                line.syntax("\"id\":")
                line.recordID(id)
                line.syntax(",")
            }
            if let passage = label.passage {
                line.syntax("\"passage\":")
                line.integer(passage)
                line.syntax(",")
            }
            line.syntax("\"vector\":")
            line.array(values[(row * dimension)..<((row + 1) * dimension)]) { $0.number($1) }
            line.syntax("}")
            line.newline()
            try output.write(line.bytes)
        }
        try output.flush()
    }

    func finish(dimension: Int) throws { try output.flush() }
}

/// Writes rows with their dimension before each.
struct FvecsVectorWriter: VectorWriter {
    private let output = StandardOutput()

    func write(_ values: [Float], dimension: Int, labels: [VectorLabel]) throws {
        let head = Int32(dimension).littleEndianBytes
        for row in labels.indices {
            try output.write(head)
            try output.write(values[(row * dimension)..<((row + 1) * dimension)].littleEndianBytes)
        }
        try output.flush()
    }

    func finish(dimension: Int) throws { try output.flush() }
}

extension FixedWidthInteger {
    var littleEndianBytes: [UInt8] {
        (0..<(Self.bitWidth / 8)).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
    }
}

extension ArraySlice<Float> {
    /// The values as IEEE 754 single precision, little-endian, four bytes each.
    var littleEndianBytes: [UInt8] {
        #if _endian(big)
        return flatMap { $0.bitPattern.littleEndianBytes }
        #else
        return unsafe withUnsafeBytes { unsafe [UInt8]($0) }
        #endif
    }
}
