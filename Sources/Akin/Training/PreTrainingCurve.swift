import AkinCore
import AkinTraining
import Foundation

/// How a training by hidden words went. Its points are kept in a file beside the checkpoint, so that a run that was
/// stopped reports all of them.
struct PreTrainingCurve {
    private(set) var points: [MaskedWordTraining.Point] = []
    private let file: URL
    private let key: [UInt8]
    private var sum = 0.0
    private var count = 0
    private var isFirst = true

    private struct Contents: Codable {
        let key: [UInt8]
        let points: [MaskedWordTraining.Point]
    }

    /// - Parameter key: of the run; the points of another one are not read.
    init(file path: String, key: [UInt8]) { (file, self.key) = (URL(fileURLWithPath: path), key) }

    /// Adds a step's loss. Where the run went on from a checkpoint, its earlier points are read.
    mutating func add(_ step: Int, _ loss: Double) {
        if step > 1 { readKept(before: step) }
        isFirst = false
        sum += loss
        count += 1
    }

    private mutating func readKept(before step: Int) {
        guard isFirst, let data = try? RegularFile.contents(of: file.path),
            let kept = try? JSONDecoder().decode(Contents.self, from: data), kept.key == key
        else { return }
        points = points.prefix(1) + kept.points.filter { $0.step > 0 && $0.step < step }
    }

    /// Ends the curve after a run's last step, also where an earlier process had made it.
    mutating func finish(_ steps: Int, score: () throws -> PreTrainingScore) rethrows {
        readKept(before: steps + 1)
        if points.last?.step != steps { append(steps, try score()) }
    }

    /// Adds a score after a step.
    mutating func append(_ step: Int, _ score: PreTrainingScore) {
        points.append(
            MaskedWordTraining.Point(
                step: step, loss: count > 0 ? sum / Double(count) : nil, perplexity: score.perplexity,
                nextSentenceAccuracy: score.nextSentenceAccuracy))
        (sum, count) = (0, 0)
        guard step > 0 else { return }
        // A curve that cannot be kept is no reason to stop.
        try? JSONEncoder().encode(Contents(key: key, points: points)).write(to: file, options: .atomic)
    }

    func delete() { try? FileManager.default.removeItem(at: file) }
}
