package import AkinCore

/// What a walk left out by a rule: ignored, hidden, generated or not selected.
///
/// It is there, so a store keeps what it has of it; and it is not read, so a store that is pruned does not.
package struct LeftOutPaths: Hashable, Sendable {
    // Paths as bytes: to Swift canonically equivalent strings are equal, to the file system they are not.
    private var reasons: [[UInt8]: FilesNotRead.Reason] = [:]

    package init() {}

    package var isEmpty: Bool { reasons.isEmpty }

    mutating func add(_ path: [UInt8], _ reason: FilesNotRead.Reason) { reasons[path] = reason }

    mutating func add(_ other: LeftOutPaths) { reasons.merge(other.reasons) { first, _ in first } }

    /// Why the file at an absolute path, or a folder that it is in, was left out; nil where it was not.
    package func reason(for path: String) -> FilesNotRead.Reason? {
        guard !reasons.isEmpty else { return nil }
        var bytes = Array(path.utf8)
        while !bytes.isEmpty {
            if let reason = reasons[bytes] { return reason }
            guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
            bytes.removeLast(bytes.count - slash)
        }
        return nil
    }
}
