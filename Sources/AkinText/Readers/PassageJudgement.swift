import AkinCore

/// What a passage has to show to answer a question.
package struct PassageJudgement: Sendable, Equatable {
    package enum Answer: Sendable, Equatable {
        /// Words that the passage holds: see `AnswerText`.
        case text(String)
        /// A stretch of the document, in Unicode scalars of its text.
        case range(Range<Int>)
        /// Lines of the document's file, from 1.
        case lines(ClosedRange<Int>)
    }

    /// The document that the passage has to be of; nil for any that is judged, or any at all where none is.
    package var document: String?
    package var answer: Answer
    /// Nil takes the relevance of the document.
    package var relevance: Double?

    package init(document: String? = nil, _ answer: Answer, relevance: Double? = nil) {
        (self.document, self.answer, self.relevance) = (document, answer, relevance)
    }
}

/// Why the answers on a line cannot be read.
struct AnswerFault: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

extension PassageJudgement {
    /// Reads the answers of one JSON object: `answer` or a list of `answers`, or `start` and `end`, or `lines`; with
    /// `document` and `relevance`. An `answer` with a `start` is the stretch that begins there and is as long.
    static func read(_ members: [String: JSONValue]) throws(AnswerFault) -> [PassageJudgement] {
        func member(_ name: String) -> JSONValue? { members[name] == .null ? nil : members[name] }
        func whole(_ name: String) throws(AnswerFault) -> Int? {
            guard let value = member(name) else { return nil }
            guard let number = value.number, let whole = Int(exactly: number), whole >= 0 else {
                throw AnswerFault("'\(name)' is not a whole number")
            }
            return whole
        }
        let texts = try texts(member("answers") ?? member("answer"))
        var document: String?
        if let name = member("document") ?? member("doc") {
            document = name.scalarText
            if document == nil { throw AnswerFault("'document' is not an id") }
        }
        var relevance: Double?
        if let value = member("relevance") { relevance = try Self.relevance(value.number) }
        var answers: [Answer] = texts.map { .text($0) }
        if let start = try whole("start") {
            guard texts.count <= 1, let end = try whole("end") ?? texts.first.map({ start + $0.unicodeScalars.count })
            else { throw AnswerFault("'start' needs an 'end', or one 'answer'") }
            answers = [.range(try range(start, end))]
        } else if member("end") != nil {
            throw AnswerFault("'end' needs a 'start'")
        } else if let lines = member("lines") {
            guard texts.isEmpty, case .array(let ends) = lines, ends.count == 2,
                let first = ends[0].number.flatMap(Int.init(exactly:)),
                let last = ends[1].number.flatMap(Int.init(exactly:))
            else { throw AnswerFault("'lines' is not a list of the first and the last line, without an 'answer'") }
            answers = [.lines(try Self.lines(first, last))]
        }
        if document == nil, answers.contains(where: \.isPlace) {
            throw AnswerFault("a range or lines need the 'document' they stand in")
        }
        return answers.map { PassageJudgement(document: document, $0, relevance: relevance) }
    }

    private static func texts(_ value: JSONValue?) throws(AnswerFault) -> [String] {
        var texts: [String] = []
        switch value {
        case nil: return []
        case .string(let text)?: texts = [text]
        case .array(let values)?:
            for value in values {
                guard case .string(let text) = value else { throw AnswerFault("'answers' is not a list of texts") }
                texts.append(text)
            }
        case _?: throw AnswerFault("'answer' is not a text")
        }
        if texts.contains(where: { $0.allSatisfy(\.isWhitespace) }) { throw AnswerFault("the answer is blank") }
        return texts
    }

    static func relevance(_ value: Double?) throws(AnswerFault) -> Double {
        guard let value, value.isFinite, abs(value) <= 64 else {
            throw AnswerFault("the relevance is not a number of at most 64")
        }
        return value
    }

    static func range(_ start: Int, _ end: Int) throws(AnswerFault) -> Range<Int> {
        guard start < end else { throw AnswerFault("the range ends at \(end), before or where it starts (\(start))") }
        return start..<end
    }

    static func lines(_ first: Int, _ last: Int) throws(AnswerFault) -> ClosedRange<Int> {
        guard first >= 1, first <= last else {
            throw AnswerFault("the lines \(first) to \(last) are not a first line from 1 and a last one")
        }
        return first...last
    }
}

extension PassageJudgement.Answer {
    fileprivate var isPlace: Bool { if case .text = self { false } else { true } }
}
