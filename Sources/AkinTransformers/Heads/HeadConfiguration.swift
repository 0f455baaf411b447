import AkinCore
package import Foundation

/// What a classifier's outputs mean, which decides how they become scores.
package enum ProblemType: String, Sendable {
    /// One label of several applies: their probabilities sum to 1.
    case singleLabel = "single_label_classification"
    /// Any number of labels applies: each has a probability of its own.
    case multiLabel = "multi_label_classification"
    /// The outputs are the values themselves.
    case regression
}

/// What `config.json` says of a model's head.
package struct HeadConfiguration: Sendable {
    let file: URL
    /// The classes of `transformers` that the model was saved from.
    let architectures: [String]
    /// The labels, by the rows of the classifier.
    package let labels: [String]
    /// As the file has it, else by the number of labels: a single output is a probability of its own.
    package let problemType: ProblemType

    /// - Throws: `.noModel` when the file is missing, `.invalidData` when labels and their numbers do not fit together,
    ///   `.incompatible` for a problem type that is none of the three.
    package init(file: URL) throws {
        let settings = try ModelSettings(file)
        self.file = file
        architectures = try settings.list("architectures") ?? []
        labels = try Self.labels(settings, file: file)
        guard let name = try settings.text("problem_type") else {
            problemType = labels.count == 1 ? .multiLabel : .singleLabel
            return
        }
        guard let type = ProblemType(rawValue: name) else {
            throw AkinError(
                .incompatible,
                "\(file.path): \"problem_type\" is \"\(name)\", but only regression, single_label_classification and "
                    + "multi_label_classification are known.")
        }
        problemType = type
    }

    /// The labels by number: `id2label`, else `label2id`, else as many as `num_labels`, two without it.
    private static func labels(_ settings: ModelSettings, file: URL) throws -> [String] {
        // A label is mostly a text, sometimes a number.
        if let given = try settings.members("id2label"), !given.isEmpty {
            return try ordered(
                given.compactMap { key, value in value.scalarText.map { (Int(key), $0) } }, field: "id2label",
                file: file)
        }
        if let given = try settings.members("label2id"), !given.isEmpty {
            return try ordered(given.map { ($0.value.wholeNumber, $0.key) }, field: "label2id", file: file)
        }
        let count = try settings.whole("num_labels") ?? 2
        guard (1...1 << 20).contains(count) else {
            throw AkinError(.invalidData, "\(file.path): \"num_labels\" is \(count), which no model has.")
        }
        return (0..<count).map { "LABEL_\($0)" }
    }

    private static func ordered(_ numbered: [(number: Int?, label: String)], field: String, file: URL) throws
        -> [String]
    {
        var labels = [String?](repeating: nil, count: numbered.count)
        for (number, label) in numbered {
            guard let number, labels.indices.contains(number), labels[number] == nil else {
                throw AkinError(
                    .invalidData,
                    "\(file.path): \"\(field)\" does not number its \(numbered.count) labels from 0 to \(numbered.count - 1); "
                        + "correct it or fetch the model again.")
            }
            labels[number] = label
        }
        return labels.compactMap { $0 }
    }
}
