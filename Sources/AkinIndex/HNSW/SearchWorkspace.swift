import AkinCore
import AkinVectors
import Synchronization

/// The scratch memory of one walk at a time: visited marks, candidates, gathered links. Taken from a pool, outside
/// every lock.
final class SearchWorkspace {
    /// Epochs at which nodes were last visited; a new walk raises the epoch instead of clearing. (nodes)
    private let stamps: AlignedBuffer<UInt16>
    private var epoch: UInt16 = 0
    private var candidateBuffer: AlignedBuffer<Candidate>

    /// (beam × 2M + 1) links not visited before, of the nodes being followed; one place more for a link that was.
    let gathered: AlignedBuffer<UInt32>
    /// (beam × 2M + 1) their similarities.
    let similarities: AlignedBuffer<Float>
    /// (dimension + 1) an aligned copy of the query, with its lift where there is one.
    let query: AlignedBuffer<Float>
    /// (coordinates) the query as walks compare it with codes.
    let queryCode: AlignedBuffer<Int8>
    // (dimension + coordinates)
    private let scratch: AlignedBuffer<Float>
    /// (levels, M) the links chosen for a new node.
    let chosen: AlignedBuffer<UInt32>
    /// (2M + 1) the links that compete for a full list.
    let rivals: AlignedBuffer<Candidate>
    /// Vectors compared since the workspace was taken.
    var distances = 0

    init(nodeCount: Int, connectivity: Int, dimension: Int, coordinates: Int) {
        stamps = AlignedBuffer(count: nodeCount)
        candidateBuffer = AlignedBuffer(count: 256)
        gathered = AlignedBuffer(count: GraphWalk.beam * 2 * connectivity + 1)
        similarities = AlignedBuffer(count: GraphWalk.beam * 2 * connectivity + 1)
        query = AlignedBuffer(count: dimension + 1)
        queryCode = AlignedBuffer(count: coordinates)
        scratch = AlignedBuffer(count: dimension + coordinates)
        chosen = AlignedBuffer(count: (GraphLinks.highestLevel + 1) * connectivity)
        rivals = AlignedBuffer(count: 2 * connectivity + 1)
    }

    /// Marks with nothing visited. Cost: O(1), but O(nodes) once in 65,535 walks.
    func freshMarks() -> VisitedMarks {
        if epoch == .max {
            stamps.base.update(repeating: 0, count: stamps.count)
            epoch = 0
        }
        epoch += 1
        return VisitedMarks(stamps: stamps.base, epoch: epoch)
    }

    /// Makes the walk's query from what stands in `query`.
    func walkQuery(basis: CodeBasis?, metric: DistanceMetric) -> WalkQuery {
        var result = WalkQuery(values: query.base, code: queryCode.base)
        guard let basis else { return result }
        let (scale, bias) = basis.prepare(query.base, metric: metric, into: queryCode.base, scratch: scratch.base)
        // |q − x|² = |q|² − 2qx + |x|², of which |q|² is the same for all rows.
        let factor: Float = metric == .l2 ? 2 : 1
        (result.scale, result.bias, result.weight) = (factor * scale, factor * bias, metric == .l2 ? -1 : 0)
        return result
    }

    /// An empty pool; an earlier pool must not be used any more.
    func pool(capacity: Int) -> CandidatePool {
        if candidateBuffer.count < capacity { candidateBuffer = AlignedBuffer(count: capacity) }
        return CandidatePool(base: candidateBuffer.base, capacity: capacity)
    }
}

/// Which nodes a walk has seen.
struct VisitedMarks {
    let stamps: UnsafeMutablePointer<UInt16>
    let epoch: UInt16

    /// Marks a node; returns whether it was new.
    @inline(__always) func insert(_ node: UInt32) -> Bool {
        let isNew = stamps[Int(node)] != epoch
        stamps[Int(node)] = epoch
        return isNew
    }
}

/// Workspaces that wait for the next walk over one graph.
final class WorkspacePool: Sendable {
    private let idle = Mutex<[Holder]>([])
    private let make: @Sendable () -> SearchWorkspace

    // Safe: a workspace is either idle in the pool or held by one thread.
    private struct Holder: @unchecked Sendable { let workspace: SearchWorkspace }

    init(nodeCount: Int, connectivity: Int, dimension: Int, coordinates: Int) {
        make = {
            SearchWorkspace(
                nodeCount: nodeCount, connectivity: connectivity, dimension: dimension, coordinates: coordinates)
        }
    }

    func withWorkspace<Result>(_ body: (SearchWorkspace) throws -> Result) rethrows -> Result {
        let holder = idle.withLock { $0.popLast() } ?? Holder(workspace: make())
        defer { idle.withLock { $0.append(holder) } }
        holder.workspace.distances = 0
        return try body(holder.workspace)
    }
}
