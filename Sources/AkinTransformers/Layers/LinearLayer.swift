package import AkinVectors

/// y = activation(x·Wᵀ + b), its weights packed for the kernels of one arithmetic.
///
/// A row of y depends bit for bit on its row of x alone, not on the rows beside it: many sequences may be multiplied at
/// once. Immutable.
package protocol LinearLayer: PackedParameters, Sendable {
    /// Rows of x in the form that the kernels of this arithmetic read.
    associatedtype Input: LayerInput

    /// Whether inputs are rounded before they are multiplied, so that the steps between such layers may round as well.
    static var roundsInputs: Bool { get }

    /// Packs a layer's parameters. Cost: a pass or two over the weights.
    init(_ parameters: LinearParameters)

    /// A layer of the given shape, read in place from a packed model. Throws as a matrix does.
    init(_ file: PackedModelFile, _ name: String, inputs: Int, outputs: Int) throws

    /// Overwrites the first rows of `input` with the given rows of x, ready for this layer. Shapes: x (any, inputs),
    /// input (any, inputs).
    func prepare(_ x: Matrix, rows: Range<Int>, in input: Input)

    /// Writes the results for the first rows of x into the given rows of y. Shapes: x (≥ rows, inputs), y (any,
    /// outputs). Cost: rows · inputs · outputs multiplications.
    func apply(to x: Input, into y: inout Matrix, rows: Range<Int>, activation: Activation)
}

/// Scratch memory for the rows that a layer reads. It is a reference type: while one user writes there must be no
/// other.
package protocol LayerInput: Sendable {
    init(capacity: Int, columns: Int)
}
