import AkinCore

extension Judgements {
    /// Reads judged passages, by query: JSON lines `{"query", "document", "answer"}` (see `PassageJudgement.read`), or
    /// tab-separated query, document and answer, where the document may be left empty. A header line that begins with
    /// `query` names other columns: `start` and `end`, or `lines` such as `3-7`, in place of `answer`, and `relevance`.
    static func answers(_ path: String) throws -> [String: [PassageJudgement]] {
        var answers: [String: [PassageJudgement]] = [:]
        var columns = ["query", "document", "answer"]
        for (index, bytes) in try text(path, "answer").utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ).enumerated() {
            let line = Substring(bytes).hasSuffix("\r") ? Substring(bytes).dropLast() : Substring(bytes)
            if line.allSatisfy(\.isWhitespace) { continue }
            do throws(AnswerFault) {
                if line.first == "{" {
                    let (query, found) = try jsonAnswers(line)
                    answers[query, default: []] += found
                    continue
                }
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                if index == 0, let header = try header(fields) {
                    columns = header
                    continue
                }
                answers[fields[0], default: []].append(try answer(fields, columns))
            } catch {
                throw AkinError(.invalidData, "\(path):\(index + 1): \(error.message).")
            }
        }
        return answers
    }

    private static func jsonAnswers(_ line: Substring) throws(AnswerFault) -> (String, [PassageJudgement]) {
        guard case .object(let members)? = try? JSONValue(json: Array(line.utf8)) else {
            throw AnswerFault("the line is not a JSON object")
        }
        guard let query = (members["query"] ?? members["id"])?.scalarText else {
            throw AnswerFault("expected the id of a question as \"query\"")
        }
        let found = try PassageJudgement.read(members)
        guard !found.isEmpty else {
            throw AnswerFault("expected \"answer\", \"start\" and \"end\", or \"lines\"")
        }
        return (query, found)
    }

    private static func header(_ fields: [String]) throws(AnswerFault) -> [String]? {
        let names = fields.map { $0.lowercased() }
        guard names[0] == "query" || names[0] == "query_id" else { return nil }
        let known = [
            "doc": "document", "doc_id": "document", "document_id": "document", "query_id": "query",
        ]
        let columns = names.map { known[$0] ?? $0 }
        let allowed = ["query", "document", "answer", "start", "end", "lines", "relevance"]
        if let unknown = columns.first(where: { !allowed.contains($0) }) {
            throw AnswerFault(
                "the column '\(unknown)' is none of \(allowed.joined(separator: ", "))")
        }
        return columns
    }

    private static func answer(_ fields: [String], _ columns: [String]) throws(AnswerFault) -> PassageJudgement {
        guard fields.count == columns.count else {
            throw AnswerFault(
                "expected \(columns.count) tab-separated fields (\(columns.joined(separator: ", "))), found \(fields.count)"
            )
        }
        var members: [String: JSONValue] = [:]
        for (column, field) in zip(columns, fields) where !field.isEmpty {
            switch column {
            case "answer", "document", "query": members[column] = .string(field)
            case "lines":
                let ends = field.split(separator: "-").map { Double($0).map(JSONValue.number) ?? .null }
                members[column] = .array(ends.count == 1 ? ends + ends : ends)
            default: members[column] = Double(field).map(JSONValue.number) ?? .string(field)
            }
        }
        let found = try PassageJudgement.read(members)
        guard let answer = found.first else { throw AnswerFault("the line names no answer") }
        return answer
    }
}
