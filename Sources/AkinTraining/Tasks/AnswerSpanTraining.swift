package import AkinTokenizers
import AkinVectors
package import Foundation

/// Fine-tunes a BERT model that finds where a text answers a question.
package final class AnswerSpanTraining {
    /// A question with a text, or with a part of a long one, as the network reads them.
    package struct Sequence: Sendable {
        package let ids: [Int32]
        /// Tokens of the first segment: the question with its special tokens.
        package let firstLength: Int
        /// The answer's first and last token; the first token of all, `[CLS]`, where the part holds no answer.
        package let answer: ClosedRange<Int>
    }

    package let model: TrainingModel
    private let run: TrainingRun<AnswerSpanHead>
    private let source: URL

    /// - Parameter source: the folder of the model to start from.
    /// - Throws: as the model's reading does.
    package init(source: URL, sequences: [Sequence], settings: TrainingSettings) throws {
        precondition(!sequences.isEmpty)
        self.source = source
        model = try TrainingModel(folder: source, task: .questionAnswering, seed: settings.seed)
        let pass = BERTPass(model, lengths: sequences.map(\.ids.count), longest: 1, settings)
        let head = try model.answerSpanHead(pass)
        run = TrainingRun(model, pass, head, settings, exampleCount: sequences.count) { examples, _ in
            var batch = Batch()
            for index in examples {
                let sequence = sequences[index]
                batch.append(sequence.ids, segments: sequence.segments)
            }
            return (batch, examples.map { sequences[$0].answer })
        }
    }

    package var stepCount: Int { run.schedule.totalSteps }
    /// How the run went so far.
    package var curve: LearningCurve { run.curve }

    /// Makes all steps, as `TrainingRun.train` does. The checkpoint stays until the folder has been written.
    package func train(
        checkpoint: RunCheckpoint? = nil, progress: (_ step: Int, _ loss: Double) throws -> Void
    ) throws {
        try run.train(checkpoint: checkpoint, keepsCheckpoint: true, progress: progress)
    }

    /// Writes the model as a folder that Akin and `transformers` read. Throws as `TrainingModel.write` does.
    package func write(to folder: URL) throws { try model.write(to: folder, tokenizerOf: source) }
}

extension AnswerSpanTraining.Sequence {
    /// A question as sequences of at most `limit` tokens, whose parts of the text share `stride` tokens. Of several
    /// answers, the first is learnt. A part that does not hold all of the answer holds none.
    ///
    /// - Throws: `AkinError(.invalidArgument)` for a question that leaves no room for a text.
    package static func sequences(
        of example: QuestionExample, tokenizer: WordPieceTokenizer, limit: Int, stride: Int
    ) throws -> [Self] {
        let windows = try tokenizer.encodeWindows(
            example.question, example.context, maximumTokens: limit, stride: stride)
        return windows.map { window in
            Self(
                ids: window.ids, firstLength: window.firstLength,
                answer: example.answers.first.flatMap { window.tokens(of: $0.range) } ?? 0...0)
        }
    }

    /// The segment of each token.
    package var segments: [Int32] { ids.indices.map { $0 < firstLength ? 0 : 1 } }
}

extension PairEncoding {
    /// The first and last token of a stretch of the second text; nil where the pair does not have all of it.
    fileprivate func tokens(of range: Range<Int>) -> ClosedRange<Int>? {
        let inside = second.filter { ranges[$0].overlaps(range) }
        guard let first = inside.first, let last = inside.last else { return nil }
        // A part may begin or end within the stretch.
        let begins = ranges[first].lowerBound <= range.lowerBound || first > second.lowerBound
        let ends = ranges[last].upperBound >= range.upperBound || last < second.upperBound - 1
        return begins && ends ? first...last : nil
    }
}
