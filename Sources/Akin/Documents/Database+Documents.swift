public import AkinCore
import AkinStore
import AkinVectors
import Foundation

extension Database {
    /// The document with an id; nil when the store has none.
    public func document(id: String) async throws -> Document? {
        try await offload(on: .questions) { [self] in
            try store.read { reader in
                guard let stored = try reader.document(id: id) else { return nil }
                return try document(stored, reader)
            }
        }
    }

    /// Deletes a document with its passages, vectors and metadata, in one transaction. Returns false when the store has
    /// no document with that id.
    @discardableResult
    public func delete(id: String) async throws -> Bool {
        try await offload { [self] in try store.write { try $0.delete(id: id) } }
    }

    /// Deletes the documents that meet a filter with their passages, vectors and metadata, in one transaction.
    ///
    /// - Returns: their ids, in the order they were first put.
    /// - Throws: `AkinError(.invalidArgument)`, nothing being deleted, where the filter names one of the document's own
    ///   fields, such as `source`, and documents have a metadata field of that name too.
    @discardableResult
    public func delete(where filter: Filter) async throws -> [String] {
        try await offload { [self] in
            try store.write { writer in
                if let warning = try FilterWarnings.ambiguity(of: filter, reader: writer) {
                    throw AkinError(.invalidArgument, "\(warning) Nothing was deleted.")
                }
                let ids = try writer.documents(matching: filter.condition).ids.compactMap {
                    try writer.document(rowID: $0)?.id
                }
                for id in ids { _ = try writer.delete(id: id) }
                return ids
            }
        }
    }

    /// Calls `body` with every document, or with every one that meets a filter, in the order in which they were first
    /// put. All is read in one transaction: what is written meanwhile is not seen.
    public func export(where filter: Filter? = nil, _ body: @escaping @Sendable (Document) throws -> Void) async throws
    {
        try await offload { [self] in
            try store.readOnce { reader in
                for rowID in try reader.documents(matching: filter?.condition ?? .and([])).ids {
                    guard let stored = try reader.document(rowID: rowID) else { continue }
                    try body(try document(stored, reader))
                }
            }
        }
    }

    /// What a person should know of a filter that cannot match as it is meant: fields that no document has, texts
    /// compared with numbers.
    public func warnings(for filter: Filter) async throws -> [Note] {
        try await offload(on: .questions) { [self] in
            try store.read { try FilterWarnings.warnings(for: filter, reader: $0) }
        }
    }

    func document(_ stored: StoredDocument, _ reader: StoreReader) throws -> Document {
        Document(
            id: stored.id, title: stored.title, text: try Self.text(of: reader.passages(documentRowID: stored.rowID)),
            source: stored.source,
            metadata: try MetadataCoding.decode(of: stored))
    }

    /// The document's text put together from its passages, whose ranges cover it without gaps (but for those of a store
    /// that lost some) and may overlap.
    static func text(of passages: [StoredPassage]) -> String {
        var result = ""
        var end = 0
        for passage in passages {
            if passage.rangeStart == end {
                result += passage.text
            } else {
                result.unicodeScalars += passage.text.unicodeScalars.dropFirst(max(0, end - passage.rangeStart))
            }
            end = passage.rangeEnd
        }
        return result
    }
}
