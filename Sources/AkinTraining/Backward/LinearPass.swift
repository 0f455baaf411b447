import AkinVectors

/// A linear layer in training: its weights as right operands of both directions, packed anew after each step.
final class LinearPass: Sendable {
    let site: LinearSite
    private let parameters: Parameters
    private let operands: Operands
    private let forwardPanels: AlignedBuffer<UInt32>  // Wᵀ (inputs, outputs)
    private let backwardPanels: AlignedBuffer<UInt32>  // W (outputs, inputs)

    init(_ site: LinearSite, _ parameters: Parameters, _ operands: Operands) {
        (self.site, self.parameters, self.operands) = (site, parameters, operands)
        forwardPanels = AlignedBuffer(count: operands.panelWords(site.inputs, site.outputs))
        backwardPanels = AlignedBuffer(count: operands.panelWords(site.outputs, site.inputs))
    }

    /// The pieces that `pack` takes one of: panels of 32 columns, of both directions.
    var pieces: Int { (site.outputs + 31) / 32 + (site.inputs + 31) / 32 }

    /// Packs one piece of the weights as they are now.
    func pack(_ piece: Int) {
        let weights = unsafe parameters.values.base + site.weight
        let forward = (site.outputs + 31) / 32
        if piece < forward {
            let first = piece * 32
            unsafe operands.rightTransposed(
                weights + first * site.inputs, depth: site.inputs, columns: min(32, site.outputs - first),
                stride: site.inputs, into: forwardPanels.base + first * operands.words(site.inputs))
        } else {
            let first = (piece - forward) * 32
            unsafe operands.right(
                weights + first, depth: site.outputs, columns: min(32, site.inputs - first), stride: site.inputs,
                into: backwardPanels.base + first * operands.words(site.outputs))
        }
    }

    /// y = x·Wᵀ + b. Shapes: x (rows, inputs), y (rows, outputs); `scratch` holds the rounded rows of x.
    func forward(
        _ x: UnsafeMutablePointer<Float>, rows: Int, scratch: UnsafeMutablePointer<UInt32>,
        into y: UnsafeMutablePointer<Float>
    ) {
        unsafe operands.multiply(
            operands.left(x, rows: rows, columns: site.inputs, scratch: scratch), rows: rows, forwardPanels.base,
            depth: site.inputs, columns: site.outputs, bias: parameters.values.base + site.bias, into: y,
            stride: site.outputs)
    }

    /// dx = dy·W (+ dx where `adds`). Shapes: dy (rows, outputs), dx (rows, inputs); `scratch` holds the rounded rows
    /// of dy.
    func backward(
        _ dy: UnsafeMutablePointer<Float>, rows: Int, adds: Bool = false, scratch: UnsafeMutablePointer<UInt32>,
        into dx: UnsafeMutablePointer<Float>
    ) {
        unsafe operands.multiply(
            operands.left(dy, rows: rows, columns: site.outputs, scratch: scratch), rows: rows, backwardPanels.base,
            depth: site.outputs, columns: site.inputs, adds: adds, into: dx, stride: site.inputs)
    }
}
