package import AkinVectors
import Synchronization

/// The scratch memory of one forward pass. T is the longest sequence it holds, H the hidden size, I the intermediate size.
package struct BERTWorkspace: Sendable {
    /// T
    package let capacity: Int
    package internal(set) var hidden: Matrix  // (T, H): the state of each token, from layer to layer
    var queryKeyValue: Matrix  // (T, 3 · H)
    var scores: Matrix  // (T, T): one head at a time
    var context: Matrix  // (T, H): the heads' results side by side
    var projected: Matrix  // (T, H): a step's result before it joins the residual
    var inner: Matrix  // (T, I)

    package init(capacity: Int, configuration: BERTConfiguration) {
        let (hiddenSize, innerSize) = (configuration.hiddenSize, configuration.intermediateSize)
        self.capacity = capacity
        hidden = Matrix(rows: capacity, columns: hiddenSize)
        queryKeyValue = Matrix(rows: capacity, columns: 3 * hiddenSize)
        scores = Matrix(rows: capacity, columns: capacity)
        context = Matrix(rows: capacity, columns: hiddenSize)
        projected = Matrix(rows: capacity, columns: hiddenSize)
        inner = Matrix(rows: capacity, columns: innerSize)
    }
}

/// Workspaces waiting for their next sequence, so that a call in a loop does not allocate.
final class BERTWorkspacePool: Sendable {
    private let configuration: BERTConfiguration
    private let idle = Mutex<[BERTWorkspace]>([])

    init(_ configuration: BERTConfiguration) { self.configuration = configuration }

    /// Lends a workspace for sequences of up to `length` tokens to the closure.
    func withWorkspace<Result>(length: Int, _ body: (inout BERTWorkspace) throws -> Result) rethrows -> Result {
        // Taken out, not copied: a second reference would make every write copy the matrix.
        var workspace = idle.withLock { $0.popLast() } ?? BERTWorkspace(capacity: Self.rounded(length), configuration: configuration)
        if workspace.capacity < length { workspace = BERTWorkspace(capacity: Self.rounded(length), configuration: configuration) }
        defer { idle.withLock { $0.append(workspace) } }
        return try body(&workspace)
    }

    /// Rounded up, so that a slightly longer sequence finds the workspace large enough.
    private static func rounded(_ length: Int) -> Int { (length + 63) / 64 * 64 }
}
