import AkinCore
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// Tries the ways of learning senses and keeps the better one.
struct SenseSelection {
    private let settings: SenseTraining
    private let configuration: Database.Configuration
    private let progress: ProgressHandler?

    init(_ settings: SenseTraining, _ configuration: Database.Configuration, _ progress: ProgressHandler?) {
        (self.settings, self.configuration, self.progress) = (settings, configuration, progress)
    }

    /// Examples with what a network reads of them.
    private struct Part {
        let examples: [SenseExample]
        let windows: [WordWindow]
        /// The model's output for each; nil for a word or a sense that was not among those learnt from.
        let outputs: [Int?]
    }

    /// What one way gave.
    private struct Outcome {
        let trial: ClassifierTraining.Trial
        let predicted: [Int?]
        let write: () throws -> Void
    }

    func run(_ paths: [String], _ heldOutPaths: [String], _ folder: URL) throws -> SenseTraining.Report {
        let start = ContinuousClock.now
        try ModelFolderWriter.requireFree(folder)
        let reader = SenseExampleReader { word, text in WordOccurrences(of: word).ranges(in: text) }
        let read = Dataset(SenseForms.folded(try reader.read(paths)))
        let source = paths.joined(separator: ", ")
        _ = try SenseInventory(read.examples, of: source)
        let (training, heldOut) = try read.parts(
            scoring: heldOutPaths.isEmpty
                ? nil : SenseForms.folded(try reader.read(heldOutPaths), toWordsOf: read.examples),
            holdingOut: settings.heldOutShare, seed: settings.seed)
        let inventory = try SenseInventory(training.examples, of: source)
        let encoder = try EncoderResolver(configuration: configuration).model(named: configuration.model)
        let tuning = try FineTuning(
            encoder, maximumTokens: settings.maximumTokens, epochs: settings.epochs, batchSize: settings.batchSize,
            learningRate: settings.learningRate, seed: settings.seed, memory: settings.memory, configuration, progress)
        let parts = (
            training: try part(training, inventory, tuning), heldOut: try part(heldOut, inventory, tuning)
        )
        var outcomes: [Outcome] = []
        if settings.method != .fineTuned {
            outcomes.append(try frozen(tuning, parts.training, parts.heldOut, inventory, folder))
        }
        if settings.method != .frozen {
            outcomes.append(try fineTuned(tuning, parts.training, parts.heldOut, inventory, folder))
        }
        // Of equals the frozen one, which is the first: it is faster to train.
        var best = outcomes[0]
        for outcome in outcomes.dropFirst() where outcome.trial.accuracy > best.trial.accuracy { best = outcome }
        try best.write()
        let words = reports(parts.training, parts.heldOut, best.predicted, inventory)
        return SenseTraining.Report(
            method: best.trial.method, accuracy: best.trial.accuracy, macroF1: best.trial.macroF1,
            baseline: words.reduce(0) { $0 + $1.baseline * Double($1.support) }
                / Double(max(heldOut.count, 1)),
            trials: outcomes.map(\.trial), words: words, trainingCount: training.count, heldOutCount: heldOut.count,
            elapsedMilliseconds: (ContinuousClock.now - start) / .milliseconds(1))
    }

    private func part(
        _ dataset: Dataset<SenseExample>, _ inventory: SenseInventory, _ tuning: FineTuning
    ) throws -> Part {
        let (tokenizer, limit) = (try tuning.network.wordPieceTokenizer(), tuning.maximumTokens)
        let windows = try Parallel.map(dataset.examples, threads: configuration.threads) { example in
            guard
                let window = WordWindow(
                    of: example.place, in: tokenizer.placedTokens(example.text), tokenizer: tokenizer,
                    maximumTokens: limit)
            else {
                throw AkinError(
                    .invalidData, "The model reads no token at the place of '\(example.word)' in one of the texts.")
            }
            return window
        }
        return Part(examples: dataset.examples, windows: windows, outputs: dataset.examples.map(inventory.output))
    }

    /// How each word of the held-out part did. Words that were not learnt have no sense, and every place is wrong.
    private func reports(
        _ training: Part, _ heldOut: Part, _ predicted: [Int?], _ inventory: SenseInventory
    ) -> [SenseTraining.WordReport] {
        let members = Dictionary(grouping: heldOut.examples.indices) { heldOut.examples[$0].word }
        let counts = training.outputs.reduce(into: [Int: Int]()) { counts, output in
            if let output { counts[output, default: 0] += 1 }
        }
        return members.sorted { $0.key < $1.key }.map { word, places in
            let known = inventory.index(of: word).map { inventory.words[$0] }
            let usual = known?.outputs.max { (counts[$0] ?? 0, $1) < (counts[$1] ?? 0, $0) }
            func share(_ isRight: (Int) -> Bool) -> Double {
                Double(places.count(where: isRight)) / Double(places.count)
            }
            return SenseTraining.WordReport(
                word: word, senses: known?.senses ?? [],
                accuracy: share { heldOut.outputs[$0] != nil && heldOut.outputs[$0] == predicted[$0] },
                baseline: share { heldOut.outputs[$0] != nil && heldOut.outputs[$0] == usual },
                support: places.count)
        }
    }

    /// The likeliest sense of each held-out place, from the outputs of a model at it.
    private func predicted(_ heldOut: Part, _ inventory: SenseInventory, _ logits: (Int) -> [Float]) -> [Int?] {
        heldOut.examples.indices.map { index in
            inventory.index(of: heldOut.examples[index].word).map { word in
                inventory.words[word].outputs.lowerBound
                    + inventory.probabilities(of: word, logits: logits(index)).indexOfLargest
            }
        }
    }

    private func outcome(
        _ method: ClassifierTraining.Method, _ predicted: [Int?], _ heldOut: Part, _ inventory: SenseInventory,
        _ start: ContinuousClock.Instant, _ write: @escaping () throws -> Void
    ) -> Outcome {
        // What is not known is a class of its own, which nothing is taken for.
        let labels = inventory.labels + ["", " "]
        let scores = ClassificationScores(
            expected: heldOut.outputs.map { $0 ?? labels.count - 1 },
            predicted: predicted.map { $0 ?? labels.count - 2 }, labels: labels)
        let classes = scores.classes.prefix(inventory.labels.count).filter { $0.support > 0 }
        return Outcome(
            trial: .init(
                method: method, accuracy: scores.accuracy,
                macroF1: classes.reduce(0) { $0 + $1.f1 } / Double(max(classes.count, 1)),
                elapsedMilliseconds: (ContinuousClock.now - start) / .milliseconds(1)),
            predicted: predicted, write: write)
    }

    private func report(_ phase: String, _ completed: Int, _ total: Int, _ unit: WorkProgress.Unit) {
        progress?(
            WorkProgress(
                phase: .init(rawValue: phase), completed: Double(completed), total: Double(total), unit: unit,
                documents: 0))
    }

    // MARK: - The network as it is

    private func frozen(
        _ tuning: FineTuning, _ training: Part, _ heldOut: Part, _ inventory: SenseInventory, _ folder: URL
    ) throws -> Outcome {
        let start = ContinuousClock.now
        let total = training.windows.count + heldOut.windows.count
        let features = try vectors(tuning.network, training.windows, done: 0, total)
        let others = try vectors(tuning.network, heldOut.windows, done: training.windows.count, total)
        let regression = try SenseRegression.fit(
            features, training.examples, inventory, seed: settings.seed, threads: configuration.threads,
            isCancelled: { CancellationFlag.isCurrentCancelled },
            progress: { report("fitting linear classifiers", $0, inventory.words.count, .words) })
        let predicted = predicted(heldOut, inventory) { regression.layer.scores(of: others.row($0)) }
        return outcome(.frozen, predicted, heldOut, inventory, start) {
            try regression.write(to: folder, source: tuning.network.folder, inventory)
        }
    }

    private func vectors(_ network: BERTEncoder, _ windows: [WordWindow], done: Int, _ total: Int) throws -> Matrix {
        var vectors = Matrix(rows: 0, columns: 0)
        var rows: [[Float]] = []
        for first in stride(from: 0, to: windows.count, by: 512) {
            try CancellationFlag.check()
            report("reading contexts", done + first, total, .occurrences)
            let some = try network.wordVectors(
                Array(windows[first..<min(first + 512, windows.count)]), threads: configuration.threads)
            rows += (0..<some.rows).map { some.row($0) }
        }
        if !rows.isEmpty { vectors = Matrix(rows) }
        return vectors
    }

    // MARK: - Fine-tuning

    private func fineTuned(
        _ tuning: FineTuning, _ training: Part, _ heldOut: Part, _ inventory: SenseInventory, _ folder: URL
    ) throws -> Outcome {
        let start = ContinuousClock.now
        let sequences = zip(training.windows, training.outputs).map { window, output in
            TokenClassificationTraining.Sequence(window, output: Int32(output ?? -1))
        }
        var tuning = tuning
        let checkpoint = try tuning.prepare(
            .tokenClassification(outputs: inventory.labels.count), for: folder, labels: inventory.labels,
            examples: sequences.lazy.map { ($0.ids, $0.classes) },
            scored: heldOut.windows.lazy.map { ($0.sequence.ids, []) },
            interval: settings.checkpointInterval)
        let trainer = try TokenClassificationTraining(
            source: tuning.network.folder, sequences: sequences, labels: inventory.labels,
            longest: heldOut.windows.map(\.sequence.ids.count).max(), settings: tuning.settings)
        try tuning.train(trainer, checkpoint: checkpoint)
        let predicted = predicted(heldOut, inventory) { trainer.logits(heldOut.windows[$0]) }
        return outcome(.fineTuned, predicted, heldOut, inventory, start) {
            try trainer.write(to: folder, tokenizerOf: tuning.network.folder, inventory)
            checkpoint.remove()
        }
    }
}
