import AkinCore
import AkinText

/// Tells what is read of a collection without being followed by itself: what a walk of a followed folder comes to.
struct FollowedCoverage {
    private struct Key: Hashable {
        var folder: PathKey
        var reading: ReadingSettings
    }

    private let options: IndexingOptions
    private let readers: [any FileReader]
    private var known: [Key: FolderReach] = [:]

    init(options: IndexingOptions, readers: [any FileReader]) { (self.options, self.readers) = (options, readers) }

    /// Whether a path is followed by itself, or a walk of the innermost folder that is followed comes to it.
    mutating func covers(_ path: String, in member: CollectionPlan.Member) throws -> Bool {
        guard let folder = member.settings.innermost(above: path) else { return false }
        if folder.utf8.elementsEqual(path.utf8) { return true }
        let key = Key(
            folder: PathKey(member.root.path(above: folder)), reading: member.settings.reading(of: folder))
        var reach =
            try known[key]
            ?? FolderReach(
                root: key.folder.path, options: ReaderOptions(key.reading.applied(to: options)), readers: readers)
        defer { known[key] = reach }
        return reach.finds(folder.isEmpty ? path : path.path(below: folder) ?? "")
    }
}
