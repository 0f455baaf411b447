import AkinCore
import AkinText
import Foundation

/// A file of questions as SQuAD has them: articles of paragraphs of questions. The bytes are held whole, the questions an
/// article at a time.
struct SQuADFile {
    let path: String

    func forEach(_ body: (QuestionExample) throws -> Void) throws {
        var reader = JSONReader(try bytes())
        do {
            var isFound = false
            var hasMember = try reader.beginObject()
            while hasMember {
                if try reader.memberName() == "data" {
                    isFound = true
                    var hasArticle = try reader.beginArray()
                    while hasArticle {
                        try readArticle(try reader.value(), body)
                        hasArticle = try reader.nextElement()
                    }
                } else {
                    _ = try reader.value()
                }
                hasMember = try reader.nextMember()
            }
            try reader.end()
            guard isFound else {
                throw fault("there is no member \"data\" with articles, as SQuAD's files have it")
            }
        } catch let error as JSONSyntaxError {
            throw fault("broken JSON at byte \(error.offset + 1): \(error.message)")
        }
    }

    private func bytes() throws -> [UInt8] {
        let data: Data
        do throws(RegularFile.Refusal) {
            data = try RegularFile.contents(of: path)
        } catch {
            throw AkinError(.noInput, "\(path) cannot be read: \(error).")
        }
        let bytes = Array(data.starts(with: ByteOrderMark.utf8) ? data.dropFirst(ByteOrderMark.utf8.count) : data)
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw fault("the file is not UTF-8; convert it first")
        }
        return bytes
    }

    private func fault(_ message: String) -> AkinError { AkinError(.invalidData, "\(path): \(message.onOneLine).") }

    private func readArticle(_ article: JSONValue, _ body: (QuestionExample) throws -> Void) throws {
        for paragraph in article.member("paragraphs")?.elements ?? [] {
            guard let text = paragraph.member("context")?.text else { throw fault("a paragraph has no \"context\"") }
            let context = AnswerContext(text)
            for entry in paragraph.member("qas")?.elements ?? [] {
                try body(try question(entry, in: context))
            }
        }
    }

    private func question(_ entry: JSONValue, in context: AnswerContext) throws -> QuestionExample {
        guard let question = entry.member("question")?.text, let id = entry.member("id")?.scalarText else {
            throw fault("a question has no \"id\" or no \"question\"")
        }
        let isImpossible = entry.member("is_impossible") == .bool(true)
        var answers: [QuestionExample.Answer] = []
        for answer in isImpossible ? [] : entry.member("answers")?.elements ?? [] {
            guard let text = answer.member("text")?.text else {
                throw fault("an answer of the question \(id) has no \"text\"")
            }
            let start = answer.member("answer_start")?.number.flatMap { Int(exactly: $0) }
            guard let range = context.range(of: text, at: start) else {
                throw fault(
                    "the answer '\(text.prefix(60))' of the question \(id) is not in its context, letter for letter")
            }
            let found = QuestionExample.Answer(text: text, range: range)
            if !answers.contains(found) { answers.append(found) }
        }
        return QuestionExample(id: id, question: question, context: context.text, answers: answers)
    }
}

extension JSONValue {
    fileprivate func member(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    fileprivate var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
}
