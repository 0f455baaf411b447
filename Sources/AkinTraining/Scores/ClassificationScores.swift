/// Precision, recall and their harmonic mean, for one class or type.
package struct ClassScore: Hashable, Sendable {
    package let name: String
    /// The share of what was found that is right; 0 where nothing was found.
    package let precision: Double
    /// The share of what there is that was found; 0 where there is nothing.
    package let recall: Double
    /// How many there are.
    package let support: Int

    init(_ name: String, right: Int, found: Int, expected: Int) {
        self.name = name
        precision = found > 0 ? Double(right) / Double(found) : 0
        recall = expected > 0 ? Double(right) / Double(expected) : 0
        support = expected
    }

    package var f1: Double {
        precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
    }
}

/// How the classes that a model gives agree with those that people gave.
package struct ClassificationScores: Sendable {
    package let labels: [String]
    /// Examples by `expected · labels + predicted`; of many classes, most pairs never occur.
    private let confusion: [Int: Int]
    /// (labels) how many were expected, and how many predicted
    private let expected: [Int]
    private let predicted: [Int]

    /// - Parameters:
    ///   - expected: (n) places in `labels`
    ///   - predicted: (n)
    package init(expected: [Int], predicted: [Int], labels: [String]) {
        precondition(expected.count == predicted.count)
        var confusion: [Int: Int] = [:]
        var (rows, columns) = ([Int](repeating: 0, count: labels.count), [Int](repeating: 0, count: labels.count))
        for (one, other) in zip(expected, predicted) {
            confusion[one * labels.count + other, default: 0] += 1
            rows[one] += 1
            columns[other] += 1
        }
        self.labels = labels
        self.confusion = confusion
        (self.expected, self.predicted) = (rows, columns)
    }

    /// How many examples of one class were taken for another, or for the same.
    package func count(of expected: Int, predictedAs predicted: Int) -> Int {
        confusion[expected * labels.count + predicted] ?? 0
    }

    package var total: Int { expected.reduce(0, +) }

    private var right: Int { labels.indices.reduce(0) { $0 + count(of: $1, predictedAs: $1) } }

    /// The share of examples with the right class.
    package var accuracy: Double { total > 0 ? Double(right) / Double(total) : 0 }

    /// Each class by itself, in the order of `labels`.
    package var classes: [ClassScore] {
        labels.indices.map {
            ClassScore(
                labels[$0], right: count(of: $0, predictedAs: $0), found: predicted[$0], expected: expected[$0])
        }
    }

    /// The mean F1 of the classes that occur, each counted alike.
    package var macroF1: Double {
        let occurring = zip(labels.indices, classes).filter { expected[$0.0] + predicted[$0.0] > 0 }
        return occurring.reduce(0) { $0 + $1.1.f1 } / Double(max(1, occurring.count))
    }

    /// Matthews' correlation of both, for any number of classes (Gorodkin 2004); 0 where one side does not vary.
    package var matthews: Double {
        let all = Double(total)
        func products(_ a: [Int], _ b: [Int]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        let spread = (all * all - products(predicted, predicted)) * (all * all - products(expected, expected))
        return spread > 0 ? (Double(right) * all - products(expected, predicted)) / spread.squareRoot() : 0
    }
}
