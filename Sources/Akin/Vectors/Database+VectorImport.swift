import AkinCore
import AkinStore
import Foundation

extension Database {
    /// Stores vectors made elsewhere: each record is a document with one vector.
    ///
    /// A record with a text, a title or metadata replaces the document of its id; one with nothing but a vector gives
    /// the document that is there its vector, and makes one without text where none is. Records that cannot be kept are
    /// skipped and reported in the summary: other dimensions, components that are not finite or that the type cannot
    /// hold, zeros under cosine. A first import settles dimension, type and metric for the store.
    ///
    /// ```swift
    /// let cat = VectorRecord(id: "cat.jpg", vector: [0.1, -0.7, 0.2])
    /// try await database.insert(vectors: [cat], options: VectorImportOptions(metric: .l2))
    /// print(try await database.search(vector: [0.1, -0.6, 0.2], count: 5).results.map(\.id))
    /// ```
    ///
    /// - Throws: `AkinError(.incompatible)` where `options` do not agree with the vectors that the store has.
    @discardableResult
    public func insert(vectors: [VectorRecord], options: VectorImportOptions = VectorImportOptions()) async throws
        -> VectorImportSummary
    {
        try await offload { [self] in
            let run = try VectorImportRun(database: self, options: options)
            for record in vectors {
                try run.add(record, place: VectorImportRun.RecordPlace(path: record.id, name: "the vector"))
            }
            return try complete(run, progress: nil)
        }
    }

    /// Stores the vectors of a file, as `insert` does, in batches: cancelling the task, or killing the process, keeps
    /// what was committed, and the same call goes on from there.
    ///
    /// It needs the memory of a batch, and about 8 bytes an id where ids are not row numbers.
    ///
    /// - Throws: `AkinError(.incompatible)` where the file or `options` do not agree with the vectors that the store
    ///   has, before anything is written; what `VectorFile.next` throws.
    @discardableResult
    public func importVectors(
        from file: VectorFile, options: VectorImportOptions = VectorImportOptions(), progress: ProgressHandler? = nil
    ) async throws -> VectorImportSummary {
        try await offload { [self] in
            let run = try VectorImportRun(
                database: self, options: options, source: (file.element, file.dimension), mayRepeat: !file.hasRowNumbers
            )
            let total = file.byteCount > 0 ? Double(file.byteCount) : nil
            while let entry = try file.next() {
                switch entry {
                case .problem(let problem): run.report(problem)
                case .record(let record, let place, let line):
                    try run.add(record, place: VectorImportRun.RecordPlace(path: file.path, line: line, name: place))
                }
                progress?(
                    WorkProgress(
                        phase: .importing, completed: total == nil ? Double(run.finished) : Double(file.bytesRead),
                        total: total,
                        unit: total == nil ? .vectors : .bytes, documents: run.finished))
            }
            return try complete(run, progress: progress)
        }
    }

    private func complete(_ run: VectorImportRun, progress: ProgressHandler?) throws -> VectorImportSummary {
        var summary = try run.finish()
        try assignToNewestClusters()
        summary.notes += try buildIndexAfterCommit(progress: progress)
        if summary.added + summary.updated > 0, let active = try store.read({ try activeSpace($0) }), !active.isImported
        {
            summary.notes.append(
                Note(
                    "Texts are searched by \(active.encoderName), and the imported vectors by a vector. "
                        + "Texts that came with them are not encoded yet.",
                    remedy: .optimize)
            )
        }
        return summary
    }

    /// The documents nearest to a vector: among those that have imported vectors, else among all.
    ///
    /// - Throws: `AkinError(.invalidArgument)` for a vector of another dimension, with components that are not finite,
    ///   or of zeros under cosine.
    public func search(vector: [Float], count: Int = 10, plan: SearchPlan = .auto) async throws -> SearchResponse {
        try await search(SearchRequest("", count: count, mode: .semantic, plan: plan, vector: vector))
    }
}
