import AkinTraining
import AkinVectors
import Foundation
import Testing

@Suite struct TemperatureScalingTests {
    /// Logits that are `factor` times those by whose softmax the classes are drawn.
    private func drawn(_ count: Int, factor: Float) -> (logits: [[Float]], classes: [Int]) {
        var generator = SeededGenerator(seed: 5)
        var (logits, classes): ([[Float]], [Int]) = ([], [])
        for _ in 0..<count {
            let row = (0..<4).map { _ in 8 * (generator.unitFloat() - 0.5) }
            let powers = row.map { exp($0) }
            var rest = generator.unitFloat() * powers.reduce(0, +)
            classes.append(
                powers.firstIndex {
                    rest -= $0; return rest < 0
                } ?? 3)
            logits.append(row.map { $0 * factor })
        }
        return (logits, classes)
    }

    @Test(arguments: [0.3, 1, 4] as [Float]) func `the temperature that made the logits too sure is found`(
        factor: Float
    ) {
        let (logits, classes) = drawn(4000, factor: factor)
        let temperature = TemperatureScaling.temperature(logits: logits, classes: classes)
        #expect(abs(temperature / Double(factor) - 1) < 0.06, "\(temperature)")
        let error = TemperatureScaling.error(logits: logits, classes: classes, temperature: temperature)
        #expect(error < 0.02)
        if factor != 1 { #expect(TemperatureScaling.error(logits: logits, classes: classes) > 0.08) }
    }

    @Test func `a few examples that are all right do not call for certainty`() {
        let logits: [[Float]] = [[1, 0], [0, 1], [1, 0], [0, 1]]
        let temperature = TemperatureScaling.temperature(logits: logits, classes: [0, 1, 0, 1])
        // Platt's target: 5 of 6.
        #expect(abs(1 / (1 + exp(-1 / temperature)) - 5.0 / 6) < 1e-6)
        #expect(TemperatureScaling.temperature(logits: [], classes: []) == 1)
    }
}
