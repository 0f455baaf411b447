import AkinCore
import AkinStore
import Foundation

/// Finds under which id the store has, or gets, the document of a file.
///
/// A file that the store knows by its absolute path keeps its document's id. Where an earlier version stored a path
/// relative to a folder that nobody knows, the file takes on the document of the same text whose path it ends with.
final class DocumentIdentities {
    /// Documents with relative sources by the last name of these, read when the first one is needed.
    private var relative: [[UInt8]: [(id: String, source: String, hash: Data)]]?

    /// Completes offered documents with the ids and with what the store has under them.
    ///
    /// - Parameter preparation: computes content hashes.
    func identify(
        _ batch: [OfferedDocument], reader: StoreReader, preparation: DocumentPreparation
    ) throws -> [OfferedDocument] {
        try batch.map { offered in
            var offered = offered
            offered.stored = try reader.contentHashAndSource(id: offered.document.id)
            guard offered.hasPathID, offered.stored?.source != offered.document.source else { return offered }
            let source = offered.document.source
            let known = try reader.documentIDs(ofSource: source).first
            if let id = try known ?? adoptable(offered, reader: reader, preparation: preparation) {
                offered.document.id = id
                offered.stored = try reader.contentHashAndSource(id: id)
            }
            return offered
        }
    }

    private func adoptable(
        _ offered: OfferedDocument, reader: StoreReader, preparation: DocumentPreparation
    ) throws -> String? {
        if relative == nil {
            let all = try reader.documentsWithRelativeSources().filter { !$0.source.pathParts.isEmpty }
            relative = Dictionary(grouping: all) { Array(($0.source.pathParts.last ?? "").utf8) }
        }
        let source = offered.document.source
        let key = Array((source.pathParts.last ?? "").utf8)
        guard let candidates = relative?[key] else { return nil }
        let fitting = try candidates.enumerated().filter { _, candidate in
            guard SourcePath.isTail(candidate.source, of: source) else { return false }
            let hash = try preparation.contentHash(offered.document, version: offered.version)
            return try preparation.holdsSameText(
                candidate.hash, source: candidate.source, as: hash, of: offered.document)
        }
        // The longest path is the surest.
        guard let best = fitting.max(by: { $0.element.source.utf8.count < $1.element.source.utf8.count }) else {
            return nil
        }
        relative?[key]?.remove(at: best.offset)
        return best.element.id
    }
}
