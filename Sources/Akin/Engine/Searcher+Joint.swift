import AkinTransformers
import AkinVectors
import AkinIndex
import AkinStore

/// Searching by two kinds of vectors, while a store goes over from one to the other.
extension Searcher {
    /// How both kinds of vectors rank together while the store goes over to the model behind its static one.
    func jointScoring(_ query: VectorQuery, _ encoder: any TextEncoder) throws -> JointScoring? {
        guard let vector = query.vector, let space = try database.upgradeSpace(reader),
            let teacher = (encoder as? any DistilledEncoder)?.knownTeacher(),
            let taught = try teacher.encode([self.query.meaning], role: .query, threads: 1).unitVector(0)
        else { return nil }
        return JointScoring(
            serving: (query.space, vector, query.encoderName), upgrade: (space, taught, space.encoderName))
    }

    /// The passages nearest by their static vectors and, where those are few enough to compare all, by the BERT
    /// model's, by their joint scores.
    mutating func jointRanking(
        of nearest: [Int64], _ query: inout VectorQuery?, depth: Int
    ) throws -> [(passage: Int64, score: Double)] {
        guard var joint = query?.joint else { return [] }
        try joint.calibrate(nearest: nearest, reader: reader)
        query?.joint = joint
        var passages = Set(nearest)
        let count = try reader.vectorCount(space: joint.bert.space.id)
        if count > 0, count <= database.configuration.exactThreshold(dimension: joint.bert.space.dimension) {
            let found = try database.nearest(
                NearestRequest(
                    query: joint.bert.vector, space: joint.bert.space, k: depth, plan: .exact, admission: admission),
                reader: reader)
            distances += found.distances
            passages.formUnion(found.neighbors.map(\.id))
        }
        note(joint.step(vectors: count))
        return try joint.scores(of: passages.sorted(), reader: reader).map { ($0.key, $0.value.score) }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.passage < $1.passage }
    }

    /// What the vectors of passages give a query, and whose they are.
    func cosines(ofPassages ids: [Int64], _ query: VectorQuery) throws -> [Int64: (cosine: Double, encoder: String)] {
        guard let vector = query.vector else { return [:] }
        if let joint = query.joint {
            return try joint.scores(of: ids, reader: reader).mapValues { ($0.cosine, $0.encoder) }
        }
        var cosines: [Int64: (cosine: Double, encoder: String)] = [:]
        for (id, stored) in zip(ids, try reader.vectors(space: query.space.id, passages: ids)) {
            if let stored { cosines[id] = (Double(try query.space.similarity(vector, stored)), query.encoderName) }
        }
        return cosines
    }
}
