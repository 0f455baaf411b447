import AkinVectors
import CAkinKernels

/// The codes of all rows, and what else a comparison with them takes. Pointers only.
struct CodeTable: @unchecked Sendable {
    // Safe: the codes are written by nobody once a table over them is shared between threads.
    /// (rows, bytesPerCode), each row at a multiple of 64 bytes.
    let base: UnsafePointer<UInt8>
    let bytesPerCode: Int
    /// (rows) what a query's `weight` is multiplied by and added: squared distances from the centre under `l2`,
    /// lifts while an index under `dot` is built; nil otherwise.
    let terms: UnsafePointer<Float>?
    private let kernel:
        @convention(c) (
            UnsafePointer<Int8>, UnsafePointer<UInt8>, Int, UnsafePointer<UInt32>, Int, UnsafeMutablePointer<Int32>
        ) -> Void

    init(base: UnsafePointer<UInt8>, bytesPerCode: Int, terms: UnsafePointer<Float>?) {
        self.base = base
        self.bytesPerCode = bytesPerCode
        self.terms = terms
        kernel = CodeKernels.active.table.nibble_products
    }

    func with(terms: UnsafePointer<Float>?) -> CodeTable {
        CodeTable(base: base, bytesPerCode: bytesPerCode, terms: terms)
    }

    /// Similarities of rows to a query, up to a constant that is the same for all rows.
    @inline(__always) func similarities(
        _ query: WalkQuery, rows: UnsafePointer<UInt32>, count: Int, into similarities: UnsafeMutablePointer<Float>
    ) {
        // The products lie where their similarities will: both are four bytes wide.
        let products = UnsafeMutableRawPointer(similarities).assumingMemoryBound(to: Int32.self)
        kernel(query.code, base, bytesPerCode, rows, count, products)
        for index in 0..<count { similarities[index] = Float(products[index]) * query.scale + query.bias }
        if let terms { for index in 0..<count { similarities[index] += query.weight * terms[Int(rows[index])] } }
    }
}

/// A query in the forms that walks compare with rows and codes. Pointers into a workspace.
struct WalkQuery {
    /// (dimension) floats; while an index under `dot` is built without codes, with the lift behind them.
    let values: UnsafePointer<Float>
    /// Signed bytes, coordinate by coordinate; meaningless without codes.
    let code: UnsafePointer<Int8>
    var scale: Float = 0
    var bias: Float = 0
    var weight: Float = 0
}

/// What a walk compares: codes where the index has them, else the rows.
struct WalkMeasure {
    let rows: RowMeasure
    let codes: CodeTable?

    /// Larger is nearer; with codes, approximate.
    @inline(__always) func similarities(
        _ query: WalkQuery, rows nodes: UnsafePointer<UInt32>, count: Int,
        into similarities: UnsafeMutablePointer<Float>
    ) {
        if let codes {
            codes.similarities(query, rows: nodes, count: count, into: similarities)
        } else {
            for index in 0..<count { rows.prefetch(nodes[index]) }
            for index in 0..<count { similarities[index] = rows.similarity(query.values, nodes[index]) }
        }
    }

    @inline(__always) func similarity(_ query: WalkQuery, _ node: UInt32) -> Float {
        var (node, similarity): (UInt32, Float) = (node, 0)
        similarities(query, rows: &node, count: 1, into: &similarity)
        return similarity
    }
}
