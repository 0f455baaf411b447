import AkinCore
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// One training from pairs of texts: reads and splits them, trains, writes and scores.
struct PairTrainingRun {
    private let settings: PairTraining
    private let configuration: Database.Configuration
    private let progress: ProgressHandler?

    init(_ settings: PairTraining, _ configuration: Database.Configuration, _ progress: ProgressHandler?) {
        (self.settings, self.configuration, self.progress) = (settings, configuration, progress)
    }

    func run(_ paths: [String], _ heldOutPaths: [String], _ folder: URL) throws -> PairTraining.Report {
        let start = ContinuousClock.now
        try ModelFolderWriter.requireFree(folder)
        let reader = TextPairReader(
            fields: ExampleFields(text: settings.textField, pair: settings.pairField, label: settings.scoreField))
        let (training, heldOut) = try parts(reader, paths, heldOutPaths)
        let loss = try settings.loss(for: training)
        let encoder = try EncoderResolver(configuration: configuration).model(named: configuration.model)
        let tuning = try FineTuning(
            encoder, maximumTokens: settings.maximumTokens, epochs: settings.epochs, batchSize: settings.batchSize,
            learningRate: settings.learningRate ?? Self.defaultRate(loss, isCrossEncoder: settings.isCrossEncoder),
            seed: settings.seed, memory: settings.memory, patience: settings.patience, configuration, progress)
        let scoring = PairScoring(heldOut, threads: configuration.threads)
        let before: PairTraining.Scores
        let after: PairTraining.Scores
        let outcome: Outcome
        if settings.isCrossEncoder {
            guard case .scored(let pairs) = training else { throw PairTraining.needsScores("A cross-encoder") }
            before = try scoring.scores(of: tuning.network)
            outcome = try trainCrossEncoder(pairs, isBinary: loss == .binary, tuning, scoring, folder)
            after = try scoring.scores(
                ofCrossEncoder: BERTTaskModel(folder: folder, precision: tuning.network.precision),
                maximumTokens: tuning.maximumTokens, isBinary: loss == .binary)
        } else {
            let pooling = try TrainablePooling.required(
                of: tuning.network, for: [.query, .passage], by: "training on pairs")
            before = try scoring.scores(of: tuning.network)
            outcome = try trainEncoder(training, loss, pooling, tuning, scoring, folder)
            after = try scoring.scores(of: BERTEncoder(folder: folder, precision: tuning.network.precision))
        }
        return PairTraining.Report(
            loss: loss, before: before, after: after, isWorse: after.first < before.first,
            trainingCount: training.count, heldOutCount: heldOut.count, truncatedCount: outcome.truncatedCount,
            fineTuning: outcome.fineTuning,
            elapsedMilliseconds: (ContinuousClock.now - start) / .milliseconds(1))
    }

    /// What a training leaves beside the folder it writes.
    private struct Outcome {
        /// Texts, or pairs, that were cut.
        let truncatedCount: Int
        let fineTuning: FineTuningReport
    }

    /// Chosen on a held-out tenth of STS-B's training part, among 2e-5 to 1.2e-4, for pairs with scores.
    private static func defaultRate(_ loss: PairTraining.Loss, isCrossEncoder: Bool) -> Double {
        isCrossEncoder ? 5e-5 : loss == .inBatch ? 2e-5 : 8e-5
    }

    private func parts(
        _ reader: TextPairReader, _ paths: [String], _ heldOutPaths: [String]
    ) throws -> (training: TextPairs, heldOut: TextPairs) {
        let (share, seed) = (settings.heldOutShare, settings.seed)
        let read = try reader.read(paths)
        let others = heldOutPaths.isEmpty ? nil : try reader.read(heldOutPaths)
        func scored(_ pairs: [ScoredPair], _ others: [ScoredPair]?) throws -> (TextPairs, TextPairs) {
            let parts = try Dataset(pairs).parts(scoring: others, holdingOut: share, seed: seed)
            return (.scored(parts.training.examples), .scored(parts.heldOut.examples))
        }
        func matched(_ texts: [MatchedTexts], _ others: [MatchedTexts]?) throws -> (TextPairs, TextPairs) {
            let parts = try Dataset(texts).parts(scoring: others, holdingOut: share, seed: seed)
            return (.matched(parts.training.examples), .matched(parts.heldOut.examples))
        }
        switch (read, others) {
        case (.scored(let pairs), nil): return try scored(pairs, nil)
        case (.matched(let texts), nil): return try matched(texts, nil)
        case (.scored(let pairs), .scored(let others)): return try scored(pairs, others)
        case (.matched(let texts), .matched(let others)): return try matched(texts, others)
        // Texts that belong together may be scored on pairs with scores.
        case (.matched, .scored(let others)): return (read, .scored(others))
        case (.scored, .matched(let others)): return (read, .matched(others))
        }
    }

    private func tokens(_ tuning: FineTuning, _ texts: [String], _ role: TextRole) throws -> [TokenEncoding] {
        let (network, limit) = (tuning.network, tuning.maximumTokens)
        let prompt = network.prompt(role)
        return try Parallel.map(texts, threads: configuration.threads) {
            network.tokenizer.encode(prompt + $0, maximumTokens: limit)
        }
    }

    // MARK: - The encoder

    private func trainEncoder(
        _ pairs: TextPairs, _ loss: PairTraining.Loss, _ pooling: TrainablePooling, _ tuning: FineTuning,
        _ scoring: PairScoring, _ folder: URL
    ) throws -> Outcome {
        let examples: EmbeddingTraining.Examples
        var (truncated, targets): (Int, [Int32]) = (0, [])
        func ids(_ texts: [String], _ role: TextRole) throws -> [[Int32]] {
            let encodings = try tokens(tuning, texts, role)
            truncated += encodings.filter(\.truncated).count
            return encodings.map(\.ids)
        }
        switch pairs {
        case .scored(let pairs) where loss != .inBatch:
            let texts = zip(try ids(pairs.map(\.first), .passage), try ids(pairs.map(\.second), .passage))
            let scores = loss == .regression ? Self.cosines(pairs.map(\.score)) : pairs.map { Float($0.score) }
            targets = scores.map { Int32(bitPattern: $0.bitPattern) }
            examples =
                loss == .regression
                ? .cosines(zip(texts, scores).map { ($0.0, $0.1, $1) })
                : .scored(zip(texts, scores).map { ($0.0, $0.1, $1) })
        case .scored, .matched:
            let texts: [MatchedTexts] =
                switch pairs {
                case .scored(let pairs): try ScoredPair.matched(pairs)
                case .matched(let texts): texts
                }
            let anchors = try ids(texts.map(\.anchor), .query)
            let positives = try ids(texts.map(\.positive), .passage)
            var negatives = try ids(texts.compactMap(\.negative), .passage).makeIterator()
            examples = .matched(
                texts.indices.map { (anchors[$0], positives[$0], texts[$0].negative == nil ? nil : negatives.next()) })
            targets = texts.map { $0.negative == nil ? 0 : 1 }
        }
        let heldOut = try scored(scoring.pairs) { try tokens(tuning, $0, $1).map(\.ids) }
        var tuning = tuning
        let checkpoint = try tuning.prepare(
            .embedding, for: folder, labels: [loss.rawValue],
            examples: zip(examples.texts, targets).lazy.map { (Array($0.joined()), [$1]) }, scored: heldOut,
            isWhole: true, interval: settings.checkpointInterval)
        let trainer = try EmbeddingTraining(
            source: tuning.network.folder, examples, pooling: pooling.ofHead,
            longest: heldOut.map(\.ids.count).max() ?? 1, settings: tuning.settings)
        let evaluate = { [tuning] in
            try scoring.scores { trainer.vectors(try tokens(tuning, $0, $1).map(\.ids)) }.first
        }
        try tuning.train(trainer, checkpoint: checkpoint, evaluate: heldOut.isEmpty ? nil : evaluate)
        try trainer.write(to: folder, as: tuning.network)
        checkpoint.remove()
        return Outcome(truncatedCount: truncated, fineTuning: FineTuningReport(trainer, tuning))
    }

    /// The texts that are scored, as an encoder reads them, and what they are to have.
    private func scored(
        _ pairs: TextPairs, _ ids: ([String], TextRole) throws -> [[Int32]]
    ) throws -> [(ids: [Int32], targets: [Int32])] {
        switch pairs {
        case .scored(let pairs):
            let targets = pairs.map { [Int32(bitPattern: Float($0.score).bitPattern)] }
            return Array(zip(try ids(pairs.map(\.first), .passage), targets))
                + (try ids(pairs.map(\.second), .passage)).map { ($0, []) }
        case .matched(let texts):
            return try
                (ids(texts.map(\.anchor), .query) + ids(texts.map(\.positive), .passage)
                + ids(texts.compactMap(\.negative), .passage)).map { ($0, []) }
        }
    }

    /// Scores as cosines: as they are where they are 0 … 1, else their range becomes that.
    private static func cosines(_ scores: [Double]) -> [Float] {
        let (lowest, highest) = (scores.min() ?? 0, scores.max() ?? 1)
        guard lowest < 0 || highest > 1, highest > lowest else { return scores.map { Float($0) } }
        return scores.map { Float(($0 - lowest) / (highest - lowest)) }
    }

    // MARK: - The cross-encoder

    private func trainCrossEncoder(
        _ pairs: [ScoredPair], isBinary: Bool, _ tuning: FineTuning, _ scoring: PairScoring, _ folder: URL
    ) throws -> Outcome {
        let (tokenizer, limit) = (try tuning.network.wordPieceTokenizer(), tuning.maximumTokens)
        func encodings(_ pairs: [ScoredPair]) throws -> [PairEncoding] {
            try Parallel.map(pairs, threads: configuration.threads) {
                tokenizer.encode($0.first, $0.second, maximumTokens: limit)
            }
        }
        func sequences(_ encodings: [PairEncoding]) -> [CrossEncoderTraining.Sequence] {
            encodings.map { CrossEncoderTraining.Sequence(ids: $0.ids, segments: $0.segments) }
        }
        func idsAndTargets(
            _ sequences: [CrossEncoderTraining.Sequence], _ pairs: [ScoredPair]
        ) -> [(ids: [Int32], targets: [Int32])] {
            zip(sequences, pairs).map { sequence, pair in
                (sequence.ids, sequence.segments + [Int32(bitPattern: Float(pair.score).bitPattern)])
            }
        }
        let heldOut: [ScoredPair] = if case .scored(let pairs) = scoring.pairs { pairs } else { [] }
        let read = try encodings(pairs)
        let (learnt, scored) = (sequences(read), sequences(try encodings(heldOut)))
        var tuning = tuning
        let checkpoint = try tuning.prepare(
            .sequenceClassification(outputs: 1), for: folder, labels: ["cross-encoder", "\(isBinary)"],
            examples: idsAndTargets(learnt, pairs), scored: idsAndTargets(scored, heldOut),
            interval: settings.checkpointInterval)
        let trainer = try CrossEncoderTraining(
            source: tuning.network.folder, sequences: learnt, scores: pairs.map(\.score), isBinary: isBinary,
            longest: scored.map(\.ids.count).max() ?? 1, settings: tuning.settings)
        let evaluate = { Correlation.spearman(heldOut.map(\.score), trainer.outputs(scored)) }
        try tuning.train(trainer, checkpoint: checkpoint, evaluate: scored.isEmpty ? nil : evaluate)
        try trainer.write(to: folder)
        checkpoint.remove()
        return Outcome(
            truncatedCount: read.count { $0.truncated }, fineTuning: FineTuningReport(trainer, tuning))
    }
}

extension TextPairs {
    fileprivate var count: Int {
        switch self {
        case .scored(let pairs): pairs.count
        case .matched(let texts): texts.count
        }
    }
}

extension PairTraining {
    fileprivate static func needsScores(_ what: String) -> AkinError {
        AkinError(.invalidArgument, "\(what) learns from pairs with scores, and these have none.")
    }

    /// The loss for some pairs. Throws `.invalidArgument` where the one that is set does not fit them.
    fileprivate func loss(for pairs: TextPairs) throws -> Loss {
        guard case .scored(let scored) = pairs else {
            guard !isCrossEncoder else { throw Self.needsScores("A cross-encoder") }
            guard loss == .auto || loss == .inBatch else { throw Self.needsScores("The loss \(loss.rawValue)") }
            return .inBatch
        }
        if isCrossEncoder {
            let isBinary = ScoredPair.areBinary(scored)
            guard [.auto, .regression, .binary].contains(loss) else {
                throw AkinError(
                    .invalidArgument,
                    "A cross-encoder is trained by regression or binary, not by \(loss.rawValue).")
            }
            guard loss != .binary || isBinary else {
                throw AkinError(.invalidArgument, "The loss binary needs scores of 0 and 1, and these have others.")
            }
            return loss == .auto ? (isBinary ? .binary : .regression) : loss
        }
        guard loss != .binary else {
            throw AkinError(.invalidArgument, "The loss binary is for cross-encoders; an encoder has cosent.")
        }
        return loss == .auto ? .cosent : loss
    }
}
