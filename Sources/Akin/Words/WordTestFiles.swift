import AkinCore
import Foundation

/// A list of pairs of words that people have rated.
struct RatedPairs {
    let pairs: [(String, String, Double)]

    init(path: String) throws {
        var pairs: [(String, String, Double)] = []
        for (number, line) in try WordTestFile.lines(path) {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard fields.count >= 3, !fields[0].isEmpty, !fields[1].isEmpty, let rating = Double(fields[2]),
                rating.isFinite
            else {
                if number == 1 { continue }
                throw AkinError(
                    .invalidData, "\(path):\(number): two words and a rating, with tabs between them, are expected.")
            }
            pairs.append((fields[0], fields[1], rating))
        }
        guard !pairs.isEmpty else { throw AkinError(.invalidData, "\(path) holds no rated pairs of words.") }
        self.pairs = pairs
    }
}

/// Questions a : b :: c : d in sections.
struct AnalogyQuestions {
    let sections: [(name: String, questions: [[String]])]

    init(path: String) throws {
        var sections: [(name: String, questions: [[String]])] = []
        for (number, line) in try WordTestFile.lines(path) {
            if line.hasPrefix(":") {
                sections.append((line.dropFirst().trimmingCharacters(in: .whitespaces), []))
                continue
            }
            let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
            guard words.count == 4 else {
                throw AkinError(.invalidData, "\(path):\(number): four words are expected, not \(words.count).")
            }
            if sections.isEmpty { sections.append(("questions", [])) }
            sections[sections.count - 1].questions.append(words)
        }
        guard sections.contains(where: { !$0.questions.isEmpty }) else {
            throw AkinError(.invalidData, "\(path) holds no questions.")
        }
        self.sections = sections
    }
}

private enum WordTestFile {
    /// The lines that are not empty, with their numbers from 1.
    static func lines(_ path: String) throws -> [(Int, String)] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw AkinError(.noInput, "\(path) cannot be read.")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw AkinError(.invalidData, "\(path) is not UTF-8.")
        }
        return ByteOrderMark.removed(from: text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
            .map { ($0.offset + 1, String($0.element)) }
            .filter { !$0.1.allSatisfy(\.isWhitespace) }
    }
}
