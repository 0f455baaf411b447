import AkinCore
import Foundation

extension Judgements {
    /// Reads clicks: JSON lines `{"question", "document", "value"}`, where the value is 1 or −1 (1 where it is left
    /// out). The clicks of one question on one document are added up; a sum above 0 makes the document relevant.
    ///
    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read; `.invalidData` with the place of a line that
    ///   is not of this form.
    package init(clicks path: String) throws {
        var sums: [String: [String: Double]] = [:]
        var order: [String] = []
        for (number, bytes) in try Self.text(path, "click").utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ).enumerated() {
            let line = Substring(bytes)
            if line.allSatisfy(\.isWhitespace) { continue }
            guard case .object(let members)? = try? JSONValue(json: Array(line.utf8)),
                case .string(let question)? = members["question"], let document = members["document"]?.scalarText
            else {
                throw AkinError(
                    .invalidData,
                    "\(path):\(number + 1): expected a JSON object with \"question\", \"document\" and \"value\" on the line."
                )
            }
            let value = members["value"].map { $0.number } ?? 1
            guard let value, abs(value) == 1 else {
                throw AkinError(.invalidData, "\(path):\(number + 1): the value of a click is 1 or -1.")
            }
            if question.allSatisfy(\.isWhitespace) { continue }
            if sums[question] == nil { order.append(question) }
            sums[question, default: [:]][document, default: 0] += value
        }
        relevance = sums.mapValues { $0.mapValues { $0 > 0 ? 1 : 0 } }
        queries = order.map { ($0, $0) }
    }
}
