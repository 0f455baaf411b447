import AkinVectors
import Synchronization

/// The scratch memory of one walk at a time: visited marks, candidates, gathered links. Taken from a pool, outside every lock.
final class SearchWorkspace {
    /// Epochs at which nodes were last visited; a new walk raises the epoch instead of clearing. (nodes)
    private let stamps: AlignedBuffer<UInt16>
    private var epoch: UInt16 = 0
    private var candidateBuffer: AlignedBuffer<Candidate>

    /// (2M) links not visited before, of the node being expanded.
    let gathered: AlignedBuffer<UInt32>
    /// (2M) their similarities.
    let similarities: AlignedBuffer<Float>
    /// (dimension) an aligned copy of the query.
    let query: AlignedBuffer<Float>
    /// (levels, M) the links chosen for a new node.
    let chosen: AlignedBuffer<UInt32>
    /// (2M + 1) the links that compete for a full list.
    let rivals: AlignedBuffer<Candidate>
    /// Vectors compared since the workspace was taken.
    var distances = 0

    init(nodeCount: Int, connectivity: Int, dimension: Int) {
        stamps = AlignedBuffer(count: nodeCount)
        candidateBuffer = AlignedBuffer(count: 256)
        gathered = AlignedBuffer(count: 2 * connectivity)
        similarities = AlignedBuffer(count: 2 * connectivity)
        query = AlignedBuffer(count: dimension)
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

    /// An empty pool; the one handed out before must not be used any more.
    func pool(capacity: Int) -> CandidatePool {
        if candidateBuffer.count < capacity { candidateBuffer = AlignedBuffer(count: capacity) }
        return CandidatePool(base: candidateBuffer.base, capacity: capacity)
    }
}

/// Which nodes a walk has seen.
struct VisitedMarks {
    let stamps: UnsafeMutablePointer<UInt16>
    let epoch: UInt16

    /// Marks a node; says whether it was new.
    @inline(__always)
    func insert(_ node: UInt32) -> Bool {
        if stamps[Int(node)] == epoch { return false }
        stamps[Int(node)] = epoch
        return true
    }
}

/// Workspaces that wait for the next walk over one graph.
final class WorkspacePool: Sendable {
    private let idle = Mutex<[Holder]>([])
    private let make: @Sendable () -> SearchWorkspace

    // Safe: a workspace is either idle in the pool or held by one thread.
    private struct Holder: @unchecked Sendable { let workspace: SearchWorkspace }

    init(nodeCount: Int, connectivity: Int, dimension: Int) {
        make = { SearchWorkspace(nodeCount: nodeCount, connectivity: connectivity, dimension: dimension) }
    }

    func withWorkspace<Result>(_ body: (SearchWorkspace) throws -> Result) rethrows -> Result {
        let holder = idle.withLock { $0.popLast() } ?? Holder(workspace: make())
        defer { idle.withLock { $0.append(holder) } }
        holder.workspace.distances = 0
        return try body(holder.workspace)
    }
}
