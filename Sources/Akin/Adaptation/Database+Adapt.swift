import AkinCore
import AkinStore
import AkinText
import AkinVectors
import Foundation

extension Database {
    /// Learns from questions with known answers how the vectors of questions should be changed, and lets search change
    /// them so where that is found to make it better. Passages keep their vectors.
    ///
    /// ```swift
    /// let report = try await database.adapt(from: .judgements(queries: "q.jsonl", judgements: "r.tsv"))
    /// print(report.decision, report.hybrid.gain)
    /// ```
    ///
    /// What is learnt is a matrix of dimension × dimension: ridge regression, towards the identity, of the answering
    /// passages' vectors on those of the questions. It serves semantic and hybrid search in the space that it was learnt
    /// in, and is stored only if hybrid search with adapters that had not seen a question has a higher nDCG@10, the
    /// lower end of the 80 % interval of the mean difference being above 0. Else the store stays as it is. An adapter
    /// that the store already has is replaced only by one that does better, even though it may have learnt from the same
    /// questions.
    ///
    /// - Parameters:
    ///   - examples: what to learn from. Judgements of real questions teach most.
    ///   - dryRun: whether to measure and change nothing.
    /// - Throws: `AkinError`: `.noInput` and `.invalidData` for files that cannot be read or have too few questions (20
    ///   at least); `.incompatible` for a store whose vectors no model made; `.cannotCreate` for one that was opened for
    ///   reading; `.locked` where another process changed the vectors meanwhile. `CancellationError` leaves the store as
    ///   it was.
    /// - Complexity: some thirty searches a question; with titles also the encoder's pass over the beginnings of at
    ///   most 500 documents. A question then costs dimension² multiplications more.
    public func adapt(
        from examples: AdaptationExamples = .titles, dryRun: Bool = false, progress: ProgressHandler? = nil
    ) async throws -> AdaptationReport {
        guard dryRun || mode != .readOnly else {
            throw AkinError(
                .cannotCreate, "The store \(path) was opened for reading only; open it for writing to change it.")
        }
        let started = ContinuousClock.now
        let (space, present) = try await offload { [self] in
            try store.read { reader in
                let space = try adaptableSpace(reader)
                return (space, try reader.queryAdapterRecord(space: space.id))
            }
        }
        let trial: (database: Database, space: VectorSpace, judgements: Judgements)
        var titles: TitleTrial?
        defer { titles?.remove() }
        switch examples {
        case .titles:
            let made = try await TitleTrial(of: self, space, progress: progress)
            titles = made
            trial = (made.database, made.space, made.judgements)
        case .judgements(let queries, let judgements):
            trial = (self, space, try Judgements(queries: queries, judgements: judgements))
        case .clicks(let path):
            trial = (self, space, try Judgements(clicks: path))
        }
        return try await offload { [self] in
            let known = try AdaptationQuestions(trial.judgements, trial.database, trial.space)
            guard known.questions.count >= AdaptationGuard.leastQuestions else {
                throw Self.tooFew(known, examples.source)
            }
            let learner = AdaptationTrial(
                database: trial.database, space: trial.space, questions: known.questions)
            let judge = AdaptationGuard(learner, progress: progress)
            let outcome = try judge.run()
            let presentQuality = try store.read { try queryAdapter(of: space, reader: $0) }.map {
                try judge.quality(with: $0.adapter)
            }
            var report = AdaptationReport(
                source: examples.source, questions: known.questions.count, unusedQuestions: known.unused,
                unknownDocuments: known.unknownDocuments, hybrid: outcome.hybrid, semantic: outcome.semantic,
                present: presentQuality, penalty: outcome.penalty, decision: .noGain, elapsedMilliseconds: 0)
            if outcome.hybrid.lower > 0 {
                report.decision = (presentQuality ?? 0) >= outcome.hybrid.after ? .presentKept : .wouldAdopt
            }
            if report.decision == .wouldAdopt, !dryRun {
                let adapter = try learner.adapter(
                    from: Array(known.questions.indices), penalty: outcome.penalty)
                let adaptation = QueryAdaptation(
                    source: report.source, questions: report.questions, penalty: report.penalty,
                    gain: report.hybrid.gain, created: Int64(Date.now.timeIntervalSince1970), digest: "")
                try CancellationFlag.check()
                try adopt(adapter, adaptation, space: space, present: present)
                report.decision = .adopted
            }
            report.elapsedMilliseconds = started.duration(to: .now) / .milliseconds(1)
            return report
        }
    }

    /// Removes what `adapt(from:dryRun:progress:)` stored: search gives the results that it gave before, bit for bit.
    ///
    /// - Returns: whether there was anything to remove.
    /// - Complexity: one transaction.
    @discardableResult
    public func removeAdaptation() async throws -> Bool {
        try await offload { [self] in
            try store.write { writer in
                var removed = false
                for space in try writer.spaces() where try writer.queryAdapterRecord(space: space.id) != nil {
                    try writer.deleteQueryAdapter(space: space.id)
                    removed = true
                }
                return removed
            }
        }
    }

    /// Stores an adapter in one transaction, if nothing that it was judged by has changed.
    private func adopt(
        _ adapter: QueryAdapter, _ adaptation: QueryAdaptation, space: VectorSpace, present: String?
    ) throws {
        try store.write { writer in
            let serving = try activeSpace(writer)
            guard serving?.id == space.id, serving?.fingerprint == space.fingerprint,
                try writer.queryAdapterRecord(space: space.id) == present
            else {
                throw AkinError(
                    .locked, "Another process changed the vectors of \(path), or adapted search, meanwhile.",
                    remedy: .tryAgain)
            }
            try writer.save(adapter, as: adaptation, space: space.id)
        }
    }

    /// The space that serves search, if questions in it can be adapted.
    private func adaptableSpace(_ reader: StoreReader) throws -> VectorSpace {
        guard let space = try activeSpace(reader) else {
            throw AkinError(
                .incompatible, "\(path) has no vectors yet, so there is nothing to adapt.",
                remedy: .anyOf([.indexDocuments, .optimize]))
        }
        guard !space.isImported, space.kind != EncoderKind.words.rawValue else {
            throw AkinError(
                .incompatible,
                space.isImported
                    ? "The vectors of \(path) were imported, so there is no encoder whose questions could be adapted."
                    : "\(path) has word vectors of its own texts only, and the questions of a model alone can be adapted.",
                remedy: .reencode(with: Remedy.recommendedModel))
        }
        guard try space.distanceMetric() == .cosine else {
            throw AkinError(
                .incompatible, "Questions are adapted for cosines alone, and \(path) compares by \(space.metric).")
        }
        guard try upgradeSpace(reader) == nil else {
            throw AkinError(
                .incompatible, "\(path) is changing to another encoder: finish that first.", remedy: .upgradeEncoder)
        }
        return space
    }

    private static func tooFew(_ known: AdaptationQuestions, _ source: QueryAdaptation.Source) -> AkinError {
        let least = AdaptationGuard.leastQuestions
        let have =
            switch known.questions.count {
            case 0: "No question has an answer in the store"
            case 1: "Only 1 question has an answer in the store"
            case let count: "Only \(count) questions have an answer in the store"
            }
        let unknown =
            switch known.unknownDocuments {
            case 0: ""
            case 1: ", and 1 document that the \(source.rawValue) name is not in it"
            case let count: ", and \(count) documents that the \(source.rawValue) name are not in it"
            }
        return AkinError(
            .invalidData,
            "\(have)\(unknown): an adapter is learnt from \(least) at least, and some hundreds are better.")
    }
}
