import Akin
import AkinCore
import AkinText
import ArgumentParser

/// The questions of a file that cannot be asked, each with its place. The others are answered all the same.
struct RefusedQuestions {
    private let file: String
    private var refused = 0
    private var asked = 0

    /// - Parameter file: The name of the file in messages.
    init(in file: String) { self.file = file }

    /// Why a question cannot be asked, whatever the store holds; nil where it can. The reason is also written to
    /// standard error.
    mutating func reason(against request: SearchRequest, line: Int?) -> AkinError? {
        asked += 1
        guard let reason = Self.fault(of: request) else { return nil }
        refused += 1
        StandardError.lines("\(file)\(line.map { ":\($0)" } ?? ""): \(reason.message)")
        return reason
    }

    /// - Throws: The exit code of bad input, with a sentence, where any was refused.
    func finish() throws {
        guard refused > 0 else { return }
        StandardError.line(
            "\(Figures.whole(refused)) of \(Figures.count(asked, "question")) \(refused == 1 ? "was" : "were") refused")
        throw ExitCode(AkinError.Code.invalidData.exitStatus)
    }

    private static func fault(of request: SearchRequest) -> AkinError? {
        guard !request.query.allSatisfy(\.isWhitespace) else {
            return AkinError(.invalidArgument, "The query is empty: say what to look for.")
        }
        do throws(AkinError) {
            _ = try SearchQuery(request)
            return nil
        } catch { return error }
    }
}
