import Akin
import AkinCore
import ArgumentParser
import Foundation

/// What an evaluation is compared with.
enum EvaluationBaseline: ExpressibleByArgument, Sendable {
    /// The same searches without ranking again.
    case unreranked
    /// One of its own modes.
    case mode(SearchMode)
    /// A database, or a saved evaluation.
    case file(String)

    /// What stands for `unreranked`.
    static let unrerankedName = "unreranked"

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        self =
            argument == Self.unrerankedName
            ? .unreranked : SearchMode(rawValue: argument).map { .mode($0) } ?? .file(argument)
    }

    /// - Parameters:
    ///   - evaluate: Asks a database the same questions.
    ///   - unreranked: Asks the same questions again without ranking again.
    func comparison(
        of report: EvaluationReport, evaluate: (_ database: String) async throws -> EvaluationReport,
        unreranked: () async throws -> EvaluationReport
    ) async throws -> EvaluationComparison {
        switch self {
        case .unreranked:
            return report.comparison(with: try await unreranked().questions, named: "the same without --rerank")
        case .mode(let mode):
            guard report.questions.contains(where: { ($0.documents ?? $0.passages)?[mode] != nil }) else {
                throw AkinError(
                    .incompatible, "There is nothing to compare with: the mode \(mode.rawValue) was not measured.")
            }
            return report.comparison(with: mode)
        case .file(let path):
            let questions = try await questions(at: path, evaluate: evaluate)
            let comparison = report.comparison(with: questions, named: path)
            guard comparison.questions > 0 else {
                throw AkinError(
                    .invalidData, "\(path) has none of the questions: compare evaluations of the same ones.")
            }
            return comparison
        }
    }

    private func questions(at path: String, evaluate: (String) async throws -> EvaluationReport) async throws
        -> [QuestionEvaluation]
    {
        guard let file = FileHandle(forReadingAtPath: path), let start = try? file.read(upToCount: 16) else {
            throw AkinError(
                .noInput,
                "\(path) does not exist or cannot be read: give a database, a saved evaluation or a mode.")
        }
        if start.starts(with: Data("SQLite format 3".utf8)) { return try await evaluate(path).questions }
        let rest = try? file.readToEnd()
        do {
            return try QuestionEvaluation.questions(ofReport: start + (rest ?? Data()))
        } catch let error as AkinError {
            throw AkinError(
                error.code, "\(path) cannot be compared with: \(error.message) Save one by akin eval --json.")
        }
    }
}
