package import AkinVectors
import CAkinKernels

/// Rows of activations as signed bytes, each with its own scale: x ≈ scale · q.
///
/// A scale belongs to a row and never to a matrix, so that a text's vector does not depend on the texts beside it. It
/// is scratch memory and a reference type: while one user writes there must be no other.
package final class QuantizedRows: LayerInput {
    package let capacity: Int
    package let columns: Int
    let values: AlignedBuffer<Int8>  // (capacity, columns rounded up to whole cache lines)
    let scales: AlignedBuffer<Float>  // (capacity)
    let sums: AlignedBuffer<Int32>  // (capacity): of each row's bytes

    package init(capacity: Int, columns: Int) {
        self.capacity = capacity
        self.columns = columns
        values = AlignedBuffer(count: capacity * akin_quantized_stride(columns))
        scales = AlignedBuffer(count: capacity)
        sums = AlignedBuffer(count: capacity)
    }

    /// Overwrites the first rows with the given rows of x, each value times its column's factor where there are
    /// factors.
    ///
    /// q = round(127 · v / max |v|), halves to even. Shapes: x (any, columns), factors (1, columns).
    package func assign(_ x: Matrix, rows: Range<Int>, factors: Matrix? = nil) {
        precondition(
            x.columns == columns && rows.lowerBound >= 0 && rows.upperBound <= x.rows && rows.count <= capacity)
        precondition(factors == nil || factors?.columns == columns)
        unsafe x.withUnsafePointer { x in
            let source = unsafe x + rows.lowerBound * columns
            let quantize = unsafe QuantizedKernels.active.table.quantize_rows
            if let factors {
                unsafe factors.withUnsafePointer {
                    unsafe quantize(source, $0, rows.count, columns, values.base, scales.base, sums.base)
                }
            } else {
                unsafe quantize(source, nil, rows.count, columns, values.base, scales.base, sums.base)
            }
        }
    }
}
