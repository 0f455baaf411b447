import AkinCore
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// One training by hidden words: reads the corpus, trains, scores at times, and writes the model.
struct MaskedWordRun {
    private let settings: MaskedWordTraining
    private let configuration: Database.Configuration
    private let progress: ProgressHandler?

    /// Scores on the way, besides those at the start and the end.
    private static let points = 10

    init(_ settings: MaskedWordTraining, _ configuration: Database.Configuration, _ progress: ProgressHandler?) {
        (self.settings, self.configuration, self.progress) = (settings, configuration, progress)
    }

    func run(_ paths: [String], _ folder: URL) throws -> MaskedWordTraining.Report {
        let began = ContinuousClock.now
        try requireSense()
        try ModelFolderWriter.requireFree(folder)
        let documents = CorpusDocuments(paths: paths, textField: settings.textField)
        let start = try MaskedWordStart(settings, configuration) { try learnVocabulary(documents, $0) }
        let room = settings.length - MaskedTextSource.specialTokens(inPairs: settings.predictsNextSentence)
        let corpus = try reading("reading the corpus", documents) { progress in
            try TokenCorpus(
                documents, tokenizer: start.tokenizer, room: room, besides: try Self.tokenFile(of: folder),
                threads: configuration.threads, progress: progress)
        }
        if let guesses = documents.guesses.sentence { report(0, nil, nil, notice: guesses) }
        guard !settings.predictsNextSentence || corpus.documentCount > 1 else {
            throw AkinError(
                .invalidData,
                "\(paths.joined(separator: ", ")) is one document, but next sentences are told from those of another; put an "
                    + "empty line between documents.")
        }
        let texts = MaskedTextSource(
            corpus, tokenizer: start.tokenizer, masking: start.masking, length: settings.length,
            makesPairs: settings.predictsNextSentence, heldOutShare: settings.heldOutShare, seed: settings.seed)
        let model = try start.model()
        var trainingSettings = start.trainingSettings(configuration)
        let reading =
            "\(settings.length) \(settings.hidesWholeWords) \(settings.predictsNextSentence) \(settings.heldOutShare)"
        let key = RunKey(model, start.tokenizer, corpus, reading: reading)
        let memory = TrainingMemory(
            shape: model.shape, nextSentence: settings.predictsNextSentence, length: settings.length,
            sequenceCount: corpus.count, settings: trainingSettings)
        let budget = try TrainingBudget(memory, limit: settings.memory) { tokens in
            trainingSettings.tokensAtATime = tokens
            return RunCheckpoint(
                path: folder.path + ".checkpoint", key: key.adding(trainingSettings).bytes,
                interval: settings.checkpointInterval)
        }
        trainingSettings.tokensAtATime = budget.tokensAtATime
        report(0, nil, nil, notice: budget.notice)
        let checkpoint = budget.checkpoint
        let training = try MaskedLanguageModelTraining(model, texts, trainingSettings)
        var curve = PreTrainingCurve(file: checkpoint.path + ".curve", key: checkpoint.key)
        var clock = TrainingClock()
        curve.append(0, try training.score(check: CancellationFlag.check))
        let total = training.stepCount
        clock.start()
        try training.train(checkpoint: checkpoint) { step, loss in
            clock.count()
            curve.add(step, loss)
            if step * Self.points / total != (step - 1) * Self.points / total {
                // To its end, even when the task has been cancelled: the state that is kept then is one with this point.
                try clock.pause { curve.append(step, try training.score()) }
            }
            try CancellationFlag.check()
            report(step, total, curve.points.last)
        }
        try curve.finish(total) { try training.score() }
        try training.write(to: folder, tokenizer: start.files.limited(to: model.shape.maximumPositions))
        checkpoint.remove()
        curve.delete()
        let tokensPerStep =
            Double(corpus.tokenCount) / Double(corpus.count) * Double(min(settings.batchSize, texts.training.count))
        let last = curve.points[curve.points.count - 1]
        return MaskedWordTraining.Report(
            perplexity: last.perplexity, perplexityBefore: curve.points[0].perplexity,
            nextSentenceAccuracy: last.nextSentenceAccuracy, curve: curve.points, steps: total,
            trainingCount: texts.training.count, heldOutCount: texts.heldOut.count, tokenCount: corpus.tokenCount,
            tokensPerSecond: clock.stepsPerSecond * tokensPerStep, unknownShare: corpus.unknownShare,
            vocabularySize: start.tokenizer.vocabularySize, parameterCount: model.parameters.layout.count,
            memoryBytes: budget.bytes, partCount: budget.partCount,
            elapsedMilliseconds: (ContinuousClock.now - began) / .milliseconds(1))
    }

    private func requireSense() throws {
        guard (8...16_384).contains(settings.length) else {
            throw AkinError(
                .invalidArgument, "A sequence must have from 8 to 16,384 tokens, not \(settings.length).")
        }
        guard settings.batchSize > 0, settings.epochs ?? 1 > 0, settings.steps ?? 0 >= 0 else {
            throw AkinError(.invalidArgument, "Steps, epochs and the sequences of a step must be positive.")
        }
        guard (0..<1).contains(settings.dropout), (0...1).contains(settings.warmUpShare),
            (0..<1).contains(settings.heldOutShare)
        else { throw AkinError(.invalidArgument, "Shares must be from 0 to 1.") }
    }

    /// Where the tokens' file is made: on the disk that the folder will be on. Makes the folder around it.
    private static func tokenFile(of folder: URL) throws -> String {
        try ModelFolderWriter.makeParent(of: folder)
        RunLeftovers.remove(of: folder)
        let process = ProcessInfo.processInfo.processIdentifier
        return folder.deletingLastPathComponent().appending(path: ".\(folder.lastPathComponent).tokens-\(process)").path
    }

    /// Calls `body` with what it reports the bytes to that it has read.
    private func reading<Result>(
        _ phase: String, _ documents: CorpusDocuments, _ body: ((_ bytes: Int) throws -> Void) throws -> Result
    ) throws -> Result {
        let total = Double(documents.byteCount)
        var read = 0.0
        return try body { bytes in
            try CancellationFlag.check()
            read += Double(bytes)
            progress?(
                WorkProgress(
                    phase: .init(rawValue: phase), completed: read, total: total, unit: .bytes, documents: 0))
        }
    }

    private func learnVocabulary(_ documents: CorpusDocuments, _ options: VocabularyOptions) throws -> [String] {
        var counts = WordCounts(options.tokenizer)
        try reading("counting words", documents) { progress in
            try documents.forEach(progress: progress) { lines in
                for line in lines { counts.add(line) }
            }
        }
        return try WordPieceTrainer(options: options).train(counts) { entries in
            try CancellationFlag.check()
            progress?(
                WorkProgress(
                    phase: .init(rawValue: "learning entries"), completed: Double(entries),
                    total: Double(options.size), unit: .words, documents: 0))
        }
    }

    private func report(_ step: Int, _ total: Int?, _ last: MaskedWordTraining.Point?, notice: String? = nil) {
        let perplexity = last.map { String(format: "perplexity %.1f", locale: nil, $0.perplexity) }
        progress?(
            WorkProgress(
                phase: .init(rawValue: "training"), completed: Double(step * settings.batchSize),
                total: total.map { Double($0 * settings.batchSize) }, unit: .passages, documents: 0, note: perplexity,
                notice: notice))
    }
}

/// The time that steps take, without what is done between them.
private struct TrainingClock {
    private var steps = 0
    private var began = ContinuousClock.now
    private var paused = Duration.zero

    mutating func start() { (began, paused) = (.now, .zero) }
    mutating func count() { steps += 1 }

    mutating func pause(_ body: () throws -> Void) rethrows {
        let start = ContinuousClock.now
        defer { paused += .now - start }
        try body()
    }

    var stepsPerSecond: Double { Double(steps) / max((ContinuousClock.now - began - paused) / .seconds(1), 1e-9) }
}
