import AkinCore

/// Where documents come from, in few enough names to list: their sources, or the sources' folders where nearly every
/// document has a source of its own.
struct Sources {
    private static let listed = 5
    private let names: [String]
    private let areMany: Bool

    init(_ sources: [String]) {
        let distinct = Set(sources).count
        let usesFolders = distinct > 20 && distinct * 4 > sources.count
        names = sources.map { usesFolders ? Self.folder(of: $0) : $0 }
        areMany = Set(names).count > 1
    }

    /// The sources of some of the documents with their numbers, the most first; none when all documents have one
    /// source.
    func counts(_ documents: [Int]) -> [ClusterReport.Count] {
        guard areMany else { return [] }
        var counts: [String: Int] = [:]
        for document in documents { counts[names[document], default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.listed)
            .map { ClusterReport.Count(name: $0.key, documents: $0.value) }
    }

    private static func folder(of path: String) -> String {
        path.pathFolder.isEmpty ? "." : path.pathFolder
    }
}
