import AkinStore

/// Reads documents for a labeller, some at a time.
struct DocumentBatches {
    private static let size = 64

    let database: Database
    let labeller: any DocumentLabeller

    /// Calls `body` with the documents of some rows in their order; those that are gone are left out.
    ///
    /// - Throws: `CancellationError` between batches when the task was cancelled.
    func forEach(
        _ rows: [Int64], phase: String, _ progress: ProgressHandler?, _ body: ([DocumentToLabel]) throws -> Void
    ) throws {
        let space = try database.store.read(usableSpace)
        func report(_ completed: Int) {
            progress?(
                WorkProgress(
                    phase: .init(rawValue: phase), completed: Double(completed), total: Double(rows.count),
                    unit: .documents, documents: completed))
        }
        for first in stride(from: 0, to: rows.count, by: Self.size) {
            try CancellationFlag.check()
            report(first)
            let batch = rows[first..<min(first + Self.size, rows.count)]
            try body(try database.store.read { reader in try batch.compactMap { try read($0, space: space, reader) } })
        }
        report(rows.count)
    }

    /// The space whose vectors save the encoding.
    private func usableSpace(_ reader: StoreReader) throws -> Int64? {
        guard let wanted = labeller.vectorFingerprint else { return nil }
        return try reader.spaces().first { $0.fingerprint == wanted && $0.status == .active }?.id
    }

    private func read(_ row: Int64, space: Int64?, _ reader: StoreReader) throws -> DocumentToLabel? {
        guard let stored = try reader.document(rowID: row) else { return nil }
        let passages = try reader.passages(documentRowID: row)
        let vectors = try space.map { try reader.vectors(space: $0, passages: passages.map(\.id)).compactMap(\.self) }
        return DocumentToLabel(
            rowID: row, contentHash: stored.contentHash, title: stored.title,
            text: Database.text(of: passages), passages: passages,
            vectors: vectors?.count == passages.count ? vectors : nil)
    }
}
