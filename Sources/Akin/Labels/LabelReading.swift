import AkinStore

/// Reads documents' labels within one transaction.
struct LabelReading {
    private let reader: any StoreReading
    private let fields: [Int64: String]

    init(_ reader: any StoreReading) throws {
        self.reader = reader
        fields = Dictionary(try reader.labellings().map { ($0.id, $0.field) }) { first, _ in first }
    }

    /// Whether no model labels the store.
    var isEmpty: Bool { fields.isEmpty }

    /// What each model says of a document.
    ///
    /// - Parameter range: only entities within it, in Unicode scalars of the document's text; nil for all.
    func labels(ofDocument row: Int64, within range: Range<Int>? = nil) throws -> [DocumentLabels] {
        guard !isEmpty else { return [] }
        return try reader.annotations(document: row).compactMap { labelling, annotations in
            guard let field = fields[labelling] else { return nil }
            var labels = DocumentLabels(field: field, labels: [], entities: [])
            for annotation in annotations {
                if let text = annotation.text, let place = annotation.range {
                    guard range.map({ $0.contains(place) }) ?? true else { continue }
                    labels.entities.append(
                        Entity(text: text, label: annotation.label, range: place, score: annotation.score))
                } else {
                    labels.labels.append(ScoredLabel(label: annotation.label, score: annotation.score))
                }
            }
            return labels.labels.isEmpty && labels.entities.isEmpty ? nil : labels
        }
    }
}
