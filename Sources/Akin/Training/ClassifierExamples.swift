import AkinCore
import AkinText
import AkinTraining

/// The examples that a classifier is trained on, with their classes' numbers.
struct ClassifierExamples: Sendable {
    let dataset: Dataset<LabelledText>
    let labels: LabelSet
    /// (n) the places of the examples' labels in `labels`.
    let classes: [Int]

    /// How many of them, from the first on, are learnt from; the others, of files of their own, are only scored.
    let learntCount: Int
    /// What a person should know of texts whose character set was guessed; nil where there is none.
    let guesses: String?
    /// What a file of labels and its texts did not have in common; nil where labels stand beside their texts.
    private(set) var joining: ClassifierTraining.Joining?

    /// Reads them as `LabelledTextReader` does, and throws as it does; also `.invalidData` where an example to be scored
    /// has a label that no other has.
    ///
    /// - Parameter scored: files of examples that are scored and not learnt from. Texts that occur in both are left out
    ///   of these.
    init(_ paths: [String], scored: [String], _ settings: ClassifierTraining) throws {
        let reader = LabelledTextReader(
            fields: ExampleFields(text: settings.textField, pair: settings.pairField, label: settings.labelField))
        guard let labelFile = try settings.labelFile() else {
            var others: [LabelledText] = []
            let learnt = try reader.read(paths)
            for path in scored { try reader.forEach(path) { others.append($0) } }
            try self.init(learnt, of: paths, scored: others, of: scored, guesses: reader.guesses.sentence)
            return
        }
        let learnt = try reader.read(paths, labels: labelFile, idField: settings.idField)
        let others = try scored.isEmpty ? nil : reader.read(scored, labels: labelFile, idField: settings.idField)
        try self.init(
            learnt.examples, of: paths, scored: others?.examples ?? [], of: scored, guesses: reader.guesses.sentence)
        joining = .init(
            unlabelledCount: learnt.unlabelledCount + (others?.unlabelledCount ?? 0),
            missingCount: learnt.missing.intersection(others?.missing ?? learnt.missing).count)
    }

    private init(
        _ learnt: [LabelledText], of paths: [String], scored others: [LabelledText], of scored: [String],
        guesses: String?
    ) throws {
        let learnt = Dataset(learnt)
        let labels = try LabelSet(learnt.examples.map(\.label), of: paths.joined(separator: ", "))
        let left = Dataset(others).excluding(learnt)
        guard scored.isEmpty || left.count > 0 else {
            throw AkinError(
                .noInput, "\(scored.joined(separator: ", ")) holds no text to score that is not learnt from.")
        }
        dataset = Dataset(learnt.examples + left.examples)
        classes = try dataset.examples.map { example in
            guard let place = labels.index(of: example.label) else {
                throw AkinError(
                    .invalidData,
                    "\(scored.joined(separator: ", ")) has the label '\(example.label.onOneLine)', which no example to "
                        + "learn from has.")
            }
            return place
        }
        self.labels = labels
        learntCount = learnt.count
        self.guesses = guesses
    }

    /// Examples that are all learnt from.
    ///
    /// - Parameters:
    ///   - source: what they are from, for messages.
    ///   - joining: of the file that their labels are from.
    /// - Throws: as `LabelSet` does.
    init(_ examples: [LabelledText], of source: String, joining: ClassifierTraining.Joining? = nil) throws {
        let labels = try LabelSet(examples.map(\.label), of: source)
        dataset = Dataset(examples)
        classes = examples.map { labels.index(of: $0.label) ?? 0 }
        self.labels = labels
        learntCount = examples.count
        guesses = nil
        self.joining = joining
    }

    /// All that there are.
    var count: Int { dataset.count }
    var arePairs: Bool { dataset.examples.contains { $0.pair != nil } }

    func classes(of examples: [Int]) -> [Int] { examples.map { classes[$0] } }

    /// The folds' numbers of some examples, in their order.
    func folds(_ count: Int, of examples: [Int], seed: UInt64) -> [Int] {
        Dataset(examples.map { dataset.examples[$0] }).folds(count, seed: seed)
    }

    /// What an example of each class counts, so that all classes of `examples` count alike.
    func balancedWeights(of examples: [Int]) -> [Float] {
        var sizes = [Int](repeating: 0, count: labels.count)
        for example in examples { sizes[classes[example]] += 1 }
        return sizes.map { Float(examples.count) / Float(labels.count * max(1, $0)) }
    }
}
