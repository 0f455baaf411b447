import Synchronization

/// The scratch memory of a forward pass over at most `capacity` tokens.
package protocol Workspace: Sendable {
    var capacity: Int { get }
}

/// Workspaces waiting for their next use, so that a call in a loop does not allocate. That of a long text, which takes
/// seconds to encode, is given back.
final class WorkspacePool<Scratch: Workspace>: Sendable {
    private let make: @Sendable (_ capacity: Int) -> Scratch
    private let idle = Mutex<[Scratch]>([])

    /// The tokens of the largest workspace that is kept.
    private static var largestKept: Int { 1024 }

    init(_ make: @escaping @Sendable (_ capacity: Int) -> Scratch) { self.make = make }

    /// Lends a workspace for up to `length` tokens to the closure.
    func withWorkspace<Result>(length: Int, _ body: (inout Scratch) throws -> Result) rethrows -> Result {
        // Taken out, not copied: a second reference would make every write copy the matrix.
        var workspace = idle.withLock { $0.popLast() } ?? make(Self.rounded(length))
        if workspace.capacity < length { workspace = make(Self.rounded(length)) }
        defer { if workspace.capacity <= Self.largestKept { idle.withLock { $0.append(workspace) } } }
        return try body(&workspace)
    }

    /// Rounded up, so that a slightly longer sequence finds the workspace large enough.
    private static func rounded(_ length: Int) -> Int { (length + 63) / 64 * 64 }
}
