import AkinTraining
import AkinVectors
import Foundation
import Testing

@Suite struct LogisticRegressionTests {
    private struct Case: Decodable {
        let classes: Int
        let balanced: Bool
        let c: Double
        let labels: [Int]
        let features: [[Float]]
        let probabilities: [[Float]]
    }

    @Test func `Probabilities are scikit-learn's within a thousandth`() throws {
        for golden in try Goldens.read("logistic.json", as: [Case].self) {
            let features = Matrix(golden.features)
            let model = try LogisticRegression.fit(
                features, classes: golden.labels, count: golden.classes,
                options: .init(inverseRegularization: golden.c, isBalanced: golden.balanced), threads: 2)
            let found = model.probabilities(of: features)
            for (row, expected) in golden.probabilities.enumerated() {
                let error = zip(found.row(row), expected).map { abs($0 - $1) }.max() ?? 1
                #expect(error < 1e-3, "\(golden.classes) classes, C \(golden.c), row \(row): \(error)")
            }
        }
    }

    /// Points around a centre for each class.
    private func points(_ rows: Int, dimension: Int, classes: Int, spread: Float) -> (Matrix, [Int]) {
        var generator = SeededGenerator(seed: 4)
        func noise() -> Float { (0..<6).reduce(-3) { sum, _ in sum + generator.unitFloat() } }
        let centres = (0..<classes).map { _ in (0..<dimension).map { _ in noise() } }
        let labels = (0..<rows).map { $0 % classes }
        var features = Matrix(rows: rows, columns: dimension)
        for (row, label) in labels.enumerated() { features.setRow(row, centres[label].map { $0 + spread * noise() }) }
        features.normalizeRows()
        return (features, labels)
    }

    @Test func `The same bits come out at any number of threads`() throws {
        let (features, labels) = points(700, dimension: 24, classes: 5, spread: 2)
        let models = try [1, 2, 3].map {
            try LogisticRegression.fit(features, classes: labels, count: 5, threads: $0)
        }
        for model in models {
            #expect(model.biases == models[0].biases)
            #expect((0..<5).allSatisfy { model.weights.row($0) == models[0].weights.row($0) })
        }
    }

    @Test func `Where a fit begins does not change what it finds`() throws {
        let (features, labels) = points(300, dimension: 16, classes: 3, spread: 3)
        let cold = try LogisticRegression.fit(features, classes: labels, count: 3, threads: 2)
        let other = try LogisticRegression.fit(
            features, classes: labels, count: 3, options: .init(inverseRegularization: 100), threads: 2)
        let warm = try LogisticRegression.fit(
            features, classes: labels, count: 3, startingAt: other, threads: 2)
        let (first, second) = (cold.probabilities(of: features), warm.probabilities(of: features))
        #expect((0..<300).allSatisfy { zip(first.row($0), second.row($0)).allSatisfy { abs($0 - $1) < 1e-3 } })
    }

    @Test func `Cross-validation chooses by examples that were held out`() throws {
        let (features, labels) = points(240, dimension: 60, classes: 4, spread: 4)
        let found = try LogisticRegression.crossValidate(
            features, classes: labels, count: 4, folds: (0..<240).map { $0 / 4 % 5 }, candidates: [1e-6, 1, 1e4],
            threads: 2)
        #expect(found.candidates.map(\.inverseRegularization) == [1e-6, 1, 1e4])
        #expect(found.best.inverseRegularization == 1)
        #expect(found.candidates.allSatisfy { $0.accuracy <= found.best.accuracy })
        let right = labels.indices.count { row in
            let values = found.heldOutProbabilities.row(row)
            return values.indices.max { values[$0] < values[$1] } == labels[row]
        }
        #expect(Double(right) / 240 == found.best.accuracy && found.best.accuracy > 0.5 && found.best.accuracy < 1)
    }

    @Test func `A fit can be cancelled`() throws {
        let (features, labels) = points(60, dimension: 8, classes: 2, spread: 1)
        #expect(throws: CancellationError.self) {
            try LogisticRegression.fit(features, classes: labels, count: 2, threads: 1, isCancelled: { true })
        }
    }

    @Test func `Ten thousand vectors of 384 components in 77 classes take seconds`() throws {
        let (features, labels) = points(10_000, dimension: 384, classes: 77, spread: 4)
        let clock = ContinuousClock()
        var model: LogisticRegression?
        let duration = try clock.measure {
            model = try LogisticRegression.fit(features, classes: labels, count: 77, threads: 2)
        }
        let probabilities = try #require(model).probabilities(of: features)
        let right = labels.indices.count { row in
            let values = probabilities.row(row)
            return values.indices.max { values[$0] < values[$1] } == labels[row]
        }
        #expect(Double(right) / 10_000 > 0.9)
        print("logistic regression, 10,000 × 384, 77 classes: \(duration)")
        #expect(duration < .seconds(30))
    }
}
