import AkinCore

/// Vectors at equal distances in a file: the rows of an array file, or of the TEXMEX formats
/// (http://corpus-texmex.irisa.fr), whose rows each begin with their dimension:
///
///     .fvecs   dimension, 4 bytes │ float32 × dimension │ dimension │ …
///     .bvecs   dimension, 4 bytes │ uint8 × dimension   │ dimension │ …
///
/// The file's size and every row's dimension are compared before the first row is given out. Holds a block of rows at a
/// time.
struct FixedRows {
    let count: Int
    let dimension: Int
    let component: FileComponent

    private static let blockBytes = 1 << 20

    private let file: BinaryFile
    private let firstRow: Int
    /// Bytes before each row's components.
    private let lead: Int
    /// Rows given out.
    private(set) var given = 0
    private var block: ArraySlice<UInt8> = []

    /// An array file.
    init(npy file: BinaryFile) throws {
        let header = try NPYHeader(file)
        self.file = file
        (count, dimension, component, firstRow, lead) = (
            header.rows, header.dimension, header.component, header.firstRow, 0
        )
    }

    /// A file of rows with their dimension before each.
    init(vecs file: BinaryFile, component: VectorElement) throws {
        func refuse(_ reason: String) -> AkinError { AkinError(.invalidData, "\(file.path): \(reason).") }
        func dimension(at offset: Int) throws -> Int {
            let bytes = try file.read(4, at: offset)
            return Int(Int32(truncatingIfNeeded: (0..<4).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }))
        }
        (self.file, firstRow, lead, self.component) = (file, 0, 4, .element(component))
        guard file.size > 0 else {
            (count, self.dimension) = (0, 0)
            return
        }
        guard file.size >= 4 else { throw refuse("the file ends within the dimension of its first row") }
        let first = try dimension(at: 0)
        guard (1...VectorFault.maximumDimension).contains(first) else {
            throw refuse("its first vector claims \(first) components; 1 to \(VectorFault.maximumDimension) are taken")
        }
        let stride = 4 + first * component.byteCount
        for row in 0..<file.size / stride {
            let other = try dimension(at: row * stride)
            guard other == first else {
                throw refuse(
                    "row \(row) claims \(other) components where the rows before it have \(first); nothing was read")
            }
        }
        guard file.size % stride == 0 else {
            throw refuse("the file is cut short: \(file.size % stride) bytes are left of a row of \(stride)")
        }
        (count, self.dimension) = (file.size / stride, first)
    }

    /// Bytes of the file that have been given out.
    var bytesRead: Int { firstRow + given * stride }

    var size: Int { file.size }

    private var stride: Int { lead + dimension * component.byteCount }

    /// The next row; nil after the last.
    mutating func next() throws -> [Float]? {
        guard given < count else { return nil }
        if block.isEmpty {
            let rows = min(count - given, max(1, Self.blockBytes / stride))
            block = try file.read(rows * stride, at: bytesRead)[...]
        }
        let row = block.prefix(stride)
        block = block.dropFirst(stride)
        given += 1
        return component.floats(row.dropFirst(lead))
    }
}
