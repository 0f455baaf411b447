import AkinCore

/// The header of NumPy's array file (numpy.lib.format, versions 1.0 to 3.0):
///
///     \x93NUMPY │ major minor │ length, little-endian  │ {'descr': '<f4', 'fortran_order': False, 'shape': (rows, dimension), } …\n
///     6 bytes   │ 2 bytes     │ 2 bytes, from 2.0 on 4 │ length bytes
///
/// Rows of `<f4`, `<f2`, `|i1`, `|u1` and `<f8` components in C order are read. An array of one axis is one row.
struct NPYHeader {
    let component: FileComponent
    let rows: Int
    let dimension: Int
    /// Where the first row begins in the file.
    let firstRow: Int

    /// NumPy writes 128 bytes or little more; no array of numbers needs a header near this length.
    private static let maximumLength = 1 << 16

    /// Reads a file's header and compares the size it claims with the file's own, before anything of that size is made.
    ///
    /// - Throws: `AkinError(.invalidData)` that says what is wrong and how to save the array so that it can be read.
    init(_ file: BinaryFile) throws {
        func refuse(_ reason: String) -> AkinError { AkinError(.invalidData, "\(file.path): \(reason).") }
        let fixed = try file.read(min(12, file.size), at: 0)
        guard fixed.starts(with: NPYArray.mark) else {
            throw refuse("this is not a NumPy array file: it does not begin with \\x93NUMPY")
        }
        guard fixed.count == 12 else { throw refuse("the file ends within its header") }
        guard (1...3).contains(fixed[6]), fixed[7] == 0 else {
            throw refuse("its format version is \(fixed[6]).\(fixed[7]), and 1.0 to 3.0 are known")
        }
        let lengthBytes = fixed[6] == 1 ? 2 : 4
        let length = (0..<lengthBytes).reduce(0) { $0 | Int(fixed[8 + $1]) << (8 * $1) }
        let firstRow = 8 + lengthBytes + length
        guard firstRow <= file.size else { throw refuse("the file ends within its header of \(length) bytes") }
        guard length <= Self.maximumLength else {
            throw refuse("its header of \(length) bytes is too long for one of an array of numbers")
        }
        let fields: NPYFields
        do throws(NPYFields.Fault) { fields = try NPYFields(try file.header(length, at: 8 + lengthBytes)) } catch {
            throw refuse("its header is malformed: \(error.reason)")
        }

        guard !fields.isFortranOrder else {
            throw refuse(
                "the array is in Fortran order; save it again with numpy.save(file, numpy.ascontiguousarray(array))")
        }
        switch fields.type {
        case "<f4": component = .element(.f32)
        case "<f2": component = .element(.f16)
        case "|i1", "<i1": component = .element(.int8)
        case "|u1", "<u1": component = .element(.uint8)
        case "<f8": component = .double
        default:
            throw refuse(
                "its components are of type \(fields.type), and <f4, <f2, <f8, |i1 and |u1 are read; save array.astype('<f4') instead"
            )
        }
        switch fields.shape.count {
        case 1: (rows, dimension) = (1, fields.shape[0])
        case 2: (rows, dimension) = (fields.shape[0], fields.shape[1])
        default:
            throw refuse(
                "its shape \(fields.shape.description) has \(fields.shape.count) axes, and vectors need two: (rows, dimension)"
            )
        }
        guard (1...VectorFault.maximumDimension).contains(dimension) else {
            throw refuse(
                "its vectors have \(dimension) components (shape \(fields.shape.description)); 1 to \(VectorFault.maximumDimension) are taken"
            )
        }
        let (bytes, overflow) = rows.multipliedReportingOverflow(by: dimension * component.byteCount)
        let there = file.size - firstRow
        guard !overflow, bytes <= there else {
            throw refuse(
                "the file is cut short: \(rows) rows of \(dimension) \(fields.type) components need "
                    + "\(overflow ? "more bytes than can be counted" : "\(bytes) bytes"), and \(there) are there")
        }
        guard bytes == there else {
            throw refuse("\(there - bytes) bytes follow its last row; save each array in a file of its own")
        }
        self.firstRow = firstRow
    }
}

extension BinaryFile {
    /// Bytes of a header that the file's size allows for.
    fileprivate func header(_ length: Int, at offset: Int) throws(NPYFields.Fault) -> [UInt8] {
        do { return try read(length, at: offset) } catch { throw NPYFields.Fault(reason: "\(error)") }
    }
}
