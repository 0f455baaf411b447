package import AkinVectors
import CAkinKernels

/// activation(x₁) · x₂ over rows that hold x₁ and then x₂ (Shazeer 2020, "GLU Variants Improve Transformer").
package enum GatedActivation {
    /// Writes the results of the first `rows` rows. Shapes: x (≥ rows, 2 · columns), y (≥ rows, columns).
    package static func apply(_ activation: Activation, to x: Matrix, rows: Int, into y: inout Matrix) {
        precondition(x.columns == 2 * y.columns && rows >= 0 && rows <= x.rows && rows <= y.rows)
        let columns = y.columns
        unsafe x.withUnsafePointer { x in
            unsafe y.withUnsafeMutablePointer { y in
                unsafe NetworkKernels.active.table.gate_f32(x, rows, columns, activation.code, y)
            }
        }
    }
}
