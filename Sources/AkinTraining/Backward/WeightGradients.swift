import AkinVectors

/// The gradients of several linear layers' weights, from their inputs and the gradients of their outputs:
/// dW += dYᵀ·X.
///
/// The sum over a batch's rows is one chain in their order, so the number of threads does not show in it. Both operands
/// are packed once; layers share the memory for that.
final class WeightGradients: Sendable {
    /// One layer's part. Shapes: inputs (rows, site.inputs), outputGradients (rows, site.outputs).
    struct Job: Sendable {
        let site: LinearSite
        let inputs: Rows
        let outputGradients: Rows
        let rows: Int

        init(site: LinearSite, _ inputs: Rows, _ outputGradients: Rows, rows: Int) {
            (self.site, self.inputs, self.outputGradients, self.rows) = (site, inputs, outputGradients, rows)
        }
    }

    private let parameters: Parameters
    private let operands: Operands
    private let team: Team
    private let memory: AlignedBuffer<UInt32>
    private static let rowsAtATime = 48

    /// - Parameter elements: the most inputs and outputs that one call's jobs have together, padded to whole panels.
    init(_ parameters: Parameters, _ operands: Operands, _ team: Team, capacity: Int, elements: Int) {
        (self.parameters, self.operands, self.team) = (parameters, operands, team)
        memory = AlignedBuffer(count: elements * operands.words(capacity))
    }

    /// What the jobs of these sites need.
    static func elements(_ sites: [LinearSite]) -> Int {
        sites.reduce(0) { $0 + ($1.inputs + 31) / 32 * 32 + ($1.outputs + 31) / 32 * 32 }
    }

    func add(_ jobs: [Job]) {
        var places: [(left: Int, right: Int)] = []
        var packing: [(job: Int, first: Int, isLeft: Bool)] = []
        var products: [(job: Int, first: Int)] = []
        var used = 0
        for (index, job) in jobs.enumerated() {
            let left = used
            used += (job.site.outputs + 31) / 32 * 32 * operands.words(job.rows)
            places.append((left, used))
            used += operands.panelWords(job.rows, job.site.inputs)
            packing += stride(from: 0, to: job.site.outputs, by: 32).map { (index, $0, true) }
            packing += stride(from: 0, to: job.site.inputs, by: 32).map { (index, $0, false) }
            products += stride(from: 0, to: job.site.outputs, by: Self.rowsAtATime).map { (index, $0) }
        }
        precondition(used <= memory.count)
        team.forEach(packing.count) { [places, packing] _, piece in
            let (index, first, isLeft) = packing[piece]
            let job = jobs[index]
            let words = self.operands.words(job.rows)
            if isLeft {
                unsafe self.operands.leftTransposed(
                    job.outputGradients[0] + first, rows: job.rows, columns: min(32, job.site.outputs - first),
                    stride: job.site.outputs, into: self.memory.base + places[index].left + first * words)
            } else {
                unsafe self.operands.right(
                    job.inputs[0] + first, depth: job.rows, columns: min(32, job.site.inputs - first),
                    stride: job.site.inputs, into: self.memory.base + places[index].right + first * words)
            }
        }
        team.forEach(products.count) { [places, products] _, piece in
            let (index, first) = products[piece]
            let (site, depth) = (jobs[index].site, jobs[index].rows)
            unsafe self.operands.multiply(
                self.memory.base + places[index].left + first * self.operands.words(depth),
                rows: min(Self.rowsAtATime, site.outputs - first), self.memory.base + places[index].right, depth: depth,
                columns: site.inputs, adds: true,
                into: self.parameters.gradients.base + site.weight + first * site.inputs, stride: site.inputs)
        }
    }
}
