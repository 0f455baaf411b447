import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Synchronization
import Testing

/// Runs `body` and expects it to throw an `AkinError` of one code that says each of `phrases`.
func expectRefusal<T>(
    _ code: AkinError.Code, saying phrases: String..., sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> T
) async {
    do {
        _ = try await body()
        Issue.record("Nothing was thrown where \(code) was expected.", sourceLocation: sourceLocation)
    } catch let error as AkinError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        for phrase in phrases { #expect(error.description.contains(phrase), sourceLocation: sourceLocation) }
    } catch {
        Issue.record("\(error) was thrown where \(code) was expected.", sourceLocation: sourceLocation)
    }
}

/// What the rows of an answer say, as far as it does not depend on the time taken.
struct Row: Hashable, CustomStringConvertible {
    let id: String
    let passage: Int64
    let score: Double
    let semantic: Double?
    let keyword: Double?

    init(_ result: SearchResult) {
        id = result.id
        passage = result.passage
        // Scores of an exact scan and of a graph may differ in the last bits.
        func rounded(_ value: Double) -> Double { (value * 1e5).rounded() / 1e5 }
        score = rounded(result.score)
        semantic = result.scores.semantic.map(rounded)
        keyword = result.scores.keyword.map(rounded)
    }

    var description: String { "\(id)/\(passage) \(score)" }
}

extension SearchResponse {
    var ids: [String] { results.map(\.id) }
    var rows: [Row] { results.map(Row.init) }
}

extension Database {
    /// Every document's id, in the order of `export`.
    func allIDs() async throws -> [String] {
        let ids = Collected<String>()
        try await export { ids.append($0.id) }
        return ids.values
    }
}

/// Values gathered by a callback, from whatever thread.
final class Collected<Value: Sendable>: Sendable {
    private let gathered = Mutex<[Value]>([])

    func append(_ value: Value) { gathered.withLock { $0.append(value) } }

    var values: [Value] { gathered.withLock { $0 } }
}

/// A vector as stores keep those of encoders: of unit length, in half precision.
func kept(_ vector: ArraySlice<Float>) -> ArraySlice<Float> {
    ArraySlice(unit(vector).map { HalfPrecision.widened(HalfPrecision.narrowed($0)) })
}

/// What a store scores a query's vector with for a passage's.
func storedScore(_ query: ArraySlice<Float>, _ passage: ArraySlice<Float>) -> Double {
    zip(unit(query), kept(passage)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

private func unit(_ vector: ArraySlice<Float>) -> [Float] {
    let length = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    return vector.map { Float(Double($0) / length) }
}

/// The cosine of two vectors, of whatever length they are: not every model gives unit vectors.
func cosine(_ left: ArraySlice<Float>, _ right: ArraySlice<Float>) -> Double {
    func dot(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
        zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
}

extension Embeddings {
    func row(_ index: Int) -> ArraySlice<Float> { values[index * dimension..<(index + 1) * dimension] }
}

extension TemporaryFolder {
    /// The names of the index files in the folder.
    func indexFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path).filter { $0.contains(".db-index-") }.sorted()
    }
}
