import AkinCore
import Foundation

/// Questions and what counts as their answer, read from files.
package struct Judgements {
    package var queries: [(id: String, text: String)]
    /// Relevance by document, by query.
    package var relevance: [String: [String: Double]]
    /// What answering passages show, by query.
    package var passages: [String: [PassageJudgement]] = [:]

    package init(queries: [(id: String, text: String)], relevance: [String: [String: Double]]) {
        (self.queries, self.relevance) = (queries, relevance)
    }

    /// Reads queries with judgements of documents, of passages, or of both.
    ///
    /// The queries' own members `answer`, `answers`, `start`, `lines` and `document` are judgements too: see
    /// `PassageJudgement`. Where no document is judged for a query, those of its answers are. Queries without a
    /// positive judgement are left out.
    ///
    /// - Parameters:
    ///   - judgementPath: as for `init(queries:judgements:)`; nil for none.
    ///   - answerPath: see `answers(_:)`; nil for none.
    package init(queries queryPath: String, judgements judgementPath: String?, answers answerPath: String?) throws {
        guard [queryPath, judgementPath, answerPath].count(where: { $0 == "-" }) <= 1 else {
            throw AkinError(
                .invalidArgument, "Standard input can be the queries, the judgements or the answers, only one of them.")
        }
        relevance = try judgementPath.map(Self.relevance) ?? [:]
        passages = try answerPath.map(Self.answers) ?? [:]
        let judged = relevance
        var known = passages
        queries = try Self.queries(queryPath, isJudged: { judged[$0] != nil || known[$0] != nil }) { query, own in
            known[query, default: []] += own
        }
        passages = known
        for (query, answers) in passages where relevance[query] == nil {
            for case (let document?, let answer) in answers.map({ ($0.document, $0) }) {
                relevance[query, default: [:]][document] = max(
                    relevance[query]?[document] ?? -.infinity, answer.relevance ?? 1)
            }
        }
        queries = queries.filter { hasPositive($0.id) }
        guard !queries.isEmpty else {
            throw AkinError(
                .invalidData,
                judgementPath ?? answerPath == nil
                    ? "No query of \(queryPath) has an answer of its own, and no positive judgements are given."
                    : "No query of \(queryPath) has a positive judgement: check that the query ids of the files agree.")
        }
    }

    private func hasPositive(_ query: String) -> Bool {
        relevance[query]?.values.contains { $0 > 0 } == true
            || passages[query]?.contains { $0.relevance ?? 1 > 0 } == true
    }

    /// Reads queries (JSON lines `{"id","text"}`) and judgements: TREC qrels (`query 0 document relevance`, blanks
    /// between), or `query_id⇥document_id⇥relevance` with a header line. Queries without a positive judgement are left
    /// out.
    package init(queries queryPath: String, judgements judgementPath: String) throws {
        if queryPath == "-" && judgementPath == "-" {
            throw AkinError(.invalidArgument, "Standard input can be the queries or the judgements, not both.")
        }
        relevance = try Self.relevance(judgementPath)
        let judged = relevance
        queries = try Self.queries(queryPath, isJudged: { judged[$0] != nil }).filter {
            judged[$0.id]?.values.contains { $0 > 0 } == true
        }
        guard !queries.isEmpty else {
            throw AkinError(
                .invalidData,
                "No query of \(queryPath) has a positive judgement in \(judgementPath): check that their query ids agree."
            )
        }
    }

    /// Queries without text are left out: nothing can be asked with them.
    ///
    /// - Parameters:
    ///   - isJudged: whether a query id occurs among the judgements.
    ///   - takeAnswers: is given a query's own answers, which nil leaves unread.
    private static func queries(
        _ path: String, isJudged: (String) -> Bool, takeAnswers: ((String, [PassageJudgement]) -> Void)? = nil
    ) throws -> [(id: String, text: String)] {
        var queries: [(id: String, text: String)] = []
        // By bytes: as a Character, CR LF is not a line feed.
        for (number, bytes) in try text(path, "query").utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        )
        .enumerated() {
            let line = Substring(bytes)
            if line.allSatisfy(\.isWhitespace) { continue }
            guard case .object(let members)? = try? JSONValue(json: Array(line.utf8)),
                case .string(let question)? = members["text"],
                let id = members.recordID, let spelled = id.scalarText
            else {
                throw AkinError(
                    .invalidData, "\(path):\(number + 1): expected a JSON object with \"id\" and \"text\" on the line.")
            }
            // A numeric id as it is spelled, or as Akin writes it where no judgement has that spelling.
            let written = id.number.flatMap { JSONValue.number($0).scalarText } ?? spelled
            if question.allSatisfy(\.isWhitespace) { continue }
            let query = isJudged(spelled) ? spelled : written
            queries.append((query, question))
            let isAnswered = ["answer", "answers"].contains { members[$0] != nil }
            let isPlaced = members["document"] != nil && ["start", "lines"].contains { members[$0] != nil }
            guard let takeAnswers, isAnswered || isPlaced else { continue }
            do {
                let own = try PassageJudgement.read(members)
                if !own.isEmpty { takeAnswers(query, own) }
            } catch {
                throw AkinError(.invalidData, "\(path):\(number + 1): \(error.message).")
            }
        }
        return queries
    }

    static func text(_ path: String, _ kind: String) throws -> String {
        guard
            let data = path == "-"
                ? try? FileHandle.standardInput.readToEnd() ?? Data() : FileManager.default.contents(atPath: path)
        else {
            throw AkinError(.noInput, "The \(kind) file \(path) does not exist or cannot be read.")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw AkinError(.invalidData, "\(path) is not UTF-8: convert it first.")
        }
        return ByteOrderMark.removed(from: text)
    }

    private static func relevance(_ path: String) throws -> [String: [String: Double]] {
        var result: [String: [String: Double]] = [:]
        for (number, line) in try text(path, "judgement").split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).enumerated() {
            let tabbed = line.split(separator: "\t", omittingEmptySubsequences: false)
            let fields = tabbed.count == 3 ? tabbed : line.split(whereSeparator: \.isWhitespace)
            if fields.isEmpty { continue }
            let isTREC = fields.count == 4
            guard fields.count == 3 || isTREC else {
                throw AkinError(
                    .invalidData,
                    "\(path):\(number + 1): expected 'query 0 document relevance' or three tab-separated fields.")
            }
            guard let value = Double(fields[fields.count - 1]) else {
                if number == 0, tabbed.count == 3 { continue }
                throw AkinError(
                    .invalidData, "\(path):\(number + 1): the relevance \(fields[fields.count - 1]) is not a number.")
            }
            guard value.isFinite, abs(value) <= 64 else {
                throw AkinError(
                    .invalidData,
                    "\(path):\(number + 1): the relevance \(value) is out of range: gains grow as 2^relevance, so at most 64."
                )
            }
            result[String(fields[0]), default: [:]][String(fields[isTREC ? 2 : 1])] = value
        }
        return result
    }
}
