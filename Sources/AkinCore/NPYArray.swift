/// The header of NumPy's array format 1.0 (numpy.lib.format), of rows of vectors:
///
///     \x93NUMPY 1 0 │ header length │ {'descr': '<f4', 'fortran_order': False, 'shape': (rows, dimension), } spaces \n │ rows
///     8 bytes       │ 2 bytes       │ 118 bytes                                                                        │
///
/// Its size does not depend on its contents, so that it can be rewritten when the count of rows is known.
package enum NPYArray {
    /// Bytes of the whole header: a multiple of 64, room for any count.
    private static let byteCount = 128

    /// What every array file begins with.
    package static let mark: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// - Parameter element: how the components behind the header are kept, row-major and little-endian.
    package static func header(rows: Int, dimension: Int, element: VectorElement) -> [UInt8] {
        let type =
            switch element {
            case .f32: "<f4"
            case .f16: "<f2"
            case .int8: "|i1"
            case .uint8: "|u1"
            }
        let description = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(rows), \(dimension)), }"
        let start = mark + [1, 0, UInt8(byteCount - mark.count - 4), 0]
        let padding = String(repeating: " ", count: byteCount - start.count - description.utf8.count - 1)
        return start + Array("\(description)\(padding)\n".utf8)
    }
}
