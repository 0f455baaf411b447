import AkinCore
import AkinStore
import AkinText

extension Database {
    /// Some lines of a document.
    ///
    /// Lines are those of the file that it was read from. Where the stored text has other lines, as that of HTML, the
    /// passages that stand on them are returned as a whole. A document that comes from no file has the lines of its
    /// text.
    /// - Parameters:
    ///   - id: the document's.
    ///   - lines: from 1, both ends included; what lies beyond the text is left out.
    /// - Throws: `AkinError(.notFound)` where there is no such document, or it has none of the lines.
    public func excerpt(ofDocument id: String, lines: ClosedRange<Int>) async throws -> DocumentExcerpt {
        try await excerpt(ofDocument: id) { document in
            if let excerpt = document.excerpt(lines: lines) { return excerpt }
            let all = document.lines.map { "lines \($0.lowerBound) to \($0.upperBound)" } ?? "no lines"
            throw AkinError(.notFound, "Document \(id.debugDescription) has \(all), and none of those asked for.")
        }
    }

    /// The passages of a document that begin on a page; where none does, the one that goes on over it.
    ///
    /// - Throws: `AkinError(.notFound)` where there is no such document, or it has no such page.
    public func excerpt(ofDocument id: String, page: Int) async throws -> DocumentExcerpt {
        try await excerpt(ofDocument: id) { document in
            if let excerpt = document.excerpt(page: page) { return excerpt }
            let pages = document.pages.map { "pages \($0.lowerBound) to \($0.upperBound)" } ?? "no pages"
            throw AkinError(.notFound, "Document \(id.debugDescription) has \(pages), and not page \(page).")
        }
    }

    /// The lines of the document's text that a result stands on, with some more before and after it.
    ///
    /// - Returns: nil where the document has changed since it was found, or the passage has no text.
    public func excerpt(around result: SearchResult, context: Int) async throws -> DocumentExcerpt? {
        try await offload(on: .questions) { [self] in
            try store.read { reader in
                guard let stored = try reader.document(id: result.id) else { return nil }
                let passages = try reader.passages(documentRowID: stored.rowID)
                guard passages.contains(where: { $0.id == result.passage }) else { return nil }
                return DocumentLines(passages).excerpt(around: result.match.range, context: context)
            }
        }
    }

    private func excerpt(
        ofDocument id: String, _ find: @escaping @Sendable (DocumentLines) throws -> DocumentExcerpt
    ) async throws -> DocumentExcerpt {
        try await offload(on: .questions) { [self] in
            try store.read { reader in
                guard let stored = try reader.document(id: id) else {
                    throw AkinError(.notFound, "There is no document \(id.debugDescription) in \(path).")
                }
                return try find(DocumentLines(reader.passages(documentRowID: stored.rowID)))
            }
        }
    }

    /// The id of the document that was read from a file, where it is the only one.
    package func documentID(ofSource source: String) async throws -> String? {
        try await offload(on: .questions) { [self] in
            let ids = try store.read { try $0.documentIDs(ofSource: source) }
            return ids.count == 1 ? ids[0] : nil
        }
    }
}

extension SearchResult {
    /// What is shown of the document, with the lines of the file where each line of the text is one of them.
    package var excerpt: DocumentExcerpt {
        let visible = text.visibleScalars(from: 0) ?? 0..<0
        let shown = String(text(in: visible))
        let lineCount = LineBreaks(of: shown).lineCount
        let lines = place?.lines.flatMap { $0.count == lineCount ? $0 : nil }
        return DocumentExcerpt(
            text: shown, range: range.lowerBound + visible.lowerBound..<range.lowerBound + visible.upperBound,
            lines: lines, isLineByLine: lines != nil)
    }
}
