package import AkinTransformers
package import Foundation

extension TokenClassificationTraining.Sequence {
    /// A window around a marked word, whose tokens are all that is learnt from.
    package init(_ window: WordWindow, output: Int32) {
        let ids = window.sequence.ids
        var classes = [Int32](repeating: -1, count: ids.count)
        for token in window.tokens { classes[token] = output }
        self.init(ids: ids, classes: classes, words: classes.map { $0 < 0 ? -1 : 0 })
    }
}

extension TokenClassificationTraining {
    /// The logits of the word in a window: the mean of its tokens'. Shape: (classes).
    package func logits(_ window: WordWindow) -> [Float] {
        let all = logits(Sequence(window, output: 0))
        let sum = all[window.tokens].reduce(into: [Float](repeating: 0, count: labels.count)) { sum, row in
            for place in sum.indices { sum[place] += row[place] }
        }
        return sum.map { $0 / Float(window.tokens.count) }
    }

    /// Writes the model as a folder, with the senses that its outputs stand for. Throws as `TrainingModel.write` does.
    package func write(to folder: URL, tokenizerOf source: URL, _ inventory: SenseInventory) throws {
        try model.write(to: folder, tokenizerOf: source, .init(labels: labels)) { try inventory.write(to: $0) }
    }
}
