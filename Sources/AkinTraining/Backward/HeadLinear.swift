import AkinVectors
import CAkinKernels

/// A linear layer of a head: over rows gathered from the network's output, with its gradients.
final class HeadLinear: Sendable {
    private let pass: LinearPass
    private let parameters: Parameters
    private let operands: Operands
    private let team: Team
    private let weightGradients: WeightGradients
    private let scratch: [AlignedBuffer<UInt32>]
    private static let blockSize = 48

    var site: LinearSite { pass.site }

    init(_ site: LinearSite, _ parameters: Parameters, _ operands: Operands, _ team: Team, capacity: Int) {
        (self.parameters, self.operands, self.team) = (parameters, operands, team)
        pass = LinearPass(site, parameters, operands)
        weightGradients = WeightGradients(
            parameters, operands, team, capacity: capacity, elements: WeightGradients.elements([site]))
        scratch = (0..<team.threads).map { _ in
            AlignedBuffer(count: Self.blockSize * max(operands.words(site.inputs), operands.words(site.outputs)))
        }
        pack()
    }

    /// Packs the weights as they are now.
    func pack() { team.forEach(pass.pieces) { _, piece in self.pass.pack(piece) } }

    /// y = x·Wᵀ + b. Shapes: x (rows, inputs), y (rows, outputs).
    func forward(_ x: Rows, rows: Int, into y: Rows) {
        team.forEachRange(of: rows, size: Self.blockSize) { member, block in
            unsafe self.pass.forward(
                x[block.lowerBound], rows: block.count, scratch: self.scratch[member].base, into: y[block.lowerBound])
        }
    }

    /// Adds the gradients of weight and bias and overwrites dx with dy·W.
    func backward(_ dy: Rows, _ x: Rows, rows: Int, into dx: Rows) {
        let jobs = weightGradients.jobs([(site, rows)])
        team.forEachRange(of: rows, size: Self.blockSize) { member, block in
            unsafe self.weightGradients.pack(
                0, of: jobs, block, inputs: x[block.lowerBound], outputGradients: dy[block.lowerBound])
            unsafe self.pass.backward(
                dy[block.lowerBound], rows: block.count, scratch: self.scratch[member].base,
                into: dx[block.lowerBound])
        }
        team.forEachRange(of: site.outputs, size: 256) { _, columns in
            unsafe self.operands.kernels.table.add_column_sums(
                dy[0] + columns.lowerBound, rows, columns.count, self.site.outputs,
                self.parameters.gradients.base + self.site.bias + columns.lowerBound)
        }
        weightGradients.add(jobs)
    }
}
