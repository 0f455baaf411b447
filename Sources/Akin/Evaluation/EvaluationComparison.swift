public import AkinCore
public import Foundation

/// What two evaluations of the same questions say, question by question.
public struct EvaluationComparison: Sendable, Codable {
    /// A question that one mode answers better or worse now.
    public struct Change: Sendable, Codable, Equatable {
        /// The question.
        public var id: String
        public var text: String
        /// The mode of this evaluation.
        public var mode: SearchMode
        /// Whether the ranks are those of passages, else of documents.
        public var isOfPassage: Bool
        /// The rank of the first right result in the other evaluation, and in this one; nil where none was found.
        public var before: Int?
        public var now: Int?
        /// How much nDCG@10 changed for documents, and the reciprocal rank for passages.
        public var difference: Double
    }

    /// What this evaluation is compared with, as it was named.
    public var other: String
    /// Questions of both.
    public var questions: Int
    /// Questions that only one of them has, which are left out.
    public var unmatched: Int
    /// The measures of documents, by mode.
    public var documents: [SearchMode: [EvaluationMeasure: PairedComparison]] = [:]
    /// The measures of passages, by mode.
    public var passages: [SearchMode: [EvaluationMeasure: PairedComparison]] = [:]
    /// The questions that changed, the largest change first.
    public var changes: [Change] = []
}

extension EvaluationReport {
    /// Compares with another evaluation, mode by mode.
    ///
    /// - Parameters:
    ///   - other: The questions of the other evaluation.
    ///   - name: What the other is called.
    public func comparison(with other: [QuestionEvaluation], named name: String) -> EvaluationComparison {
        comparison(with: other, named: name) { $0 }
    }

    /// Compares the other modes with one of them.
    public func comparison(with mode: SearchMode) -> EvaluationComparison {
        comparison(with: questions, named: mode.rawValue) { $0 == mode ? nil : mode }
    }

    /// - Parameter counterpart: the mode of the other evaluation that a mode is compared with; nil for none.
    private func comparison(
        with other: [QuestionEvaluation], named name: String, counterpart: (SearchMode) -> SearchMode?
    ) -> EvaluationComparison {
        let known = Dictionary(other.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let pairs = questions.compactMap { now in known[now.id].map { (before: $0, now: now) } }
        var comparison = EvaluationComparison(
            other: name, questions: pairs.count, unmatched: questions.count + known.count - 2 * pairs.count)
        for mode in SearchMode.allCases {
            guard let counterpart = counterpart(mode) else { continue }
            func compare(
                _ outcomes: (QuestionEvaluation) -> [SearchMode: QuestionOutcome]?, _ measures: [EvaluationMeasure],
                changesBy deciding: EvaluationMeasure, isOfPassage: Bool
            ) -> [EvaluationMeasure: PairedComparison]? {
                let both = pairs.compactMap { pair in
                    outcomes(pair.before)?[counterpart].flatMap { before in
                        outcomes(pair.now)?[mode].map { (pair.now, before: before, now: $0) }
                    }
                }
                guard !both.isEmpty else { return nil }
                for (question, before, now) in both {
                    let difference = (now.measures[deciding] ?? 0) - (before.measures[deciding] ?? 0)
                    guard difference != 0 else { continue }
                    comparison.changes.append(
                        EvaluationComparison.Change(
                            id: question.id, text: question.text, mode: mode, isOfPassage: isOfPassage,
                            before: before.rank, now: now.rank, difference: difference))
                }
                let compared = measures.map { measure in
                    (
                        measure,
                        PairedComparison(
                            before: both.map { $0.before.measures[measure] ?? 0 },
                            now: both.map { $0.now.measures[measure] ?? 0 })
                    )
                }
                return Dictionary(uniqueKeysWithValues: compared)
            }
            comparison.documents[mode] = compare(
                \.documents, EvaluationMeasure.ofDocuments, changesBy: .nDCG10, isOfPassage: false)
            comparison.passages[mode] = compare(
                \.passages, EvaluationMeasure.ofPassages, changesBy: .mrr10, isOfPassage: true)
        }
        comparison.changes.sort {
            let (one, two) = (abs($0.difference), abs($1.difference))
            return one != two ? one > two : ($0.id, $0.mode.rawValue) < ($1.id, $1.mode.rawValue)
        }
        return comparison
    }
}

extension QuestionEvaluation {
    /// The questions of an evaluation that was saved as `akin eval --json` prints it.
    ///
    /// - Throws: `AkinError(.invalidData)` for anything else.
    public static func questions(ofReport json: Data) throws -> [QuestionEvaluation] {
        struct Report: Decodable { let questions: [QuestionEvaluation] }
        do {
            return try JSONDecoder().decode(Report.self, from: json).questions
        } catch {
            throw AkinError(
                .invalidData, "It is not an evaluation with its questions.")
        }
    }
}
