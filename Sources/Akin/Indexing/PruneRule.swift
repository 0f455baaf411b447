import AkinCore
import AkinStore
import Foundation

/// What a run has seen of a file.
enum FileState {
    /// It has not changed since it was read.
    case unchanged
    /// It was read, and all in it is known.
    case read
    /// It was read, but something in it could not be.
    case faulty
}

/// Decides which of the documents that a run has not met are gone: those of the files and folders it looked through.
///
/// Documents that were put by a program stay, and so does what could not be looked at.
struct PruneRule {
    /// The real paths of the files and folders that the run looked through.
    var scopes: [String] = []
    /// The real paths of what could not be looked at.
    var unseen: [String] = []
    /// Files by their absolute paths.
    var states: [PathKey: FileState] = [:]

    /// - Parameters:
    ///   - source: of a document that the run has not met.
    ///   - version: what read it; nil in stores of before format 5.
    func isGone(source: String, version: ReadingVersion?) -> Bool {
        guard source.isAbsolutePath, version?.isGiven != true else { return false }
        let file = SourcePath.record(source)?.file
        for path in [source, file].compactMap(\.self) {
            if let state = states[PathKey(path)] { return state == .read }
        }
        // What is in an archive has a path below that of the archive.
        var container = source.pathFolder
        while container.utf8.count > 1 {
            if let state = states[PathKey(container)] { return state == .read }
            container = container.pathFolder
        }
        let path = file ?? source
        guard covers(source) || covers(path) else { return false }
        // Of old documents nobody knows whether they were put by a program.
        return version != nil || (RealPath.isMissing(source) && RealPath.isMissing(path))
    }

    /// Whether the run looked for a path.
    func covers(_ path: String) -> Bool {
        scopes.contains { path.isPath(atOrBelow: $0) || $0 == "/" } && !isUnseen(path)
    }

    private func isUnseen(_ path: String) -> Bool {
        unseen.contains { path.isPath(atOrBelow: $0) }
    }
}
