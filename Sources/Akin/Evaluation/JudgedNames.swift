import AkinStore
import AkinText

extension Judgements {
    /// Calls documents as the store does.
    ///
    /// A name that no document has stands for the one whose id ends with it behind a slash, as `guide/a.md` does for
    /// `docs/guide/a.md`: judgements then serve however the folder was indexed. Where several ids end so, for none.
    ///
    /// - Returns: how many of the documents with a positive judgement the store does not have.
    /// - Complexity: a look-up for each name, and a walk over all ids where some are not found.
    mutating func resolveDocuments(_ reader: StoreReader) throws -> Int {
        let asked = Set(queries.map(\.id))
        let names =
            relevance.filter { asked.contains($0.key) }.values.flatMap(\.keys)
            + passages.filter { asked.contains($0.key) }.values.joined().compactMap(\.document)
        let missing = try Set(names).filter { try reader.document(id: $0) == nil }
        guard !missing.isEmpty else { return 0 }
        var found: [String: [String]] = [:]
        try reader.forEachDocument { document in
            for slash in document.id.indices where document.id[slash] == "/" {
                let name = String(document.id[document.id.index(after: slash)...])
                if missing.contains(name) { found[name, default: []].append(document.id) }
            }
        }
        let known = found.compactMapValues { $0.count == 1 ? $0[0] : nil }
        relevance = relevance.mapValues { judged in
            Dictionary(judged.map { (known[$0.key] ?? $0.key, $0.value) }, uniquingKeysWith: max)
        }
        passages = passages.mapValues { answers in
            answers.map { answer in
                var answer = answer
                answer.document = answer.document.map { known[$0] ?? $0 }
                return answer
            }
        }
        let wanted =
            relevance.values.flatMap { $0.filter { $0.value > 0 }.keys }
            + passages.values.joined().filter { $0.relevance ?? 1 > 0 }.compactMap(\.document)
        return Set(wanted).intersection(missing).count
    }
}
