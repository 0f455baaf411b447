import Akin
import AkinCore
import ArgumentParser
import Foundation

/// A question that brings its own vector.
struct VectorQueryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A vector to ask with, as a JSON array: of the imported vectors, else of those that serve search.",
            valueName: "[x,…]")) var vector: String?

    @Option(
        help: ArgumentHelp(
            "Ask with each vector of a file (npy, fvecs, bvecs, JSON lines; - is JSON lines on standard input).",
            valueName: "file"),
        completion: .file()) var vectorFile: String?

    var isGiven: Bool { vector != nil || vectorFile != nil }

    func validate() throws {
        if vector != nil && vectorFile != nil { throw ValidationError("Give --vector or --vector-file, not both.") }
        if let vector, VectorQueryOptions.components(of: vector) == nil {
            throw ValidationError("--vector is a JSON array of numbers, such as '[0.1, -2, 3e-4]'.")
        }
    }

    /// The query vectors, in order. Those of a file are read as they are needed.
    func reader() throws -> VectorQueries {
        if let vector { return VectorQueries(single: VectorQueryOptions.components(of: vector) ?? []) }
        return VectorQueries(file: try vectorFile.map { try VectorFile(path: $0, standardInput: .standardInput) })
    }

    private static func components(of text: String) -> [Float]? {
        guard case .array(let elements)? = try? JSONValue(json: Array(text.utf8)) else { return nil }
        let numbers = elements.compactMap(\.number)
        return numbers.count == elements.count ? numbers.map(Float.init) : nil
    }
}

/// Query vectors, one after another.
final class VectorQueries {
    struct Query {
        /// The record's id or row number; nil for a vector from the command line.
        var id: String?
        var vector: [Float]
    }

    private var single: Query?
    private let file: VectorFile?

    init(single vector: [Float]) {
        single = Query(vector: vector)
        file = nil
    }

    init(file: VectorFile?) { self.file = file }

    /// The next vectors, at most `count`; none at the end.
    ///
    /// - Throws: `AkinError(.invalidData)` for a record that cannot be read: an answer must not be missing.
    func next(_ count: Int) throws -> [Query] {
        var queries = single.map { [$0] } ?? []
        single = nil
        while queries.count < count, let entry = try file?.next() {
            switch entry {
            case .record(let record, _, _): queries.append(Query(id: record.id, vector: record.vector))
            case .problem(let problem):
                throw AkinError(
                    .invalidData, "\(problem.path):\(problem.line.map { "\($0):" } ?? "") \(problem.message)",
                    remedy: problem.remedy)
            }
        }
        return queries
    }
}
