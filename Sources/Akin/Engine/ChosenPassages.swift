/// A passage of an answer, with those that are left out for it.
struct ShownPassage {
    let ranked: Fusion.Fused
    var alike: [Fusion.Fused] = []
}

/// The passages of an answer, as they are chosen from the best one on: as many passages as are asked for, or as many
/// documents with some passages each.
struct ChosenPassages {
    private let request: SearchRequest
    private var shown: [ShownPassage] = []
    /// How many passages of each document there are, and the document's place.
    private var documents: [Int64: (place: Int, passages: Int)] = [:]

    init(_ request: SearchRequest) { self.request = request }

    /// How many more passages have to be looked at, at least; 0 for a full answer.
    var missing: Int {
        guard request.groupsPassages else { return request.count - shown.count }
        let missing = request.count - documents.count
        guard missing == 0 else { return missing }
        return documents.values.contains { $0.passages < request.perDocument } ? request.count : 0
    }

    /// How many passages were left out for others.
    var foldedCount: Int { shown.reduce(0) { $0 + $1.alike.count } }

    /// Whether there is room for a passage.
    func takes(_ passage: Fusion.Fused) -> Bool {
        guard request.groupsPassages else { return shown.count < request.count }
        return documents[passage.candidate.document].map { $0.passages < request.perDocument }
            ?? (documents.count < request.count)
    }

    /// Adds a passage, where there is room for it.
    mutating func add(_ passage: Fusion.Fused) {
        guard takes(passage) else { return }
        shown.append(ShownPassage(ranked: passage))
        guard request.groupsPassages else { return }
        let next = (place: documents.count, passages: 0)
        documents[passage.candidate.document, default: next].passages += 1
    }

    /// Leaves a passage out for the one that was added as the `place`th.
    mutating func fold(_ passage: Fusion.Fused, into place: Int) { shown[place].alike.append(passage) }

    /// The passages, those of a document together, as the best of each stand.
    func byDocument() -> [ShownPassage] {
        guard request.groupsPassages else { return shown }
        var groups = [[ShownPassage]](repeating: [], count: documents.count)
        for passage in shown {
            if let document = documents[passage.ranked.candidate.document] { groups[document.place].append(passage) }
        }
        return groups.flatMap(\.self)
    }
}
