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
    /// By the folder, the links that a walk of it reads, by the real paths of what they lead to.
    private var links: [Key: [PathKey: String]] = [:]

    init(options: IndexingOptions, readers: [any FileReader]) { (self.options, self.readers) = (options, readers) }

    /// Whether a path is followed by itself, or a walk of the innermost folder that is followed comes to it.
    mutating func covers(_ path: String, in member: CollectionPlan.Member) throws -> Bool {
        guard let folder = member.settings.innermost(above: path) else { return false }
        if folder.utf8.elementsEqual(path.utf8) { return true }
        let key = key(folder, in: member)
        var reach =
            try known[key]
            ?? FolderReach(
                root: key.folder.path, options: ReaderOptions(key.reading.applied(to: options)), readers: readers)
        defer { known[key] = reach }
        return reach.finds(folder.isEmpty ? path : path.path(below: folder) ?? "")
    }

    /// The link that a walk reads of all those that lead to one file, as an absolute path.
    ///
    /// - Parameters:
    ///   - target: the real path of the file, to which the walk does not come.
    ///   - path: a link to it, below the collection's root.
    /// - Complexity: a walk of the innermost folder around the link that is followed, once.
    mutating func link(to target: String, like path: String, in member: CollectionPlan.Member) throws -> String? {
        guard let folder = member.settings.innermost(above: path), !folder.utf8.elementsEqual(path.utf8) else {
            return nil
        }
        let key = key(folder, in: member)
        if links[key] == nil {
            let walk = try CorpusReader(
                paths: [key.folder.path], options: ReaderOptions(key.reading.applied(to: options)), readers: readers
            ).walk(requiringFiles: false)
            links[key] = Dictionary(
                walk.files.compactMap { file in file.target.map { (PathKey($0), file.source) } },
                uniquingKeysWith: { first, _ in first })
        }
        return links[key]?[PathKey(target)]
    }

    private func key(_ folder: String, in member: CollectionPlan.Member) -> Key {
        Key(folder: PathKey(member.root.path(above: folder)), reading: member.settings.reading(of: folder))
    }
}
