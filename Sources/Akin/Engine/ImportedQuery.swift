import AkinCore
import AkinStore
import AkinVectors

extension Searcher {
    /// The vector side of a query that brings its own vector: it is compared with the imported vectors, else with those
    /// that serve search.
    func importedQuery(_ vector: [Float]) throws -> VectorQuery {
        guard request.mode == .semantic || request.mode == .hybrid else {
            throw AkinError(
                .invalidArgument,
                "A query with a vector is asked in semantic or hybrid mode, not in \(request.mode.rawValue) mode.")
        }
        guard let space = try database.importedSpace(reader) ?? database.activeSpace(reader) else {
            throw AkinError(.incompatible, "\(database.path) holds no vectors yet.", remedy: .importVectors)
        }
        return VectorQuery(space: space, encoderName: space.encoderName, vector: try space.comparable(query: vector))
    }

    /// What happens to a query's text where the encoder that made the vectors is not on this machine: its words are
    /// looked for, if the store has texts.
    mutating func wordsAlone(insteadOf space: VectorSpace) throws -> VectorQuery? {
        let reason = "The vectors of \(database.path) were imported, so a text cannot be compared with them"
        let encoding = Remedy.reencode(with: Remedy.recommendedModel)
        guard try reader.holdsText() else {
            throw AkinError(
                .incompatible, "\(reason), and there are no texts to look for words in.", remedy: .give(.vector))
        }
        guard request.mode == .hybrid else {
            throw AkinError(
                .incompatible, "\(reason).",
                remedy: .anyOf([.give(.vector), .give(.searchMode, "keyword"), encoding]))
        }
        warn(
            Note("\(reason) and was looked for by its words alone.", remedy: .anyOf([.give(.vector), encoding])))
        return nil
    }
}

extension VectorSpace {
    /// A vector from outside in the form in which this space's vectors are compared.
    ///
    /// - Throws: `AkinError(.invalidArgument)` for another dimension, components that are not finite, and zeros under
    ///   cosine.
    func comparable(query: [Float]) throws -> [Float] {
        guard query.count == dimension else {
            throw AkinError(
                .invalidArgument,
                "The query's vector has \(query.count) components, but those of \(encoderName) have \(dimension).")
        }
        let metric = try distanceMetric()
        if let reason = VectorFault.reason(query, element: .f32, metric: metric) {
            throw AkinError(.invalidArgument, "The query's vector \(reason).")
        }
        return metric == .cosine ? VectorMath.unit(query) : query
    }
}
