import AkinCore
import AkinStore
import AkinTraining
import AkinVectors

/// The documents of a store that have one label each, in a field of their own metadata or in a file of labels: examples
/// for a classifier to learn from, or to be scored on.
struct LabelledDocuments {
    /// Row ids and labels, in the documents' order.
    private(set) var documents: [(row: Int64, label: String)] = []
    /// Documents with several values in the field, which have no one label.
    private(set) var ambiguousCount = 0
    /// What a file of labels and the store do not have in common; nil without such a file.
    private(set) var joining: ClassifierTraining.Joining?

    /// - Throws: `AkinError(.noInput)` where no document has one label.
    init(field: String, filter: Database.Filter?, _ reader: StoreReader, of path: String) throws {
        let admitted = try filter.map { try reader.documents(matching: $0.condition) }
        for (row, values) in try reader.ownValues(ofField: field) where admitted?.contains(row) ?? true {
            guard values.count == 1, let label = values[0].text ?? values[0].number.map(Self.text) else {
                ambiguousCount += 1
                continue
            }
            documents.append((row, label))
        }
        guard !documents.isEmpty else {
            let hint = try FilterWarnings.warnings(for: .field(field).exists, reader: reader).first?.message
            throw AkinError(
                .noInput, hint ?? "No document of \(path) has exactly one value in the field \(field).")
        }
    }

    /// Those that a file of labels names, by their id or by the path of the file that they alone were read from.
    ///
    /// - Throws: as `LabelFile.find` does.
    init(_ file: LabelFile, filter: Database.Filter?, _ reader: StoreReader, of path: String) throws {
        let admitted = try filter.map { try reader.documents(matching: $0.condition) }
        let found = try file.find(in: path) { key -> Int64? in
            if let document = try reader.document(id: key) { return document.rowID }
            guard let source = RealPath.ofEntry(key), case let ids = try reader.documentIDs(ofSource: source),
                ids.count == 1
            else { return nil }
            return try reader.document(id: ids[0])?.rowID
        }
        documents = found.labels.sorted { $0.key < $1.key }.filter { admitted?.contains($0.key) ?? true }.map {
            ($0.key, $0.value)
        }
        guard !documents.isEmpty else {
            throw AkinError(.noInput, "No document of \(path) that \(file.path) names meets the condition.")
        }
        let count = try admitted?.count ?? reader.documentCount()
        joining = .init(unlabelledCount: count - documents.count, missingCount: found.missing.count)
    }

    /// Whole numbers without a fraction.
    private static func text(_ number: Double) -> String {
        Int64(exactly: number).map(String.init) ?? number.description
    }
}

extension Database {
    /// The document's text as a classifier learns it, and the mean of its passages' vectors in a space.
    func example(_ row: Int64, space: VectorSpace?, _ reader: StoreReader) throws -> (text: String, vector: [Float]?)? {
        guard let stored = try reader.document(rowID: row) else { return nil }
        let passages = try reader.passages(documentRowID: row)
        let text = PreparedDocument.encodedText(title: stored.title, passage: Self.text(of: passages))
        guard let space, !passages.isEmpty else { return (text, nil) }
        let vectors = try reader.vectors(space: space.id, passages: passages.map(\.id)).compactMap(\.self)
        guard vectors.count == passages.count, let sum = VectorMath.sum(vectors), sum.contains(where: { $0 != 0 })
        else { return (text, nil) }
        return (text, VectorMath.unit(sum))
    }
}
