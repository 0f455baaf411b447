import AkinCore
import Foundation

/// Questions and what counts as their answer, read from files.
package struct Judgements {
    package var queries: [(id: String, text: String)]
    /// Relevance by document, by query.
    package var relevance: [String: [String: Double]]

    package init(queries: [(id: String, text: String)], relevance: [String: [String: Double]]) {
        (self.queries, self.relevance) = (queries, relevance)
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
        queries = try Self.queries(queryPath, judged: judged).filter {
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
    private static func queries(_ path: String, judged: [String: [String: Double]]) throws -> [(
        id: String, text: String
    )] {
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
            if !question.allSatisfy(\.isWhitespace) {
                queries.append((judged[spelled] == nil ? written : spelled, question))
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
