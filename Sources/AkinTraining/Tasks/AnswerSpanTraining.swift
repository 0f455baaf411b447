package import AkinTokenizers
package import AkinVectors
package import Foundation

/// Fine-tunes a BERT model that finds where a text answers a question.
package final class AnswerSpanTraining: RunTraining {
    /// A question with a text, or with a part of a long one, as the network reads them.
    package struct Sequence: Sendable {
        package let ids: [Int32]
        /// The segment of each token: 0 of the question with its special tokens, 1 of the text.
        package let segments: [Int32]
        /// The answer's first and last token; the first token of all, `[CLS]`, where the part holds no answer.
        package let answer: ClosedRange<Int>
    }

    package let model: TrainingModel
    package let run: TrainingRun<AnswerSpanHead>
    private let head: AnswerSpanHead
    private let pass: BERTPass
    private let source: URL

    /// - Parameters:
    ///   - source: the folder of the model to start from.
    ///   - longest: the most tokens of a window whose scores will be asked for.
    /// - Throws: as the model's reading does.
    package init(source: URL, sequences: [Sequence], longest: Int = 1, settings: TrainingSettings) throws {
        precondition(!sequences.isEmpty)
        self.source = source
        model = try TrainingModel(folder: source, task: .questionAnswering, seed: settings.seed)
        pass = BERTPass(model, lengths: sequences.map(\.ids.count), longest: longest, settings)
        head = try model.answerSpanHead(pass)
        run = TrainingRun(model, pass, head, settings, exampleCount: sequences.count) { examples, _ in
            var batch = Batch()
            for index in examples {
                let sequence = sequences[index]
                batch.append(sequence.ids, segments: sequence.segments)
            }
            return (batch, examples.map { sequences[$0].answer })
        }
    }

    /// The scores of starts and ends of each window's tokens, in the windows' order: `body` gets a window's place and its
    /// scores. Shape: (tokens, 2).
    package func scores(_ windows: [PairEncoding], _ body: (Int, Matrix) -> Void) {
        var place = 0
        pass.evaluate(windows.lazy.map { ($0.ids, $0.segments) }, atATime: run.settings.batchSize) { batch in
            let logits = head.logits(pass, batch)
            for rows in batch.bounds {
                body(place, Matrix(Array(logits[rows])))
                place += 1
            }
        }
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
                ids: window.ids, segments: window.segments,
                answer: example.answers.first.flatMap { window.tokens(of: $0.range) } ?? 0...0)
        }
    }
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
