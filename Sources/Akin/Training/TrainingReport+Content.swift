import AkinReport
import AkinTraining
import AkinVectors
import Foundation

extension TrainingReport {
    /// A held-out example, as the model sees it.
    struct Judged {
        let text: String
        let expected: Int
        let predicted: Int
        /// Of the predicted class, 0 … 1.
        let confidence: Double
        /// −ln of the probability of the expected class.
        let loss: Double

        init(text: String, expected: Int, probabilities: [Double]) {
            (self.text, self.expected) = (text, expected)
            predicted = probabilities.indexOfLargest
            confidence = probabilities[predicted]
            loss = -log(max(probabilities[expected], 1e-12))
        }
    }

    private static let hardestCount = 20
    private static let longestText = 600

    /// What a classifier's held-out examples say of it.
    mutating func add(_ judged: [Judged], labels: [String]) {
        let scores = ClassificationScores(
            expected: judged.map(\.expected), predicted: judged.map(\.predicted), labels: labels)
        addClasses(scores.classes)
        var counts: [[Int]: Int] = [:]
        for example in judged { counts[[example.expected, example.predicted], default: 0] += 1 }
        confusion = counts.map {
            Confusion(expected: labels[$0.key[0]], predicted: labels[$0.key[1]], count: $0.value)
        }
        reliability = (0..<10).compactMap { bin in
            let inside = judged.filter { min(9, Int($0.confidence * 10)) == bin }
            guard !inside.isEmpty else { return nil }
            let count = Double(inside.count)
            return Reliability(
                confidence: inside.reduce(0) { $0 + $1.confidence } / count,
                accuracy: Double(inside.count { $0.expected == $0.predicted }) / count, count: inside.count)
        }
        calibrationError = CalibrationError.expected(
            confidences: judged.map(\.confidence), isRight: judged.map { $0.expected == $0.predicted })
        hardest = judged.sorted { $0.loss > $1.loss }.prefix(Self.hardestCount).map {
            HardExample(
                text: Self.shortened($0.text), expected: labels[$0.expected], predicted: labels[$0.predicted],
                loss: $0.loss)
        }
    }

    /// Precision and recall by class, the worst first.
    mutating func addClasses(_ scores: [ClassScore]) {
        classes = scores.filter { $0.support > 0 || $0.precision > 0 }.sorted {
            ($0.f1, $1.support, $0.name) < ($1.f1, $0.support, $1.name)
        }.map {
            ClassRow(
                name: $0.name, precision: $0.precision, recall: $0.recall, f1: $0.f1, support: $0.support)
        }
    }

    /// Held-out sentences with their entities, and the entities that were found.
    mutating func add(
        _ sentences: [TaggedSentence], expected: [[TaggedSpan]], predicted: [[TaggedSpan]], losses: [Double]
    ) {
        let nothing = "nothing"
        var counts: [[String]: Int] = [:]
        for (expected, predicted) in zip(expected, predicted) {
            let found = Dictionary(predicted.map { ($0.words, $0.type) }) { first, _ in first }
            let there = Set(expected.map(\.words))
            for span in expected { counts[[span.type, found[span.words] ?? nothing], default: 0] += 1 }
            for span in predicted where !there.contains(span.words) { counts[[nothing, span.type], default: 0] += 1 }
        }
        confusion = counts.map { Confusion(expected: $0.key[0], predicted: $0.key[1], count: $0.value) }
        hardest = losses.indices.sorted { losses[$0] > losses[$1] }.prefix(Self.hardestCount).map { index in
            let words = sentences[index].words
            func list(_ spans: [TaggedSpan]) -> String {
                let names = spans.map { "\($0.type) “\(words[$0.words].joined(separator: " "))”" }
                return names.isEmpty ? nothing : names.joined(separator: ", ")
            }
            return HardExample(
                text: Self.shortened(words.joined(separator: " ")), expected: list(expected[index]),
                predicted: list(predicted[index]), loss: losses[index])
        }
    }

    /// How the network learnt.
    mutating func add(_ tuning: FineTuningReport, scoreName: String) {
        points = tuning.curve.map { Point(step: $0.step, loss: $0.loss, norm: $0.norm) }
        scores = tuning.epochs.map(\.score)
        self.scoreName = scoreName
    }

    private static func shortened(_ text: String) -> String {
        text.count > longestText ? text.prefix(longestText) + " …" : text
    }

    /// 0.876 as `87.6%`.
    static func percent(_ share: Double) -> String { String(format: "%.1f%%", locale: nil, share * 100) }

    /// Milliseconds as a person says them.
    static func duration(_ milliseconds: Double) -> String {
        milliseconds < 60_000
            ? String(format: "%.1f s", locale: nil, milliseconds / 1000)
            : String(format: "%.1f min", locale: nil, milliseconds / 60_000)
    }
}
