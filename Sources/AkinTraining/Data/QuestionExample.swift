/// A question, a text, and where in the text its answer stands.
package struct QuestionExample: Hashable, Sendable {
    /// A part of the text that answers the question.
    package struct Answer: Hashable, Sendable {
        package var text: String
        /// Half-open, in Unicode scalars of the context.
        package var range: Range<Int>

        package init(text: String, range: Range<Int>) {
            self.text = text
            self.range = range
        }
    }

    package var id: String
    package var question: String
    package var context: String
    /// Any of them is right; none where the text does not hold the answer.
    package var answers: [Answer]

    package init(id: String, question: String, context: String, answers: [Answer]) {
        self.id = id
        self.question = question
        self.context = context
        self.answers = answers
    }

    package var isImpossible: Bool { answers.isEmpty }
}

/// A text in which answers are looked for.
struct AnswerContext {
    let text: String
    private let scalars: [Unicode.Scalar]

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    /// Where an answer stands: at the place given, in Unicode scalars, else the nearest place that has these letters,
    /// since some data sets count otherwise (bytes, or the text before it was cleaned); nil where no place has them.
    func range(of answer: String, at start: Int?) -> Range<Int>? {
        let wanted = Array(answer.unicodeScalars)
        guard !wanted.isEmpty, wanted.count <= scalars.count else { return nil }
        if let start, start >= 0, start <= scalars.count - wanted.count, stands(wanted, at: start) {
            return start..<start + wanted.count
        }
        let places = (0...scalars.count - wanted.count).filter { stands(wanted, at: $0) }
        let nearest = places.min { abs($0 - (start ?? 0)) < abs($1 - (start ?? 0)) }
        return nearest.map { $0..<$0 + wanted.count }
    }

    private func stands(_ wanted: [Unicode.Scalar], at place: Int) -> Bool {
        for offset in wanted.indices where scalars[place + offset] != wanted[offset] { return false }
        return true
    }
}
