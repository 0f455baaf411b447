package import AkinVectors
package import Foundation

/// Logistic regressions of the words of an inventory over contextual vectors, one a word, as one linear layer: what a
/// token classification head is.
package struct SenseRegression: Sendable {
    /// Of all senses; outputs of different words are not to be compared.
    package let layer: LogisticRegression

    /// Fits a regression for each word, its strength chosen by cross-validation.
    ///
    /// Vectors less the mean of the word's, by the root mean square of their lengths, are fitted: the usual strengths
    /// are for vectors of about unit length. That is undone in the weights, which are for the vectors as they are.
    ///
    /// - Parameters:
    ///   - vectors: (examples, hidden size)
    ///   - examples: all of known words and senses.
    package static func fit(
        _ vectors: Matrix, _ examples: [SenseExample], _ inventory: SenseInventory, seed: UInt64, threads: Int,
        isCancelled: () -> Bool = { false }, progress: (_ word: Int) -> Void = { _ in }
    ) throws -> SenseRegression {
        let byWord = Dictionary(grouping: examples.indices) { examples[$0].word }
        var weights = Matrix(rows: inventory.labels.count, columns: vectors.columns)
        var biases = [Float](repeating: 0, count: inventory.labels.count)
        for (place, word) in inventory.words.enumerated() where word.senses.count > 1 {
            progress(place)
            let members = byWord[word.word] ?? []
            let rows = vectors.gathered(members)
            let mean = rows.meanRow()
            var features = Matrix(rows: rows.rows, columns: rows.columns)
            for row in 0..<rows.rows { features.setRow(row, zip(rows.row(row), mean).map { $0 - $1 }) }
            let squares = (0..<rows.rows).reduce(0) { $0 + VectorMath.dot(features.row($1), features.row($1)) }
            let scale = 1 / max((squares / Float(max(rows.rows, 1))).squareRoot(), .leastNormalMagnitude)
            for row in 0..<rows.rows { features.setRow(row, features.row(row).map { $0 * scale }) }
            let classes = members.map { (inventory.output(of: examples[$0]) ?? 0) - word.outputs.lowerBound }
            let choice = try LogisticRegression.crossValidate(
                features, classes: classes, count: word.senses.count,
                folds: Dataset(members.map { examples[$0] }).folds(5, seed: seed), threads: threads,
                isCancelled: isCancelled)
            let fitted = try LogisticRegression.fit(
                features, classes: classes, count: word.senses.count,
                options: .init(inverseRegularization: choice.best.inverseRegularization), threads: threads,
                isCancelled: isCancelled)
            for sense in 0..<word.senses.count {
                let row = fitted.weights.row(sense).map { $0 * scale }
                weights.setRow(word.outputs.lowerBound + sense, row)
                biases[word.outputs.lowerBound + sense] = fitted.biases[sense] - VectorMath.dot(row, mean)
            }
        }
        return SenseRegression(layer: LogisticRegression(weights: weights, biases: biases))
    }

    /// Writes the network of `source`, as it is, with the layer as its head. Throws as `TrainingModel.write` does.
    package func write(to folder: URL, source: URL, _ inventory: SenseInventory) throws {
        let model = try TrainingModel(folder: source, task: .tokenClassification(outputs: layer.biases.count), seed: 0)
        model.setClassifier(layer)
        try model.write(to: folder, tokenizerOf: source, .init(labels: inventory.labels)) {
            try inventory.write(to: $0)
        }
    }
}

extension TrainingModel {
    /// Gives a head of classes its weights and biases.
    fileprivate func setClassifier(_ layer: LogisticRegression) {
        guard case .linear(let site) = head else { preconditionFailure("The head is no linear layer.") }
        precondition(layer.weights.rows == site.outputs && layer.weights.columns == site.inputs)
        for output in 0..<site.outputs {
            for (input, weight) in layer.weights.row(output).enumerated() {
                unsafe parameters.values.base[site.weight + output * site.inputs + input] = weight
            }
            unsafe parameters.values.base[site.bias + output] = layer.biases[output]
        }
    }
}
