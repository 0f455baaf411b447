import AkinCore
import AkinVectors
import ArgumentParser
import Foundation

/// NumPy's array files, as far as the benchmarks need them: float32, two dimensions, C order, little-endian.
enum NumPyFile {
    static func matrix(_ path: String) throws -> Matrix {
        let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        guard data.count > 10, data.starts(with: NPYArray.mark), data[6] == 1 else {
            throw ValidationError("\(path) is not a NumPy array file of version 1.")
        }
        let start = 10 + Int(data[8]) + Int(data[9]) << 8
        let header = String(decoding: data[10..<start], as: UTF8.self)
        let shape =
            header.split(separator: "(").last?.split(separator: ")").first?.split(separator: ",").compactMap {
                Int($0.trimmingCharacters(in: .whitespaces))
            } ?? []
        guard header.contains("<f4"), header.contains("False"), shape.count == 2,
            data.count == start + 4 * shape[0] * shape[1]
        else {
            throw ValidationError("\(path) does not hold float32 rows in C order.")
        }
        var matrix = Matrix(rows: shape[0], columns: shape[1])
        matrix.withUnsafeMutablePointer { target in
            data.withUnsafeBytes {
                UnsafeMutableRawPointer(target).copyMemory(from: $0.baseAddress! + start, byteCount: $0.count - start)
            }
        }
        return matrix
    }

    /// Writes a matrix; its values are in the machine's own order, which is little-endian on every machine Akin runs
    /// on.
    static func write(_ matrix: Matrix, to file: URL) throws {
        var data = Data(NPYArray.header(rows: matrix.rows, dimension: matrix.columns, element: .f32))
        for row in 0..<matrix.rows { matrix.row(row).withUnsafeBytes { data.append(contentsOf: $0) } }
        try data.write(to: file)
    }
}
