import AkinCore
import AkinText

/// Reads questions with a text and their answers in it: SQuAD's JSON (1.1, and 2.0 with `is_impossible`), or JSON lines
/// and rows with `question`, `context`, `answer` and, in Unicode scalars of the context, `start`. A record without an
/// answer is a question that its text does not answer.
package struct QuestionReader: Sendable {
    package init() {}

    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read and where there is no question; `.invalidData`
    ///   for the first question whose answer is not in its text, and where no question has an answer.
    package func read(_ paths: [String]) throws -> [QuestionExample] {
        var examples: [QuestionExample] = []
        for path in paths { try forEach(path) { examples.append($0) } }
        let source = paths.joined(separator: ", ")
        guard !examples.isEmpty else { throw AkinError(.noInput, "\(source) holds no questions.") }
        guard examples.contains(where: { !$0.isImpossible }) else {
            throw AkinError(.invalidData, "No question of \(source) has an answer; nothing can be learnt from that.")
        }
        return examples
    }

    /// Calls `body` with each question of a file.
    package func forEach(_ path: String, _ body: (QuestionExample) throws -> Void) throws {
        if path.nameExtension?.lowercased() == "json" {
            try SQuADFile(path: path).forEach(body)
        } else {
            try readRecords(path, body)
        }
    }

    private func readRecords(_ path: String, _ body: (QuestionExample) throws -> Void) throws {
        let file = try FieldRecords(path: path)
        var number = 0
        try file.forEach { fields, line in
            number += 1
            let record = ExampleRecord(fields: fields, line: line, file: file)
            let context = AnswerContext(try record.text("context"))
            var answers: [QuestionExample.Answer] = []
            if let answer = fields["answer"], answer != .null, answer != .string("") {
                let text = try record.text("answer")
                let start: Int? =
                    switch fields["start"] {
                    case nil, .null?, .string("")?: nil
                    default: Int(exactly: try record.score("start"))
                    }
                guard let range = context.range(of: text, at: start) else {
                    throw record.fault("the answer '\(text.prefix(60))' is not in the context, letter for letter")
                }
                answers.append(QuestionExample.Answer(text: text, range: range))
            }
            try body(
                QuestionExample(
                    id: fields.recordID?.scalarText ?? "\(number)", question: try record.text("question"),
                    context: context.text, answers: answers))
        }
    }
}
