import AkinCluster
import AkinCore
import AkinStore
import AkinText
import AkinVectors

/// What is clustered: one item, one vector and one document row each.
struct ClusterInput {
    var items: [ClusterItem] = []
    /// (items, dimension); rows of zeros for items without a vector.
    var vectors: Matrix
    var documentRows: [Int64] = []
    var space: VectorSpace
    /// What a person should know of what was gathered.
    var notes: [Note] = []
}

extension Database {
    /// Gathers the documents or passages of the store, or of those documents that meet a filter, with their vectors and
    /// the words that name clusters.
    func clusterInput(_ options: ClusteringOptions, _ reader: StoreReader) throws -> ClusterInput {
        let (unit, filter) = (options.unit, options.filter)
        guard let space = try activeSpace(reader) else {
            throw AkinError(
                .incompatible, "\(path) holds no vectors, so there is nothing to cluster.", remedy: .indexDocuments)
        }
        let (passageIDs, passageVectors) = try reader.allVectors(of: space)
        let rowOfPassage = Dictionary(uniqueKeysWithValues: passageIDs.enumerated().map { ($1, $0) })
        var rows: [[Float]] = []
        var input = ClusterInput(vectors: Matrix(rows: 0, columns: space.dimension), space: space)
        let documents = try reader.documents(matching: filter?.condition ?? .and([]))
        if let filter, documents.isEmpty {
            let hint = try FilterWarnings.warnings(for: filter, reader: reader).first.map { " " + $0.message } ?? ""
            throw AkinError(
                .notFound, "No document of \(path) meets the filter, so there is nothing to cluster.\(hint)")
        }
        var dates = DocumentDates(field: options.dateField)
        for rowID in documents.ids {
            guard let document = try reader.document(rowID: rowID) else { continue }
            let passages = try reader.passages(documentRowID: document.rowID)
            let date = try dates.date(of: document)
            let groups = unit == .document ? [passages] : passages.map { [$0] }
            for group in groups where !group.isEmpty {
                let text = group.map(\.text).joined(separator: " ")
                input.items.append(
                    ClusterItem(
                        id: unit == .document ? document.id : "\(document.id)@\(group[0].ordinal)",
                        title: document.title,
                        // A document that was imported as a vector alone is shown by its id.
                        text: text.isEmpty && document.title == nil ? document.id : text,
                        source: document.source, tokens: [], date: date))
                input.documentRows.append(document.rowID)
                rows.append(meanVector(group.compactMap { rowOfPassage[$0.id] }, in: passageVectors))
            }
        }
        input.notes = try dates.notes()
        input.vectors = rows.isEmpty ? input.vectors : Matrix(rows)
        let texts = input.items.map { PreparedDocument.encodedText(title: $0.title, passage: $0.text) }
        let words = ClusterWords(of: texts)
        for (index, tokens) in try Parallel.map(texts, threads: configuration.threads, words.tokens).enumerated() {
            input.items[index].tokens = tokens
        }
        return input
    }

    /// The sum of some rows. Its direction is that of their mean, and clustering by cosine looks at the direction
    /// alone.
    private func meanVector(_ rows: [Int], in vectors: Matrix) -> [Float] {
        VectorMath.sum(rows.map(vectors.row)) ?? [Float](repeating: 0, count: vectors.columns)
    }
}
