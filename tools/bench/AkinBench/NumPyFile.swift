import AkinVectors
import Foundation

/// NumPy's array file 1.0 of little-endian float32 rows.
enum NumPyFile {
  /// Writes a matrix; its values are in the machine's own order, which is little-endian on every machine Akin runs on.
  static func write(_ matrix: Matrix, to file: URL) throws {
    var header =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (\(matrix.rows), \(matrix.columns)), }"
    // Magic, version and length take 10 bytes; the whole header is a multiple of 64 and ends with a line feed.
    header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
    var data = Data(
      [0x93] + Array("NUMPY".utf8) + [
        1, 0, UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8),
      ])
    data += Data(header.utf8)
    for row in 0..<matrix.rows { matrix.row(row).withUnsafeBytes { data.append(contentsOf: $0) } }
    try data.write(to: file)
  }
}
