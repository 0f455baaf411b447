import Foundation

/// The long operations as tasks whose progress can be followed.
extension Database {
    /// `index(paths:options:)` as a task that is followed with `for await`.
    public func indexing(paths: [String], options: IndexingOptions = IndexingOptions())
        -> ProgressiveTask<IndexingSummary>
    {
        ProgressiveTask { try await self.index(paths: paths, options: options, progress: $0) }
    }

    /// `cluster(_:)` as a task that is followed with `for await`.
    public func clustering(_ options: ClusteringOptions = ClusteringOptions()) -> ProgressiveTask<ClusterOutcome> {
        ProgressiveTask { try await self.cluster(options, progress: $0) }
    }

    /// `optimize(encoder:dimensions:upgrade:)` as a task that is followed with `for await`.
    public func optimizing(
        encoder: String? = nil, dimensions: Int? = nil, upgrade: Bool = false
    ) -> ProgressiveTask<[Note]> {
        ProgressiveTask {
            try await self.optimize(encoder: encoder, dimensions: dimensions, upgrade: upgrade, progress: $0)
        }
    }

    /// `importVectors(from:options:)` as a task that is followed with `for await`.
    public func importing(from file: VectorFile, options: VectorImportOptions = VectorImportOptions())
        -> ProgressiveTask<VectorImportSummary>
    {
        ProgressiveTask { try await self.importVectors(from: file, options: options, progress: $0) }
    }
}

extension WordVectors {
    /// `train(on:options:checkpoint:)` as a task that is followed with `for await`.
    public static func training(
        on paths: [String], options: WordTrainingOptions = WordTrainingOptions(), checkpoint: String? = nil
    ) -> ProgressiveTask<WordTrainingOutcome> {
        ProgressiveTask { try await train(on: paths, options: options, checkpoint: checkpoint, progress: $0) }
    }
}
