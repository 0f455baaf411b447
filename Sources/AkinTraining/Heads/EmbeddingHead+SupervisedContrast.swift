import Foundation

extension EmbeddingHead {
    /// Draws texts of one class together and others apart (Khosla et al. 2020, the loss "out"): for each text, the mean of
    /// −log p over the others of its class, where p is the softmax of 20·cos over all other texts of the batch. A text
    /// that is alone in its class only keeps the others at a distance.
    ///
    /// - Complexity: texts² · H.
    func supervisedContrast(_ classes: [Int32]) -> Double {
        let alike = classes.indices.map { text in
            classes.indices.filter { $0 != text && classes[$0] == classes[text] }
        }
        let share = 1 / Double(max(1, alike.count { !$0.isEmpty }))
        var loss = 0.0
        for text in classes.indices where !alike[text].isEmpty {
            let scores = classes.indices.map { $0 == text ? -Double.infinity : Self.scale * cosine(text, $0) }
            let top = scores.max() ?? 0
            let sum = scores.reduce(0) { $0 + exp($1 - top) }
            let part = 1 / Double(alike[text].count)
            for other in alike[text] { loss += share * part * (top + log(sum) - scores[other]) }
            for other in classes.indices where other != text {
                let wanted = classes[other] == classes[text] ? part : 0
                add(share * Self.scale * (exp(scores[other] - top) / sum - wanted), toCosineOf: text, other)
            }
        }
        return loss
    }
}
