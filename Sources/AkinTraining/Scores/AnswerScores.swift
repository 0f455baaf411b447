/// How the answers that a model takes from texts agree with those that people took.
package struct AnswerScores: Sendable {
    /// One question's.
    package struct Score: Hashable, Sendable {
        /// 1 when an answer is the same after normalisation, else 0.
        package let exactMatch: Double
        /// The highest overlap with an answer: the harmonic mean of precision and recall.
        package let f1: Double

        /// - Parameters:
        ///   - predicted: empty for “no answer”
        ///   - answers: of which any is right; none where the text holds no answer
        package init(_ predicted: String, answers: [String]) {
            let answers = answers.isEmpty ? [""] : answers
            let form =
                answers.contains { $0.unicodeScalars.contains(where: AnswerForm.isIdeograph) }
                ? Self.chinese : Self.english
            let found = form(predicted)
            let scores = answers.map { form($0).agreement(with: found) }
            exactMatch = scores.map(\.exactMatch).max() ?? 0
            f1 = scores.map(\.f1).max() ?? 0
        }

        private static func english(_ text: String) -> AnswerForm { AnswerForm(english: text) }
        private static func chinese(_ text: String) -> AnswerForm { AnswerForm(chinese: text) }
    }

    package let count: Int
    /// The mean of the questions, 0 … 1.
    package let exactMatch: Double
    /// The mean of the questions, 0 … 1.
    package let f1: Double

    package init(_ scores: [Score]) {
        count = scores.count
        let total = Double(max(1, scores.count))
        exactMatch = scores.reduce(0) { $0 + $1.exactMatch } / total
        f1 = scores.reduce(0) { $0 + $1.f1 } / total
    }
}
