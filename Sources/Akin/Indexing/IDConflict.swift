import AkinCore

/// An id that two sources give: the document of the second has replaced that of the first.
public struct IDConflict: Sendable, Hashable, Codable {
    /// The id that both give.
    public var id: String
    /// The source whose document was replaced; empty for a document that was put without one.
    public var replaced: String
    /// The source whose document was kept.
    public var kept: String
}

extension OfferedDocument {
    /// The conflict with the document that the store has under the id; nil where that came from the same file, or from
    /// one that is gone.
    var conflictWithStored: IDConflict? {
        guard let stored, !SourcePath.areOfOneFile(stored.source, document.source) else { return nil }
        if stored.source.isAbsolutePath {
            guard !RealPath.isMissing(stored.source) || !RealPath.isMissing(SourcePath.file(stored.source)) else {
                return nil
            }
        } else if version.isGiven {
            // A program may change what it calls the source of its own document.
            return nil
        }
        return IDConflict(id: document.id, replaced: stored.source, kept: document.source)
    }
}
