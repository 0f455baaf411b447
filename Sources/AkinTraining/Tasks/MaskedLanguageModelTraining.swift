import AkinCore
import AkinTransformers
import AkinVectors
package import Foundation

/// Trains a BERT network on texts without labels: hidden words and, on pairs, whether one text follows the other.
package final class MaskedLanguageModelTraining {
    package let model: TrainingModel
    private let work: Work

    /// What can be done with a run, whatever its head.
    private struct Work {
        let stepCount: Int
        let train: (RunCheckpoint?, (Int, Double) throws -> Void) throws -> Void
        let keep: (RunCheckpoint) throws -> Void
        let score: (() throws -> Void) throws -> PreTrainingScore
    }

    /// - Parameter model: for masked words, and for next sentences where `texts` makes pairs.
    package init(_ model: TrainingModel, _ texts: MaskedTextSource, _ settings: TrainingSettings) throws {
        self.model = model
        let tokens = min(
            settings.batchSize * texts.length, max(settings.tokensAtATime ?? .max, texts.length))
        let capacity = min(settings.batchSize * texts.mostHidden, tokens)
        let pass = BERTPass(
            model.shape, model.site, model.parameters, capacity: tokens, longest: texts.length,
            readCapacity: min(capacity + (texts.makesPairs ? settings.batchSize : 0), tokens), rounds: settings.rounds,
            threads: settings.threads)
        work =
            texts.makesPairs
            ? Self.work(
                model, pass,
                try model.preTrainingHead(pass, capacity: capacity, sequences: settings.batchSize), texts, settings)
            : Self.work(model, pass, try model.maskedWordHead(pass, capacity: capacity), texts, settings)
    }

    private static func work<Head: MaskedTextHead>(
        _ model: TrainingModel, _ pass: BERTPass, _ head: Head, _ texts: MaskedTextSource,
        _ settings: TrainingSettings
    ) -> Work {
        let run = TrainingRun(model, pass, head, settings, exampleCount: texts.training.count) { places, epoch in
            let texts = texts.training(places, epoch: epoch)
            return (texts.batch, head.targets(texts))
        }
        return Work(
            stepCount: run.schedule.totalSteps,
            train: { try run.train(checkpoint: $0, progress: $1) },
            keep: { try run.writeCheckpoint(to: $0.path, key: $0.key) },
            score: { check in
                var score = PreTrainingScore()
                let count = min(settings.batchSize, pass.capacity / texts.length)
                for first in stride(from: 0, to: texts.heldOut.count, by: count) {
                    try check()
                    let places = first..<min(first + count, texts.heldOut.count)
                    let texts = texts.heldOut(places)
                    pass.forward(texts.batch, hiddenDropout: 0, attentionDropout: 0, seed: 0)
                    score += head.score(pass, texts)
                }
                return score
            })
    }

    package var stepCount: Int { work.stepCount }

    /// Makes all steps, as `TrainingRun.train` does. The checkpoint stays, also where `progress` throws `CancellationError`.
    package func train(
        checkpoint: RunCheckpoint? = nil, progress: (_ step: Int, _ loss: Double) throws -> Void
    ) throws {
        do {
            try work.train(checkpoint, progress)
        } catch let cancellation as CancellationError {
            if let checkpoint { try work.keep(checkpoint) }
            throw cancellation
        }
    }

    /// How the held-out texts are predicted now, with masks that are always the same.
    ///
    /// - Parameter check: called at times; what it throws ends the scoring.
    package func score(check: () throws -> Void = {}) throws -> PreTrainingScore { try work.score(check) }

    /// Writes the model as a folder that `transformers` and, as an encoder with mean pooling, `sentence-transformers`
    /// read. Throws as `ModelFolderWriter.write` does.
    package func write(to folder: URL, tokenizer: TokenizerFiles) throws {
        try ModelFolderWriter.write(to: folder) { staging in
            try model.writeFiles(to: staging, tokenizer)
            try BERTEncoder.writeMeanPoolingFiles(to: staging, maximumTokens: model.shape.maximumPositions)
        }
    }
}
