import AkinVectors

/// The gradients of several linear layers' weights, from their inputs and the gradients of their outputs:
/// dW += dYᵀ·X.
///
/// The sum over a batch's rows is one chain in their order, so the number of threads does not show in it. Both operands
/// are packed once; layers share the memory for that.
final class WeightGradients: Sendable {
    /// Layers whose gradients are added together, and where their operands are packed.
    struct Jobs: Sendable {
        fileprivate let jobs: [(site: LinearSite, rows: Int, left: Int, right: Int)]
    }

    private let parameters: Parameters
    private let operands: Operands
    private let team: Team
    private let memory: AlignedBuffer<UInt32>
    /// Outputs of a product: two panels.
    private static let outputsAtATime = 64

    /// - Parameter elements: the most inputs and outputs that one call's jobs have together, padded to whole panels.
    init(_ parameters: Parameters, _ operands: Operands, _ team: Team, capacity: Int, elements: Int) {
        (self.parameters, self.operands, self.team) = (parameters, operands, team)
        memory = AlignedBuffer(count: elements * operands.words(capacity))
    }

    /// What the jobs of these sites need.
    static func elements(_ sites: [LinearSite]) -> Int {
        sites.reduce(0) { $0 + ($1.inputs + 31) / 32 * 32 + ($1.outputs + 31) / 32 * 32 }
    }

    /// Prepares the sums of some layers over so many rows each.
    func jobs(_ layers: [(site: LinearSite, rows: Int)]) -> Jobs {
        var used = 0
        let jobs = layers.map { site, rows in
            let left = used
            let right = left + operands.panelWords(rows, site.outputs)
            used = right + operands.panelWords(rows, site.inputs)
            return (site, rows, left, right)
        }
        precondition(used <= memory.count)
        return Jobs(jobs: jobs)
    }

    /// Packs some rows of one job's operands, while they are at hand.
    ///
    /// - Parameters:
    ///   - rows: begins at an even row, so that pairs do not cross.
    ///   - inputs: (rows.count, site.inputs)
    ///   - outputGradients: (rows.count, site.outputs)
    func pack(
        _ job: Int, of jobs: Jobs, _ rows: Range<Int>, inputs: UnsafeMutablePointer<Float>,
        outputGradients: UnsafeMutablePointer<Float>
    ) {
        let (site, total, left, right) = jobs.jobs[job]
        let (place, panel) = (32 * operands.words(rows.lowerBound), 32 * operands.words(total))
        unsafe operands.right(
            outputGradients, depth: rows.count, columns: site.outputs, stride: site.outputs, panelStride: panel,
            into: memory.base + left + place)
        unsafe operands.right(
            inputs, depth: rows.count, columns: site.inputs, stride: site.inputs, panelStride: panel,
            into: memory.base + right + place)
    }

    /// Adds the gradients of jobs whose rows have all been packed.
    func add(_ jobs: Jobs) {
        let products = jobs.jobs.enumerated().flatMap { index, job in
            stride(from: 0, to: job.site.outputs, by: Self.outputsAtATime).map { (job: index, first: $0) }
        }
        team.forEach(products.count) { _, piece in
            let first = products[piece].first
            let (site, rows, left, right) = jobs.jobs[products[piece].job]
            unsafe self.operands.addTransposedProduct(
                self.memory.base + left + first * self.operands.words(rows),
                rows: min(Self.outputsAtATime, site.outputs - first), self.memory.base + right, depth: rows,
                columns: site.inputs, into: self.parameters.gradients.base + site.weight + first * site.inputs,
                stride: site.inputs)
        }
    }
}
