/// Which of the ranked passages an answer holds.
extension Searcher {
    /// Whether a ranking has as many passages, or documents, as are asked for.
    func holdsEnough(_ ranked: [Fusion.Fused]) -> Bool {
        guard request.groupsPassages else { return ranked.count >= request.count }
        return Set(ranked.lazy.map(\.candidate.document)).count >= request.count
    }

    /// The passages that are asked for, those of a document together.
    func chosen(_ ranked: [Fusion.Fused]) -> [Fusion.Fused] {
        guard request.groupsPassages else { return Array(ranked.prefix(request.count)) }
        var placeOfDocument: [Int64: Int] = [:]
        var documents: [[Fusion.Fused]] = []
        for passage in ranked {
            if let place = placeOfDocument[passage.candidate.document] {
                if documents[place].count < request.perDocument { documents[place].append(passage) }
            } else if documents.count < request.count {
                placeOfDocument[passage.candidate.document] = documents.count
                documents.append([passage])
            }
        }
        return documents.flatMap(\.self)
    }
}
